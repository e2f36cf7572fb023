"""The search page: one box over everything that is public."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import ListView

from reforms.search.engine import Found, ask, drawn
from reforms.search.kinds import BY_NAME
from reforms.search.language import MOST_CHARACTERS
from reforms.search.marking import excerpt, marked
from reforms.search.suggesting import suggestions
from reforms.views.facets import AT_MOST, Asked, Option, refuse_unknown
from reforms.views.refusals import RefusesBadQuestions
from sources.models import Source


@dataclass(frozen=True)
class Row:
    """One found record as the page shows it. `title` and `text` are pieces: (whether it was looked for, words)."""

    found: Found
    label: str
    address: str
    title: list
    text: list


class Search(RefusesBadQuestions, ListView):
    """What answers to `?q=`, narrowed by `?kind=` and `?source=`, which may be named several times.

    Context: `rows` (list of Row), `page_obj`, `answer` (see `reforms.search.engine`), `narrowing`,
    `cut` (the question was longer than what is read), `longest` (characters that are read), `suggestions`
    (pairs of text and hits), `examples` (pairs of what can be typed and what it finds).
    """

    template_name = "search/search.html"
    paginate_by = 20
    context_object_name = "hits"

    def get_queryset(self):
        self.narrowing = Narrowing(self.request.GET)
        return self.narrowing.hits

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        answer, chosen = self.narrowing.answer, self.narrowing.sources
        nothing = answer.question.wanted and not answer.hits
        return context | {
            "answer": answer,
            "narrowing": self.narrowing,
            "rows": [row(found, answer.tree) for found in drawn(context["page_obj"].object_list)],
            "cut": len(self.request.GET.get("q", "")) > MOST_CHARACTERS,
            "longest": MOST_CHARACTERS,
            "suggestions": suggestions(answer, sources=chosen) if nothing else [],
            "examples": examples(),
        }


class Narrowing(Asked):
    """What was found, narrowed by kind and source: what the facets and chips of a list are drawn from.

    `answer`: of all kinds and sources. `hits`: those that are left. Errors: BadQuestion for a value or a parameter
    that there is not.
    """

    def __init__(self, query):
        refuse_unknown(query, "q", "kind", "source")
        self.query = query
        self.asked = {name: [value for value in query.getlist(name) if value] for name in ("kind", "source")}
        self.named = {
            slug: (pk, name) for pk, slug, name in _sources(slug__in=filter(str.isprintable, self.asked["source"]))
        }
        for name, known in (("kind", BY_NAME), ("source", self.named)):
            if strange := [value for value in self.asked[name] if value not in known]:
                self.refuse(name, strange[0])
        self.sources = [pk for pk, _name in self.named.values()]
        self.answer = ask(query.get("q", ""), sources=self.sources)
        self.hits = self.answer.of(self.asked["kind"], self.sources)

    @cached_property
    def facets(self):
        kinds = {name: (BY_NAME[name].label, count) for name, count in self.answer.kinds(self.sources).items()}
        counts = self.answer.sources(self.asked["kind"])
        most = sorted(counts, key=lambda pk: (-counts[pk], pk))[:AT_MOST]
        names = {pk: (slug, name) for pk, slug, name in _sources(pk__in=most)}
        sources = {names[pk][0]: (names[pk][1], counts[pk]) for pk in most}
        for name in self.asked["kind"]:
            kinds.setdefault(name, (BY_NAME[name].label, 0))
        for slug, (_pk, name) in self.named.items():
            sources.setdefault(slug, (name, 0))
        return [(_("Kind"), self._options("kind", kinds)), (_("Source"), self._options("source", sources))]

    def _options(self, name, values):
        return [
            Option(value, label, count, value in self.asked[name], self.toggled(name, value))
            for value, (label, count) in values.items()
        ]


def _sources(**wanted):
    """Key, slug and name of the accepted sources that answer to `wanted`."""
    return Source.objects.accepted().filter(**wanted).order_by("slug").values_list("pk", "slug", "name")


def row(found, tree):
    """Return the Row of `found`, with what was looked for marked."""
    text = excerpt(found.text, tree)
    return Row(found, BY_NAME[found.kind].noun, address(found), marked(found.title, tree), text)


def address(found):
    """Return where `found` is read."""
    if found.kind == "paragraph":
        return f"{reverse('source', args=[found.name])}#p{found.number}"
    return reverse(found.kind, args=[found.name])


def examples():
    """What can be typed, and what it finds."""
    return [
        ("election akims", _("both words, in any order; also elections, and akim")),
        ('"peaceful assemblies"', _("these words, one after the other, just as they are spelled")),
        ("assembly -law", _("the first word, where the second one does not occur")),
        ("vot*", _("every word that begins like this: vote, voters, voting")),
        ("C0142", _("the record with this reference; a law or a reform by its short name in its address")),
    ]
