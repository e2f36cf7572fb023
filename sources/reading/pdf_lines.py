"""Lines on pages to paragraphs: what repeats on pages is set aside, the rest is joined where a sentence goes on."""

import re
from collections import Counter
from dataclasses import dataclass

from sources.reading.document import Block

EDGE = 2  # lines at the top and at the bottom of a page that may be a header or a footer
MOST = 0.5  # of the pages
PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:page|стр\.?|страница|бет)\s*)?\d{1,4}(?:\s*(?:/|of|из)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE
)
BULLETS = "•▪◦●■‣·"  # a dash or a number may also begin a line in the middle of a sentence
BULLET = re.compile(rf"[{BULLETS}–—-]\s|\d{{1,2}}[.)]\s|[a-zа-я]\)\s")
ENDS = re.compile(r"[.!?:;…]['\"”’»)\]]*$")
GOES_ON = re.compile(r"[\"“«(]?[a-zа-яёәғқңөұүһі]")


@dataclass
class Line:
    """A line of a page. `indent` in characters; `gap`: how many blank lines are above it."""

    text: str
    indent: int
    gap: int


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
    """A page without its header and footer: lines at the edges that repeat and stand apart, and page numbers."""
    top, bottom = 0, len(page)
    while top < min(EDGE, len(page)) and repeats(page[top]):
        top += 1
    while 0 < top < len(page) and not page[top].gap:
        top -= 1
    if top == 0 and page and PAGE_NUMBER.fullmatch(page[0].text):
        top = 1
    while bottom > max(top, len(page) - EDGE) and repeats(page[bottom - 1]):
        bottom -= 1
    while top < bottom < len(page) and not page[bottom].gap:
        bottom += 1
    if bottom == len(page) > top and is_number_below(page[-1]):
        bottom -= 1
    return Page([one.text for one in page[:top]], page[top:bottom], [one.text for one in page[bottom:]])


def is_number_below(line):
    """Whether a last line is a page number, apart from the text."""
    return bool(line.gap or line.indent > 5) and bool(PAGE_NUMBER.fullmatch(line.text))


def shape(text):
    """What a header has on each page: its words, with any number for any other."""
    return re.sub(r"\d+", "#", " ".join(text.split()))


def paragraphs(pages):
    """The blocks of all pages in order. A sentence that runs over the end of a page stays in one."""
    usual = usual_gap(pages)
    blocks: list[Block] = []
    last = None  # the block that ends the page before
    for page in pages:
        blocks += [Block(text, "notice", repeated=True) for text in page.above]
        body = list(join(page.lines, usual))
        if body and last is not None and goes_on(last.text, body[0].text):
            last.text = joined(last.text, body.pop(0).text)
        if body or not page.lines:
            last = body[-1] if body else None
        blocks += [*body, *(Block(text, "notice", repeated=True) for text in page.below)]
    return blocks


def usual_gap(pages):
    """How many blank lines stand between the lines of one paragraph: 0, or 1 where all is widely spaced."""
    pairs = [(a, b) for page in pages for a, b in zip(page.lines, page.lines[1:], strict=False)]
    if not pairs:
        return 0
    gap, _count = Counter(below.gap for _, below in pairs).most_common(1)[0]
    above = [one.text for one, below in pairs if below.gap == gap]
    widest = max(len(line.text) for page in pages for line in page.lines)
    going_on = [text for text in above if not ENDS.search(text) and len(text) > 0.6 * widest]
    return gap if len(going_on) > 0.6 * len(above) else 0


def join(lines, usual):
    """The paragraphs of a page: a new one after a gap, at a bullet, and at an indent after the end of a sentence."""
    margin = min((line.indent for line in lines), default=0)
    block = None
    for at, line in enumerate(lines):
        ended = at > 0 and bool(ENDS.search(lines[at - 1].text))
        indented = line.indent > margin + 1
        bullet = BULLET.match(line.text) and (ended or line.text[0] in BULLETS)
        if block is None or line.gap > usual or bullet or (ended and indented and lines[at - 1].indent <= line.indent):
            if block is not None:
                yield block
            block = Block(line.text)
        else:
            block.text = joined(block.text, line.text)
    if block is not None:
        yield block


def goes_on(above, below):
    """Whether a paragraph goes on after the end of a page."""
    return not ENDS.search(above) and bool(GOES_ON.match(below))


def joined(above, below):
    """Two lines of a paragraph as one. A hyphen at the end stays: whether it belongs to the word is not known."""
    return above + below if above.endswith(("-", "‐", "\u00ad")) else f"{above} {below}"
