"""Lines on pages to paragraphs: what repeats on pages is set aside, the rest is joined where a sentence goes on."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from sources.reading.document import ENDS, Block

EDGE = 2  # lines at the top and at the bottom of a page that may be a header or a footer
MOST = 0.5  # of the pages
PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:page|стр\.?|страница|бет)\s*)?\d{1,4}(?:\s*(?:/|of|из)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE
)
BULLETS = "•▪◦●■‣·"  # a dash or a number may also begin a line in the middle of a sentence
BULLET = re.compile(rf"[{BULLETS}–—-]\s|\d{{1,2}}[.)]\s|[a-zа-я]\)\s")
COLUMN_GAP = re.compile(r" {3,}")
CONTENTS = re.compile(r"(?:\.\s?|…){4,}\s*\d{1,4}$")
TITLE = re.compile(r"(?:[\dIVX]+[.)]?(?:\d+[.)]?)*\s+)?[^\W\d_]")
GOES_ON = re.compile(r"[\"“«(]?[a-zа-яёәғқңөұүһі]")


@dataclass
class Line:
    """A line of a page. `indent` in characters; `gap`: how many blank lines are above it.

    `text` keeps the spaces inside it, which tell columns.
    """

    text: str
    indent: int
    gap: int

    def edges(self):
        """Where its columns begin and end."""
        if not (gaps := list(COLUMN_GAP.finditer(self.text))):
            return set()
        ends = [gap.start() for gap in gaps[1:]] + [len(self.text)]
        starts = [gap.end() for gap in gaps]
        return {("start", self.indent + at) for at in starts} | {("end", self.indent + at) for at in ends}


@dataclass
class Printed(Block):
    """A paragraph with the number of lines it is printed on."""

    lines: int = 1


@dataclass
class Page:
    """A page's lines without what repeats, which is above and below them."""

    above: list[str]
    lines: list[Line]
    below: list[str]


def take_repeated(pages):
    """Set aside, of each page's lines, those at its edges that stand on most pages, and page numbers."""
    at_edges = Counter(key for page in pages for key in {shape(line.text) for line in [*page[:EDGE], *page[-EDGE:]]})
    enough = max(2, MOST * sum(map(bool, pages)))

    def repeats(line):
        return at_edges[shape(line.text)] >= enough

    return [_without_edges(page, repeats) for page in pages]


def _without_edges(page, repeats):
    """A page without its header and footer, and without a page number that stands apart."""
    top = header(page, repeats)
    if top == 0 and page and PAGE_NUMBER.fullmatch(page[0].text):
        top = 1
    turned = [Line(one.text, one.indent, below.gap) for one, below in pairwise([*page[top:], Line("", 0, 1)])]
    bottom = len(page) - header(turned[::-1], repeats)
    if bottom == len(page) > top and is_number_below(page[-1]):
        bottom -= 1
    return Page([one.text for one in page[:top]], page[top:bottom], [one.text for one in page[bottom:]])


def header(page, repeats):
    """How many lines at the start of a page repeat, and stand apart from the text or are one too short to be of it."""
    many = next((at for at, line in enumerate(page[:EDGE]) if not repeats(line)), min(EDGE, len(page)))
    while 0 < many < len(page) and not page[many].gap and (many > 1 or len(page[0].text) > 0.8 * width(page)):
        many -= 1
    return many


def width(page):
    return max(len(line.text) for line in page)


def is_number_below(line):
    """Whether a last line is a page number, apart from the text."""
    return bool(line.gap or line.indent > 5) and bool(PAGE_NUMBER.fullmatch(line.text))


def shape(text):
    """What a header has on each page: its words, with any number for any other."""
    return re.sub(r"\d+", "#", " ".join(text.split()))


def paragraphs(pages):
    """The blocks of all pages in order. A sentence that runs over the end of a page stays in one."""
    usual = usual_gap(pages)
    blocks: list[Printed] = []
    last = None  # the block that ends the page before
    for page in pages:
        blocks += [Printed(text, "notice", repeated=True) for text in page.above]
        body = join(page.lines, usual)
        if body and last is not None and goes_on(last.text, body[0].text):
            last.text = joined(last.text, body.pop(0).text)
        if body or not page.lines:
            last = body[-1] if body else None
        blocks += [*body, *(Printed(text, "notice", repeated=True) for text in page.below)]
    return blocks


def usual_gap(pages):
    """How many blank lines stand between the lines of one paragraph: 0, or 1 where all is widely spaced."""
    pairs = [pair for page in pages for pair in pairwise(page.lines)]
    if not pairs:
        return 0
    gap, _count = Counter(below.gap for _, below in pairs).most_common(1)[0]
    above = [one.text for one, below in pairs if below.gap == gap]
    widest = max(len(line.text) for page in pages for line in page.lines)
    going_on = [text for text in above if not ENDS.search(text) and len(text) > 0.6 * widest]
    return gap if len(going_on) > 0.6 * len(above) else 0


def join(lines, usual):
    """The paragraphs of a page: a new one after a gap, at a bullet, and at an indent after the end of a sentence.

    A row of a table and a line of a table of contents is one of its own.
    """
    margin = min((line.indent for line in lines), default=0)
    rows = rows_of(lines)
    blocks: list[Printed] = []
    for at, line in enumerate(lines):
        above = lines[at - 1] if at and rows[at - 1] == rows[at] == "" else None
        ended = above is not None and bool(ENDS.search(above.text))
        indented = above is not None and line.indent > margin + 1 and above.indent <= line.indent
        bullet = BULLET.match(line.text) and (ended or line.text[0] in BULLETS)
        if above is None or line.gap > usual or bullet or (ended and indented):
            cells = COLUMN_GAP.split(line.text) if rows[at] == "row" else [line.text]
            blocks.append(Printed(" | ".join(cells), "navigation" if rows[at] == "contents" else "paragraph"))
        else:
            blocks[-1].text = joined(blocks[-1].text, line.text)
            blocks[-1].lines += 1
    return blocks


def rows_of(lines):
    """What each line is: `row` where a column of it begins or ends as one of a line beside it, `contents`, or ``."""
    edges = [line.edges() for line in lines]
    marks = []
    for at, line in enumerate(lines):
        beside = set().union(*edges[max(0, at - 1) : at], *edges[at + 1 : at + 2])
        marks.append("contents" if CONTENTS.search(line.text) else "row" if edges[at] & beside else "")
    return marks


def propose_headings(blocks):
    """Make headings of the lines that look like one: the first of the text, and those right above a paragraph."""
    text = [block for block in blocks if not block.repeated]
    if len(text) > 1 and looks_like_heading(text[0]):
        text[0].kind, text[0].level = "heading", 1
    for block, below in pairwise(text[1:]):
        if looks_like_heading(block) and below.lines > 1:
            block.kind, block.level = "heading", 2


def looks_like_heading(block):
    """Whether a block is one short line that begins as a title does, ends without a stop, and is no row."""
    begins = TITLE.match(block.text)
    return (
        block.kind == "paragraph"
        and block.lines == 1
        and len(block.text) <= 100
        and bool(begins and begins[0][-1].isupper())
        and not re.search(r"[.,;:!?…|]$| \| ", block.text)
    )


def goes_on(above, below):
    """Whether a paragraph goes on after the end of a page."""
    return not ENDS.search(above) and bool(GOES_ON.match(below))


def joined(above, below):
    """Two lines of a paragraph as one. A hyphen at the end stays: whether it belongs to the word is not known."""
    return above + below if above.endswith(("-", "‐", "\u00ad")) else f"{above} {below}"
