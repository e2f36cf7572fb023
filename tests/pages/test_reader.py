"""The reader: the text as it is, its numbers, the words that claims stand on, and its coverage."""

import html
import re

import pytest

from reforms.coverage import paragraph_coverage, source_coverage
from reforms.models import Claim, NoClaim
from sources.models import Paragraph, Source
from tests.factories import cite, make_claim, make_source

pytestmark = pytest.mark.django_db


def words(text):
    """The words of each paragraph as the page holds them, in order, without the elements around them."""
    found = re.findall(r'<(?:p|h\d) class="words">(.*?)</(?:p|h\d)>', text, re.DOTALL)
    return [html.unescape(re.sub("<[^>]+>", "", words)) for words in found]


def marks(text):
    """All lit words of a page."""
    found = re.findall(r'<mark class="on">(.*?)</mark>', text, re.DOTALL)
    return [html.unescape(re.sub("<[^>]+>", "", words)) for words in found]


def test_a_text_is_shown_to_the_character_and_escaped(read):
    text = "\t<script>alert('x')</script>  & «two  spaces»\u00a0\nA second line </p></div><b>bold</b> {{ claim }}\n"
    source = make_source(text, "hostile")
    make_claim(source.paragraphs.get(number=1), "<script>alert('x')</script>", text="<i>Our</i> words & others'")
    shown = read("/sources/hostile/")
    assert words(shown) == text.splitlines()
    assert not re.search(r"<script>|<b>bold|<i>Our", shown)
    everywhere = read("/claims/") + read("/claims/C0001/") + read("/sources/hostile/?claim=C0001") + read("/")
    assert not re.search(r"<script>|<b>bold|<i>Our", everywhere)


@pytest.mark.parametrize(
    "field", ["name", "title", "author", "publisher", "rights", "note", "file_name", "published_note"]
)
def test_what_is_said_of_a_source_is_escaped(read, field):
    make_source("Words.", "hostile", **{field: "<script>x"})
    assert "<script>" not in read("/sources/hostile/") + read("/sources/") + read("/")


def test_every_paragraph_has_its_number_as_a_link_to_itself(world, read):
    shown = read("/sources/report/")
    assert re.findall(r'id="p(\d+)"', shown) == ["1", "2", "3", "4", "5"]
    assert '<a class="n" href="#p3">¶3</a>' in shown


def test_headings_make_the_outline(world, read):
    assert '<li class="level-1"><a href="#p1">How akims came to be elected</a></li>' in read("/sources/report/")


def test_the_highest_headings_of_a_text_stand_one_rank_below_its_title_whatever_their_level(read):
    make_source("Part\nWords.\nSmaller\n", "parts", kinds={1: ("heading", 2), 3: ("heading", 3)})
    assert re.findall(r'<(\w+) class="words">', read("/sources/parts/")) == ["h2", "p", "h3"]


def test_a_space_between_two_quotes_is_lit_but_is_no_link(read):
    paragraph = make_source("One two.", "spaced").paragraphs.get()
    for quote in ("One two.", "One", "two."):
        make_claim(paragraph, quote)
    shown = read("/sources/spaced/")
    assert "<mark> </mark>" in shown
    assert words(shown) == ["One two."]


def test_words_lead_to_claims_and_claims_to_words(world, read):
    shown = read("/sources/report/")
    ref = world.adopted.ref
    assert f'<mark><a href="#k3-{ref}">The law of 25 May 2021</a></mark>' in shown
    assert f'id="k3-{ref}" class="ref" href="?claim={ref}#p3"' in shown
    assert f'href="/claims/{ref}/"' in shown
    assert f'href="/sources/report/?claim={ref}#p3"' in read(f"/claims/{ref}/")


def test_a_claim_that_is_asked_for_is_lit_and_no_other(world, read):
    shown = read(f"/sources/report/?claim={world.adopted.ref}")
    assert marks(shown) == ["The law of 25 May 2021"]
    assert shown.count('class="card on"') == 1


def test_overlapping_spans_leave_the_text_whole_and_light_a_quote_in_one_piece(read):
    source = make_source("one two three four five\n", "overlaps")
    first = source.paragraphs.get()
    wide = make_claim(first, "one two three")
    inner = make_claim(first, "two")
    across = make_claim(first, "three four")
    for claim, quote in ((wide, "one two three"), (inner, "two"), (across, "three four")):
        shown = read(f"/sources/overlaps/?claim={claim.ref}")
        assert words(shown) == ["one two three four five"]
        assert marks(shown) == [quote]
    assert words(read("/sources/overlaps/")) == ["one two three four five"]


