"""Spellings of actors' names that stand in a text and are not recorded, as far as a machine can see them."""

import re
from functools import cached_property

from rapidfuzz import fuzz, process

from reforms.audit.dates import blanked
from reforms.models import Actor

ALIKE_FAMILY, ALIKE_NAME = 85, 88  # in hundredths
SHORTEST_FAMILY = 4  # letters; a shorter family name has to stand letter for letter
LONG = 3  # words of a name that may be told by likeness
ABBREVIATION = re.compile(r"[«»\"”]? \(([A-Z][A-Za-z]{0,2}[A-Z][A-Za-z]{0,5})\)")
TOKEN = re.compile(r"\w\.|\w[\w’'-]*")
OWNING = re.compile(r"['’]s?$")
LINKING = frozenset("against and for in of on the under".split())
TITLES = frozenset(
    "Akim Ambassador Chairman Chairwoman Commissioner Dr General Governor Judge Lady Leader Mayor Member Minister Mr "
    "Mrs Ms Ombudsman President Prof Professor Secretary Senator Sir State".split()
)
BEGINNINGS = frozenset(
    "A According After And As At Before But By During For From If In It On Since So That The Then This To Under When "
    "While With".split()
)


class Sightings:
    """Looks for spellings beside those of `spellings` (see `Spellings`). What it learnt of a word it knows again."""

    def __init__(self, spellings):
        self.spellings = spellings
        self._known: dict[str, str | None] = {}

    def unrecorded(self, text):
        """Yield (actor, spelling) for each spelling in `text` that is the name of `actor` and not recorded."""
        standing = list(self.spellings.standing_in(text))
        yield from self._abbreviated(text, standing)
        yield from self._of_family(text)
        yield from self._nearly(text, standing)

    def _abbreviated(self, text, standing):
        """An abbreviation in brackets right after a name."""
        ends = {one.end: one.name for one in standing}
        for match in ABBREVIATION.finditer(text):
            name = ends.get(match.start()) or ends.get(match.end(1) - len(match[1]) - 2)
            if name and match[1] not in self.spellings.actor:
                yield self.spellings.actor[name], match[1]

    def _of_family(self, text):
        """Capitalised words that end in the family name of a person, or in one that is spelled nearly so."""
        for run in _runs(text):
            words = [OWNING.sub("", word) for word in run]
            for at, word in enumerate(words):
                family = self._family(word)
                if family and (spelling := _without_titles(words[: at + 1])) and not self._is_known(spelling):
                    yield self._families[family], spelling

    def _nearly(self, text, standing):
        """Long capitalised names that are nearly the name of a body, party or organisation."""
        rest = blanked(text, [one for one in standing if len(one.name.split()) >= LONG])
        for run in _runs(rest, LINKING):
            phrase = " ".join(_without_beginnings(run))
            if len(phrase.split()) < LONG or phrase in self.spellings.actor:
                continue
            if near := process.extractOne(phrase, self._long_names, scorer=fuzz.ratio, score_cutoff=ALIKE_NAME):
                yield self.spellings.actor[near[0]], phrase

    @cached_property
    def _families(self):
        """The last word of each person's name, in small letters, to the person."""
        people = [slug for slug, kind in self.spellings.kinds.items() if kind == Actor.Kind.PERSON]
        names = [(slug, self.spellings.names[slug].casefold().split()) for slug in people]
        return {words[-1]: slug for slug, words in names if words}

    @cached_property
    def _long_families(self):
        return [family for family in self._families if len(family) >= SHORTEST_FAMILY]

    @cached_property
    def _long_names(self):
        of = self.spellings.actor
        return [
            name for name in of if len(name.split()) >= LONG and self.spellings.kinds[of[name]] != Actor.Kind.PERSON
        ]

    @cached_property
    def _small(self):
        return {name.casefold() for name in self.spellings.actor}

    def _family(self, word):
        """The family name that `word` is, or is nearly."""
        small = word.casefold()
        if small not in self._known:
            near = process.extractOne(small, self._long_families, scorer=fuzz.ratio, score_cutoff=ALIKE_FAMILY)
            self._known[small] = small if small in self._families else near[0] if near else None
        return self._known[small]

    def _is_known(self, spelling):
        """Whether it is recorded, or ends in a whole name that is: Kazakhstan Elvira Azimova."""
        words = spelling.casefold().split()
        whole = [" ".join(words[at:]) for at in range(len(words) - 1)]
        return " ".join(words) in self._small or any(name in self._small for name in whole)


def _runs(text, linking=frozenset()):
    """Yield the words of each run of capitalised words, with small ones of `linking` between them."""
    run: list[re.Match] = []
    for token in [*TOKEN.finditer(text), None]:
        if run and (token is None or text[run[-1].end() : token.start()] != " " or not _goes_on(token, linking)):
            yield _capitals([one[0] for one in run])
            run = []
        if token and (token[0][0].isupper() or (run and token[0] in linking)):
            run.append(token)


def _goes_on(token, linking):
    return token[0][0].isupper() or token[0] in linking


def _capitals(words):
    """The words without small ones at the end."""
    while words and not words[-1][0].isupper():
        words = words[:-1]
    return words


def _without_titles(words):
    """The name without the title before it, and all before that; without a word that only begins the sentence."""
    last = max((at for at, word in enumerate(words[:-1]) if word in TITLES), default=-1)
    return " ".join(_without_beginnings(words[last + 1 :]))


def _without_beginnings(words):
    return words[1:] if words and words[0] in BEGINNINGS else words
