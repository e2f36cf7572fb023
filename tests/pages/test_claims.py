"""The page of a claim: its words in context, who supports and who denies it, and how to cite it."""

import html
import re

import pytest

from tests.factories import cite, make_claim, make_discrepancy, make_each, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]
LONG = " ".join(["Before."] * 60 + ["The very words."] + ["After."] * 60)


def plain(text):
    """The words of a piece of a page, without its elements."""
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", text)).split())


def part(page, start, end):
    assert start in page
    return plain(page.partition(start)[2].partition(end)[0])


def test_a_long_paragraph_is_shortened_around_the_lit_words_which_is_said_and_the_whole_stands_below(db, read):
    make_claim(make_source(LONG, "report").paragraphs.get(), "The very words.")
    page = read("/claims/C0001/")
    assert page.count('<mark class="on">The very words.</mark>') == 2
    before, after = " ".join(["Before."] * 24), " ".join(["After."] * 28)
    assert part(page, "<blockquote>", "</blockquote>") == f"[…] {before} The very words. {after} […]"
    assert "The whole paragraph, 915 characters" in page
    assert part(page.partition("</summary>")[2], "<blockquote>", "</blockquote>") == LONG


@pytest.mark.parametrize(
    ("text", "quote", "shown"),
    [
        ("Before. " * 80 + "The end.", "The end.", "[…] " + "Before. " * 24 + "The end."),
        ("The start." + " After." * 80, "The start.", "The start." + " After." * 28 + " […]"),
        (LONG, LONG, LONG),
    ],
    ids=["at the end", "at the start", "all of it"],
)
def test_what_is_left_out_is_left_out_where_it_is(db, read, text, quote, shown):
    make_claim(make_source(text, "report").paragraphs.get(), quote)
    assert part(read("/claims/C0001/"), "<blockquote>", "</blockquote>") == shown


def test_a_short_paragraph_is_shown_whole_and_once(db, read):
    make_claim(make_source("Said in a few words.", "report").paragraphs.get(), "few")
    page = read("/claims/C0001/")
    assert page.count('<mark class="on">few</mark>') == 1
    assert "The whole paragraph" not in page


def test_sources_that_support_dispute_and_give_context_are_named_apart(db, read):
    first, second, third = (make_source(f"Words of {name}.", name, name=name) for name in ("one", "two", "three"))
    claim = make_claim(first.paragraphs.get())
    cite(claim, first.paragraphs.get(), "Words", stance="context")
    cite(claim, second.paragraphs.get(), "Words", stance="disputes")
    cite(claim, third.paragraphs.get(), "Words", stance="context", strength="implies")
    page = read("/claims/C0001/")
    assert (
        part(page, '<ul class="plain">', "</ul>")
        == "Supported by 1 of 3 sources: one Disputed by : two Context in: three"
    )
    assert part(page, '<dl class="meanings">', "</dl>") == (
        "supports The words carry the claim, or a part of it. "
        "disputes The source expressly denies the claim. Another figure is no denial, but another claim. "
        "context The words say whom or what the supporting words speak of. "
        "states it The words say it. "
        "implies it The words take it for granted, or it follows from them only."
    )
    assert "disputes, states it: “Words”" in plain(page)


def test_a_claim_can_be_cited_by_a_text_that_names_its_words_and_its_address(db, read):
    source = make_source("One.\nTwo.\n", "report", name="The report")
    first, second = source.paragraphs.all()
    cite(make_claim(first, text="It was <so>."), second, "Two")
    assert part(read("/claims/C0001/"), 'id="to-cite">', "</p>") == (
        "Reform Ledger, C0001: “It was <so>.” On: The report ¶1; The report ¶2. http://testserver/claims/C0001/"
    )


def test_a_claim_leads_to_those_before_and_after_it_on_the_same_source(db, read):
    source, other = make_source("One.\nTwo.\nThree.\n", "report"), make_source("Else.", "else")
    first, second, third = source.paragraphs.all()
    make_claim(first)
    make_claim(other.paragraphs.get())
    make_claim(second)
    make_claim(third, published=False)
    links = {
        ref: re.findall(r'rel="(prev|next)" href="([^"]+)"', read(f"/claims/{ref}/"))
        for ref in ("C0001", "C0002", "C0003")
    }
    assert links == {"C0001": [("next", "/claims/C0003/")], "C0002": [], "C0003": [("prev", "/claims/C0001/")]}


def test_all_that_rests_on_a_claim_is_told_in_words_with_where_it_stands(db, read):
    make_each()
    page = read("/claims/C0001/").partition('<ul class="plain resting">')[2].partition("</ul>")[0]
    assert [plain(line) for line in page.split("</li>")[:-1]] == [
        "Milestone M0001 A reform : adopted, 25 May 2020",
        "Date of a law A law : signed 25 May 2020",
        "Link of a law A law implements A reform",
        "Change of value Members : 40 → 20 people",
        "Item of a package A package , as printed no. 1: A reform",
        "Stated number of items A package : 1",
        "Event An event , 1 January 2020",
        "Discrepancy They differ",
    ]
    assert re.findall(r'<a href="([^"]+)"', page) == [
        "/reforms/a-reform/#M0001", "/laws/a-law/", "/laws/a-law/", "/reforms/a-reform/",
        "/parameters/a-parameter/", "/packages/a-package/#i1", "/reforms/a-reform/", "/packages/a-package/",
        "/events/an-event/", "/discrepancies/D0001/",
    ]  # fmt: skip


def test_a_discrepancy_that_a_claim_resolves_rests_on_it_and_one_with_a_side_that_is_not_public_does_not(db, read):
    first, second, third = make_source("One.\nTwo.\nThree.\n").paragraphs.all()
    claim, other, draft = make_claim(first), make_claim(second), make_claim(third, published=False)
    make_discrepancy(other, title="Settled", state="resolved", resolved_by=claim)
    make_discrepancy(claim, draft, title="Half of it")
    page = read("/claims/C0001/")
    assert ("Settled" in page, "Half of it" in page) == (True, False)
    other.state = "draft"
    other.save()
    assert "Nothing else rests on this claim." in read("/claims/C0001/")
