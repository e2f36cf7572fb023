"""Laws: narrowed and ordered, and one with what it does, when, and who has a part in it."""

import re

import pytest

from reforms.models import Claim, LawDate, LawLink, Package, PackageItem
from tests.factories import make_claim, make_discrepancy, make_law, make_milestone, make_reform

pytestmark = pytest.mark.django_db

LAW = "/laws/law-on-akims/"


def slugs(text):
    return re.findall(r'<a class="name" href="/laws/([a-z-]+)/">', text)


@pytest.fixture
def several(world):
    """A code of an earlier year that amends the reform, a draft without a date, and an act that only a draft names."""
    code = make_law("code", name="A code", rank="code", number="12-V")
    draft = make_law("zoning", name="Zoning", status="draft")
    for law, effect, claim in ((code, "amends", world.halved), (draft, "drafts", world.fewer)):
        claim.law_links.create(law=law)
        LawLink.objects.create(law=law, reform=world.reform, effect=effect, claim=claim)
    LawDate.objects.create(law=code, kind="signed", date="2019", claim=world.halved)
    make_claim(text="A draft.", laws=[make_law("hidden")])
    listed = make_reform("listed")
    LawLink.objects.create(law=draft, reform=listed, effect="implements", claim=world.fewer)
    for slug, claim in (("third", world.fewer), ("secret", make_claim(text="Not yet."))):
        package = Package.objects.create(slug=slug, name=slug)
        PackageItem.objects.create(package=package, position=1, reform=listed, claim=claim)
    return world


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", ["code", "law-on-akims", "zoning"]),
        ("?sort=name", ["code", "law-on-akims", "zoning"]),
        ("?rank=law&sort=name", ["law-on-akims", "zoning"]),
        ("?status=draft", ["zoning"]),
        ("?source=note", ["code", "law-on-akims"]),
        ("?effect=amends&effect=drafts", ["code", "zoning"]),
        ("?package=second-package", ["code", "law-on-akims", "zoning"]),
        ("?package=second-package&rank=code", ["code"]),
        ("?package=third", ["zoning"]),
        ("?topic=elections", ["code", "law-on-akims", "zoning"]),
        ("?q=12-v", ["code"]),
        ("?q=election", ["law-on-akims"]),
    ],
)
def test_laws_are_narrowed_by_rank_status_source_topic_effect_and_words(several, read, query, left):
    assert slugs(read(f"/laws/{query}")) == left


def test_laws_stand_by_their_first_date_under_its_year_or_by_name(several, read):
    several.law.name = "Zz"
    several.law.save()
    LawDate.objects.create(law=several.law, kind="in_force", date="2024", claim=several.force)
    text = read("/laws/")
    assert re.findall(r'<section class="year">\s*<h2>([^<]+)', text) == [
        "2019",
        "2021",
        "Without a first date in the sources",
    ]
    assert slugs(text) == ["code", "law-on-akims", "zoning"]
    by_name = read("/laws/?sort=name")
    assert slugs(by_name) == ["code", "zoning", "law-on-akims"]
    assert 'class="year"' not in by_name


@pytest.mark.parametrize("query", ["?sort=size", "?rank=bull", "?effect=%00", "?topic=none", "?package=secret"])
def test_what_laws_cannot_be_asked_is_refused(several, read, query):
    read(f"/laws/{query}", status=400)


def test_a_row_says_what_a_law_does_once_and_how_much_more(several, read):
    for title in ("B", "C", "D"):
        LawLink.objects.create(
            law=several.law, reform=make_reform(f"r-{title.lower()}", title=title), effect="amends", claim=several.told
        )
    LawLink.objects.create(law=several.law, reform=several.reform, effect="implements", claim=several.force)
    row = read("/laws/?q=akims").partition('<p class="does">')[2].partition("</p>")[0]
    words = " ".join(re.sub("<[^>]+>", "", row).split())
    assert words == "implements Election of akims; amends B; amends C and 1 more"


def test_a_law_tells_what_it_does_by_effect_its_dates_in_order_and_its_neighbours(several, read):
    other = make_reform("other", title="Other reform")
    LawLink.objects.create(law=several.law, reform=other, effect="repeals", claim=several.force)
    LawLink.objects.create(law=several.law, reform=several.reform, effect="implements", claim=several.force)
    LawDate.objects.create(law=several.law, kind="drafted", date="2020-06", claim=several.told)
    text = read(LAW)
    does = text.partition('id="does"')[2].partition("</section>")[0]
    assert re.findall(r'<h3 class="kind">([^<]+)|<a href="/reforms/([a-z-]+)/">', does) == [
        ("Implements", ""),
        ("", "election-of-akims"),
        ("Repeals", ""),
        ("", "other"),
    ]
    dates = text.partition('<ol class="stated">')[2].partition("</ol>")[0]
    assert re.findall(r"<b>(\w+)</b> ([^<]+?)\s*<", dates) == [("Drafted", "June 2020"), ("Dated", "25 May 2021")]
    related = text.partition("Acts that touch the same reforms")[2].partition("</ul>")[0]
    assert re.findall(r'href="/laws/([a-z-]+)/', related) == ["code", "zoning"]
    assert "1 reform shared" in related
    assert '<a href="/actors/president/">The President</a>' in text


def test_oddities_of_print_are_folded_after_what_differs(several, read):
    make_discrepancy(several.force, title="Two days")
    make_discrepancy(several.force, kind="misprint", title="A letter")
    text = read(LAW)
    shown, folded = text.partition('id="differ"')[2].partition("</section>")[0].split('<details class="more">')
    assert ("Two days" in shown, "A letter" in shown) == (True, False)
    assert ("Two days" in folded, "A letter" in folded) == (False, True)
    assert "<summary>1 oddity of print</summary>" in folded


def test_the_milestones_of_a_law_lead_to_the_reform(several, read):
    make_milestone(several.reform, several.halved, "drafted", "2020", law=several.law)
    beside = read(LAW).partition("Milestones that name it")[2].partition("</ul>")[0]
    assert re.findall(r'href="/reforms/election-of-akims/#(M\d+)"', beside) == ["M0004", "M0002"]


def test_what_rests_on_a_draft_is_not_told_of_a_law(several, read):
    Claim.objects.filter(pk=several.halved.pk).update(state="draft")
    text = read(LAW)
    assert "Members fell by half." not in text
    assert "A code" not in text
    read("/laws/code/", status=404)
    read("/laws/hidden/", status=404)


@pytest.mark.parametrize("path", ["/laws/law-on-akims/", "/parameters/members/"])
def test_the_kind_of_a_claim_leads_to_what_the_word_means(world, read, path):
    kinds = set(re.findall(r'<a href="/about/#(kind-[a-z]+)">', read(path)))
    assert kinds
    assert kinds <= set(re.findall(r'id="(kind-[a-z]+)"', read("/about/")))
