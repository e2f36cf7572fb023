"""A claim on two places of an edition that has a newer one."""

from tests.factories import cite, make_claim, make_source


def editions():
    """Return C0001, published on both paragraphs of `first`, which `second` supersedes, and a paragraph of `second`."""
    first = make_source("It is so.\nIt was so.", slug="first")
    second = make_source("It is so.", slug="second", supersedes=first)
    claim = make_claim(first.paragraphs.get(number=1))
    cite(claim, first.paragraphs.get(number=2), "It was so.")
    return claim, second.paragraphs.get()
