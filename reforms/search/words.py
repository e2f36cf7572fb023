"""What a word is: the same to SQLite, to PostgreSQL and to this program, so that all three find the same.

A word is a run of letters and digits. Capitals and accents of Latin letters make no difference. SQLite cuts texts into
words by its own tokenizer (unicode61), PostgreSQL by the function `search_fold` made of `fold` here.
"""

import re
import unicodedata
from functools import cache, lru_cache

LONGEST = 100  # characters of a word that are looked at; what is longer is a picture in letters, no word
MARKS = "".join(chr(0x300 + bit) for bit in range(50) if 0x361F808029FDF >> bit & 1)  # accents that unicode61 drops
EMOJI = "".join(map(chr, range(0x1F000, 0x1FB00)))  # those newer than SQLite's tables are words to it, unless told
WORD = re.compile(rf"[^\W_]+(?:[{MARKS}]+[^\W_]*)*")
TOKENIZER = f"unicode61 remove_diacritics 2 categories 'L* N*' separators '{EMOJI}'"


def fold(character):
    """Return what `character` is looked for as: small, without an accent; "" for an accent that stands alone."""
    if not character.isalnum():
        return "" if character in MARKS else character
    forms = (character.casefold(), character.lower(), character.lower()[:1])
    small = next(form for form in forms if len(form) == 1)
    base = unicodedata.normalize("NFD", small)[0]
    return base if base.isascii() and base.isalpha() else small


def words(text):
    """Return the words of `text`, folded."""
    return tuple(folded for _, _, folded in places(text))


def places(text):
    """Yield (start, end, folded) for each word of `text`."""
    for word in WORD.finditer(text):
        yield word.start(), word.end(), (word[0].lower() if word[0].isascii() else _folded(word[0]))[:LONGEST]


@lru_cache(maxsize=20_000)
def _folded(word):
    return "".join(map(fold, word))


@cache
def postgresql_fold():
    """Return the SQL that makes `search_fold`: a text to its words, a blank between them."""
    often = (
        " etaoinsrhldcumfpgwybvk.,0123456789-’“”оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъі"  # translate() looks in this order
    )
    assigned = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs")]
    changed = sorted((one for one in assigned if fold(one) not in ("", one)), key=lambda one: (ord(one) > 0x530, one))
    source = often + "".join(changed) + MARKS  # without a counterpart: taken away
    target = often + "".join(map(fold, changed))
    letters = _ranges(one for one in assigned if one.isalnum() and fold(one) == one)
    return f"""CREATE OR REPLACE FUNCTION search_fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $fold$
        SELECT regexp_replace(btrim(regexp_replace(translate($1, '{source}', '{target}'), '[^{letters}]+', ' ', 'g')),
            '([^ ]{{{LONGEST}}})[^ ]+', '\\1', 'g') $fold$"""


def _ranges(characters):
    """Return `characters`, in order, as they stand within brackets of a regular expression."""
    ranges = []
    for code in map(ord, characters):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
