"""How much of a source the ledger answers for: every paragraph is cited, carries no claim, or is open.

Cited: a published claim stands on words of it. Carries no claim: by its kind (a heading, byline,
navigation, notice or caption), or because a person read it and gave a reason. Open: all others.
"""

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from reforms.models import Citation, NoClaim
from reforms.waiting import newest
from sources.models import Paragraph, Source

CITED = "cited"
NO_CLAIM = "no_claim"
OPEN = "open"
NEWEST_SOURCES = 200  # whose open paragraphs are counted for the curators


def paragraph_coverage(queryset):
    """Return the paragraphs with `coverage` and `no_claim_reason`.

    Shape: `coverage` is "cited", "no_claim" or "open". `no_claim_reason` is the reason that a person
    gave, else the paragraph's kind, and "" where `coverage` is not "no_claim".
    """
    reason = Subquery(NoClaim.objects.filter(paragraph=OuterRef("pk")).values("reason"))
    by_kind = Case(When(kind__in=Paragraph.CARRY_NO_CLAIM, then=F("kind")), output_field=CharField())
    cited = Exists(Citation.objects.public().filter(paragraph=OuterRef("pk")))
    return queryset.annotate(
        no_claim_reason=Case(
            When(cited, then=Value("")),
            default=Coalesce(reason, by_kind, Value("")),
            output_field=CharField(),
        ),
        coverage=Case(
            When(cited, then=Value(CITED)),
            When(no_claim_reason="", then=Value(OPEN)),
            default=Value(NO_CLAIM),
            output_field=CharField(),
        ),
    )


def source_coverage(queryset):
    """Return the sources with `paragraph_count`, `cited_count`, `no_claim_count` and `open_count`."""
    own = Paragraph.objects.filter(source=OuterRef("pk"))
    covered = paragraph_coverage(own)
    return queryset.annotate(
        paragraph_count=_count(own),
        cited_count=_count(covered.filter(coverage=CITED)),
        no_claim_count=_count(covered.filter(coverage=NO_CLAIM)),
        open_count=_count(covered.filter(coverage=OPEN)),
    )


def most_open():
    """Return what is open in the newest sources that are to be read, most open paragraphs first.

    Shape:  list of dicts: `source__slug`, `source__name`, `open`, and `first`, the number of the first of them.
    """
    to_be_read = newest(Source.objects.documents(), NEWEST_SOURCES).order_by()
    own = Paragraph.objects.filter(source__in=to_be_read.values("pk"))
    rows = paragraph_coverage(own).filter(coverage=OPEN).order_by().values("source__slug", "source__name")
    return list(rows.annotate(open=Count("pk"), first=Min("number")).order_by("-open", "source__slug"))


def with_open_paragraphs(queryset):
    """Those of the sources that have an open paragraph."""
    own = Paragraph.objects.filter(source=OuterRef("pk"))
    return queryset.filter(Exists(paragraph_coverage(own).filter(coverage=OPEN)))


def with_spans(queryset):
    """Return the sources with `cited_paragraphs` at hand, each with its public `spans`, for `characters`."""
    spans = Prefetch("citations", Citation.objects.public().only("paragraph_id", "start", "end"), to_attr="spans")
    cited = paragraph_coverage(Paragraph.objects.defer("text")).filter(coverage=CITED)
    return queryset.prefetch_related(Prefetch("paragraphs", cited.prefetch_related(spans), to_attr="cited_paragraphs"))


def characters(paragraphs):
    """Return how many characters the cited `paragraphs` (each with its `spans`) hold, and how many some span covers.

    Units:  Unicode code points; what several spans cover is counted once.
    """
    held = sum(paragraph.end - paragraph.start for paragraph in paragraphs)
    return held, sum(_covered(paragraph.spans) for paragraph in paragraphs)


def _covered(spans):
    covered = reached = 0
    for start, end in sorted((span.start, span.end) for span in spans):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered


def _count(paragraphs):
    """The number of `paragraphs` of the outer source, as a subquery: joins would multiply it."""
    counted = paragraphs.order_by().values("source").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
