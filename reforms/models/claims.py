"""Claims and the words that they stand on."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reforms.models.naming import Counter, ReferencedModel
from reforms.models.taint import TaintableModel
from sources.anchoring import select
from sources.changes import HistoryRow
from sources.models import Paragraph
from sources.rules import NaturalKeyModel, NaturalKeyQuerySet, filled, known_choices

CITED_ALREADY = "This claim cites these words already."
NOT_ITS_SPAN = "The quote is not the text of its span, character for character."
CARRIES_ANOTHER = "A citation stands in the place of another citation of the same claim."


class ClaimQuerySet(NaturalKeyQuerySet):
    """Named questions about claims."""

    def public(self):
        """Claims that readers see."""
        return self.filter(state=Claim.State.PUBLISHED)

    def once_public(self):
        """Claims that readers see or saw: published, retracted and merged ones, whose references stay."""
        return self.exclude(state__in=Claim.HIDDEN)

    def ever_public(self):
        """As `once_public`, and those that the history knows were public, though an undo made drafts of them."""
        seen = Claim.history.exclude(state__in=Claim.HIDDEN)
        return self.filter(Q(pk__in=Claim.objects.once_public().values("pk")) | Q(pk__in=seen.values("id")))

    def unsupported(self):
        """Claims that no citation supports."""
        support = Citation.objects.filter(claim=OuterRef("pk"), stance=Citation.Stance.SUPPORTS)
        return self.filter(~Exists(support))

    def with_support(self):
        """With `support`, the number of sources (not citations) that support the claim.

        A source whose newer edition supports it as well is no second one.
        """
        supports = Citation.objects.filter(stance=Citation.Stance.SUPPORTS)
        newer = supports.filter(claim=OuterRef("claim"), paragraph__source__supersedes=OuterRef("paragraph__source"))
        sources = (
            supports.filter(~Exists(newer), claim=OuterRef("pk"))
            .order_by()
            .values("claim")
            .annotate(sources=Count("paragraph__source", distinct=True))
        )
        return self.annotate(support=Coalesce(Subquery(sources.values("sources")), 0))


@known_choices
class Claim(TaintableModel, ReferencedModel):
    """One atomic statement in the curator's own words."""

    PREFIX = "C"
    STATED = ("text", "kind")

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        PLANNED = "planned", _("planned")
        ADOPTED = "adopted", _("adopted")
        PROVISION = "provision", _("provision")
        DONE = "done", _("done")
        FIGURE = "figure", _("figure")
        ASSESSMENT = "assessment", _("assessment")
        ALLEGATION = "allegation", _("allegation")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")
        RETRACTED = "retracted", _("retracted")
        MERGED = "merged", _("merged")

    INTENTIONS = (Kind.PROPOSED, Kind.PLANNED)
    HIDDEN = (State.DRAFT, State.IN_REVIEW)
    CLOSED = (State.RETRACTED, State.MERGED)

    text = models.TextField(help_text="One fact, in our own words.")
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False, db_index=True)
    retraction_reason = models.TextField(blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed", editable=False
    )
    note = models.TextField(blank=True, help_text="How a date or figure was derived; why an unusual reading.")

    objects = ClaimQuerySet.as_manager()
    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["ref"]
        indexes = [models.Index(fields=["state", "ref"], name="claim_in_order")]  # a page of public ones needs no sort
        permissions = [
            ("publish_claim", "Can publish claims and send them back"),
            ("retract_claim", "Can retract claims"),
            ("merge_claim", "Can merge claims"),
            ("clear_taint", "Can clear doubt about what was changed"),
        ]
        constraints = [
            filled("claim", "text"),
            filled("claim", "ref"),
            models.CheckConstraint(
                name="claim_retracted_with_reason",
                condition=Q(state="retracted") & ~Q(retraction_reason="")
                | ~Q(state="retracted") & Q(retraction_reason=""),
                violation_error_message="A retracted claim has a reason, and no other claim has one.",
            ),
            models.CheckConstraint(
                name="claim_merged_into_a_claim",
                condition=Q(state="merged", merged_into__isnull=False)
                | ~Q(state="merged") & Q(merged_into__isnull=True),
                violation_error_message="A merged claim names the claim it was merged into, and no other claim does.",
            ),
            models.CheckConstraint(
                name="claim_not_merged_into_itself",
                condition=~Q(merged_into=F("pk")),
                violation_error_message="A claim cannot be merged into itself.",
            ),
        ]

    def __str__(self):
        return f"{self.ref} {self.text}"

    def get_absolute_url(self):
        return reverse("claim", args=[self.ref])

    @property
    def in_use(self):
        """The claim that this one was merged into, over however many steps; itself where it was not merged."""
        claim, passed = self, set()
        while claim.merged_into and claim.pk not in passed:
            passed.add(claim.pk)
            claim = claim.merged_into
        return claim

    def clean(self):
        """Errors: ValidationError where merging would make a cycle, or an act would rest on an intention."""
        super().clean()
        if self.pk and self.kind in self.INTENTIONS:
            for milestone in self.milestone_set.all():
                milestone.check_kind(self.kind)
        if self.in_use.merged_into_id:
            raise ValidationError("Merging these claims would lead round in a circle.")


