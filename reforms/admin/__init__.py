"""Curating in the admin: claims with their evidence, what they are about, and what rests on them."""

from reforms.admin import claims, subjects, upkeep

__all__ = ["claims", "subjects", "upkeep"]
