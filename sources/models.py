"""Sources and their paragraphs."""

import hashlib
import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from sources.changes import ChangeSet, HistoryRow
from sources.dates import EDTFField, bound_field, in_words
from sources.rules import NaturalKeyModel, NaturalKeyQuerySet, filled, known_choices, slug_field
from sources.segmentation import sections, segment

__all__ = ["ChangeSet", "Paragraph", "Source"]

file_name_validator = RegexValidator(
    re.compile(r"\A[^./\\\x00-\x1f][^/\\\x00-\x1f]*\Z"),
    "A file name has no folder in it, and starts with no dot.",
    code="file_name",
)

UNTOUCHED = "An accepted source is never touched: add a corrected edition as a new source that supersedes it."


class SourceQuerySet(NaturalKeyQuerySet):
    """Named questions about sources."""

    def accepted(self):
        return self.filter(accepted=True)

    def documents(self):
        """Accepted sources, of several editions of one document the newest only."""
        newer = Source.objects.accepted().filter(supersedes=OuterRef("pk"))
        return self.accepted().filter(~Exists(newer))


class HereAlready(ValidationError):
    """The same bytes were received before, as `twin`."""

    def __init__(self, twin):
        self.twin = twin
        super().__init__(f"This document is here already: {twin.name} ({twin.slug}).")


