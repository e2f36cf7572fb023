"""Proposing what a received source may be called: a slug and a name out of the words that it has."""

import re
import unicodedata
from itertools import count, product

from sources.models import Source

FEW, LONGEST = 6, 60  # words of a slug, and its characters; what makes it unique comes after
SHORT = 98  # characters of a name, with room for “ …”
FURTHER = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщыэюяәғқңөұүһі"
_LATIN = "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch y e yu ya a g q n o u u h i"
TRANSLITERATED = dict(zip(map(ord, _CYRILLIC), _LATIN.split(), strict=True)) | {ord("ъ"): "", ord("ь"): ""}


def proposed_slug(title):
    """Return a slug that no source has yet, out of the first words of `title`; "" where it has no letters."""
    latin = unicodedata.normalize("NFD", title.lower().translate(TRANSLITERATED))
    base = ""
    for word in re.findall("[a-z]+", "".join(one for one in latin if not unicodedata.combining(one)))[:FEW]:
        longer = f"{base}-{word}" if base else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        base = longer
    taken = set(Source.objects.filter(slug__startswith=base).values_list("slug", flat=True)) if base else set()
    return next((slug for slug in _candidates(base) if slug not in taken), "")


def _candidates(base):
    """Yield `base`, and then `base` with further words; nothing where it is empty."""
    if base:
        yield base
        for many in count(1):
            for words in product(FURTHER, repeat=many):
                yield "-".join((base, *words))


def proposed_name(title):
    """Return `title` as our own short label: its first words."""
    title = " ".join(title.split())
    return title if len(title) <= SHORT else f"{title[:SHORT].rpartition(' ')[0] or title[:SHORT]} …"
