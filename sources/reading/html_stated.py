"""What a web page states of itself, each with where. Nothing is guessed, and nothing is taken for what is not there."""

import datetime
import json
import re
from contextlib import suppress

from sources.reading.document import Found

META = [  # the field of a Source, the attribute that names the meta element, its names
    ("title", "og:title"), ("title", "twitter:title"), ("title", "dc.title"), ("title", "dcterms.title"),
    ("author", "author"), ("author", "article:author"), ("author", "dc.creator"), ("author", "dcterms.creator"),
    ("publisher", "og:site_name"), ("publisher", "dc.publisher"), ("publisher", "dcterms.publisher"),
    ("published", "article:published_time"), ("published", "og:article:published_time"), ("published", "datepublished"),
    ("published", "dc.date"), ("published", "dc.date.issued"), ("published", "dcterms.issued"),
    ("rights", "copyright"), ("rights", "rights"), ("rights", "dc.rights"), ("rights", "dcterms.rights"),
]  # fmt: skip
LINKED = [  # in JSON-LD, of the record that is the article
    ("title", "headline"), ("author", "author"), ("publisher", "publisher"), ("published", "datePublished"),
    ("language", "inLanguage"),
]  # fmt: skip
SHOWN = [
    ("author", "//*[@itemprop='author']"),
    ("author", "//a[contains(concat(' ', @rel, ' '), ' author ')]"),
    ("author", "//*[contains(concat(' ', @class, ' '), ' byline ') or contains(concat(' ', @class, ' '), ' author ')]"),
    ("published", "//*[@itemprop='datePublished']"),
    ("published", "//time[@pubdate]"),
    ("published", "(//article//time[@datetime])[1]"),
    ("title", "(//h1)[1]"),
    ("title", "//head/title"),
]
LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(?=$|[T\s])", re.ASCII)


def stated_by_page(root):
    """Return a list of Found, the most certain place of each field first."""
    found = [*_language(root), *_meta(root), *_linked(root), *_shown(root)]
    return [one for one in map(_checked, found) if one]


def _checked(one):
    """A date as EDTF, a name and no address; None for what is neither."""
    value = " ".join(one.value.split())
    if one.name == "published":
        value = _day(value)
    if one.name == "language" and not LANGUAGE.fullmatch(value):
        return None
    if one.name == "author" and re.match(r"https?://|@|/", value):
        return None
    return Found(one.name, value, one.where) if value else None


def _day(value):
    """A date as stated, without its time, in EDTF: 2020, 2020-05 or 2020-05-25. Empty where it is none."""
    if match := DAY.match(value):
        with suppress(ValueError):
            datetime.date.fromisoformat((match[0] + "-01-01")[:10])
            return match[0]
    return ""


def _language(root):
    if value := root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"):
        yield Found("language", value.strip(), '<html lang="…">')


def _meta(root):
    said: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or "").strip().lower()
        if content := (element.get("content") or "").strip():
            said.setdefault(name, content)
    return [Found(field, said[name], f'<meta "{name}">') for field, name in META if name in said]


def _linked(root):
    """From JSON-LD: of the first record that has a headline or a date of publication."""
    for script in root.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        with suppress(ValueError, RecursionError):
            for record in _records(json.loads(script.text or "")):
                if "headline" in record or "datePublished" in record:
                    for field, key in LINKED:
                        if value := _name(record.get(key)):
                            yield Found(field, value, f"JSON-LD {key}")
                    return


def _records(value):
    """All records of a JSON-LD value: it may be one, a list, or a graph."""
    waiting = [value]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting = one + waiting
        elif isinstance(one, dict):
            yield one
            waiting = [inner for inner in one.values() if isinstance(inner, (list, dict))] + waiting


def _name(value):
    """The words of a JSON-LD value: a text, a record with a name, or several of either."""
    several = value if isinstance(value, list) else [value]
    names = [one.get("name") if isinstance(one, dict) else one for one in several]
    return ", ".join(one for one in names if isinstance(one, str) and one.strip())


def _shown(root):
    for field, path in SHOWN:
        if elements := root.xpath(path):
            element = elements[0]
            value = element.text_content()
            if field == "published":
                value = element.get("datetime") or element.get("content") or value
            yield Found(field, value, f"<{element.tag}>" if field == "title" else "the page")
