"""What reforms changed: parameters, and each change from before to after as a source prints it."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from reforms.models.claims import Claim
from reforms.models.reforms import Reform
from reforms.models.resting import RestsOnClaim
from sources.changes import HistoryRow
from sources.dates import EDTFField, bound_field, in_words
from sources.rules import NaturalKeyModel, NaturalKeyQuerySet, filled, slug_field


class ParameterQuerySet(NaturalKeyQuerySet):
    """Named questions about parameters."""

    def public(self):
        """Parameters of which a published claim tells a change."""
        return self.filter(Exists(ParameterChange.objects.public().filter(parameter=OuterRef("pk"))))


class Parameter(NaturalKeyModel):
    """Something that a reform changed: members to register a party, permission or notice for an assembly."""

    KEY = ("slug",)

    slug = slug_field()
    name = models.CharField(max_length=200)
    reform = models.ForeignKey(Reform, on_delete=models.PROTECT, related_name="parameters")
    note = models.TextField(blank=True)

    objects = ParameterQuerySet.as_manager()
    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["name", "slug"]
        constraints = [filled("parameter", "name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("parameter", args=[self.slug])


class ParameterChange(RestsOnClaim):
    """One change of a parameter as one claim tells it. Chains over several sources are drawn, never stored."""

    KEY = ("parameter__slug", "claim__ref", "after", "scope")
    STATED = ("before", "after", "unit", "scope", "date")
    later = False  # whether it may come after the day that a page asks about, where a page asks

    parameter = models.ForeignKey(Parameter, on_delete=models.CASCADE, related_name="changes")
    before = models.CharField(max_length=300, blank=True, help_text="As printed; empty where not stated.")
    after = models.CharField(max_length=300, blank=True, help_text="As printed; empty where not stated.")
    unit = models.CharField(max_length=100, blank=True, help_text="As printed.")
    scope = models.CharField(max_length=300, blank=True, help_text="As printed.")
    date = EDTFField()
    date_earliest = bound_field()
    date_latest = bound_field()
    note = models.TextField(blank=True)

    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["parameter", "claim", "after", "scope"]
        constraints = [
            models.UniqueConstraint(
                fields=["parameter", "claim", "after", "scope"],
                name="parameter_change_once",
                violation_error_message="This claim tells this change already.",
            ),
            models.CheckConstraint(
                name="parameter_change_has_a_value",
                condition=~Q(before="") | ~Q(after=""),
                violation_error_message="A change has a before or an after.",
            ),
        ]

    def __str__(self):
        return f"{self.parameter.slug}: {self.before or '?'} → {self.after or '?'}"

    @property
    def happened(self):
        """Whether its claim tells it as what happened or holds, not only as proposed or planned."""
        return self.claim.kind not in Claim.INTENTIONS

    @property
    def date_in_words(self):
        return in_words(self.date)

    def subjects(self):
        parameter = getattr(self, "parameter", None)  # in a form, one that is not stored yet
        return {"reform": parameter.reform_id if parameter else None}
