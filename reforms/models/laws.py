"""Legal acts of any rank, their dates, and what they do to reforms."""

from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reforms.models.claims import Claim
from reforms.models.reforms import Reform
from reforms.models.resting import RestsOnClaim
from sources.changes import HistoryRow
from sources.dates import EDTFField, bound_field, in_words
from sources.rules import NaturalKeyModel, NaturalKeyQuerySet, filled, known_choices, slug_field


class LawQuerySet(NaturalKeyQuerySet):
    """Named questions about laws."""

    def public(self):
        """Laws that a published claim names."""
        return self.filter(models.Exists(Claim.objects.public().filter(law_links__law=models.OuterRef("pk"))))

    def by_date(self):
        """With `first_day`, the earliest day that a public date of the law allows; undated laws last."""
        first = LawDate.objects.public().filter(law=OuterRef("pk")).order_by(F("date_earliest").asc(nulls_last=True))
        return self.annotate(first_day=Subquery(first.values("date_earliest")[:1])).order_by(
            F("first_day").asc(nulls_last=True), "slug"
        )


@known_choices
class Law(NaturalKeyModel):
    """A legal act of any rank, draft or adopted. Its title is as printed, its name our own short label."""

    KEY = ("slug",)

    class Rank(models.TextChoices):
        CONSTITUTIONAL_LAW = "constitutional_law", _("constitutional law")
        LAW = "law", _("law")
        CODE = "code", _("code")
        DECREE = "decree", _("decree")
        ORDER = "order", _("order")
        PLAN = "plan", _("plan")
        CONCEPT = "concept", _("concept")
        TREATY = "treaty", _("treaty")
        PROTOCOL = "protocol", _("protocol")
        REGULATION = "regulation", _("regulation")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        ADOPTED = "adopted", _("adopted")

    slug = slug_field()
    name = models.CharField(max_length=200)
    title = models.TextField(blank=True, help_text="As printed.")
    rank = models.CharField(max_length=20, choices=Rank)
    status = models.CharField(max_length=10, choices=Status)
    number = models.CharField(max_length=50, blank=True, help_text="As printed.")
    note = models.TextField(blank=True)

    objects = LawQuerySet.as_manager()
    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["slug"]
        constraints = [filled("law", "name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("law", args=[self.slug])


@known_choices
class LawDate(RestsOnClaim):
    """One date of a law. It is the law's own: nothing follows from it for a reform."""

    KEY = ("law__slug", "kind", "claim__ref")
    STATED = ("kind", "date")

    class Kind(models.TextChoices):
        DATED = "dated", _("dated")
        DRAFTED = "drafted", _("drafted")
        SIGNED = "signed", _("signed")
        APPROVED = "approved", _("approved")
        ADOPTED = "adopted", _("adopted")
        IN_FORCE = "in_force", _("in force")
        RATIFIED = "ratified", _("ratified")
        ACCEDED = "acceded", _("acceded")
        REPEALED = "repealed", _("repealed")

    law = models.ForeignKey(Law, on_delete=models.CASCADE, related_name="dates")
    kind = models.CharField(max_length=10, choices=Kind)
    date = EDTFField(blank=False)
    date_earliest = bound_field()
    date_latest = bound_field()

    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["law", "date_earliest", "kind", "claim"]
        constraints = [
            filled("law_date", "date"),
            models.UniqueConstraint(
                fields=["law", "kind", "claim"],
                name="law_date_once",
                violation_error_message="This claim gives the law this date already.",
            ),
        ]

    def __str__(self):
        return f"{self.law.slug} {self.kind} {self.date}"

    @property
    def date_in_words(self):
        return in_words(self.date)

    def subjects(self):
        return {"law": self.law_id}


@known_choices
class LawLink(RestsOnClaim):
    """What a law does to a reform."""

    KEY = ("law__slug", "reform__slug", "effect", "claim__ref")
    STATED = ("reform", "effect")

    class Effect(models.TextChoices):
        IMPLEMENTS = "implements", _("implements")
        AMENDS = "amends", _("amends")
        RATIFIES = "ratifies", _("ratifies")
        DRAFTS = "drafts", _("drafts")
        REPEALS = "repeals", _("repeals")

    law = models.ForeignKey(Law, on_delete=models.CASCADE, related_name="reform_links")
    reform = models.ForeignKey(Reform, on_delete=models.PROTECT, related_name="law_links")
    effect = models.CharField(max_length=12, choices=Effect)

    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["law", "reform", "effect", "claim"]
        constraints = [
            models.UniqueConstraint(
                fields=["law", "reform", "effect", "claim"],
                name="law_link_once",
                violation_error_message="This claim links the law to the reform in this way already.",
            ),
        ]

    def __str__(self):
        return f"{self.law.slug} {self.effect} {self.reform.slug}"

    def subjects(self):
        return {"law": self.law_id, "reform": self.reform_id}