def test_two_quotes_of_one_claim_that_only_touch_are_lit_apart(read):
    source = make_source("one two\n", "touching")
    claim = make_claim(source.paragraphs.get(), "one ")
    cite(claim, source.paragraphs.get(), "two")
    assert marks(read(f"/sources/touching/?claim={claim.ref}")) == ["one ", "two"]


@pytest.mark.parametrize("ref", ["C9999", "nonsense", "<script>", "%00", "C99999999999999999999", "C٠٠٠١"])
def test_an_unknown_claim_is_not_lit_and_the_page_says_so(world, read, ref):
    shown = read(f"/sources/report/?claim={ref}")
    assert "so none is lit" in shown
    assert marks(shown) == []
    assert "<script>" not in shown


def test_a_merged_claim_lights_the_one_it_was_merged_into(world, read):
    merged = make_claim(text="Merged.")
    Claim.objects.filter(pk=merged.pk).update(state="merged", merged_into=world.adopted)
    assert marks(read(f"/sources/report/?claim={merged.ref}")) == ["The law of 25 May 2021"]


def test_coverage_is_told_for_each_paragraph_and_counted(world, read):
    NoClaim.objects.create(paragraph=world.report.paragraphs.get(number=5), reason="other", note="A remark.")
    shown = read("/sources/report/")
    assert "carries no claim: heading" in shown
    assert "carries no claim: other, see the note: A remark." in shown
    assert '3 cited · 2 carry no claim · <a href="/about/#open">0 open</a>' in shown
    NoClaim.objects.all().delete()
    shown = read("/sources/report/")
    assert "open: no claim stands on it yet" in shown
    assert '3 cited · 1 carries no claim · <a href="/about/#open">1 open</a>' in shown


def test_coverage_is_counted_without_multiplying(world):
    NoClaim.objects.create(paragraph=world.report.paragraphs.get(number=3), reason="rhetoric")
    counted = source_coverage(Source.objects.all()).values_list(
        "slug", "paragraph_count", "cited_count", "no_claim_count", "open_count"
    )
    assert sorted(counted) == [("note", 1, 1, 0, 0), ("report", 5, 3, 1, 1)]
    covered = paragraph_coverage(Paragraph.objects.filter(source__slug="report")).order_by("number")
    assert list(covered.values_list("coverage", "no_claim_reason")) == [
        ("no_claim", "heading"),
        ("cited", ""),
        ("cited", ""),
        ("cited", ""),
        ("open", ""),
    ]


def test_a_paragraph_cited_only_by_what_is_not_published_is_not_cited(world):
    Claim.objects.filter(pk=world.fewer.pk).update(state="in_review")
    covered = paragraph_coverage(Paragraph.objects.filter(source__slug="report", number=4))
    assert covered.get().coverage == "open"


def test_a_source_of_which_only_cited_paragraphs_may_be_shown_keeps_the_others_back(read):
    source = make_source("A secret heading\nCited words.\nSecret words.\n", "kept", {1: ("heading", 1)}, show="cited")
    claim = make_claim(source.paragraphs.get(number=2), "Cited")
    shown = read("/sources/kept/") + read(f"/sources/kept/?claim={claim.ref}")
    assert "Cited" in shown
    assert "not shown: rights" in shown
    assert "ecret" not in shown.lower().replace("not stated", "")


@pytest.mark.usefixtures("empty")
def test_what_is_not_stated_of_a_source_is_said_to_be_so(db, read):
    make_source("Words.", "bare")
    shown = read("/sources/bare/")
    for name in (
        "Title as printed",
        "Author",
        "Publisher",
        "Published",
        "Type",
        "Interested party",
        "Rights as printed",
    ):
        assert re.search(rf"<dt>{name}</dt><dd[^>]*>\s*<span class=\"not-stated\">not stated", shown), name
    assert Source.objects.get().sha256 in shown


def test_lit_words_lead_to_the_claim_they_were_lit_for(read, world):
    other = make_claim(world.report.paragraphs.get(number=3), "The law of 25 May 2021", text="Another claim.")
    page = read(f"/sources/report/?claim={other.ref}")
    both = f"{other.ref} {world.adopted.ref}"
    lit = f'<mark class="on"><a href="#k3-{other.ref}" data-k="{both}">The law of 25 May 2021</a></mark>'
    assert lit in page


def test_the_reader_says_how_much_of_the_cited_paragraphs_is_quoted(read):
    source = make_source("One two three four.\nNothing.", "quoted")
    for quote in ("One two", "two three", "One"):
        make_claim(source.paragraphs.get(number=1), quote)
    assert "68 % of the characters of cited paragraphs are quoted" in read("/sources/quoted/")


def linked(text):
    """The words that lead to claims: (link, the claims they name where there are several, words), in order."""
    part = text.partition('<div class="text">')[2]
    return re.findall(r'<a href="#(k[\w-]+)"(?: data-k="([^"]+)")?>([^<]+)</a>', part)


