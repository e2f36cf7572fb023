"""What was found: every hit in its order, counted by kind and source, and the shown ones drawn."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection

from reforms.models import Citation
from reforms.search.kinds import ALIAS, BY_CODE, BY_NAME, KINDS
from reforms.search.language import AllOf, AnyOf, Question, parse
from reforms.search.matching import OF_A_SOURCE, codes_of, cut_short, matching
from reforms.search.spellings import spelled
from reforms.search.statements import drawing, finding


class Hit(NamedTuple):
    """A found record. Hits stand in the order of these values, the shorter text first: the words make more of it."""

    how: int  # statements.EXACT, IN_TITLE or IN_TEXT
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
    Five queries, six with `sources`, eleven in that case, one more where a name was typed; none where no word was
    typed that must occur.
    """
    answer = _answer(text)
    return _answer(text, tuple(sources)) if sources and answer.more else answer


def understood(text):
    """Return (Question, what is looked for, what must not occur, other spellings that are looked for) of `text`.

    The trees are None where nothing is. One query, two where a name was typed.
    """
    question = parse(text)
    if not question.wanted:
        return question, None, None, []
    wanted, unwanted, also = spelled(question)
    return question, AllOf(tuple(wanted)), AnyOf(tuple(unwanted)) if unwanted else None, also


def _answer(text, sources=()):
    question, tree, unless, also = understood(text)
    if tree is None:
        return Answer(question)
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


def hits_of(tree, unless=None, *, name="", kinds=(), sources=(), **page):
    """Return every hit of `kinds` (names; all where none are given), in order, each once: two queries.

    A record called `name` (a slug, a reference) comes first. `page`: a part of them, see `statements.finding`.
    """
    wanted = [kind for kind in kinds_in(sources) if not kinds or kind.name in kinds]
    if len(wanted) > 1:
        there = codes_of(tree, unless)
        there |= {BY_NAME["actor"].code} if ALIAS.code in there else set()
        wanted = [kind for kind in wanted if kind.code in there]
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*finding(wanted, tree, unless, name=name, sources=sources, **page))
        return [Hit._make(row) for row in cursor.fetchall()]


def drawn(hits):
    """Return `hits` (a few: those of a page) as Found, in the same order. One query."""
    keys = defaultdict(list)
    for hit in hits:
        keys[hit.code].append(hit.pk)
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(drawing(keys))
        found = {(code, pk): Found(BY_CODE[code].name, pk, *values) for code, pk, *values in cursor.fetchall()}
    return [found[hit.code, hit.pk] for hit in hits if (hit.code, hit.pk) in found]  # one may have gone meanwhile
