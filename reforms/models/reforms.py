"""Reforms and the milestones of their lives."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from simple_history.models import HistoricalRecords

from reforms.models.claims import Claim
from reforms.models.discrepancies import Discrepancy
from reforms.models.naming import ReferencedModel
from reforms.models.resting import RestingQuerySet, RestsOnClaim
from reforms.models.subjects import Event, Topic
from reforms.stages import ACTS, Stage, stage_annotations, with_days
from sources.changes import HistoryRow
from sources.dates import EDTFField, bound_field, in_words
from sources.rules import NaturalKeyModel, NaturalKeyQuerySet, filled, known_choices, slug_field


class ReformQuerySet(NaturalKeyQuerySet):
    """Named questions about reforms."""

    def public(self):
        """Reforms that a published claim names."""
        return self.filter(models.Exists(Claim.objects.public().filter(reform_links__reform=models.OuterRef("pk"))))

    def with_stage(self, day):
        """With `stage`, `perhaps` and `told` as of `day` (a date): see `reforms.stages`."""
        return self.annotate(**stage_annotations(Milestone.objects.public(), day))

    def with_last(self, day):
        """With `last_date` (EDTF), `last_day` and `last_stage` of the last dated milestone by `day`; None without."""
        dated = Milestone.objects.public().filter(reform=OuterRef("pk"), date_latest__lte=day)
        last = dated.order_by("-date_latest", "-date_earliest", "ref")
        return self.annotate(
            last_date=Subquery(last.values("date")[:1]),
            last_day=Subquery(last.values("date_latest")[:1]),
            last_stage=Subquery(last.values("stage")[:1]),
        )

    def with_counts(self):
        """With `claims_count`, `discrepancies_count` and `oddities_count` (of print), of the public ones of each."""
        from reforms.models.links import ClaimReform

        found = Discrepancy.objects.public()
        kinds = (found.exclude(kind__in=Discrepancy.OF_PRINT), found.filter(kind__in=Discrepancy.OF_PRINT))
        named = ClaimReform.objects.filter(reform=OuterRef("pk"), claim__state=Claim.State.PUBLISHED)
        own = named.order_by().values("reform")
        dispute = "claim__discrepancy_links__discrepancy"
        differing, oddly = (
            Count(dispute, filter=Q(**{f"{dispute}__in": differ.values("pk")}), distinct=True) for differ in kinds
        )
        return self.annotate(
            claims_count=Coalesce(Subquery(own.annotate(n=Count("claim", distinct=True)).values("n")), 0),
            discrepancies_count=Coalesce(Subquery(own.annotate(n=differing).values("n")), 0),
            oddities_count=Coalesce(Subquery(own.annotate(n=oddly).values("n")), 0),
        )


class Reform(NaturalKeyModel):
    """One initiative that can be followed over time."""

    KEY = ("slug",)

    slug = slug_field()
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    note = models.TextField(blank=True)
    topics = models.ManyToManyField(Topic, through="ReformTopic", related_name="reforms")

    objects = ReformQuerySet.as_manager()
    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["title", "slug"]
        constraints = [filled("reform", "title")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("reform", args=[self.slug])


class ReformTopic(NaturalKeyModel):
    """The reform is browsed under the topic."""

    KEY = ("reform__slug", "topic__slug")

    reform = models.ForeignKey(Reform, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="reform_links")

    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["reform", "topic"]
        constraints = [
            models.UniqueConstraint(
                fields=["reform", "topic"],
                name="reform_topic_once",
                violation_error_message="The reform is under this topic already.",
            )
        ]

    def __str__(self):
        return f"{self.reform.slug} under {self.topic.slug}"


class MilestoneQuerySet(RestingQuerySet):
    """Named questions about milestones."""

    def with_days(self):
        """With `from_day` and `by_day`, between which it happened: see `reforms.stages`."""
        return with_days(self)


@known_choices
class Milestone(ReferencedModel, RestsOnClaim):
    """A dated event in a reform's life that moves its stage."""

    PREFIX = "M"
    STATED = ("stage", "date")
    Stage = Stage

    reform = models.ForeignKey(Reform, on_delete=models.PROTECT, related_name="milestones")
    stage = models.CharField(max_length=12, choices=Stage)
    date = EDTFField()
    date_earliest = bound_field()
    date_latest = bound_field()
    law = models.ForeignKey("Law", null=True, blank=True, on_delete=models.PROTECT, related_name="milestones")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="milestones")
    note = models.TextField(blank=True)

    objects = MilestoneQuerySet.as_manager()
    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["ref"]
        constraints = [
            filled("milestone", "ref"),
            models.UniqueConstraint(
                fields=["reform", "stage", "claim"],
                name="milestone_once",
                violation_error_message="This claim gives the reform this milestone already.",
            ),
        ]

    def __str__(self):
        return f"{self.ref} {self.reform.slug} {self.stage}"

    def get_absolute_url(self):
        """Where it stands on the page of its reform."""
        return f"{self.reform.get_absolute_url()}#{self.ref}"

    @property
    def title(self):
        return f"{self.reform.title}: {self.stage.replace('_', ' ')}"

    @property
    def date_in_words(self):
        return in_words(self.date)

    def subjects(self):
        return {"reform": self.reform_id}

    def clean(self):
        """Errors: ValidationError where the claim is not about the reform, or only an intention."""
        super().clean()
        if self.claim_id:
            self.check_kind(self.claim.kind)

    def check_kind(self, kind):
        """Errors: ValidationError where a claim of this kind is no ground for the stage."""
        if self.stage in ACTS and kind in Claim.INTENTIONS:
            raise ValidationError(
                f"The stage “{self.get_stage_display()}” cannot rest on what is only proposed or planned."
            )
