"""Small documents made on the spot: web pages, PDF and Word files."""

import html
import io
import textwrap

import docx

FILLER = (
    "The amendments to the budget code were adopted by the Parliament in the spring session and entered into force",
    "Regional executive bodies publish the report on the use of the funds within ten days after the quarter ends",
    "Deputies of the rural districts asked the ministry to explain how the subsidies were counted in the past year",
)


def html_page(paragraphs=(), *, title="A page", head="", body="", lang="en", encoding="utf-8", around=("", "")):
    """A web page as bytes: `paragraphs` in an article, `body` (markup) after them, `around` before and after it."""
    text = "\n".join(f"<p>{html.escape(one)}</p>" for one in paragraphs)
    page = (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head><meta charset="{encoding}"><title>{html.escape(title)}</title>'
        f"{head}</head>\n<body>{around[0]}<article>\n{text}\n{body}</article>{around[1]}</body>\n</html>\n"
    )
    return page.encode(encoding)


def pdf_file(pages, *, header="", footer="", title="", author="", width=80, indent=0, spaced=True, extra=()):
    """A PDF as bytes. `pages`: for each its paragraphs, which are wrapped at `width` characters.

    `{page}` in `header` and `footer` is the page's number. `indent`: of first lines, in characters.
    `spaced`: paragraphs stand apart. `extra`: further objects, as bytes. Not meant to be looked at: no font is in it.
    """
    characters = sorted({one for page in pages for text in page for one in text} | set(header + footer + "0123456789 "))
    objects = [b"<</Type/Catalog/Pages 2 0 R/Lang(en)>>", b"", *_font(characters)]
    kids = []
    for number, paragraphs in enumerate(pages, start=1):
        edges = [one.replace("{page}", str(number)) for one in (header, footer)]
        stream = _content(paragraphs, edges, width, indent, spaced)
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % len(objects)
        )
        kids.append(len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % one for one in kids))
    objects.append(b"<</Title<FEFF%s>/Author<FEFF%s>>>" % (_hexadecimal(title), _hexadecimal(author)))
    return pdf_of([*objects, *extra], info=len(objects))


def pdf_of(objects, info=None, trailer=b""):
    """A PDF of these objects, the first of which is its catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % one for one in places)
    more = b"/Info %d 0 R" % info if info else b""
    out += b"trailer<</Size %d/Root 1 0 R%s%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, more, trailer, start,
    )  # fmt: skip
    return bytes(out)


def _hexadecimal(text):
    return text.encode("utf-16-be").hex().upper().encode()


def _font(characters):
    """A font whose codes are those of Unicode, and the table that says so."""
    table = [f"<{ord(one):04X}><{ord(one):04X}>".encode() for one in characters]
    parts = [table[at : at + 100] for at in range(0, len(table), 100)]
    mapped = b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(one), b"\n".join(one)) for one in parts)
    cmap = (
        b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000><FFFF> "
        b"endcodespacerange\n" + mapped + b"\nendcmap end end"
    )
    return [
        b"<</Type/Font/Subtype/Type0/BaseFont/None/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/None/DW 500/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
    ]


def _content(paragraphs, edges, width, indent, spaced):
    """The drawing of a page: lines of 10 points, 12 apart, more between paragraphs."""
    drawn, y = [], 780

    def draw(text, x, at):
        drawn.append(b"BT /F 10 Tf 1 0 0 1 %d %d Tm <%s> Tj ET" % (x, at, _hexadecimal(text)))

    if edges[0]:
        draw(edges[0], 50, 815)
    for text in paragraphs:
        for at, line in enumerate(textwrap.wrap(text, width, break_on_hyphens=True)):
            draw(line, 50 + 5 * indent * (at == 0), y)
            y -= 12
        y -= 14 * spaced
    if edges[1]:
        draw(edges[1], 280, 20)
    return b"\n".join(drawn)


def docx_file(content=(), *, title="", author="", language="", header="", footer=""):
    """A Word file as bytes. `content`: texts, (style, text) pairs, and lists of rows, which are tables."""
    document = docx.Document()
    for one in content:
        if isinstance(one, list):
            table = document.add_table(len(one), len(one[0]))
            for cells, texts in zip(table.rows, one, strict=True):
                for cell, text in zip(cells.cells, texts, strict=True):
                    cell.text = text
        else:
            style, text = one if isinstance(one, tuple) else (None, one)
            document.add_paragraph(text, style)
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, author, language
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def hostile():
    """Hostile and odd files: name to bytes. What is expected of each stands in `tests.hostile.cases`."""
    from tests.hostile import cases

    return {name: data for name, data, _expected in cases()}
