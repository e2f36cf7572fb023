"""Where sources do not fit together, or one does not fit itself."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reforms.models.claims import Citation, Claim
from reforms.models.naming import ReferencedModel
from sources.changes import HistoryRow
from sources.rules import NaturalKeyModel, NaturalKeyQuerySet, filled, known_choices


class DiscrepancyQuerySet(NaturalKeyQuerySet):
    """Named questions about discrepancies."""

    def public(self):
        """Discrepancies all of whose claims are published: half of one would mislead."""
        claims = Claim.objects.filter(discrepancy_links__discrepancy=OuterRef("pk"))
        return self.filter(Exists(claims), ~Exists(claims.exclude(state=Claim.State.PUBLISHED)))

    def by_weight(self):
        """The weightier kinds first: what cannot be so, then what may mislead, then what is only awkward in print."""
        return self.order_by(Discrepancy.WEIGHT, "ref")

    def with_span(self):
        """With `span`: "between" sources or "within" one, by all the sources that its claims cite."""
        citations = Citation.objects.filter(claim__discrepancy_links__discrepancy=OuterRef("pk")).order_by()
        grouped = citations.values("claim__discrepancy_links__discrepancy")
        cited = grouped.annotate(n=Count("paragraph__source", distinct=True)).values("n")
        return self.annotate(span=Case(When(Exact(Subquery(cited), 1), then=Value("within")), default=Value("between")))


@known_choices
class Discrepancy(ReferencedModel):
    """Claims that do not fit together. Nothing is smoothed: both quotes are shown side by side."""

    PREFIX = "D"

    class Kind(models.TextChoices):
        CONTRADICTION = "contradiction", _("contradiction")
        DIFFERENT_SCOPE = "different_scope", _("different scope")
        DATE_ANOMALY = "date_anomaly", _("date anomaly")
        NUMBERING = "numbering", _("numbering")
        MISPRINT = "misprint", _("misprint")
        MISSING_REFERENCE = "missing_reference", _("missing reference")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        EXPLAINED = "explained", _("explained")
        RESOLVED = "resolved", _("resolved")

    BETWEEN = (Kind.CONTRADICTION, Kind.DIFFERENT_SCOPE)
    BY_WEIGHT = (
        Kind.CONTRADICTION,
        Kind.DATE_ANOMALY,
        Kind.DIFFERENT_SCOPE,
        Kind.NUMBERING,
        Kind.MISSING_REFERENCE,
        Kind.MISPRINT,
    )
    OF_PRINT = (Kind.NUMBERING, Kind.MISSING_REFERENCE, Kind.MISPRINT)
    WEIGHT = Case(*(When(kind=kind, then=Value(at)) for at, kind in enumerate(BY_WEIGHT)))

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    explanation = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    resolved_by = models.ForeignKey(
        Claim,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resolves",
        help_text="The claim, from a later source, that resolves it.",
    )
    claims = models.ManyToManyField(Claim, through="DiscrepancyClaim", related_name="discrepancies")

    objects = DiscrepancyQuerySet.as_manager()
    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        verbose_name_plural = "discrepancies"
        ordering = ["ref"]
        constraints = [
            filled("discrepancy", "ref"),
            filled("discrepancy", "title"),
            filled("discrepancy", "explanation"),
            models.CheckConstraint(
                name="discrepancy_resolved_by_a_claim",
                condition=Q(state="resolved", resolved_by__isnull=False)
                | ~Q(state="resolved") & Q(resolved_by__isnull=True),
                violation_error_message="A resolved discrepancy names the claim that resolves it, and no other does.",
            ),
        ]

    def __str__(self):
        return f"{self.ref} {self.title}"

    def get_absolute_url(self):
        return reverse("discrepancy", args=[self.ref])

    @property
    def of_print(self):
        """Whether it is only an oddity of print: awkward, but nothing else contradicts it."""
        return self.kind in self.OF_PRINT

    @property
    def settled_by(self):
        """The claim that resolves it, where readers see that one."""
        claim = self.resolved_by
        return claim if claim and claim.state == Claim.State.PUBLISHED else None

    def clean(self):
        """Errors: ValidationError where what is to resolve it is not public, or is one of its own claims."""
        super().clean()
        if self.resolved_by and self.resolved_by.state != Claim.State.PUBLISHED:
            raise ValidationError({"resolved_by": "Only a published claim resolves a discrepancy."})
        if self.pk and self.claim_links.filter(claim_id=self.resolved_by_id).exists():
            raise ValidationError({"resolved_by": "A discrepancy is not resolved by one of its own claims."})

    def check_claims(self, count):
        """Errors: ValidationError where `count` claims are too few for this kind."""
        needed = 2 if self.kind in self.BETWEEN else 1
        if count < needed:
            raise ValidationError(
                f"A discrepancy of the kind “{self.get_kind_display()}” needs {needed} or more claims."
            )


class DiscrepancyClaim(NaturalKeyModel):
    """A claim's place in a discrepancy."""

    KEY = ("discrepancy__ref", "claim__ref")

    discrepancy = models.ForeignKey(Discrepancy, on_delete=models.CASCADE, related_name="claim_links")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="discrepancy_links")

    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["discrepancy", "claim"]
        constraints = [
            models.UniqueConstraint(
                fields=["discrepancy", "claim"],
                name="discrepancy_claim_once",
                violation_error_message="The discrepancy names this claim already.",
            )
        ]

    def __str__(self):
        return f"{self.discrepancy.ref}: {self.claim.ref}"
