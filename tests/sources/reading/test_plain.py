"""Plain texts: as they are where they are UTF-8, decoded where they are not."""

import pytest

from sources.reading import CannotRead, Found, read
from tests.hostile import CYRILLIC, KAZAKH


@pytest.mark.parametrize(
    "text", [f"{CYRILLIC}\r\n\r\n{KAZAKH} \n", f"{CYRILLIC}\u00ad\u200bb\x0c\x07\rc\n", " one\n\n\n two  "]
)
def test_a_text_in_utf_8_stays_as_it_is(text):
    assert read(text.encode()).text == text


def test_a_byte_order_mark_is_no_text():
    assert read(b"\xef\xbb\xbfA text.").text == "A text."


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (CYRILLIC, "cp1251", "Windows-1251"),
        (CYRILLIC, "koi8-r", "KOI8-R"),
        (CYRILLIC, "cp866", "CP866"),
        (KAZAKH, "kz1048", "KZ1048"),
        (CYRILLIC, "utf-16-le", "UTF-16-LE"),
        ("A first line.\nA second.", "utf-16-be", "UTF-16-BE"),
        ("The café’s “naïve” owner — said so.", "cp1252", "Windows-1252"),
    ],
)
def test_a_text_in_another_encoding_is_read_and_the_encoding_named(text, encoding, name):
    document = read(text.encode(encoding))
    assert document.text == text
    assert document.notes == [f"The text was read as {name}."]


def test_line_ends_of_old_macs_become_line_feeds():
    document = read(b"A text.\rIts second line.")
    assert document.text == "A text.\nIts second line."
    assert document.notes == ["Its lines ended in U+000D, as on old Macs: they end in U+000A in the text."]


def test_controls_are_taken_out_of_what_is_not_utf_8():
    document = read(f"{CYRILLIC}\x07\x1f\r\n{CYRILLIC}".encode("utf-16"))
    assert document.text == f"{CYRILLIC}\n{CYRILLIC}"
    assert document.notes == ["The text was read as UTF-16-LE.", "Control characters removed from the text: 2."]


def test_kinds_are_proposed_and_rights_found():
    document = read("A text.\n• An item.\n“A quotation.”\n© 2021 The Ministry".encode())
    assert [kind for kind, _level in document.kinds] == ["paragraph", "list_item", "quotation", "paragraph"]
    assert document.found == [Found("rights", "© 2021 The Ministry", "paragraph 4")]


def test_a_nul_is_refused():
    with pytest.raises(CannotRead, match="NUL"):
        read(b"A text\0")