@known_choices
class Source(NaturalKeyModel):
    """One document, as received. Once accepted, neither what was received nor its text changes."""

    KEY = ("slug",)

    class Type(models.TextChoices):
        GOVERNMENT_RELEASE = "government_release", _("government release")
        PRESS = "press", _("press")
        ANALYSIS = "analysis", _("analysis")

    class Format(models.TextChoices):
        TEXT = "text", _("plain text")
        HTML = "html", _("web page")
        PDF = "pdf", _("PDF")
        DOCX = "docx", _("Word document")

    class Show(models.TextChoices):
        FULL = "full", _("the whole text")
        CITED = "cited", _("cited paragraphs only")

    slug = slug_field()
    name = models.CharField(max_length=100, help_text="Our own short label, as shown on citations.")
    file_name = models.CharField(max_length=255, blank=True, validators=[file_name_validator])
    received = models.BinaryField(editable=False)
    sha256 = models.CharField("SHA-256 of what was received", max_length=64, unique=True, editable=False)
    format = models.CharField("received as", max_length=4, choices=Format, default=Format.TEXT, editable=False)
    text = models.TextField(help_text="Its lines that are not blank are the paragraphs.", editable=False)
    text_sha256 = models.CharField("SHA-256 of the text", max_length=64, editable=False)
    accepted = models.BooleanField(default=False, editable=False)
    # What reading it proposed and a curator decided, until it is accepted: see `sources.receiving`.
    draft = models.JSONField(default=dict, blank=True, editable=False)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    title = models.CharField(max_length=500, blank=True, help_text="As printed.")
    author = models.CharField(max_length=200, blank=True, help_text="As printed.")
    publisher = models.CharField(max_length=200, blank=True, help_text="As printed.")
    language = models.CharField(max_length=20, blank=True, help_text="Only where stated.")
    published = EDTFField()
    published_earliest = bound_field()
    published_latest = bound_field()
    published_note = models.TextField(blank=True, help_text="From what an inferred date was inferred.")
    type = models.CharField(max_length=20, choices=Type, blank=True, help_text="Only where stated.")
    interested_party = models.CharField(max_length=200, blank=True, help_text="Only where stated.")
    rights = models.TextField(blank=True, help_text="The rights statement as printed.")
    show = models.CharField("may be shown", max_length=10, choices=Show, default=Show.FULL)
    note = models.TextField(blank=True)

    objects = SourceQuerySet.as_manager()
    history = HistoricalRecords(bases=[HistoryRow], excluded_fields=["received", "text", "draft"])

    class Meta:
        ordering = ["slug"]
        # Which sources readers see, without reading past their texts in each row.
        indexes = [models.Index(fields=["accepted", "show"], name="source_shown")]
        constraints = [
            filled("source", "name"),
            filled("source", "text"),
            models.UniqueConstraint(
                fields=["file_name"],
                condition=~Q(file_name=""),
                name="source_file_name_unique",
                violation_error_message="Another source has this file name.",
            ),
            models.CheckConstraint(
                name="source_does_not_supersede_itself",
                condition=~Q(supersedes=F("pk")),
                violation_error_message="A source cannot supersede itself.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("source", args=[self.slug])

    @property
    def published_in_words(self):
        return in_words(self.published)

    def receive(self, received):
        """Take `received` (bytes of a plain text in UTF-8) as the document.

        Errors: ValidationError where it is no UTF-8, holds a NUL, or has no text.
        """
        try:
            text = received.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ValidationError(f"The text is not UTF-8: byte {error.start} cannot be read.") from error
        if "\0" in text:
            raise ValidationError("The text holds a NUL character, which no database keeps.")
        if not segment(text):
            raise ValidationError("The text holds no paragraph.")
        self.received, self.text = received, text
        self.sha256 = self.text_sha256 = hashlib.sha256(received).hexdigest()

    def clean(self):
        """Errors: ValidationError where the stored bytes or text are not those that were accepted, this document is
        here already, or editions would lead round in a circle.
        """
        super().clean()
        edition, passed = self.supersedes, {self.pk}
        while edition and edition.pk not in passed:
            passed.add(edition.pk)
            edition = edition.supersedes
        if edition:
            raise ValidationError({"supersedes": "These editions would lead round in a circle."})
        if self.pk and (stored := Source.objects.accepted().filter(pk=self.pk).first()):
            same = (stored.text, bytes(stored.received)) == (self.text, bytes(self.received))
            if not same or not self.accepted:
                raise ValidationError(UNTOUCHED)
        if twin := Source.objects.filter(sha256=self.sha256).exclude(pk=self.pk).first():
            raise HereAlready(twin)


@known_choices
class Paragraph(NaturalKeyModel):
    """One line of a source that is not blank. Its number is its permanent name: `source#20`."""

    KEY = ("source__slug", "number")

    class Kind(models.TextChoices):
        HEADING = "heading", _("heading")
        PARAGRAPH = "paragraph", _("paragraph")
        LIST_ITEM = "list_item", _("list item")
        QUOTATION = "quotation", _("quotation")
        CAPTION = "caption", _("caption")
        BYLINE = "byline", _("byline")
        NAVIGATION = "navigation", _("navigation")
        NOTICE = "notice", _("notice")

    CARRY_NO_CLAIM = (Kind.HEADING, Kind.BYLINE, Kind.NAVIGATION, Kind.NOTICE, Kind.CAPTION)

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="paragraphs")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField(help_text="Offset in the source's text, in code points.")
    end = models.PositiveIntegerField(help_text="End of the span, exclusive.")
    text = models.TextField()
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PARAGRAPH)
    level = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 to 6, of a heading.")
    section = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="section_paragraphs",
        editable=False,
    )

    history = HistoricalRecords(bases=[HistoryRow], excluded_fields=["text"])

    class Meta:
        ordering = ["source", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "number"],
                name="paragraph_number_unique",
                violation_error_message="This source has a paragraph with this number.",
            ),
            models.CheckConstraint(
                name="paragraph_number_from_one",
                condition=Q(number__gte=1),
                violation_error_message="Paragraphs are numbered from 1.",
            ),
            models.CheckConstraint(
                name="paragraph_span_is_text_length",
                condition=Q(end=F("start") + Length("text")) & Q(end__gt=F("start")),
                violation_error_message="The paragraph's span must be as long as its text.",
            ),
            models.CheckConstraint(
                name="paragraph_level_of_headings",
                condition=Q(kind="heading", level__gte=1, level__lte=6) | (~Q(kind="heading") & Q(level=None)),
                violation_error_message="A heading has a level from 1 to 6, and nothing else has one.",
            ),
        ]

    def __str__(self):
        return f"{self.ref} {Truncator(self.text).chars(80)}"

    @property
    def ref(self):
        """Its permanent name: `kazinform-three-packages#20`."""
        return f"{self.source.slug}#{self.number}"

    def get_absolute_url(self):
        return f"{self.source.get_absolute_url()}#p{self.number}"

    def clean(self):
        """Errors: ValidationError where the text is not what the source holds at this span."""
        super().clean()
        if self.source_id and self.source.text[self.start : self.end] != self.text:
            raise ValidationError("The paragraph's text is not what its source holds at this span.")


def propose_paragraphs(source, kinds=None):
    """Return the unsaved paragraphs of `source`, with kinds as proposed or as decided.

    `kinds`: paragraph number to (kind, level), for those that a person decided otherwise.
    Shape:  list of Paragraph in order; `section` points at another of them.
    """
    kinds = kinds or {}
    segments = segment(source.text)
    decided = [kinds.get(item.number, (item.kind, None)) for item in segments]
    paragraphs = [
        Paragraph(
            source=source,
            number=item.number,
            start=item.start,
            end=item.end,
            text=item.text,
            kind=kind,
            level=level,
        )
        for item, (kind, level) in zip(segments, decided, strict=True)
    ]
    for paragraph, section in zip(paragraphs, sections([level for _kind, level in decided]), strict=True):
        paragraph.section = paragraphs[section - 1] if section else None
    return paragraphs