def folded(text):
    """The folds of the first paragraph with claims: what each says before it is opened."""
    return re.findall(r"<summary>([^<]+)</summary>", text.partition('<div class="text">')[2])


@pytest.mark.usefixtures("empty")
def test_of_a_span_within_another_both_claims_can_be_reached_and_the_words_name_both(read):
    source = make_source("one two three four\n", "nested")
    make_claim(source.paragraphs.get(), "one two three")
    make_claim(source.paragraphs.get(), "two")
    assert linked(read("/sources/nested/")) == [
        ("k1-C0001", "", "one "),
        ("k1-C0002", "C0002 C0001", "two"),
        ("k1-C0001", "", " three"),
    ]


@pytest.mark.usefixtures("empty")
def test_words_that_are_only_context_stand_outside_a_mark_and_lead_to_a_claim_that_is_folded_away(read):
    source = make_source("one two three\nfour\n", "context")
    first, second = source.paragraphs.all()
    make_claim(first, "three", text="Of three.")
    cite(make_claim(second, text="Of four."), first, "one", stance="context")
    shown = read("/sources/context/")
    assert '<p class="words"><a href="#k1-C0002">one</a> two <mark><a href="#k1-C0001">three</a></mark></p>' in shown
    assert folded(shown) == ["2 claims", "1 takes words here for context", "1 claim"]
    beside, _, further = shown.partition('<div class="text">')[2].partition('<details class="further">')
    assert ("Of three." in beside, "Of four." in beside, "Of four." in further) == (True, False, True)
    assert '<li class="card on"><a class="said" href="/claims/C0002/">' in read("/sources/context/?claim=C0002")


def test_a_card_says_what_is_not_usual_of_its_words(read):
    source = make_source("one two three\n", "unusual")
    claim = make_claim(source.paragraphs.get(), "one", kind="done")
    cite(claim, source.paragraphs.get(), "two", stance="disputes")
    cite(claim, source.paragraphs.get(), "three", strength="implies")
    assert "<small>done · disputes · implies it</small>" in read("/sources/unusual/")


def test_the_claims_of_a_paragraph_are_opened_where_one_of_them_is_asked_for(world, read):
    assert '<details class="margin" open>' not in read("/sources/report/")
    shown = read(f"/sources/report/?claim={world.adopted.ref}")
    assert shown.count('<details class="margin" open>') == 1
    assert f'href="?claim={world.adopted.ref}#p3">Link to these words</a>' in shown


def test_uncited_words_can_be_asked_for_in_the_address(world, read):
    assert '<input type="checkbox" id="uncited">' in read("/sources/report/")
    assert '<input type="checkbox" id="uncited" checked>' in read("/sources/report/?uncited=1")


def test_what_only_a_script_can_do_is_not_there_without_it(world, read):
    shown = read("/sources/report/")
    assert '<p class="walk" hidden>' in shown
    assert '<p class="copy" hidden>' in shown


def test_interested_party_and_rights_stand_above_the_text(read):
    make_source(
        "Words.", "owned", interested_party="The President's office", rights="All rights reserved", show="cited"
    )
    facts = read("/sources/owned/").partition('<dl class="standing-facts">')[2].partition("</dl>")[0]
    assert " ".join(html.unescape(re.sub("<[^>]+>", " ", facts)).split()) == (
        "Interested party The President's office Rights as printed All rights reserved "
        "Shown here only the paragraphs that a claim cites"
    )


def test_a_source_leads_to_its_claims_and_discrepancies_where_it_has_any(world, read):
    shown = read("/sources/report/")
    assert '<a href="/claims/?source=report">4 claims stand on it</a>' in shown
    assert '<a href="/discrepancies/?source=report">1 discrepancy</a>' in shown
    for url in ("/claims/?source=report", "/discrepancies/?source=report"):
        read(url)
    make_source("Nothing yet.", "bare")
    shown = read("/sources/bare/")
    assert "No claim stands on it yet." in shown
    assert "/claims/?source=bare" not in shown
    assert "/discrepancies/?source=bare" not in shown


def test_headings_skip_no_rank_below_that_of_the_page_and_a_blank_between_spans_is_no_link(read):
    source = make_source("Deep\nOne two.\nDeeper\n", "deep", {1: ("heading", 2), 3: ("heading", 5)})
    for quote in ("One ", " two."):
        make_claim(source.paragraphs.get(number=2), quote)
    shown = read("/sources/deep/")
    assert ('<h2 class="words">Deep</h2>' in shown, '<h3 class="words">Deeper</h3>' in shown) == (True, True)
    assert "One</a></mark><mark> </mark><mark>" in shown
