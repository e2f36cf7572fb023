"""Web pages. All that a browser shows becomes a paragraph; what is not the article is navigation or a notice."""

import re
from typing import Any

import trafilatura
from lxml import html

from sources.reading.characters import Removed
from sources.reading.document import CannotRead, compose
from sources.reading.encoding import NotText, decode
from sources.reading.html_blocks import Walk, without_hidden
from sources.reading.html_stated import stated_by_page

DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([-\w]+)|<\?xml[^>]+encoding=[\"']([-\w]+)", re.IGNORECASE)
LARGEST_FOR_MAIN = 5_000_000  # characters: finding the main text takes long in larger pages


def read(data):
    """Read a web page. Returns a Document. Errors: CannotRead."""
    declared = DECLARED.search(data[:4096])
    name = (declared[1] or declared[2]).decode("ascii", "ignore") if declared else ""
    try:
        text, encoding = decode(data, name)
    except NotText as error:
        raise CannotRead(f"The web page cannot be read: {error}") from error
    notes = [] if encoding == "UTF-8" else [f"The page was read as {encoding}."]
    removed = Removed()
    page = removed.clean(re.sub(r"\r\n?", "\n", text), lines=True)
    removed.unreadable = removed.turns = 0  # counted again in the paragraphs, of which there are fewer
    root = tree(page)
    found = stated_by_page(root)
    main = main_text(page) if len(page) <= LARGEST_FOR_MAIN else None
    body = root.find("body")
    walk = Walk()
    walk.run(without_hidden(root if body is None else body))
    if main:
        sort(walk.blocks, main)
        name_title(walk.blocks, [one.value for one in found if one.name == "title"])
    else:
        notes.append("What is the main text of the page was not found: look at each paragraph's kind.")
    return compose("html", walk.blocks, found=found, notes=notes, removed=removed)


def tree(page):
    """The root element of a page. Errors: CannotRead where the parser gave up before the end."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    root = html.document_fromstring(page.encode(), parser=parser)
    if any(one.type_name == "ERR_RESOURCE_LIMIT" for one in parser.error_log):
        raise CannotRead("The elements of the web page are nested so deeply that not all of it can be read.")
    return root


def main_text(page):
    """What trafilatura takes for the article: the letters and digits of each of its paragraphs."""
    extracted: Any = trafilatura.bare_extraction(page, include_comments=False, favor_recall=True)
    if extracted is None:
        return None
    lines = [letters(line) for one in extracted.body.iter() for line in (one.text or "", one.tail or "")]
    lines += [
        letters("".join(one.itertext())) for one in extracted.body.iter("p", "head", "item", "quote", "row", "cell")
    ]
    return set(lines) - {""} or None


def letters(text):
    """What of a text stays the same however it is spaced and marked."""
    return "".join(filter(str.isalnum, text))


def sort(blocks, main):
    """Give those blocks that are not the article their kind: navigation where they are links, else notice."""
    inside = [letters(block.text) in main and not block.aside for block in blocks]
    first = inside.index(True) if True in inside else 0
    last = len(inside) - inside[::-1].index(True) if True in inside else len(inside)
    for at, block in enumerate(blocks):
        between = first <= at < last or block.kind in ("heading", "byline")
        if block.kind == "paragraph" and block.linked > 0.9:
            block.kind = "navigation"
        elif block.kind != "navigation" and not inside[at] and (block.aside or not between):
            block.kind, block.level = "navigation" if block.linked > 0.6 else "notice", None


def name_title(blocks, titles):
    """Where no heading is the page's first, make one of the line with which its title begins."""
    if any(block.level == 1 for block in blocks):
        return
    for block in blocks:
        words = " ".join(block.text.split())
        if block.linked < 0.9 and len(words) > 9 and any(title.startswith(words) for title in titles):
            block.kind, block.level = "heading", 1
            return
