"""Packages: numbered or named sets in which reforms were announced or listed."""

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.urls import reverse
from simple_history.models import HistoricalRecords

from reforms.models.claims import Claim
from reforms.models.reforms import Reform
from reforms.models.resting import RestsOnClaim
from reforms.models.subjects import Event
from reforms.models.taint import TaintableModel
from sources.changes import HistoryRow
from sources.rules import NaturalKeyModel, NaturalKeyQuerySet, filled, slug_field


class PackageQuerySet(NaturalKeyQuerySet):
    """Named questions about packages."""

    def public(self):
        """Packages in which a published claim puts a reform."""
        return self.filter(Exists(PackageItem.objects.public().filter(package=OuterRef("pk"))))

    def by_announcement(self):
        """By the first day on which a public event announced them; those without one last."""
        told = Case(When(event__claim__state=Claim.State.PUBLISHED, then=F("event__date_earliest")))
        return self.order_by(told.asc(nulls_last=True), "slug")


class Package(TaintableModel, NaturalKeyModel):
    """A set of reforms as a source announces or lists it."""

    KEY = ("slug",)
    STATED = ("stated_count",)

    slug = slug_field()
    name = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    event = models.ForeignKey(
        Event,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="packages",
        help_text="Where it was announced.",
    )
    stated_count = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many items the source says there are."
    )
    stated_count_claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="package_counts"
    )
    note = models.TextField(blank=True)

    objects = PackageQuerySet.as_manager()
    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["slug"]
        constraints = [
            filled("package", "name"),
            models.CheckConstraint(
                name="package_count_rests_on_a_claim",
                condition=Q(stated_count=None, stated_count_claim=None)
                | Q(stated_count__isnull=False, stated_count_claim__isnull=False),
                violation_error_message="A stated count rests on a claim.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("package", args=[self.slug])


class PackageItem(RestsOnClaim):
    """A reform's place in a package, with its number as printed (which may be absent, and may repeat)."""

    KEY = ("package__slug", "position")
    STATED = ("number", "reform")

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, blank=True, help_text="As printed; may repeat.")
    reform = models.ForeignKey(Reform, on_delete=models.PROTECT, related_name="package_items")
    note = models.TextField(blank=True)

    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["package", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["package", "position"],
                name="package_position_once",
                violation_error_message="The package has an item at this position.",
            ),
            models.UniqueConstraint(
                fields=["package", "reform"],
                name="package_reform_once",
                violation_error_message="The package lists this reform already.",
            ),
            models.CheckConstraint(
                name="package_position_from_one",
                condition=Q(position__gte=1),
                violation_error_message="Positions are counted from 1.",
            ),
        ]

    def __str__(self):
        return f"{self.package.slug} {self.position}: {self.reform.slug}"

    def subjects(self):
        return {"reform": self.reform_id}
