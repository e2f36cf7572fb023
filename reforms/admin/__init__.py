"""The curator's desk in the admin: sources, claims, what rests on them, and their way to the public."""

from reforms.admin import audit, changes, claims, proposals, sources, subjects, upkeep

__all__ = ["audit", "changes", "claims", "proposals", "sources", "subjects", "upkeep"]
