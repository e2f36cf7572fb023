"""The tree of a web page in document order into blocks: what a browser shows as a paragraph is one."""

import re
from collections import Counter
from dataclasses import dataclass

from lxml import etree

from sources.reading.document import Block, lines_of, row

HEADINGS = {f"h{level}": level for level in range(1, 7)}
KINDS = {
    "figcaption": "caption", "caption": "caption", "li": "list_item", "dt": "list_item", "dd": "list_item",
    "blockquote": "quotation", "nav": "navigation", "button": "notice", "option": "navigation",
}  # fmt: skip
BREAKS = {
    *HEADINGS, *KINDS, "article", "aside", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "fieldset",
    "figure", "footer", "form", "header", "hgroup", "hr", "html", "label", "legend", "main", "menu", "ol",
    "p", "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
NO_TEXT = {
    "script", "style", "template", "noscript", "head", "svg", "canvas", "audio", "video", "object", "embed", "datalist",
    "map", "noframes", "iframe",
}  # fmt: skip
HIDDEN = re.compile(r"(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
BYLINE = re.compile(r"(^|[-_\s])(byline|author)($|[-_\s])", re.IGNORECASE)
NOTE = re.compile(r"[\[(]?(\d{1,3}|[*†‡])[\])]?")
UNIT = re.compile(r"(?:^|[\d\s(/·])[^\W\d_]{1,2}$|\d$")  # m² and 10⁶ are no notes
ASIDE = {"nav", "aside", "footer", "form", "dialog", "button", "select", "textarea", "label"}
ASIDE_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"}
ASIDE_WORDS = set(
    "ad ads advert advertisement banner breadcrumb breadcrumbs comments consent cookie cookies footer menu modal nav "
    "navbar newsletter pagination popup promo recommended related share sharing sidebar social subscribe tags".split()
)
WHOLE = {"html", "body", "main", "article"}


@dataclass
class PageBlock(Block):
    """A block of a page. `linked`: how much of it is links, 0 to 1; `aside`: it stands beside the article."""

    linked: float = 0
    aside: bool = False


class Walk:
    """Goes through a tree once. After `run`, `blocks` holds what a reader sees."""

    def __init__(self):
        self.blocks = []
        self.open = []  # elements, each with its roles
        self.depth = Counter()  # how many of them are links, preformatted, navigation, bylines, beside the article
        self.words = []
        self.linked = self.signed = self.whole = 0  # characters of the paragraph
        self.rows = []  # per open table row: for each cell, how many blocks were there when it began

    def run(self, body):
        """Walk through `body`, an lxml element without anything hidden."""
        self.most = len("".join(body.itertext())) / 2
        for event, element in etree.iterwalk(body, events=("start", "end")):
            if not isinstance(element.tag, str):
                self.add(element.tail if event == "end" and element is not body else "")
            elif event == "start":
                self.start(element)
            else:
                self.end(element)
                self.add(element.tail if element is not body else "")
        self.flush()

    def start(self, element):
        tag = element.tag
        if self.breaks(element):
            self.flush()
        self.open.append((element, roles(element, self.most)))
        self.depth.update(self.open[-1][1])
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append(len(self.blocks))
        elif tag == "br":
            self.words.append("\r")
        elif tag == "sup" and self.is_note(element):
            self.words.append(" ")
        elif tag == "a" and self.depth["aside"]:
            self.words.append(" ")  # links in a row are set apart by style, if by nothing else
        self.add(element.text)

    def end(self, element):
        tag = element.tag
        if self.breaks(element):
            self.flush()
        self.depth.subtract(self.open.pop()[1])
        if tag == "tr" and self.rows:
            self.close_row(self.rows.pop())

    def breaks(self, element):
        """Whether a paragraph ends here: at blocks, and at each link of a navigation."""
        return element.tag in BREAKS or element.tag == "pre" or (element.tag == "a" and self.depth["nav"] > 0)

    def add(self, text):
        if text:
            self.words.append(text.replace("\n", "\r\r") if self.depth["pre"] else text)
            self.whole += len(text.strip())
            self.linked += len(text.strip()) if self.depth["a"] else 0
            self.signed += len(text.strip()) if self.depth["byline"] else 0

    def is_note(self, element):
        """Whether a raised text is the number of a note, which must not read as part of the word before."""
        text = "".join(element.itertext()).strip()
        before = "".join(self.words[-3:])
        return bool(NOTE.fullmatch(text)) and (element.find(".//a") is not None or not UNIT.search(before))

    def flush(self):
        """End the paragraph, of which there are several where line breaks end it."""
        kind, level = self.kind()
        if kind == "paragraph" and 2 * self.signed > self.whole:
            kind = "byline"
        linked, aside = self.linked / max(self.whole, 1), self.depth["aside"] > 0
        for text in lines_of("".join(self.words)):
            self.blocks.append(PageBlock(text, kind, level, linked=linked, aside=aside))
        self.words, self.linked, self.signed, self.whole = [], 0, 0, 0

    def kind(self):
        """(kind, level) by the nearest element that says it; all in a navigation is navigation."""
        if self.depth["nav"]:
            return "navigation", None
        for element, _ in reversed(self.open):
            if element.tag in HEADINGS:
                return "heading", HEADINGS[element.tag]
            if element.tag in KINDS:
                return KINDS[element.tag], None
        return "paragraph", None

    def close_row(self, starts):
        """Make one block of a table's row; a row of a layout stays as it is."""
        if not starts:
            return
        ends = [*starts[1:], len(self.blocks)]
        cells = [self.blocks[start:end] for start, end in zip(starts, ends, strict=True)]
        made = row(cells)
        if len(made) == 1 and not isinstance(made[0], PageBlock):
            linked = [one.linked for cell in cells for one in cell]
            made = [PageBlock(made[0].text, linked=sum(linked) / len(linked), aside=self.depth["aside"] > 0)]
        self.blocks[starts[0] :] = made


def roles(element, most):
    """What an element makes of all that is in it. With over `most` characters, it is not beside the article."""
    named = [element.tag] if element.tag in ("a", "pre") else []
    aside = is_aside(element) and sum(map(len, element.itertext())) <= most
    names = [*["byline"] * is_byline(element), *["aside"] * aside, *["nav"] * (aside and element.tag == "nav")]
    return named + names


def is_byline(element):
    """Whether an element says of itself that it names the author, or when."""
    said = [element.get("rel"), element.get("itemprop"), element.get("class")]
    names = element.tag in ("span", "a", "div", "p", "cite", "em", "strong", "li") and any(
        BYLINE.search(one) for one in said if one
    )
    return names or element.tag in ("address", "time")


def is_aside(element):
    """Whether an element says of itself, by its name, role or class, that it is not the article."""
    if element.tag in WHOLE:
        return False
    words = re.split(r"[^a-z]+", f"{element.get('class', '')} {element.get('id', '')}".lower())
    return element.tag in ASIDE or element.get("role", "").lower() in ASIDE_ROLES or not ASIDE_WORDS.isdisjoint(words)


def is_hidden(element):
    """Whether a browser shows nothing of an element, as far as the page itself says."""
    return (
        element.tag in NO_TEXT
        or element.get("hidden") is not None
        or bool(HIDDEN.search(element.get("style", "")))
        or (element.tag == "dialog" and element.get("open") is None)
        or (element.tag == "input")
    )


def without_hidden(body):
    """Take out of `body` what a browser does not show, and comments; the text behind each stays."""
    gone = [one for one in body.iter() if not isinstance(one.tag, str) or is_hidden(one)]
    for element in gone:
        if element is body or (parent := element.getparent()) is None:
            continue
        if element.tail:
            before = element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        element.tail = None
        parent.remove(element)
    return body
