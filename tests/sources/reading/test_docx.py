"""Word files: in order, with the kinds that their styles name, with what was inserted and without what was deleted."""

import pytest

from sources.reading import Found
from sources.reading.parsing import parser
from tests.documents import docx_file
from tests.hostile import CYRILLIC, body_of, changed

read = parser("docx")
GOOD = docx_file([CYRILLIC])


def lines(document):
    """(kind, level, text) of each paragraph."""
    return [(*kind, text) for kind, text in zip(document.kinds, document.text.split("\n"), strict=True)]


def test_styles_say_the_kinds():
    content = [
        ("Title", "The title"), ("Subtitle", "Under it"), ("Heading 1", "One"), ("Heading 3", "Three"), CYRILLIC,
        ("List Bullet", "An item"), ("List Number 2", "Another"), ("Quote", "A quote"), ("Intense Quote", "Another"),
        ("Caption", "A caption"), [["a", "b"], ["c", ""]], "• typed",
    ]  # fmt: skip
    assert lines(read(docx_file(content))) == [
        ("heading", 1, "The title"), ("heading", 2, "Under it"), ("heading", 1, "One"), ("heading", 3, "Three"),
        ("paragraph", None, CYRILLIC), ("list_item", None, "An item"), ("list_item", None, "Another"),
        ("quotation", None, "A quote"), ("quotation", None, "Another"), ("caption", None, "A caption"),
        ("paragraph", None, "a | b"), ("paragraph", None, "c"), ("list_item", None, "• typed"),
    ]  # fmt: skip


def test_headers_and_footers_come_last_and_are_marked_as_repeated():
    document = read(docx_file([CYRILLIC], header="The header", footer="The footer"))
    assert lines(document)[1:] == [("notice", None, "The header"), ("notice", None, "The footer")]
    assert document.repeated == [2, 3]


def test_the_file_states_title_author_and_language():
    document = read(docx_file([CYRILLIC], title="Отчёт", author="Министерство", language="ru"))
    assert document.found == [
        Found("title", "Отчёт", "title of the file"),
        Found("author", "Министерство", "author of the file"),
        Found("language", "ru", "language of the file"),
    ]
    assert read(docx_file([CYRILLIC], title="Microsoft Word - report.doc")).found == []


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def cell(*paragraphs):
    return f"<w:tc>{''.join(paragraphs)}</w:tc>"


def table(*cells):
    return f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>"


def paragraph(*texts):
    return f"<w:p>{''.join(map(run, texts))}</w:p>"


CHANGED = f"<w:p>{run('One ')}<w:ins w:id='1'>{run('two')}</w:ins><w:del w:id='2'>{run('gone')}</w:del></w:p>"
BREAKS = "<w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:br/><w:br/><w:t>three</w:t></w:r></w:p>"
SIGNS = "<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:noBreakHyphen/><w:t>three</w:t></w:r></w:p>"
BOX = f"<w:r><w:pict><w:txbxContent>{paragraph('In a box')}</w:txbxContent></w:pict></w:r>"


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        (CHANGED, ["One two"]),
        (f"<w:p>{run('One ')}<w:hyperlink>{run('two')}</w:hyperlink></w:p>", ["One two"]),
        (f"<w:p>{run('One')}{run('hidden', '<w:vanish/>')}</w:p>", ["One"]),
        (BREAKS, ["One two", "three"]),
        ("<w:p><w:r><w:t>One</w:t><w:br w:type='page'/><w:t>two</w:t></w:r></w:p>", ["One", "two"]),
        (SIGNS, ["One two\u2011three"]),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>", []),
        (f"<w:sdt><w:sdtContent>{paragraph('In a control')}</w:sdtContent></w:sdt>", ["In a control"]),
        (f"<w:p>{run('One')}{BOX}</w:p>", ["One", "In a box"]),
        (table(cell(paragraph("One"), paragraph("two"))), ["One", "two"]),
        (table(cell(paragraph("One"), paragraph("two")), cell(paragraph("three"))), ["One", "two", "three"]),
        (table(cell(table(cell(paragraph("One")), cell(paragraph("two"))))), ["One | two"]),
    ],
)
def test_what_is_seen_is_read(markup, texts):
    assert read(body_of(GOOD, markup.encode())).text.split("\n") == [*texts, CYRILLIC]


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ("<w:numPr><w:numId w:val='2'/></w:numPr>", ("list_item", None)),
        ("<w:numPr><w:numId w:val='0'/></w:numPr>", ("paragraph", None)),
        ("<w:outlineLvl w:val='1'/>", ("heading", 2)),
        ("<w:outlineLvl w:val='9'/>", ("paragraph", None)),
        ("<w:pStyle w:val='NoSuchStyle'/>", ("paragraph", None)),
    ],
)
def test_a_paragraph_says_its_kind_without_a_style(properties, kind):
    markup = f"<w:p><w:pPr>{properties}</w:pPr>{run('One')}</w:p>"
    assert read(body_of(GOOD, markup.encode())).kinds[0] == kind


def test_a_style_that_is_based_on_itself_ends():
    names = b'<w:name w:val="loop"/><w:basedOn w:val="Loop"/>'
    style = b'<w:style w:type="paragraph" w:styleId="Loop">%s</w:style></w:styles>' % names
    data = body_of(GOOD, b"<w:p><w:pPr><w:pStyle w:val='Loop'/></w:pPr><w:r><w:t>One</w:t></w:r></w:p>")
    data = changed(data, "word/styles.xml", lambda xml: xml.replace(b"</w:styles>", style))
    assert read(data).kinds[0] == ("paragraph", None)


def test_footnotes_are_notices_at_the_end():
    namespace = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = (
        b"<w:footnotes %s><w:footnote w:type='separator' w:id='0'><w:p><w:r><w:t>no</w:t></w:r></w:p></w:footnote>"
        b"<w:footnote w:id='1'><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>" % namespace
    )
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    entry = b'<Override PartName="/word/footnotes.xml" ContentType="%s"/></Types>' % kind
    relation = (
        b'<Relationship Id="rIdNote" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"'
        b' Target="footnotes.xml"/></Relationships>'
    )
    data = changed(GOOD, "word/footnotes.xml", lambda _: notes)
    data = changed(data, "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", entry))
    data = changed(data, "word/_rels/document.xml.rels", lambda xml: xml.replace(b"</Relationships>", relation))
    assert lines(read(data)) == [("paragraph", None, CYRILLIC), ("notice", None, "A note.")]
