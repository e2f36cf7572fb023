"""Names that last: references from a counter, and retired slugs that redirect."""

import re

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Length
from simple_history.models import HistoricalRecords

from sources.changes import HistoryRow
from sources.rules import NaturalKeyModel, known_choices, slug_validator

AT_ONCE = 500  # names in one query


class Counter(models.Model):
    """The last number given out under a name: C, M and D for references, C0142 for its citations."""

    name = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return f"{self.name}: {self.last}"

    @classmethod
    @transaction.atomic
    def take(cls, name, *, used=0):
        """Give out the next number under `name`, never one given before nor one up to `used`."""
        cls.keep(name, used)
        cls.objects.filter(name=name).update(last=F("last") + 1)
        return cls.objects.values_list("last", flat=True).get(name=name)

    @classmethod
    @transaction.atomic
    def take_several(cls, wanted, *, used):
        """As `take`, for several names in a few queries. `wanted`: name → how many; `used`: name → the highest in use.

        Return name → the first number given; the others follow it.
        """
        names, first = sorted(wanted), {}
        cls.objects.bulk_create([cls(name=name) for name in names], batch_size=AT_ONCE, ignore_conflicts=True)
        for at in range(0, len(names), AT_ONCE):
            own = cls.objects.select_for_update().filter(name__in=names[at : at + AT_ONCE]).order_by("name")
            counters = list(own)
            for counter in counters:
                first[counter.name] = max(counter.last, used.get(counter.name, 0)) + 1
                counter.last = first[counter.name] + wanted[counter.name] - 1
            cls.objects.bulk_update(counters, ["last"])
        return first

    @classmethod
    def hold(cls, name):
        """Let nobody else take a number under `name` until this transaction ends."""
        cls.keep(name, 0)
        cls.objects.select_for_update().filter(name=name).values("pk").first()

    @classmethod
    def keep(cls, name, used):
        """See to it that no number up to `used` is given out under `name` again."""
        cls.objects.get_or_create(name=name)
        cls.objects.filter(name=name, last__lt=used).update(last=used)


class ReferencedModel(NaturalKeyModel):
    """A record with a public reference (`C0142`) that is given once and never changes."""

    KEY = ("ref",)
    PREFIX: str

    ref = models.CharField("reference", max_length=20, unique=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def next_ref(cls):
        """Give out the next reference of this kind."""
        used = 0
        histories = cls.history  # type: ignore[attr-defined]
        for manager in (cls.objects, histories):  # what was deleted keeps its reference in the history
            last = manager.order_by(Length("ref").desc(), "-ref").values_list("ref", flat=True).first()
            used = max(used, int(last.removeprefix(cls.PREFIX)) if last else 0)
        return f"{cls.PREFIX}{Counter.take(cls.PREFIX, used=used):04d}"

    def clean_fields(self, exclude=None):
        """Errors: ValidationError where the reference is not of this kind."""
        super().clean_fields(exclude=exclude)
        if self.ref and not re.fullmatch(rf"{self.PREFIX}[0-9]{{4,}}", self.ref):
            raise ValidationError({"ref": f"A reference here is {self.PREFIX} and at least four digits."})


@known_choices
class RetiredSlug(NaturalKeyModel):
    """A slug that was once public. It leads to the slug in use, and is never given to something else."""

    KEY = ("kind", "slug")

    class Kind(models.TextChoices):
        SOURCE = "source", "source"
        REFORM = "reform", "reform"
        PACKAGE = "package", "package"
        LAW = "law", "law"
        EVENT = "event", "event"
        ACTOR = "actor", "actor"
        TOPIC = "topic", "topic"
        PARAMETER = "parameter", "parameter"

    kind = models.CharField(max_length=10, choices=Kind)
    slug = models.CharField(max_length=100, validators=[slug_validator])
    now = models.CharField("slug in use", max_length=100, validators=[slug_validator])

    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["kind", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                name="retired_slug_unique",
                violation_error_message="This slug was retired before.",
            ),
            models.CheckConstraint(
                name="retired_slug_leads_elsewhere",
                condition=~Q(slug=F("now")),
                violation_error_message="A retired slug must lead to another one.",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.slug} → {self.now}"

    def clean(self):
        """Errors: ValidationError where the slug is still in use, or leads to nothing."""
        super().clean()
        in_use = named(self.kind)
        if in_use.filter(slug=self.slug).exists():
            raise ValidationError({"slug": "This slug is in use; retire it by renaming its record."})
        if not in_use.filter(slug=self.now).exists():
            raise ValidationError({"now": "No record has this slug."})


def named(kind):
    """Return all records of a kind that has slugs, as a queryset."""
    app = "sources" if kind == RetiredSlug.Kind.SOURCE else "reforms"
    return apps.get_model(app, kind).objects.all()
