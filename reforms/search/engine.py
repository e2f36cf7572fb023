"""What was found: every hit in its order, counted by kind and source, and the shown ones drawn."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.functions import Length

from reforms.models import Actor, Citation
from reforms.search.kinds import ALIAS, BY_CODE, BY_NAME, KINDS, drawn_from
from reforms.search.language import AllOf, AnyOf, Question, parse
from reforms.search.matching import OF_A_SOURCE, cut_short, matching
from reforms.search.spellings import spelled

EXACT, IN_TITLE, IN_TEXT = 0, 1, 2


class Hit(NamedTuple):
    """A found record. Hits stand in the order of these values, the shorter text first: the words make more of it."""

    how: int  # EXACT, IN_TITLE or IN_TEXT
    code: int  # of its kind
    size: int  # of its text, in characters
    pk: int
    source: int  # whose paragraph it is; 0 for other kinds


@dataclass(frozen=True)
class Found:
    """A hit with what is shown of it. `name` is its slug or reference; of a paragraph, that of its source.

    `place_name` says where it stands, by its kind (see `kinds.KINDS`).
    """

    kind: str
    pk: int
    name: str
    title: str
    text: str
    place_name: str
    taint: str
    number: int


@dataclass
class Answer:
    """What `ask` found. `also` are other spellings that were looked for; `tree` is what was looked for, `unless` what
    must not occur, and `within` are the keys of the sources that were looked at, where it was not all.

    `hits`: of all kinds, in order. `cited`: key of a found claim → keys of the sources that it cites.
    """

    question: Question
    tree: Any = None
    unless: Any = None
    within: tuple = ()
    also: list[str] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    cited: dict[int, set[int]] = field(default_factory=dict)

    @cached_property
    def more(self):
        """Whether there may be more than was looked at (`matching.MOST_HITS` of a kind, public or not). One query."""
        return self.tree is not None and cut_short(kinds_in(self.within), self.tree, self.unless, self.within)

    def sources_of(self, hit):
        """Keys of the sources that a hit is in: it is a paragraph of, a claim on words of, or itself."""
        return self.cited.get(hit.pk, set()) if hit.code == BY_NAME["claim"].code else {hit.source} - {0}

    def of(self, kinds=(), sources=()):
        """The hits of one of `kinds` (names) in one of `sources` (keys), of all where none are given."""
        codes, wanted = {BY_NAME[kind].code for kind in kinds}, set(sources)
        found = [hit for hit in self.hits if not codes or hit.code in codes]
        return [hit for hit in found if self.sources_of(hit) & wanted] if wanted else found

    def kinds(self, sources=()):
        """Kind → how many were found in `sources`."""
        counted = Counter(hit.code for hit in self.of(sources=sources))
        return {kind.name: counted[kind.code] for kind in KINDS if counted[kind.code]}

    def sources(self, kinds=()):
        """Key of a source → how many hits of `kinds` are in it."""
        return dict(Counter(source for hit in self.of(kinds) for source in self.sources_of(hit)))


def ask(text, *, sources=()):
    """Return the Answer to `text` as a reader typed it.

    `sources` are keys of those that will be looked at: where there is too much to look at all, only at theirs.
    Three queries, four with `sources`, seven in that case; none where no word was typed that must occur.
    """
    question = parse(text)
    answer = _answer(question)
    return _answer(question, tuple(sources)) if sources and answer.more else answer


def _answer(question, sources=()):
    if not question.wanted:
        return Answer(question)
    wanted, unwanted, also = spelled(question)
    tree, unless = AllOf(tuple(wanted)), AnyOf(tuple(unwanted)) if unwanted else None
    hits = hits_of(tree, unless, name=question.text, sources=sources)
    claim = BY_NAME["claim"]
    cited: dict[int, set[int]] = {}
    if any(hit.code == claim.code for hit in hits):
        claims = matching(claim, tree, unless, sources=sources)
        pairs = Citation.objects.public().filter(claim__in=claims).order_by().values_list("claim", "paragraph__source")
        for key, source in pairs.distinct():
            cited.setdefault(key, set()).add(source)
    return Answer(question, tree, unless, sources, also, hits, cited)


def kinds_in(sources):
    """Return the Kinds that are looked at: where only `sources` are, those that are of a source."""
    return [BY_NAME[kind] for kind in OF_A_SOURCE] if sources else KINDS


def hits_of(tree, unless=None, *, name="", sources=()):
    """Return every hit once, in order: a record called `name` (a slug, a reference) first. One query."""
    first, *others = [_rows(kind, tree, unless, name, sources) for kind in kinds_in(sources)]
    if not sources:
        called = Actor.objects.public().filter(aliases__in=matching(ALIAS, tree, unless)).distinct()
        others.append(_ordered(BY_NAME["actor"], called, Value(IN_TITLE)))
    best: dict[tuple, Hit] = {}
    for hit in sorted(map(Hit._make, first.union(*others, all=True))):
        best.setdefault((hit.code, hit.pk), hit)
    return list(best.values())


def _rows(kind, tree, unless, name, sources):
    """The hits of one kind, as rows of a queryset."""
    found = kind.public().filter(pk__in=matching(kind, tree, unless, sources=sources))
    named = [When(**{kind.about["name"]: name}, then=EXACT)] if kind.name != "paragraph" else []
    titled = [When(pk__in=matching(kind, tree, in_title=True), then=IN_TITLE)] if kind.title != "''" else []
    how = Case(*named, *titled, default=IN_TEXT, output_field=IntegerField()) if titled else Value(IN_TEXT)
    return _ordered(kind, found, how)


def _ordered(kind, found, how):
    own = F("source_id") if kind.name == "paragraph" else F("pk") if kind.name == "source" else Value(0)
    return found.order_by().values_list(how, Value(kind.code), Length(kind.size), "pk", own)


def drawn(hits):
    """Return `hits` (a few: those of a page) as Found, in the same order. One query."""
    rows = []
    for code in sorted({hit.code for hit in hits}):
        kind = BY_CODE[code]
        own = kind.model.objects.filter(pk__in=[hit.pk for hit in hits if hit.code == code]).order_by()
        about = drawn_from(kind)
        rows.append(own.annotate(its_code=Value(code), **about).values_list("its_code", "pk", *about))
    if not rows:
        return []
    names = [name.removeprefix("its_") for name in drawn_from(BY_CODE[1])]
    found = {
        (code, pk): Found(BY_CODE[code].name, pk, **dict(zip(names, values, strict=True)))
        for code, pk, *values in rows[0].union(*rows[1:], all=True)
    }
    return [found[hit.code, hit.pk] for hit in hits if (hit.code, hit.pk) in found]  # one may have gone meanwhile
