"""Word files: paragraphs and rows of tables in order, with the kinds that their styles name."""

import io

import docx
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from sources.reading.document import Block, Found, compose, lines_of, row
from sources.reading.docx_archive import check
from sources.reading.docx_text import text_of

CONTAINERS = {qn(f"w:{one}") for one in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
KINDS = {
    "title": ("heading", 1), "subtitle": ("heading", 2), "quote": ("quotation", None), "caption": ("caption", None),
    "intense quote": ("quotation", None), "author": ("byline", None), "byline": ("byline", None),
}  # fmt: skip
NOTES = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}


def read(data):
    """Read a Word file. Returns a Document. Errors: CannotRead."""
    check(data)
    document = docx.Document(io.BytesIO(data))
    styles = Styles(document)
    blocks = list(blocks_of(document.element.body, styles))
    notes = []
    if any(block.kind == "list_item" for block in blocks):
        notes.append("Bullets and numbers that Word itself puts before list items are not in the text.")
    if next(document.element.body.iter(qn("w:altChunk")), None) is not None:
        notes.append("The file holds a whole other document inside it, which was not read.")
    blocks += [Block(text, "notice") for text in notes_of(document)]
    blocks += [Block(text, "notice", repeated=True) for text in edges_of(document)]
    return compose("docx", blocks, found=stated_by_file(document), notes=notes)


class Styles:
    """What each style of a document makes of a paragraph: kind and level."""

    def __init__(self, document):
        self.by_id = {one.style_id: one.element for one in document.styles if one.element is not None}
        self.known: dict[str | None, tuple[str, int | None]] = {None: ("paragraph", None)}

    def of(self, style_id):
        """(kind, level) by the style's name, outline level or list, else by that of the style it is based on."""
        if style_id not in self.known:
            self.known[style_id] = ("paragraph", None)  # a style that is based on itself ends here
            element = self.by_id.get(style_id)
            if element is not None:
                based = element.find(qn("w:basedOn"))
                below = self.of(based.get(qn("w:val"))) if based is not None else ("paragraph", None)
                self.known[style_id] = named(element) or shaped(element.find(qn("w:pPr"))) or below
        return self.known[style_id]


def named(style):
    """What a style is by its name, which Word stores in English in all languages."""
    name = style.find(qn("w:name"))
    words = (name.get(qn("w:val")) or "").lower() if name is not None else ""
    if words.startswith("heading ") and words[8:].isdecimal() and len(words) < 11:
        return "heading", max(1, min(int(words[8:]), 6))
    if words.startswith(("toc ", "table of figures")):
        return "navigation", None
    if words.startswith(("list bullet", "list number")):
        return "list_item", None
    return KINDS.get(words)


def shaped(properties):
    """What a paragraph is by its outline level or its list; None where it says neither."""
    if properties is None:
        return None
    outline = properties.find(qn("w:outlineLvl"))
    if outline is not None and (outline.get(qn("w:val")) or "").isdecimal() and int(outline.get(qn("w:val"))) < 9:
        return "heading", min(int(outline.get(qn("w:val"))) + 1, 6)
    numbering = properties.find(f"{qn('w:numPr')}/{qn('w:numId')}")
    return ("list_item", None) if numbering is not None and numbering.get(qn("w:val")) != "0" else None


def blocks_of(container, styles):
    """The blocks of a body, a cell or a note, in order."""
    for element in container:
        if element.tag == qn("w:p"):
            yield from blocks_of_paragraph(element, styles)
        elif element.tag == qn("w:tbl"):
            for line in element.iter(qn("w:tr")):
                if nearest_table(line) is element:
                    yield from row([list(blocks_of(cell, styles)) for cell in cells_of(line)])
        elif element.tag in CONTAINERS:
            yield from blocks_of(element, styles)


def nearest_table(line):
    return next(line.iterancestors(qn("w:tbl")))


def cells_of(line):
    """The cells of a row, those in content controls included, those of tables inside it not."""
    return [cell for cell in line.iter(qn("w:tc")) if next(cell.iterancestors(qn("w:tr"))) is line]


def blocks_of_paragraph(element, styles):
    """The lines of a paragraph, most often one, and after it those of the text boxes that hang on it."""
    properties = element.find(qn("w:pPr"))
    style = properties.find(qn("w:pStyle")) if properties is not None else None
    by_style = styles.of(style.get(qn("w:val")) if style is not None else None)
    own = shaped(properties)
    kind, level = own if own and by_style[0] != "heading" else by_style
    text, boxes = text_of(element)
    for line in lines_of(text):
        yield Block(line, kind, level)
    for box in boxes:
        yield from blocks_of(box, styles)


def notes_of(document):
    """The texts of footnotes, endnotes and comments."""
    for name, one in NOTES.items():
        for part in parts_named(document, name):
            for note in part.iter(qn(f"w:{one}")):
                if note.get(qn("w:type")) in (None, "normal"):
                    yield " ".join(text_of(paragraph)[0].replace("\r", " ") for paragraph in note.iter(qn("w:p")))


def edges_of(document):
    """The texts of headers and footers, each once."""
    parts = [*parts_named(document, "header"), *parts_named(document, "footer")]
    lines = [text_of(paragraph)[0].replace("\r", " ") for part in parts for paragraph in part.iter(qn("w:p"))]
    return list(dict.fromkeys(line for line in lines if line.strip()))


def parts_named(document, name):
    """The roots of the parts of this name that belong to the document, in the order of their numbers."""
    related = {
        str(one.target_part.partname): one.target_part for one in document.part.rels.values() if not one.is_external
    }
    named = sorted((path, part) for path, part in related.items() if path.startswith(f"/word/{name}"))
    return [parse_xml(part.blob) for _, part in named if part.partname.endswith(".xml")]


def stated_by_file(document):
    """Title, author and language of the file's core properties."""
    properties = document.core_properties
    values = {"title": properties.title, "author": properties.author, "language": properties.language}
    return [Found(name, value, f"{name} of the file") for name, value in values.items()]
