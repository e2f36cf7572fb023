"""What can be typed: words (all must occur), "a phrase", -minus, prefix*. Anything else is a word or nothing."""

import re
from dataclasses import dataclass

from reforms.search.words import words

MOST_CHARACTERS, MOST_WORDS = 500, 20  # of one question
SHORTEST_PREFIX = 2
TOKEN = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
SLUG = re.compile(r"[a-z]+(-[a-z]+)*")


@dataclass(frozen=True)
class Phrase:
    """Words that stand one after the other; with `prefix` the last of them may go on."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True)
class AllOf:
    """Every part must occur, in any order."""

    parts: tuple


@dataclass(frozen=True)
class AnyOf:
    """At least one part must occur."""

    parts: tuple


@dataclass(frozen=True)
class Typed:
    """One thing that was typed, as it was typed, and what it is looked for as. `plain`: a word without any sign."""

    text: str
    minus: bool
    phrase: Phrase
    plain: bool

    @property
    def tree(self):
        """A plain word is looked for with its English endings too, and as the slug that it may be."""
        if not self.plain:
            return self.phrase
        found = [self.phrase] if len(self.phrase.words) > 1 else [Phrase((form,)) for form in forms(*self.phrase.words)]
        slug = [Phrase((kept_slug(self.text),))] if SLUG.fullmatch(self.text) and not self.minus else []
        return AnyOf((*found, *slug))


@dataclass(frozen=True)
class Question:
    """What was typed, understood: `text` is the part that was read."""

    text: str
    typed: tuple[Typed, ...]

    @property
    def wanted(self):
        return tuple(one for one in self.typed if not one.minus)

    @property
    def unwanted(self):
        return tuple(one for one in self.typed if one.minus)


def parse(text):
    """Return the Question in `text`, whatever it holds. What is no letter, digit or sign of the language is skipped."""
    text = re.sub("[“”„‟]", '"', "".join(one if one.isprintable() else " " for one in text[:MOST_CHARACTERS]))
    typed: list[Typed] = []
    for token in TOKEN.finditer(text):
        minus, quoted, bare = token.groups()
        found = words(quoted if bare is None else bare)
        if found and sum(len(one.phrase.words) for one in typed) + len(found) <= MOST_WORDS:
            starred = bare is not None and bare.endswith("*") and len(found[-1]) >= SHORTEST_PREFIX
            typed.append(Typed(token[0], bool(minus), Phrase(found, starred), bare is not None and not starred))
    return Question(" ".join(text.split()), tuple(typed))


def kept_slug(slug):
    """Return the word that stands for `slug` in the index (see `kinds`)."""
    return "0" + slug.replace("-", "")


def forms(word):
    """Return `word` and its ordinary English endings: election, elections; reform, reforms, reformed, reforming.

    Some are no words at all, which costs nothing: they are only looked for.
    """
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return (word,)
    stems = [word, *(stem for stem in _stems(word) if len(stem) > 2)]
    made = [form for stem in stems for form in (stem, *_endings(stem))]
    return tuple(dict.fromkeys(made))


def _stems(word):
    """What `word` may be a form of."""
    if word.endswith("ies"):
        yield word[:-3] + "y"
    elif word.endswith(("ses", "xes", "zes", "ches", "shes")):
        yield from (word[:-2], word[:-1])
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            yield from (stem, stem + "e", *([stem[:-1]] if stem[-1] == stem[-2] else []))


def _endings(stem):
    """The forms of `stem`, of a noun and of a verb."""
    if stem.endswith("e"):
        return stem + "s", stem + "d", stem[:-1] + "ing"
    if stem.endswith("y") and stem[-2] not in "aeiou":
        return stem[:-1] + "ies", stem[:-1] + "ied", stem + "ing"
    more = "es" if stem.endswith(("s", "x", "z", "ch", "sh")) else "s"
    return stem + more, stem + "ed", stem + "ing"
