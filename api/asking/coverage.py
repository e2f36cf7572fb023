"""Coverage: how much of each source, and of all of them, the ledger answers for."""

from django.db import connection
from django.db.models import Count, F, Q, Sum
from rest_framework import serializers
from rest_framework.response import Response

from api import querysets
from api.asking.references import References, ReferenceSerializer
from api.filtering import YES_NO, Filters
from api.formats import JSON
from api.lookups import Asked, Choice, Has, Name
from api.pagination import KeysetPagination
from api.resources import Resource
from api.serializers import CoverageSerializer
from reforms.coverage import CITED, NO_CLAIM, OPEN, characters, paragraph_coverage
from reforms.models import Citation
from sources.models import Paragraph, Source

# What several citations of one paragraph cover is counted once: of each span, what is beyond those that began before.
COVERED = """
SELECT SUM(CASE WHEN own_end <= reached THEN 0 WHEN own_start < reached THEN own_end - reached
  ELSE own_end - own_start END)
FROM (SELECT own_start, own_end, COALESCE(MAX(own_end) OVER (PARTITION BY own_paragraph ORDER BY own_start, own_end
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS reached
  FROM ({}) AS spans) AS measured
"""


class HasOpen(Has):
    """Whether a source has an open paragraph."""

    def stated(self):
        return Q(open_count__gt=0)


class CoverageFilter(Filters):
    """What can be asked of coverage."""

    orderings = {"slug": ("slug",), "open": ("open_count",)}

    source = Name("source", "Of this source alone.", "pk")
    type = Choice(Source.Type, "Of sources of this type.")
    show = Choice(Source.Show, "Of sources of whose text this much may be shown.")
    has_open = HasOpen("Whether any paragraph of the source is open.")
    total = Asked("flag", YES_NO, "Whether to give `total` too: of all these sources together.")


class SourceCoverageSerializer(CoverageSerializer):
    """How much of one source the ledger answers for."""

    slug = serializers.CharField(help_text="Of the source.")
    source = ReferenceSerializer()  # type: ignore[assignment]
    paragraph_count = serializers.IntegerField(help_text="How many paragraphs there are.")
    share = serializers.FloatField(
        allow_null=True, help_text="`cited` of the `claim_bearing` characters, 0 to 1; null where there are none."
    )
    open_paragraphs = serializers.URLField(help_text="The open paragraphs, in this API.")
    api_url = serializers.URLField(help_text="The record in this API.")


class OneCoverageSerializer(SourceCoverageSerializer):
    """The same, with the numbers of the open paragraphs."""

    open = serializers.ListField(child=serializers.IntegerField(), help_text="Numbers of the open paragraphs.")


class CoveragePagination(KeysetPagination):
    """As for lists, with the sum where it is asked for."""

    def get_paginated_response_schema(self, schema):
        described = super().get_paginated_response_schema(schema)
        number = {"type": "integer"}
        counts = {
            "type": "object",
            "required": [CITED, NO_CLAIM, OPEN],
            "properties": dict.fromkeys((CITED, NO_CLAIM, OPEN), number),
        }
        measures = {
            "type": "object",
            "required": ["claim_bearing", "cited"],
            "properties": {"claim_bearing": number, "cited": number},
        }
        total = {
            "paragraph_count": number,
            "paragraphs": counts,
            "characters": measures,
            "share": {"type": ["number", "null"]},
        }
        described["properties"]["total"] = {
            "type": "object",
            "required": [*total],
            "properties": total,
            "description": "Of all these sources together, where it is asked for.",
        }
        return described


class Page(JSON):
    """A page of sources, with the sum where it is asked for."""

    def of_list(self, view, rows):
        response = super().of_list(view, rows)
        if view.says("total"):
            response.data = {**response.data, "total": total(rows)}
        return response


class One(JSON):
    """One source, with its open paragraphs."""

    def of_record(self, view, record):
        own = paragraph_coverage(Paragraph.objects.filter(source=record)).filter(coverage=OPEN)
        numbers = [*own.order_by("number").values_list("number", flat=True)]
        return Response(view.shaper()(record) | {"open": numbers})


class Coverage(Resource):
    """How much of each source the ledger answers for: paragraphs cited, without a claim, open; characters."""

    queryset, ordering, retired = querysets.sources(), ("slug",), {"slug": "source"}
    serializer_class, filterset_class = SourceCoverageSerializer, CoverageFilter
    list_formats, record_formats, pagination_class = (Page,), (One,), CoveragePagination
    choosing = False

    def get_serializer_class(self):
        return OneCoverageSerializer if self.action == "retrieve" else SourceCoverageSerializer

    def shaper(self):
        references = References.of(self.request)
        return lambda source: shown(source, references)


def shown(source, references):
    """Return what is shown of the coverage of one source."""
    about = references.to("source", source.slug, source.name)
    numbers = {"cited": source.cited_count, "no_claim": source.no_claim_count, "open": source.open_count}
    paragraphs = references.root + references.list("paragraph")
    return {
        "slug": source.slug,
        "source": about,
        "paragraph_count": source.paragraph_count,
        **measured(numbers, *characters(source.cited_paragraphs)),
        "open_paragraphs": f"{paragraphs}?source={source.slug}&coverage=open",
        "api_url": f"{references.root}{references.list('coverage')}{source.slug}/",
    }


def total(sources):
    """Return the coverage of all `sources` together, each character counted once. Three queries."""
    own = Paragraph.objects.filter(source__in=sources.order_by().values("pk"))
    covered = paragraph_coverage(own).order_by()
    counts = dict(covered.values_list("coverage").annotate(n=Count("pk")))
    numbers = {name: counts.get(name, 0) for name in (CITED, NO_CLAIM, OPEN)}
    held = covered.filter(coverage=CITED).aggregate(n=Sum(F("end") - F("start")))["n"] or 0
    spans = Citation.objects.public().filter(paragraph__in=own.order_by().values("pk")).order_by()
    named = spans.annotate(own_start=F("start"), own_end=F("end"), own_paragraph=F("paragraph"))
    sql, values = named.values("own_start", "own_end", "own_paragraph").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(COVERED.format(sql), values)
        reached = cursor.fetchone()[0] or 0
    return {"paragraph_count": sum(numbers.values()), **measured(numbers, held, int(reached))}


def measured(numbers, claim_bearing, cited):
    """Return counts, characters and share, as sources and the total have them."""
    return {
        "paragraphs": numbers,
        "characters": {"claim_bearing": claim_bearing, "cited": cited},
        "share": round(cited / claim_bearing, 4) if claim_bearing else None,
    }
