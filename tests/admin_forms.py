"""What a browser posts to the admin, and what its pages say."""

import re
from html import unescape
from html.parser import HTMLParser

from reforms.opened import seal

INLINES = ("citations", "reform_links", "law_links", "event_links", "actor_links")


class Fields(HTMLParser):
    """Reads out of a page what a browser would post from its forms: name to text."""

    def __init__(self, page):
        super().__init__()
        self.found, self.area, self.select = {}, "", ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "input" and name and given.get("type") not in ("submit", "checkbox"):
            self.found[name] = given.get("value", "")
        elif tag == "input" and name and "checked" in given:
            self.found[name] = "on"
        elif tag in ("textarea", "select") and name:
            self.found[name] = ""
            self.area, self.select = (name, "") if tag == "textarea" else ("", name)
        elif tag == "option" and self.select and "selected" in given:
            self.found[self.select] = given["value"]

    def handle_data(self, data):
        if self.area:
            self.found[self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.found[self.area] = self.found[self.area].removeprefix("\n")
        if tag in ("textarea", "select"):
            self.area = self.select = ""


def typed(response):
    """Return what stands in the fields of a page."""
    found = Fields(response.content.decode()).found
    return {name: text for name, text in found.items() if "__prefix__" not in name and name != "csrfmiddlewaretoken"}


def opened(client, address):
    """Open a page, and return what stands in its fields."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return typed(response)


def new_row(fields, prefix, **values):
    """Return `fields` with one more row of the inline `prefix`."""
    number = int(fields[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{number}-{name}": str(value) for name, value in values.items()}
    return fields | {f"{prefix}-TOTAL_FORMS": str(number + 1)} | row


def said(response):
    """What the next page tells, one sentence for each thing that was done."""
    return [str(message) for message in response.context["messages"]]


def in_words(response):
    """The words of a page, without its tags."""
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(text).split())


def management(name, total=0, initial=0):
    return {f"{name}-TOTAL_FORMS": total, f"{name}-INITIAL_FORMS": initial}


def claim_form(*cites, text="A law was adopted.", kind="adopted", claim=None, **more):
    """What a browser posts for a claim: `cites` are (paragraph, quote, further fields).

    `claim`: the one that was opened just now; None for a new one.
    """
    data = {"text": text, "kind": kind, "change_reason": "Read it.", "opened": seal(claim) if claim else ""}
    for name in INLINES:
        data |= management(name)
    known = [cite for cite in cites if "id" in cite[2]]
    data |= management("citations", len(cites), len(known))
    for number, (paragraph, quote, fields) in enumerate(cites):
        row = {"paragraph": paragraph.pk, "quote": quote, "stance": "supports", "strength": "states"} | fields
        data |= {f"citations-{number}-{key}": value for key, value in row.items()}
    return data | more


def errors(response):
    """Every error shown on the page, as text."""
    return " ".join(str(one) for one in response.context["errors"])


def reform_form(reform, *milestones, **fields):
    data = {"slug": reform.slug, "title": reform.title, "opened": seal(reform), **fields}
    data |= management("topic_links") | management("milestones", len(milestones))
    for number, row in enumerate(milestones):
        data |= {f"milestones-{number}-{key}": value for key, value in row.items()}
    return data
