"""What is searched: which records, which of their words, and which of them readers see."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, Q, TextField, Value
from django.utils.translation import gettext_lazy as _

from reforms.models import Actor, ActorAlias, Citation, Claim, Discrepancy, Event, Law, Package, Parameter, Reform
from sources.models import Paragraph, Source

SPAN = 2**40  # the records of one kind have the numbers code × SPAN + their key


@dataclass(frozen=True)
class Kind:
    """One kind of record. `title` and `body` are SQL over a row {r}, of which no column is ever null.

    `label` is what many are called, `noun` what one is. `public` gives the records that readers see. `size` is the
    field whose length orders the found; `about` says from which fields a found record is drawn (`engine.Found`).
    """

    name: str
    code: int
    label: Any
    noun: Any
    model: Any
    public: Callable[[], Any]
    title: str
    body: str
    size: str
    about: dict[str, Any]

    @property
    def table(self):
        return self.model._meta.db_table

    @property
    def first(self):
        return self.code * SPAN

    @property
    def last(self):
        return self.first + SPAN - 1


def shown_paragraphs():
    """Paragraphs whose text may be shown: of accepted sources, and only cited ones where a source says so."""
    cited = Exists(Citation.objects.public().filter(paragraph=OuterRef("pk")))
    accepted = (
        Source.objects.accepted().order_by()
    )  # by keys that an index holds: a source's row is as long as its text
    full = Q(source__in=accepted.filter(show=Source.Show.FULL).values("pk"))
    return Paragraph.objects.filter(full | (Q(source__in=accepted.values("pk")) & Q(cited)))


# A slug is kept as one word that nobody types: the whole of it is found, and a part of it is not.
_SLUG = "'0' || replace({r}.slug, '-', '') || ' ' || "

# In this order they stand, where the words are found equally well.
KINDS = [
    Kind(
        "package", 1, _("Packages"), _("Package"), Package, Package.objects.public,
        _SLUG + "{r}.name", "{r}.summary", "name",
        {"name": "slug", "title": "name", "text": "summary"},
    ),
    Kind(
        "reform", 2, _("Reforms"), _("Reform"), Reform, Reform.objects.public,
        _SLUG + "{r}.title", "{r}.summary", "title",
        {"name": "slug", "title": "title", "text": "summary"},
    ),
    Kind(
        "law", 3, _("Laws"), _("Law"), Law, Law.objects.public,
        _SLUG + "{r}.name", "{r}.title || ' ' || {r}.number", "name",
        {"name": "slug", "title": "name", "text": "title", "place_name": "number"},
    ),
    Kind(
        "actor", 4, _("People and bodies"), _("Person or body"), Actor, Actor.objects.public,
        _SLUG + "{r}.name", "''", "name",
        {"name": "slug", "title": "name"},
    ),
    Kind(
        "event", 5, _("Events"), _("Event"), Event, Event.objects.public,
        _SLUG + "{r}.title", "''", "title",
        {"name": "slug", "title": "title", "taint": "taint"},
    ),
    Kind(
        "parameter", 6, _("Before and after"), _("Change of value"), Parameter, Parameter.objects.public,
        _SLUG + "{r}.name", "''", "name",
        {"name": "slug", "title": "name", "place_name": "reform__title"},
    ),
    Kind(
        "discrepancy", 7, _("Discrepancies"), _("Discrepancy"), Discrepancy, Discrepancy.objects.public,
        "{r}.ref || ' ' || {r}.title", "{r}.explanation", "title",
        {"name": "ref", "title": "title", "text": "explanation", "place_name": "ref"},
    ),
    Kind(
        "source", 8, _("Sources"), _("Source"), Source, Source.objects.accepted,
        _SLUG + "{r}.name || ' ' || {r}.title",
        "{r}.author || ' ' || {r}.publisher", "name",
        {"name": "slug", "title": "name", "text": "title"},
    ),
    Kind(
        "claim", 9, _("Claims"), _("Claim"), Claim, Claim.objects.public,
        "{r}.ref", "{r}.text", "text",
        {"name": "ref", "text": "text", "taint": "taint"},
    ),
    Kind(
        "paragraph", 10, _("Words of the sources"), _("Words of a source"), Paragraph, shown_paragraphs,
        "''", "{r}.text", "text",
        {"name": "source__slug", "text": "text", "place_name": "source__name", "number": "number"},
    ),
]  # fmt: skip
# Other spellings of an actor's name lead to the actor; they are no kind of their own to a reader.
ALIAS = Kind("alias", 11, "", "", ActorAlias, ActorAlias.objects.all, "{r}.name", "''", "name", {})
BY_NAME = {kind.name: kind for kind in KINDS}
BY_CODE = {kind.code: kind for kind in KINDS}
INDEXED = [*KINDS, ALIAS]
NOTHING = {
    **{name: Value("", TextField()) for name in ("name", "title", "text", "place_name", "taint")},
    "number": Value(0, IntegerField()),
}


def drawn_from(kind):
    """Return what a found record of `kind` is drawn from, as annotations: the same for all kinds."""
    about = NOTHING | {name: F(field) for name, field in kind.about.items()}
    return {f"its_{name}": expression for name, expression in about.items()}
