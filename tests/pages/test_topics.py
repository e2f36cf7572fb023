"""Topics: how far their reforms have come, and what stands beside them."""

import re

import pytest

from reforms.models import Claim, ReformTopic, Topic
from tests.factories import make_claim, make_reform

pytestmark = pytest.mark.django_db

TOPIC = "/topics/elections/"


def counts(text):
    """Stage in the address → words, as the bar of a topic tells them."""
    return dict(re.findall(r'<a href="/reforms/\?topic=elections&amp;stage=(\w+)[^"]*">([^<]+)</a>', text))


@pytest.mark.parametrize("url", ["/topics/", TOPIC])
@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2020-08-31", {"none": "2 no dated stage"}),
        ("2020-09-01", {"none": "1 no dated stage", "announced": "1 announced"}),
        ("2021-06-30", {"none": "1 no dated stage", "in_force": "1 in force"}),
    ],
)
def test_a_topic_counts_its_reforms_by_stage_on_the_day(world, read, url, day, told):
    other = make_reform("another", title="Another")
    make_claim(world.report.paragraphs.get(number=5), text="More.", reforms=[other])
    for reform in (other, make_reform("hidden", title="Hidden")):
        ReformTopic.objects.create(reform=reform, topic=world.topic)
    assert counts(read(f"{url}?as_of={day}")) == told


def test_the_bar_is_as_high_as_the_stage_and_as_wide_as_the_number(world, read):
    text = read("/topics/?as_of=2021-05-25")
    assert '<svg class="skyline" viewBox="0 0 1 5"' in text
    assert '<rect class="adopted" x="0" y="2" width="1" height="3"/>' in text


def test_a_topic_names_its_reforms_packages_laws_changes_events_and_discrepancies(world, read):
    world.told.event_links.create(event=world.event)
    text = read(f"{TOPIC}?as_of=2021-06-30")
    assert "Who is elected." in text
    for address in ("reforms/election-of-akims", "packages/second-package"):
        assert f'href="/{address}/?as_of=2021-06-30"' in text
    assert '<a href="/laws/law-on-akims/">Law on akims</a>' in text
    assert "40,000" in text
    assert '<a href="/events/address/">Address of the President</a>' in text
    assert '<a href="/discrepancies/">1 discrepancy</a>' in text


def test_a_topic_without_a_public_reform_is_not_shown(world, read):
    Topic.objects.create(slug="bare", name="Bare topic", summary="Nothing yet.")
    assert "Bare topic" not in read("/topics/")
    read("/topics/bare/", status=404)
    Claim.objects.all().update(state="draft")
    read(TOPIC, status=404)
    assert "No topic has a public reform yet." in read("/topics/")
