"""Citations as W3C Web Annotations: a claim, on the words of a paragraph.

The target is the paragraph as plain text, which the API gives: positions count its characters (code points), and what
stands around the quote is of the paragraph, so no more of a source is shown than may be.
Source: https://www.w3.org/TR/annotation-model/
"""

from django.urls import reverse
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param

from api.formats import JSON
from api.pagination import LARGEST_PAGE
from api.standards.paging import linked, page_of
from api.standards.whole import whole
from reforms.models import Citation

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


class Annotations(JSON):
    """A citation as an Annotation, a claim as the AnnotationCollection of its citations, a list as AnnotationPage."""

    media_type, format = f'application/ld+json;profile="{CONTEXT}"', "annotation"
    described = {"type": "object", "required": ["@context", "id", "type"]}

    def fetched(self, view, rows):
        return whole(view, rows)

    def of_list(self, view, rows):
        records, around = page_of(view, rows)
        here, address = view.request.build_absolute_uri(), view.request.build_absolute_uri
        page = {
            "@context": CONTEXT,
            "id": here,
            "type": "AnnotationPage",
            "partOf": {"id": remove_query_param(here, "cursor") + "#all", "type": "AnnotationCollection"},
            "items": [annotation(one, address) for record in records for one in citations(record)],
        }
        links = {"next": around["next"], "prev": around["previous"]}
        return linked(page | {name: url for name, url in links.items() if url}, around)

    def of_record(self, view, record):
        make = annotation if isinstance(record, Citation) else collection
        return Response({"@context": CONTEXT} | make(record, view.request.build_absolute_uri))


def citations(record):
    """Return the citations of a claim in order, or the citation itself."""
    return [record] if isinstance(record, Citation) else sorted(record.citations.all(), key=lambda one: one.number)


def collection(claim, address):
    """Return the AnnotationCollection of a claim, with its one page, which the list of its citations gives too."""
    items = [annotation(one, address) for one in citations(claim)]
    here = address(reverse("api-claims-one", args=[claim.ref])) + "?format=annotation"
    page = address(reverse("api-citations")) + f"?claim={claim.ref}&format=annotation&page_size={LARGEST_PAGE}"
    return {
        "id": here,
        "type": "AnnotationCollection",
        "label": claim.text,
        "total": len(items),
        "first": {"id": page, "type": "AnnotationPage", "partOf": here, "startIndex": 0, "items": items},
        "last": page,
    }


def annotation(citation, address):
    """Return the Annotation that a citation is. Its tags are the stance and the strength of the citation."""
    claim, paragraph = citation.claim, citation.paragraph
    bodies = [
        {"type": "TextualBody", "value": claim.text, "format": "text/plain", "purpose": "describing"},
        {"type": "SpecificResource", "source": address(claim.get_absolute_url()), "purpose": "linking"},
        *({"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in (citation.stance, citation.strength)),
    ]
    if citation.note:
        bodies.append({"type": "TextualBody", "value": citation.note, "format": "text/plain", "purpose": "commenting"})
    text = address(reverse("api-paragraphs-one", args=[paragraph.source.slug, paragraph.number])) + "?format=text"
    return {
        "id": address(reverse("api-citations-one", args=[claim.ref, citation.number])),
        "type": "Annotation",
        "motivation": "linking",
        "body": bodies,
        "target": {
            "type": "SpecificResource",
            "source": {"id": text, "type": "Text", "format": "text/plain"},
            "scope": address(citation.get_absolute_url()),
            "selector": selectors(citation),
        },
    }


def selectors(citation):
    """Return two selectors of the words of `citation`: by the text around them, and by their place."""
    found = citation.selector
    around = {name: words for name, words in (("prefix", found.prefix), ("suffix", found.suffix)) if words}
    return [
        {"type": "TextQuoteSelector", "exact": found.quote, **around},
        {"type": "TextPositionSelector", "start": citation.start, "end": citation.end},
    ]
