"""Change sets: every history row of every model belongs to one, which says who, when and why."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources.rules import known_choices


@known_choices
class ChangeSet(models.Model):
    """Changes made together, for one reason, by one person or one load. Can be read as one step."""

    class Kind(models.TextChoices):
        EDIT = "edit", _("edit")
        LOAD = "load", _("load of the shipped knowledge")
        UNDO = "undo", _("undo")

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.EDIT)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="change_sets"
    )
    at = models.DateTimeField(default=timezone.now, db_index=True)
    reason = models.TextField(blank=True)
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        ordering = ["-at", "-pk"]
        permissions = [("undo_changeset", "Can undo change sets")]
        constraints: list[models.BaseConstraint] = []

    def __str__(self):
        return f"{self.get_kind_display()} of {self.at:%Y-%m-%d %H:%M} by {signature(self.by)}"

    @property
    def who(self):
        """The name of the person who did it, as readers see it; a load by nobody is the shipped knowledge's own."""
        return str(_("the shipped knowledge")) if self.kind == self.Kind.LOAD and not self.by else signature(self.by)


def signature(user):
    """Return a person's full name, else their user name; in words where there is nobody."""
    return (user.get_full_name() or user.get_username()) if user else str(_("nobody named"))


@dataclass
class _Open:
    """The change set that is open in this context; its row is made when the first history row needs it."""

    kind: str
    by_id: int | None
    reason: str
    undoes_id: int | None = None
    pk: int | None = None


_open: ContextVar[_Open | None] = ContextVar("open_change_set", default=None)


@contextmanager
def change_set(*, by=None, reason="", kind=ChangeSet.Kind.EDIT, undoes=None, apart=False):
    """Put every change made inside into one change set and one transaction.

    Inside another one, its changes belong to that; its reason serves where that has none. Nothing is
    recorded where nothing changed. One that undoes another (`undoes`), or that shall be undone alone (`apart`),
    is always a change set of its own.
    """
    with transaction.atomic():
        if (outer := _open.get()) and undoes is None and not apart:
            made, outer.reason = outer.pk, outer.reason or reason
            try:
                yield
            except BaseException:
                outer.pk = made  # where it was made in here, it is taken back along with the rest
                raise
            return
        token = _open.set(_Open(kind, by.pk if by else None, reason, undoes.pk if undoes else None))
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
        made = ChangeSet.objects.create(
            kind=opened.kind, by_id=opened.by_id, reason=opened.reason, undoes_id=opened.undoes_id
        )
        opened.pk = made.pk
    return opened.pk


class HistoryRow(models.Model):
    """What each history row has beside the fields of its record."""

    change_set = models.ForeignKey(
        "sources.ChangeSet", on_delete=models.PROTECT, default=current_change_set, related_name="+"
    )

    class Meta:
        abstract = True
