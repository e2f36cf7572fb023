"""Packages: in the order of their announcement, how far each has come, and what is stated against what is counted."""

import re

import pytest

from reforms.models import Claim, LawLink, Package, PackageItem, Reform
from tests.factories import make_claim, make_discrepancy, make_event, make_milestone, make_reform

pytestmark = pytest.mark.django_db

PACKAGE = "/packages/second-package/"


@pytest.fixture
def longer(world):
    """The package with three items more: two with the number 3 as the first, one without, none of them adopted."""
    for position, number in ((2, "3"), (3, ""), (4, "3")):
        reform = make_reform(f"item-{'abcd'[position - 1]}")
        world.halved.reform_links.create(reform=reform)
        make_milestone(reform, world.halved, "announced", "2020")
        PackageItem.objects.create(
            package=world.package, position=position, number=number, reform=reform, claim=world.halved
        )
    return world


def add_package(world, slug, event):
    package = Package.objects.create(slug=slug, name=slug.capitalize(), event=event)
    PackageItem.objects.create(package=package, position=1, reform=world.reform, claim=world.adopted)


def test_packages_stand_by_the_date_of_their_announcement_and_those_without_one_last(world, read):
    hidden = make_event(make_claim(text="A draft."), "hidden", date="2001")
    add_package(world, "alone", None)
    add_package(world, "aside", hidden)
    add_package(world, "early", make_event(world.adopted, "early", date="2019"))
    add_package(world, "undated", make_event(world.adopted, "undated", date=""))
    text = read("/packages/")
    order = re.findall(r'<a class="name" href="/packages/([a-z-]+)/">', text)
    assert order == ["early", "second-package", "alone", "aside", "undated"]
    assert 'href="/events/address/"' in text
    assert 'href="/events/hidden/"' not in text


@pytest.mark.parametrize("url", ["/packages/", PACKAGE])
@pytest.mark.parametrize(
    ("day", "words"), [("2021-05-24", "0 of 4"), ("2021-05-25", "1 of 4"), ("2021-07-01", "1 of 4")]
)
def test_how_many_are_adopted_or_further_is_counted_on_the_day(longer, read, url, day, words):
    assert f"{words} adopted or further" in read(f"{url}?as_of={day}")


@pytest.mark.parametrize("url", ["/", "/packages/", PACKAGE])
@pytest.mark.parametrize(("day", "far"), [("2021-05-24", 0), ("2021-05-25", 1)])
def test_how_many_more_are_told_to_be_adopted_without_a_date_is_counted_beside(longer, read, url, day, far):
    assert "more told without a date" not in read(url)
    for slug, stage in (("item-b", "drafted"), ("item-c", "adopted"), ("item-d", "implemented")):
        make_milestone(Reform.objects.get(slug=slug), longer.halved, stage)
    make_milestone(longer.reform, longer.halved, "implemented")
    more = 3 - far
    assert f"{far} of 4 adopted or further · {more} more told without a date" in read(f"{url}?as_of={day}")


def test_items_stand_as_printed_with_numbers_that_repeat_or_are_absent(longer, read):
    items = read(PACKAGE).partition('<ol class="items">')[2].partition("<h2")[0]
    numbers = re.findall(r'<span class="number">(?:<span class="visually-hidden">)?([^<]+)<', items)
    assert numbers == ["3", "3", "no number printed", "3"]
    assert items.count("The number 3 stands before 3 items.") == 3


def test_what_is_stated_and_what_is_listed_are_told_with_the_discrepancy_on_the_count(longer, read):
    make_discrepancy(longer.told, title="Seven, and four", kind="numbering")
    make_discrepancy(longer.halved, title="Half of what", kind="missing_reference")
    text = read(PACKAGE)
    unlike = text.partition('<p class="unlike">')[2].partition("</p>")[0]
    assert "The source states 7, and 4 are listed here." in unlike
    assert re.findall(r'href="#(D\d+)">([^<]+)<', unlike) == [("D0002", "D0002 Seven, and four")]
    assert re.findall(r'<article class="dispute" id="(D\d+)"', text) == ["D0001", "D0002", "D0003"]
    Package.objects.update(stated_count=4)
    assert 'class="unlike"' not in read(PACKAGE)


def test_a_package_leads_to_its_event_and_its_sources(longer, read):
    facts = read(PACKAGE).partition('<dl class="facts">')[2].partition("</dl>")[0]
    assert '<a href="/events/address/">Address of the President</a>, 1 September 2020' in facts
    listed = facts.partition("<dt>Listed in</dt>")[2]
    assert re.findall(r'<a href="/sources/(\w+)/">([^<]+)</a>', listed) == [
        ("note", "The note"),
        ("report", "The report"),
    ]


def test_what_rests_on_a_draft_is_not_told_of_a_package(longer, read):
    PackageItem.objects.filter(position=1).update(claim=longer.adopted)
    Claim.objects.filter(pk=longer.told.pk).update(state="draft")
    text = read(PACKAGE)
    assert "Address of the President" not in text
    assert text.count("not stated in the sources") == 2
    assert 'class="unlike"' not in text


def test_a_package_leads_to_the_laws_of_its_reforms_where_there_are_any(world, read):
    link = '<a href="/laws/?package=second-package">Laws of these reforms</a>'
    assert link in read(PACKAGE)
    LawLink.objects.all().delete()
    assert link not in read(PACKAGE)