class CitationQuerySet(NaturalKeyQuerySet):
    """Named questions about citations."""

    def public(self):
        """Citations of claims that readers see."""
        return self.filter(claim__state=Claim.State.PUBLISHED)

    def with_words(self):
        """With paragraph and source at hand (not the source's whole text), in the order of their numbers."""
        whole = ("paragraph__source__text", "paragraph__source__received")
        return self.select_related("paragraph__source").defer(*whole).order_by("number")

    def broken(self):
        """Citations whose quote is not their span. The database refuses them; the audit looks all the same."""
        span = models.Func(
            F("paragraph__text"), F("start") + 1, F("end") - F("start"),
            function="SUBSTR", output_field=models.TextField(),
        )  # fmt: skip
        return self.annotate(span_text=span).exclude(span_text=F("quote"))


@known_choices
class Citation(NaturalKeyModel):
    """A span of one paragraph on which a claim stands. Its quote equals the span's text."""

    KEY = ("claim__ref", "number")

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("supports")
        DISPUTES = "disputes", _("disputes")
        CONTEXT = "context", _("context")

    class Strength(models.TextChoices):
        STATES = "states", _("states it")
        IMPLIES = "implies", _("implies it")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="citations")
    number = models.PositiveIntegerField(editable=False)
    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="citations")
    start = models.PositiveIntegerField(editable=False)
    end = models.PositiveIntegerField(editable=False)
    quote = models.TextField()
    stance = models.CharField(max_length=10, choices=Stance, default=Stance.SUPPORTS)
    strength = models.CharField(max_length=10, choices=Strength, default=Strength.STATES)
    carries = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="carried_by",
        help_text="The citation of the edition before, in whose place these words stand.",
    )
    not_carried = models.TextField(
        blank=True, help_text="Why no words of the newer edition stand in the place of these, as a person found."
    )
    note = models.TextField(blank=True)

    objects = CitationQuerySet.as_manager()
    history = HistoricalRecords(bases=[HistoryRow])

    class Meta:
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "number"],
                name="citation_number_unique",
                violation_error_message="This claim has a citation with this number.",
            ),
            models.UniqueConstraint(
                fields=["claim", "paragraph", "start", "end"],
                name="citation_span_once",
                violation_error_message=CITED_ALREADY,
            ),
            models.CheckConstraint(
                name="citation_number_from_one",
                condition=Q(number__gte=1),
                violation_error_message="Citations are numbered from 1.",
            ),
            models.CheckConstraint(
                name="citation_span_in_order",
                condition=Q(start__lt=F("end")),
                violation_error_message="A span ends after it starts.",
            ),
            models.CheckConstraint(
                name="citation_quote_is_as_long_as_its_span",
                condition=Q(end=F("start") + Length("quote")),
                violation_error_message=NOT_ITS_SPAN,
            ),
        ]

    def __str__(self):
        return self.ref

    @property
    def ref(self):
        return f"{self.claim.ref}.{self.number}"

    @property
    def selector(self):
        """The quote with enough text around it to find it again."""
        return select(self.paragraph.text, self.start, self.end, context=32)

    def get_absolute_url(self):
        """The reader, with the paragraph scrolled to and the span lit."""
        source = self.paragraph.source.get_absolute_url()
        return f"{source}?claim={self.claim.ref}#p{self.paragraph.number}"

    def clean(self):
        """Errors: ValidationError where the quote is not the text of its span, or it carries one of another claim."""
        super().clean()
        if self.carries is not None and (self.carries == self or self.carries.claim_id != self.claim_id):
            raise ValidationError(CARRIES_ANOTHER)
        placed = self.paragraph_id and self.start is not None and self.end is not None
        if placed and self.paragraph.text[self.start : self.end] != self.quote:
            raise ValidationError(NOT_ITS_SPAN)

    def take_number(self):
        """Give this new citation the next number of its claim; numbers of removed ones stay unused."""
        used = [
            manager.filter(claim_id=self.claim.pk).aggregate(highest=models.Max("number"))["highest"] or 0
            for manager in (Citation.objects, Citation.history)
        ]
        self.number = Counter.take(self.claim.ref, used=max(used))
