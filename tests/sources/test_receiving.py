"""Receiving documents: what is stored of them, what is refused, and that a draft keeps the words of the document."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from sources import receiving
from sources.acceptance import accept
from sources.models import Paragraph, Source
from sources.naming import proposed_name, proposed_slug
from sources.reading import CannotRead, Document, Found
from sources.receiving import (
    HereAlready,
    decide,
    kinds_of,
    read_again,
    receive,
    redraw,
    repeated_in,
    start_again,
    undo_borders,
)
from sources.segmentation import segment
from tests.factories import make_source

TEXT = "Page 1\nOn reforms\nFirst sentence. Second sentence.\n- item"
KINDS = [("notice", None), ("heading", 2), ("paragraph", None), ("list_item", None)]


@pytest.fixture
def reads(monkeypatch):
    """Let every document be read as one given."""

    def put(text=TEXT, kinds=KINDS, **more):
        document = Document(Source.Format.PDF, text, list(kinds), **more)
        monkeypatch.setattr(receiving, "read", lambda data, file_name: document)

    return put


def drafted(text=TEXT, kinds=KINDS, repeated=(1,)):
    source = Source(slug="a-draft", name="A draft", text=text)
    source.draft = {"kinds": [list(kind) for kind in kinds], "repeated": list(repeated)}
    return source


def lines(source):
    """Number, kind, level and text of each paragraph."""
    rows = zip(segment(source.text), kinds_of(source), strict=True)
    return [(one.number, *kind, one.text) for one, kind in rows]


@pytest.mark.django_db
def test_what_is_received_is_kept_beside_its_text_as_a_draft(reads, admin_user):
    found = [Found("title", " On reforms ", "its title"), Found("author", "A" * 201, "its properties"),
             Found("published", "May 2021", "its head"), Found("title", "Other", "its first heading"),
             Found("keywords", "law", "its head"), Found("rights", "All\0 rights", "its foot")]  # fmt: skip
    reads(found=found, notes=["Page 3 has no text."], repeated=[1])
    source = receive(b"%PDF", "Report 2021.pdf", by=admin_user)
    source.refresh_from_db()
    assert (source.accepted, source.format, bytes(source.received), source.text) == (False, "pdf", b"%PDF", TEXT)
    assert source.sha256 == hashlib.sha256(b"%PDF").hexdigest()
    assert source.text_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (source.slug, source.name, source.file_name) == ("on-reforms", "On reforms", "Report 2021.pdf")
    assert (source.title, source.author, source.published, source.rights) == ("On reforms", "", "", "All rights")
    taken = [(one["name"], one["value"][:9], one["where"], one["taken"]) for one in source.draft["found"]]
    assert taken == [
        ("title", "On reform", "its title", True),
        ("author", "AAAAAAAAA", "its properties", False),
        ("published", "May 2021", "its head", False),
        ("title", "Other", "its first heading", False),
        ("keywords", "law", "its head", False),
        ("rights", "All right", "its foot", True),
    ]
    assert source.draft["notes"] == ["Page 3 has no text."]
    assert (kinds_of(source), repeated_in(source)) == (KINDS, {1})
    change = source.history.get().change_set
    assert (change.by, change.reason) == (admin_user, "Received the source on-reforms.")
    assert not Paragraph.objects.exists()


@pytest.mark.django_db
def test_what_is_given_stands_before_what_the_document_states(reads):
    reads(found=[Found("title", "Stated", "its title"), Found("language", "en", "its head")])
    source = receive(b"%PDF", slug="given", name="Given", title="As I say")
    assert (source.slug, source.name, source.title, source.language) == ("given", "Given", "As I say", "en")
    assert [one["taken"] for one in source.draft["found"]] == [False, True]


@pytest.mark.django_db
def test_an_accepted_draft_has_the_kinds_that_were_decided_and_is_a_draft_no_more(reads):
    reads()
    source = receive(b"%PDF")
    decide(source, {1: ("byline", None), 3: ("heading", 3)})
    accept(source, seen=source.text_sha256)
    rows = Paragraph.objects.values_list("number", "kind", "level", "section__number")
    assert list(rows) == [
        (1, "byline", None, None), (2, "heading", 2, None), (3, "heading", 3, 2), (4, "list_item", None, 3),
    ]  # fmt: skip
    source.refresh_from_db()
    assert (source.accepted, source.draft) == (True, {})


@pytest.mark.django_db
def test_the_same_bytes_are_refused_with_the_first_whether_accepted_or_not(reads):
    first = make_source("One.", "first-source")
    reads(text="Another text.", kinds=[("paragraph", None)])
    with pytest.raises(HereAlready, match=r"here already: First source \(first-source\)") as refused:
        receive(b"One.")
    assert refused.value.twin == first
    second = receive(b"Two.")
    with pytest.raises(HereAlready) as refused:
        receive(b"Two.", slug="another")
    assert refused.value.twin == second


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "kinds", "said"),
    [
        ("One\0.", [("paragraph", None)], "holds a NUL"),
        ("\ud800", [("paragraph", None)], r"cannot be read \(UnicodeEncodeError\)"),
        ("One.\nTwo.", [("paragraph", None)], r"cannot be read \(ValueError\)"),
        ("", [], r"cannot be read \(ValueError\)"),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused(reads, text, kinds, said):
    reads(text=text, kinds=kinds)
    with pytest.raises(CannotRead, match=said):
        receive(b"%PDF")
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_a_document_whose_reading_fails_is_refused(monkeypatch):
    monkeypatch.setattr(receiving, "read", lambda data, file_name: 1 / 0)
    with pytest.raises(CannotRead, match=r"It cannot be read \(ZeroDivisionError\)"):
        receive(b"%PDF")


def test_a_document_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(receiving, "read", None)
    with pytest.raises(CannotRead, match="larger than 25 MB"):
        receive(b" " * (25 * 1024 * 1024 + 1))


@pytest.mark.django_db
def test_a_file_name_that_no_source_or_another_has_is_not_kept_and_that_is_told():
    receive(b"One.", "notes.txt")
    second = receive(b"Two.", "notes.txt")
    third = receive(b"Three.", ".hidden\udcff")
    assert (second.file_name, third.file_name) == ("", "")
    assert second.draft["notes"] == ["The file was called “notes.txt”. That is not kept: another source has it."]
    assert third.draft["notes"] == ["The file was called “.hidden?”. That is not kept: a source cannot be called so."]
    assert [second.slug, third.slug] == ["notes-second", "hidden"]


@pytest.mark.django_db
def test_a_slug_is_words_without_numbers_and_made_unique_by_a_word():
    assert proposed_slug("Постановление № 12: Жаңа Қазақстан, 2022") == "postanovlenie-zhana-qazaqstan"
    assert proposed_slug("Élections & reforms of the year and more") == "elections-reforms-of-the-year-and"
    assert proposed_slug("2022 – 2023") == ""
    assert proposed_slug("x" * 90) == "x" * 60
    for number, expected in enumerate(["one", "one-second", "one-third"]):
        assert receive(f"{number}".encode(), slug=proposed_slug("One")).slug == expected
    assert [len(proposed_name(text)) for text in ("word " * 60, "x" * 300)] == [96, 100]


def test_a_split_paragraph_is_of_one_kind_and_a_joined_one_of_that_of_the_first():
    source = drafted("A\n\n  B b\nC\n", [("heading", 1), ("quotation", None), ("notice", None)], [3])
    redraw(source, {2: "  B\r\nb"}, joined=[3])
    assert source.text == "A\n\n  B\nb C\n"
    assert lines(source) == [(1, "heading", 1, "A"), (2, "quotation", None, "  B"), (3, "quotation", None, "b C")]
    assert repeated_in(source) == set()
    assert source.text_sha256 == hashlib.sha256(source.text.encode()).hexdigest()


def test_nothing_but_white_space_can_be_changed():
    for typed in ("First sentence.", "First sentence. Second sentence!", "", "Second sentence. First sentence."):
        source = drafted()
        with pytest.raises(ValidationError, match="Paragraph 3: only spaces and line ends may be changed"):
            redraw(source, {1: "Page  1", 3: typed})
        assert source.text == TEXT


def test_a_paragraph_that_a_browser_sends_back_untouched_is_not_changed():
    source = drafted("One\rone\n\u2028Two \n", [("paragraph", None)] * 2)
    redraw(source, {1: "One\r\none", 2: "\u2028Two "})
    assert source.text == "One\rone\n\u2028Two \n"
    assert "before" not in source.draft


def test_undoing_borders_keeps_what_was_decided_elsewhere_since():
    source = drafted()
    redraw(source, {3: "First sentence.\nSecond sentence."})
    decide(source, {2: ("heading", 1), 4: ("quotation", None)})
    assert lines(source)[2:4] == [(3, "paragraph", None, "First sentence."), (4, "quotation", None, "Second sentence.")]
    undo_borders(source)
    assert source.text == TEXT
    assert kinds_of(source) == [("notice", None), ("heading", 1), ("paragraph", None), ("list_item", None)]
    assert repeated_in(source) == {1}
    with pytest.raises(ValidationError, match="no change of borders to undo"):
        undo_borders(source)


def test_starting_again_is_what_was_received_and_can_be_undone():
    source = drafted("One.\n- two", [("heading", 1), ("notice", None)], [])
    source.received = b"One.\n- two"
    redraw(source, {}, joined=[2])
    start_again(source, read_again(source))
    assert lines(source) == [(1, "paragraph", None, "One."), (2, "list_item", None, "- two")]
    undo_borders(source)
    assert lines(source) == [(1, "heading", 1, "One. - two")]


@pytest.mark.parametrize("kind", [("heading", None), ("heading", 7), ("paragraph", 1), ("poem", None)])
def test_only_kinds_that_there_are_can_be_decided(kind):
    with pytest.raises(ValidationError, match="is no kind of paragraph"):
        decide(drafted(), {1: kind})


@pytest.mark.parametrize("number", [0, 5, -1])
def test_only_paragraphs_that_there_are_can_be_decided(number):
    with pytest.raises(ValidationError, match="There is no paragraph"):
        decide(drafted(), {number: ("notice", None)})


WORDS = st.text(alphabet="ab \t\n\r\u00a0\u2028é", min_size=1, max_size=40).filter(str.strip)


@given(WORDS, st.data())
def test_whatever_is_split_and_joined_the_words_and_the_number_of_kinds_fit(text, data):
    source = drafted(text, [(one.kind, None) for one in segment(text)], [])
    words = "".join(text.split())
    for _ in range(3):
        segments = segment(source.text)
        places = st.integers(1, len(segments))
        typed = {}
        for number in data.draw(st.sets(places, max_size=3)):
            one = segments[number - 1].text
            at = data.draw(st.integers(0, len(one)))
            typed[number] = one[:at] + data.draw(st.sampled_from(["\n", "\r\n", " ", "\n\n \n"])) + one[at:]
        redraw(source, typed, joined=data.draw(st.sets(places, max_size=3)))
        assert "".join(source.text.split()) == words
        assert len(kinds_of(source)) == len(source.draft["kinds"]) == len(segment(source.text))
    if "before" in source.draft:
        undo_borders(source)
    assert "".join(source.text.split()) == words
