"""Search: what answers to words that somebody typed, as the search page finds it."""

from dataclasses import dataclass
from functools import cached_property

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from api.asking.given import either
from api.asking.pages import PlacePagination
from api.asking.references import References, ReferenceSerializer
from api.filtering import YES_NO, Filters
from api.formats import JSON
from api.lookups import Asked, Choice, Name
from api.resources import Resource
from api.values import NO_WORD, Value
from reforms.search.engine import ask, drawn, hits_of, understood
from reforms.search.kinds import KINDS
from reforms.search.language import MOST_CHARACTERS
from reforms.search.marking import excerpt, marked
from sources.models import Paragraph, Source

HOW = ("exact", "title", "text")
NOTHING_ASKED = "Say what to look for, for instance q=akims."


@dataclass(frozen=True)
class Hits:
    """What answers to a question, not read yet. `kinds`: names of those wanted, `sources`: keys; all where none are."""

    text: str
    kinds: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()

    @cached_property
    def understood(self):
        return understood(self.text)

    def page(self, at_most, place=None, *, backward=False):
        """Return at most so many Hits after `place`, or before it. Three queries, four where a name was typed."""
        question, tree, unless, _also = self.understood
        if tree is None:
            return []
        asked = {"kinds": self.kinds, "sources": self.sources, "name": question.text}
        found = hits_of(tree, unless, **asked, at_most=at_most, after=place, backward=backward)
        return found[::-1] if backward else found

    def place(self, hit):
        return list(hit[:4])

    def counted(self):
        """Return (how many there are, whether only so many were looked at, kind → hits, key of a source → hits)."""
        answer = ask(self.text, sources=self.sources)
        number = len(answer.of(self.kinds, self.sources))
        return number, answer.more, answer.kinds(self.sources), answer.sources(self.kinds)


class Typed(Value):
    """What somebody typed, of a length that is looked at."""

    schema = Value.schema | {"maxLength": MOST_CHARACTERS}
    longest = MOST_CHARACTERS


class SearchFilter(Filters):
    """What can be asked of the search."""

    q = Asked(
        "words", Typed(), 'What to look for: words, "a phrase", -without, begin*, a reference or slug.', required=True
    )
    kind = Choice([kind.name for kind in KINDS], "Hits of this kind.")
    source = Name("source", "This source, its paragraphs, and claims on words of it.")
    count = Asked("flag", YES_NO, "Whether to say how many hits there are: `count`, and `more` beside it.")
    facets = Asked("flag", YES_NO, "Whether to count the hits by kind and by source: `facets`.")

    def filter_queryset(self, queryset):
        """Errors: ValidationError where nothing is asked for."""
        asked = self.form.cleaned_data
        if "q" not in asked:
            raise ValidationError({"q": [NOTHING_ASKED]})
        hits = Hits(asked["q"], tuple(either(asked, "kind")), tuple(either(asked, "source")))
        if hits.understood[1] is None:
            raise ValidationError({"q": [NO_WORD]})
        return hits


class HitSerializer(serializers.Serializer):
    """A found record, with its words as they were found."""

    kind = serializers.ChoiceField(choices=[kind.name for kind in KINDS])
    record = ReferenceSerializer()
    how = serializers.ChoiceField(
        choices=HOW, help_text="exact: its name was typed; title: all stands in its title; or else text."
    )
    title_marks = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2),
        help_text="Where the found words stand in the title: start and end, in code points, end exclusive.",
    )
    snippet = serializers.CharField(help_text="Its text, plain; of a long one the part with the first found word.")
    marks = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2),
        help_text="Where the found words stand in the snippet: start and end, in code points, end exclusive.",
    )
    source = ReferenceSerializer(allow_null=True, help_text="The source of a paragraph; or else null.")  # type: ignore[assignment]
    paragraph = serializers.IntegerField(allow_null=True, help_text="The number of a paragraph; or else null.")
    taint = serializers.CharField(help_text="Why it is in doubt, if it is.")


class SearchPagination(PlacePagination):
    """As for lists, with the spellings that were looked for too, and with counts where they are asked for."""

    def get_paginated_response_schema(self, schema):
        described = super().get_paginated_response_schema(schema)
        numbers = {"type": "object", "additionalProperties": {"type": "integer"}}
        facets = {"kind": numbers, "source": numbers}
        described["properties"] |= {
            "also": {"type": "array", "items": {"type": "string"}, "description": "Other spellings looked for."},
            "count": {"type": "integer", "description": "How many hits there are."},
            "more": {"type": "boolean", "description": "Whether there are more than are looked at."},
            "facets": {"type": "object", "required": [*facets], "properties": facets},
        }
        described["required"] = [*described["required"], "also"]
        return described


class Found(JSON):
    """A page of hits."""

    def of_list(self, view, rows):
        page = view.paginate_queryset(rows)
        body = view.get_paginated_response(view.shown(rows, page)).data | {"also": rows.understood[3]}
        return Response(body | view.counts(rows))


class Search(Resource):
    """Everything that answers to some words, best first: of all kinds, with the words marked."""

    queryset, serializer_class, filterset_class = Paragraph.objects.none(), HitSerializer, SearchFilter
    pagination_class, list_formats, has_records, choosing = SearchPagination, (Found,), False, False

    def shown(self, rows, hits):
        """Return what is shown of `hits`. One query."""
        references, tree = References.of(self.request), rows.understood[1]
        how = {(hit.code, hit.pk): HOW[hit.how] for hit in hits}
        codes = {kind.name: kind.code for kind in KINDS}
        return [hit_shown(found, how[codes[found.kind], found.pk], tree, references) for found in drawn(hits)]

    def counts(self, rows):
        """Return the counts that were asked for. Up to eleven queries more."""
        asked = {name for name in ("count", "facets") if self.says(name)}
        if not asked:
            return {}
        number, more, kinds, sources = rows.counted()
        slugs = dict(Source.objects.filter(pk__in=sources).values_list("pk", "slug")) if "facets" in asked else {}
        most = sorted(slugs, key=lambda pk: (-sources[pk], slugs[pk]))
        facets = {"kind": kinds, "source": {slugs[pk]: sources[pk] for pk in most}}
        return ({"count": number, "more": more} if "count" in asked else {}) | (
            {"facets": facets} if "facets" in asked else {}
        )


def hit_shown(found, how, tree, references):
    """Return what is shown of one Found."""
    source = None
    if found.kind == "paragraph":
        source = references.to("source", found.name, found.place_name)
        record = references.to_paragraph(found.name, found.place_name, found.number)
    else:
        record = references.to(found.kind, found.name, found.title or found.text)
    title = marked(record["title"], tree) if found.kind != "paragraph" else []
    snippet, marks = with_marks(excerpt(found.text, tree))
    return {
        "kind": found.kind,
        "record": record,
        "how": how,
        "title_marks": with_marks(title)[1],
        "snippet": snippet,
        "marks": marks,
        "source": source,
        "paragraph": found.number or None,
        "taint": found.taint,
    }


def with_marks(pieces):
    """Return the text of `pieces` and where those that were looked for stand in it: (text, [[start, end]])."""
    text, marks = "", []
    for looked_for, words in pieces:
        if looked_for:
            marks.append([len(text), len(text) + len(words)])
        text += words
    return text, marks
