"""The names of actors in texts: which recorded spellings stand there, and where."""

import re
from collections import defaultdict
from typing import NamedTuple

from reforms.models import Actor, ActorAlias

WORD = re.compile(r"\w+")


class Spelled(NamedTuple):
    """A recorded spelling at its place in a text."""

    start: int
    end: int
    name: str


class Spellings:
    """All spellings that are recorded, names and aliases.

    By an actor's slug: `names`, its `kinds` and all spellings `of` it. `actor` is a spelling to the slug.
    """

    def __init__(self):
        self.kinds = dict(Actor.objects.values_list("slug", "kind"))
        self.names = dict(Actor.objects.values_list("slug", "name"))
        names = [*self.names.items(), *ActorAlias.objects.values_list("actor__slug", "name")]
        self.of = defaultdict(list)
        self.actor = {}
        self._by_word = defaultdict(list)
        for slug, name in sorted(names, key=lambda pair: (-len(pair[1]), pair)):
            self.of[slug].append(name)
            self.actor.setdefault(name, slug)
            if first := WORD.search(name):
                self._by_word[first[0]].append((name, first.start()))

    def standing_in(self, text):
        """Yield a Spelled for each recorded spelling in `text`, the longest where several begin together."""
        after = 0
        for word in WORD.finditer(text):
            for name, before in self._by_word.get(word[0], ()):
                start = word.start() - before
                if start >= after and text.startswith(name, start) and _is_whole(text, start, name):
                    after = start + len(name)
                    yield Spelled(start, after, name)
                    break


def stands(spelling, text):
    """Whether `spelling` stands in `text` as whole words, in capitals or not."""
    small, within = spelling.casefold(), text.casefold()
    start = within.find(small)
    while start >= 0 and not _is_whole(within, start, small):
        start = within.find(small, start + 1)
    return start >= 0


def _is_whole(text, start, name):
    before, after = text[start - 1 : start], text[start + len(name) : start + len(name) + 1]
    return not (before.isalnum() and name[0].isalnum()) and not (after.isalnum() and name[-1].isalnum())
