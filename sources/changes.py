"""Change sets: every history row of every model belongs to one, which says who, when and why."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from sources.rules import known_choices


@known_choices
class ChangeSet(models.Model):
    """Changes made together, for one reason, by one person or one load. Can be read as one step."""

    class Kind(models.TextChoices):
        EDIT = "edit", "edit"
        LOAD = "load", "load of the shipped knowledge"

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.EDIT)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="change_sets"
    )
    at = models.DateTimeField(default=timezone.now, db_index=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints: list[models.BaseConstraint] = []

    def __str__(self):
        return f"{self.get_kind_display()} of {self.at:%Y-%m-%d %H:%M} by {self.by or 'nobody named'}"


@dataclass
class _Open:
    """The change set that is open in this context; its row is made when the first history row needs it."""

    kind: str
    by_id: int | None
    reason: str
    pk: int | None = None


_open: ContextVar[_Open | None] = ContextVar("open_change_set", default=None)


@contextmanager
def change_set(*, by=None, reason="", kind=ChangeSet.Kind.EDIT):
    """Put every change made inside into one change set and one transaction.

    Inside another one, its changes belong to that; its reason serves where that has none. Nothing is
    recorded where nothing changed.
    """
    with transaction.atomic():
        if outer := _open.get():
            outer.reason = outer.reason or reason
            yield
            return
        token = _open.set(_Open(kind, by.pk if by else None, reason))
        try:
            yield
        finally:
            _open.reset(token)


def current_change_set():
    """Return the key of the open change set, or of a new one of its own for a change made outside."""
    opened = _open.get()
    if opened is None:
        return ChangeSet.objects.create().pk
    if opened.pk is None:
        opened.pk = ChangeSet.objects.create(kind=opened.kind, by_id=opened.by_id, reason=opened.reason).pk
    return opened.pk


class HistoryRow(models.Model):
    """What each history row has beside the fields of its record."""

    change_set = models.ForeignKey(
        "sources.ChangeSet", on_delete=models.PROTECT, default=current_change_set, related_name="+"
    )

    class Meta:
        abstract = True
