"""Events: by date, narrowed, and one with all that rests on it."""

import re

import pytest

from reforms.models import Claim, ClaimActor, ClaimEvent, Event
from tests.factories import make_claim, make_event

pytestmark = pytest.mark.django_db

EVENT = "/events/address/"


def part(text, start, end):
    """What stands in `text` between `start` and `end`."""
    assert start in text
    return text.partition(start)[2].partition(end)[0]


@pytest.fixture
def several(world):
    """Four more events: two of other years, one over two of them, and one without a date."""
    for slug, date, kind in (
        ("rally", "2019-03/2019-10", "assembly"),
        ("vote", "2021-01-10", "election"),
        ("meeting", "", "council_meeting"),
        ("winter", "2019-12/2020-02", "other"),
    ):
        event = make_event(world.halved, slug, date=date, kind=kind)
        ClaimEvent.objects.create(claim=world.halved, event=event)
    return world


def titles(text):
    return re.findall(r'<a class="name" href="/events/([a-z-]+)/">', text)


def test_events_stand_in_the_order_of_their_dates_under_their_years_and_the_undated_last(several, read):
    text = read("/events/")
    assert titles(text) == ["rally", "winter", "address", "vote", "meeting"]
    assert re.findall(r'<section class="year">\s*<h2>([^<]+)</h2>', text) == [
        "2019",
        "2020",
        "2021",
        "Without a date in the sources",
    ]
    assert titles(part(text, "<h2>2020</h2>", "</section>")) == ["address"]
    assert "March 2019 to October 2019" in text
    assert "5 events" in text


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?kind=election", ["vote"]),
        ("?kind=election&kind=other", ["winter", "address", "vote"]),
        ("?source=note", ["rally", "winter", "vote", "meeting"]),
        ("?source=report&kind=election", []),
        ("?q=addr", ["address"]),
    ],
)
def test_events_are_narrowed_by_kind_source_and_words(several, read, query, left):
    several.told.event_links.create(event=several.event)
    assert titles(read(f"/events/{query}")) == left


def test_an_event_says_when_it_was_what_it_rests_on_and_what_came_of_it(world, read):
    world.told.event_links.create(event=world.event)
    text = read(EVENT)
    assert "<h1>Address of the President</h1>" in text
    facts = part(text, '<dl class="facts">', "</dl>")
    assert "1 September 2020" in facts
    assert "Other</dd>" in facts
    assert 'href="/sources/report/?claim=C0001#p2"' in facts
    said = part(text, "What is said of it", "<aside")
    assert '<h3 class="kind">What was adopted</h3>' in said
    assert "The election was announced." in said
    assert '<a href="/packages/second-package/">Second package</a>' in part(text, "Packages announced at it", "</ul>")
    assert '<a href="/reforms/election-of-akims/#M0001">' in part(text, "Milestones of reforms", "</ul>")
    people = part(text, "People and bodies</h2>", "</ul>")
    assert '<a href="/actors/president/">The President</a>' in people
    assert "says in 1 claim" in people


def test_what_is_not_public_is_not_told_of_an_event(world, read):
    hidden = make_claim(text="A draft.", events=[world.event], actors=[world.actor])
    ClaimActor.objects.filter(claim=hidden).update(part="does")
    text = read(EVENT)
    assert "A draft." not in text
    assert "does in" not in text
    assert "0 claims" in read("/events/")
    Claim.objects.filter(pk=world.told.pk).update(state="draft")
    read(EVENT, status=404)
    assert titles(read("/events/")) == []


def test_an_event_of_which_next_to_nothing_is_stated_says_so(world, read):
    Event.objects.create(slug="bare", title="Bare", kind="other", claim=world.halved)
    text = read("/events/bare/")
    assert "No claim names it." in text
    assert text.count("not stated in the sources") == 4
