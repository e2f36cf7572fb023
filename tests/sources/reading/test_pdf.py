"""PDF files: lines become paragraphs, what repeats on pages is set aside, nothing is lost."""

import io

import pytest
from pypdf import PdfWriter
from pypdf.errors import DependencyError

from sources.reading import CannotRead, Found
from sources.reading.parsing import parser
from sources.reading.pdf_lines import Line, Page, join, joined, paragraphs, take_repeated
from tests.documents import FILLER, pdf_file
from tests.hostile import CYRILLIC, KAZAKH, drawing, stream_page

LONG = " ".join(f"{one}." for one in FILLER)
read = parser("pdf")


def lines(document):
    """(kind, text) of each paragraph."""
    return [(kind, text) for (kind, _), text in zip(document.kinds, document.text.split("\n"), strict=True)]


def test_lines_of_a_paragraph_are_joined_and_paragraphs_kept_apart():
    assert read(pdf_file([[LONG, CYRILLIC, KAZAKH]])).text.split("\n") == [LONG, CYRILLIC, KAZAKH]


def test_paragraphs_told_apart_by_an_indent_alone_are_kept_apart():
    assert read(pdf_file([[LONG, CYRILLIC, LONG]], indent=4, spaced=False)).text.split("\n") == [LONG, CYRILLIC, LONG]


def test_headers_footers_and_page_numbers_are_notices_that_repeat():
    pages = [[f"{word} page. {LONG}"] for word in ("First", "Second", "Third")]
    document = read(pdf_file(pages, header="Ministry of Examples, 2021", footer="Page {page} of 3"))
    assert lines(document)[:4] == [
        ("notice", "Ministry of Examples, 2021"),
        ("paragraph", f"First page. {LONG}"),
        ("notice", "Page 1 of 3"),
        ("notice", "Ministry of Examples, 2021"),
    ]
    assert document.repeated == [1, 3, 4, 6, 7, 9]


def test_a_paragraph_runs_over_the_end_of_a_page_where_its_sentence_goes_on():
    pages = [[KAZAKH, "The funds were paid to the regions"], ["and reported in the spring.", LONG], [CYRILLIC]]
    assert lines(read(pdf_file(pages, footer="{page}"))) == [
        ("paragraph", KAZAKH),
        ("paragraph", "The funds were paid to the regions and reported in the spring."),
        ("notice", "1"),
        ("paragraph", LONG),
        ("notice", "2"),
        ("paragraph", CYRILLIC),
        ("notice", "3"),
    ]


@pytest.mark.parametrize(
    ("above", "below"),
    [("It ended.", "and so on"), ("A heading", "The text begins"), ("No end", "2021 was the year")],
)
def test_what_does_not_go_on_is_left_apart(above, below):
    assert read(pdf_file([[above], [below]])).text.split("\n") == [above, below]


def test_a_hyphen_at_the_end_of_a_line_stays_and_a_soft_one_goes():
    assert joined("socio-", "economic") == "socio-economic"
    assert read(pdf_file([["socio-\u00ad", "x"]])).notes == [
        "Soft hyphens and spaces of no width removed from the text: 1."
    ]


def test_bullets_begin_a_paragraph_and_numbers_do_where_a_sentence_ended():
    page = [Line("The law says:", 0, 0), Line("• one", 2, 0), Line("• two", 2, 0), Line("goes on", 4, 0)]
    assert [one.text for one in join(page, 0)] == ["The law says:", "• one", "• two goes on"]
    page = [Line("The term ends on", 0, 0), Line("24. It was said.", 0, 0), Line("2) The next.", 0, 0)]
    assert [one.text for one in join(page, 0)] == ["The term ends on 24. It was said.", "2) The next."]
    page = [Line("Астана", 0, 0), Line("— столица Казахстана.", 0, 0), Line("— Да!", 0, 0)]
    assert [one.text for one in join(page, 0)] == ["Астана — столица Казахстана.", "— Да!"]


def spaced(texts, gap=1):
    return Page([], [Line(text, 0, gap) for text in texts], [])


def test_a_widely_spaced_text_is_not_taken_apart_line_by_line():
    page = spaced([*FILLER, "It ends."])
    page.lines += [Line("A paragraph further down", 0, 3), Line("ends.", 0, 1)]
    ends = [" ".join([*FILLER, "It ends."]), "A paragraph further down ends."]
    assert [one.text for one in paragraphs([page])] == ends


@pytest.mark.parametrize(
    "texts", [["One.", "Two.", "Three."], ["A name", "Another", "A third name that is far longer"]]
)
def test_short_paragraphs_are_not_taken_for_lines_of_one(texts):
    assert [one.text for one in paragraphs([spaced(texts)])] == texts


