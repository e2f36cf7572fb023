"""A newer edition of a text, and what stands where in both."""

from reforms.editions import needs_person
from tests.factories import make_source

NEWER = "New heading.\nAfter a debate, the law was adopted on 25 May 2020.\nIt came into force.\nThey clap."


def edition(text, older, slug="second-edition"):
    return make_source(text, slug, supersedes=older)


def para(source, number=1):
    return source.paragraphs.get(number=number)


def cites(claim):
    """The citations of a claim: number, place, quote, number of the one that it carries."""
    found = claim.citations.select_related("paragraph__source", "carries").order_by("number")
    return [(one.number, one.paragraph.ref, one.quote, one.carries and one.carries.number) for one in found]


def waiting():
    return [one.ref for one in needs_person().order_by("claim__ref", "number")]
