"""JSON-LD in the words of schema.org: as the pages have it."""

from rest_framework.response import Response

from api.formats import JSON
from api.standards.paging import linked, page_of
from api.standards.whole import whole
from reforms import jsonld
from reforms.models import Claim, Law
from sources.models import Source

THINGS = {
    Claim: lambda claim, address: jsonld.claim(claim, claim.actor_links.all(), address),
    Source: jsonld.work,
    Law: lambda law, address: jsonld.legislation(law, law.dates.all(), address),
}


class JSONLD(JSON):
    """A claim (Claim), a source (CreativeWork) or a law (Legislation)."""

    media_type, format = "application/ld+json", "jsonld"
    described = {"type": "object", "required": ["@context"]}

    def fetched(self, view, rows):
        return whole(view, rows)

    def of_list(self, view, rows):
        records, around = page_of(view, rows)
        return linked({"@context": jsonld.CONTEXT, "@graph": things(view, records)}, around)

    def of_record(self, view, record):
        (thing,) = things(view, [record])
        return Response({"@context": jsonld.CONTEXT} | thing)


def things(view, records):
    """Return `records` as schema.org has them."""
    return [THINGS[type(record)](record, view.request.build_absolute_uri) for record in records]
