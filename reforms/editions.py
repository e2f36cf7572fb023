"""Newer editions: what becomes of the citations of the edition before."""

from django.db.models import Q

from reforms.models import Citation, Claim


def needs_person():
    """Citations of a superseded source in whose place no words of the newer edition stand, and nobody said why."""
    superseded = Q(paragraph__source__superseded_by__accepted=True)
    return Citation.objects.filter(superseded, carried_by=None, not_carried="").exclude(claim__state__in=Claim.CLOSED)
