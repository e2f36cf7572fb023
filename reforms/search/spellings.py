"""Names that are spelled in several ways: who looks for one spelling finds the others too.

A recorded spelling (an actor's name or alias) among the typed words is looked for as "these words, or another spelling
of the same name". So is a single word of a name: where two spellings of one actor have as many words, a word that is
like the one at its place in the other ("Jomart", "Zhomart") is a variant of it. What stands in quotes is left as it is.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Length
from rapidfuzz import fuzz

from reforms.models import Actor
from reforms.search.kinds import ALIAS, BY_NAME
from reforms.search.language import AllOf, AnyOf, Phrase
from reforms.search.matching import codes_of, matching
from reforms.search.words import words

MOST_NAMES = 300  # looked at for one question, the shortest first
ALIKE = 65  # of 100


@dataclass(frozen=True)
class Spelling:
    """A name as it is recorded, its words, and all spellings of the same actor."""

    name: str
    words: tuple[str, ...]
    actor: int


def spelled(question):
    """Return ([tree of each wanted thing], [tree of each unwanted one], [other spellings that are looked for])."""
    by_actor = _spellings(question)
    also: dict[str, None] = {}
    wanted, unwanted = (_trees(things, by_actor, also) for things in (question.wanted, question.unwanted))
    return wanted, unwanted, list(also)


def _spellings(question):
    """Return actor → the spellings of those public actors in whose names a typed word stands."""
    found = {word for one in question.typed if one.plain for word in one.phrase.words}
    if not found:
        return {}
    any_word = AnyOf(tuple(Phrase((word,)) for word in sorted(found)))
    if not codes_of(any_word) & {BY_NAME["actor"].code, ALIAS.code}:
        return {}
    named = Q(pk__in=matching(BY_NAME["actor"], any_word)) | Q(aliases__in=matching(ALIAS, any_word))
    actors = Actor.objects.filter(named).values("pk")
    rows = Actor.objects.public().filter(pk__in=actors).order_by(Length("name"), "pk", "aliases__name")
    by_actor = defaultdict(dict)
    for pk, *names in rows.values_list("pk", "name", "aliases__name")[:MOST_NAMES]:
        for name in filter(None, names):
            by_actor[pk].setdefault(words(name), Spelling(name, words(name), pk))
    return {pk: tuple(found.values()) for pk, found in by_actor.items()}


def _trees(things, by_actor, also):
    """The tree of each thing, where plain words that make a name are one thing. Adds to `also` what is met."""
    trees, at = [], 0
    while at < len(things):
        length, spelling = _name_at(things, at, by_actor)
        if spelling:
            others = _shortest([other for other in by_actor[spelling.actor] if other.words != spelling.words], spelling)
            also |= dict.fromkeys(other.name for other in others)
            typed = tuple(one.tree for one in things[at : at + length])
            trees.append(AnyOf((AllOf(typed), *(Phrase(other.words) for other in others))))
        else:
            trees.append(_with_variants(things[at], by_actor, also))
        at += length
    return trees


def _name_at(things, at, by_actor):
    """(how many things from `at` on make a recorded name, its Spelling): the longest; (1, None) where none does."""
    known = {spelling.words: spelling for own in by_actor.values() for spelling in own}
    run, best = (), (1, None)
    for length, one in enumerate(things[at:], start=1):
        if not one.plain:
            break
        run += one.phrase.words
        if run in known:
            best = length, known[run]
    return best


def _shortest(others, spelling):
    """Leave out spellings that hold another one, or the typed one: they are found by it already."""
    kept = [spelling]
    for other in sorted(others, key=lambda other: (len(other.words), other.name)):
        if not any(_holds(other.words, shorter.words) for shorter in kept):
            kept.append(other)
    return kept[1:]


def _holds(longer, shorter):
    return any(longer[at : at + len(shorter)] == shorter for at in range(len(longer) - len(shorter) + 1))


def _with_variants(one, by_actor, also):
    """The tree of one thing that is no name, with the variants of it as a word of a name."""
    if not one.plain or len(one.phrase.words) > 1:
        return one.tree
    variants: dict[str, None] = {}
    for own in by_actor.values():
        for spelling in own:
            if one.phrase.words[0] in spelling.words:
                variants |= dict.fromkeys(_alike(one.phrase.words[0], spelling, own))
    also |= variants
    return AnyOf((one.tree, *(Phrase((variant,)) for variant in variants))) if variants else one.tree


def _alike(word, spelling, own):
    """Yield the words that stand in other spellings of the same length where `word` stands in this one."""
    place = spelling.words.index(word)
    for other in own:
        if len(other.words) == len(spelling.words) > 1:
            variant = other.words[place]
            if variant != word and variant not in spelling.words and fuzz.ratio(word, variant) >= ALIKE:
                yield variant