def test_rows_of_a_table_and_lines_of_contents_are_paragraphs_of_their_own():
    page = [
        Line("The   words   of   a   line   may   be   spread", 0, 0),
        Line("over its width, as here.", 0, 0),
        Line("Region        Districts", 0, 0),
        Line("Almaty        91", 0, 0),
        Line("1. Elections ........ 5", 0, 0),
        Line("2. Budgets ......... 12", 0, 0),
    ]
    assert [(one.kind, one.text) for one in join(page, 0)] == [
        ("paragraph", "The   words   of   a   line   may   be   spread over its width, as here."),
        ("paragraph", "Region | Districts"),
        ("paragraph", "Almaty | 91"),
        ("navigation", "1. Elections ........ 5"),
        ("navigation", "2. Budgets ......... 12"),
    ]


def test_headings_are_proposed_for_titles_above_a_paragraph():
    document = read(
        pdf_file([["Elections of akims", "1.2. What changed", LONG, "Kostanay", "Ends here.", "not one", LONG]])
    )
    assert [
        kind for kind in zip(document.kinds, document.text.split("\n"), strict=True) if kind[0][0] == "heading"
    ] == [
        (("heading", 1), "Elections of akims"),
        (("heading", 2), "1.2. What changed"),
    ]


def test_the_outline_of_the_file_says_its_headings():
    writer = PdfWriter(io.BytesIO(pdf_file([["Elections of akims", LONG, "not a title by its looks", CYRILLIC]])))
    above = writer.add_outline_item(title="Elections of  akims", page_number=0)
    writer.add_outline_item(title="not a title by its looks", page_number=0, parent=above)
    out = io.BytesIO()
    writer.write(out)
    levels = [("heading", 1), ("paragraph", None), ("heading", 2), ("paragraph", None)]
    assert read(out.getvalue()).kinds == levels


def test_a_header_right_above_the_text_is_known_by_its_length():
    pages = [[Line("Report", 0, 0), Line(f"{LONG} {one}", 0, 0)] for one in "ABC"]
    assert [page.above for page in take_repeated(pages)] == [["Report"]] * 3
    pages = [[Line("A whole line that opens each page", 0, 0), Line(f"and goes on to {one}", 0, 0)] for one in "ABC"]
    assert [page.above for page in take_repeated(pages)] == [[]] * 3


def test_the_file_states_title_author_and_language():
    assert read(pdf_file([[CYRILLIC]], title="Закон об акимах", author="Министерство")).found == [
        Found("title", "Закон об акимах", "/Title of the file"),
        Found("author", "Министерство", "/Author of the file"),
        Found("language", "en", "/Lang of the file"),
    ]


@pytest.mark.parametrize("title", ["Microsoft Word - x.doc", "report.pdf", "untitled", " "])
def test_the_name_of_a_file_is_no_title(title):
    assert "title" not in {one.name for one in read(pdf_file([[CYRILLIC]], title=title)).found}


def test_pages_without_text_are_named():
    assert read(pdf_file([[CYRILLIC], [], [KAZAKH], []])).notes == ["Without text, so perhaps pictures: pages 2, 4."]


def test_what_the_layout_leaves_out_is_read_as_stored():
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>/Length 34>>stream\n"
    page = stream_page(
        drawing(b"/X Do"),
        extra=[form + b"BT /F 9 Tf (In a form inside.) Tj ET  \nendstream"],
    ).replace(b"/Font<</F 5 0 R>>>>/MediaBox", b"/MediaBox")
    page = page.replace(b"/Resources<</Font<</F 5 0 R>>>>>>", b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>")
    document = read(page)
    assert document.text == "In a form inside."
    assert document.notes == ["Paragraphs could not be told apart by layout on: 1."]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf_file([[], []]), "pictures of pages: 2 pages, none has text"),
        (pdf_file([[]]), "pictures of pages: 1 page, none has text"),
        (b"%PDF-1.7 and nothing", "broken"),
    ],
)
def test_a_pdf_without_text_is_refused(data, words):
    with pytest.raises(CannotRead, match=words):
        read(data)


def encrypted(user):
    writer = PdfWriter(io.BytesIO(pdf_file([[CYRILLIC]])))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_that_opens_without_a_password_is_read_though_it_is_encrypted():
    assert read(encrypted("")).text == CYRILLIC


def test_a_pdf_with_a_password_is_refused():
    with pytest.raises(CannotRead, match="locked with a password"):
        read(encrypted("secret"))


def test_a_pdf_encrypted_in_a_way_that_is_not_known_here_is_refused(monkeypatch):
    def fail(*args):
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr("sources.reading.pdf.PdfReader.decrypt", fail)
    with pytest.raises(CannotRead, match="print it to a new PDF"):
        read(encrypted(""))
