"""Titles say the page: each is another one, and one of a record names it."""

import re
from html import unescape

from tests.factories import make_claim, make_discrepancy, make_law, make_reform, make_source
from tests.pages.test_answers import PAGES

NAMED = {
    "/reforms/election-of-akims/": "Election of akims",
    "/packages/second-package/": "Second package",
    "/laws/law-on-akims/": "Law on akims",
    "/sources/report/": "The report",
    "/claims/C0001/": "C0001: The election was announced.",
    "/discrepancies/D0001/": "D0001 By how much members fell",
}


def title(text):
    (found,) = re.findall(r"<title>(.*?)</title>", text.partition("</head>")[0], re.DOTALL)
    return unescape(found)


def test_no_two_pages_have_the_same_title(world, read):
    paragraph = make_source("Another text.\n", "another").paragraphs.get()
    other = make_claim(paragraph, text="Another.", reforms=[make_reform("other")], laws=[make_law("other-law")])
    differ = make_discrepancy(other, kind="misprint")
    more = ["/reforms/other/", "/laws/other-law/", "/sources/another/"]
    pages = [*PAGES.values(), *more, f"/claims/{other.ref}/", f"/discrepancies/{differ.ref}/"]
    titles = {page: title(read(page)) for page in pages}
    assert len(set(titles.values())) == len(pages)
    assert {page: titles[page] for page in NAMED} == {page: f"{name} · Reform Ledger" for page, name in NAMED.items()}


def test_a_long_claim_is_cut_in_the_title_and_never_its_reference(world, read):
    claim = make_claim(world.report.paragraphs.get(number=5), text="A very long statement, " * 9)
    assert title(read(f"/claims/{claim.ref}/")).startswith(f"{claim.ref}: A very long statement, ")
    assert len(title(read(f"/claims/{claim.ref}/"))) < 100
