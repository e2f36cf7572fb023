"""What a word is to this program is what it is to the database, character by character."""

import unicodedata

import pytest
from django.db import connection

from reforms.search.words import MARKS, TOKENIZER, words

# Neither knows these as the other does: a table of SQLite's is older, or has a slip.
STRANGE = {0x1E0, 0x1E1, 0x1885, 0x1886, *range(0x13A0, 0x1400)}
CHARACTERS = [
    chr(code)
    for code in {*range(1, 0x3200), *range(0xF900, 0x10000)} - STRANGE  # between them: Chinese and Korean, all alike
    if unicodedata.ucd_3_2_0.category(chr(code)) not in ("Cn", "Co", "Cs")
]


def words_of_the_database(texts):
    """The words of each text, as the database cuts them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT search_fold(t) FROM unnest(%s) WITH ORDINALITY AS u (t, n) ORDER BY n", [texts])
            return [tuple(folded.split()) for (folded,) in cursor.fetchall()]
        cursor.execute(f"CREATE VIRTUAL TABLE temp.cut USING fts5(t, content='', tokenize=\"{TOKENIZER}\")")
        cursor.execute("CREATE VIRTUAL TABLE temp.met USING fts5vocab(cut, instance)")
        cursor.executemany("INSERT INTO temp.cut (rowid, t) VALUES (%s, %s)", list(enumerate(texts)))
        cursor.execute("SELECT doc, term FROM temp.met ORDER BY doc, offset")
        found = [[] for _ in texts]
        for number, term in cursor.fetchall():
            found[number].append(term)
        cursor.execute("DROP TABLE temp.met")
        cursor.execute("DROP TABLE temp.cut")
        return list(map(tuple, found))


@pytest.mark.django_db
def test_each_character_makes_the_same_words_everywhere():
    assert len(CHARACTERS) > 7_000, "swept nothing"
    texts = [f"x{character}y" for character in CHARACTERS]
    different = [
        (hex(ord(character)), ours, theirs)
        for character, ours, theirs in zip(CHARACTERS, map(words, texts), words_of_the_database(texts), strict=True)
        if ours != theirs
    ]
    assert different == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kassym-Jomart TOKAYEV’s", ("kassym", "jomart", "tokayev", "s")),
        ("40,000 or 5,8% in №1", ("40", "000", "or", "5", "8", "in", "1")),
        ("snake_case «Nur Otan«", ("snake", "case", "nur", "otan")),
        ("ҚАЗАҚСТАН Әділет й Ё", ("қазақстан", "әділет", "й", "ё")),
        ("Qazaqstań, cafe\u0301", ("qazaqstan", "cafe")),
        ("no🤔thing ☃ here", ("no", "thing", "here")),
        ("a\tb\u00a0c\u2009d", ("a", "b", "c", "d")),
    ],
)
def test_texts_are_cut_into_these_words(text, expected):
    assert words(text) == expected
    assert words_of_the_database([text]) == [expected]


def test_accents_that_stand_alone_are_known():
    assert {unicodedata.category(mark) for mark in MARKS} == {"Mn"}
