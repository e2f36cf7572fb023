"""Every spelling of an actor's name that the sources print is recorded as the name or an alias."""

import pytest

from reforms.models import Actor, ActorAlias
from tests.audit.finding import found, told
from tests.factories import make_source

pytestmark = pytest.mark.django_db
RULE = "aliases_are_recorded"


def printed(text):
    """A source of this text beside a person, a council and a ministry, each with an alias."""
    for slug, name, kind, alias in (
        ("tokayev", "Kassym-Jomart Tokayev", "person", "Tokayev"),
        ("joy-cho", "Joy Cho", "person", "Vice Chairwoman Joy Cho"),
        ("council", "National Council of Public Trust", "body", "the Council"),
        ("ministry", "Ministry of Internal Affairs of Kazakhstan", "body", "Ministry of Internal Affairs"),
    ):
        actor = Actor.objects.create(slug=slug, name=name, kind=kind)
        ActorAlias.objects.create(actor=actor, name=alias)
    make_source(text)


@pytest.mark.parametrize(
    ("text", "actor", "spelling"),
    [
        ("The National Council of Public Trust (NCPT) met.", "council", "NCPT"),
        ("The «National Council of Public Trust» (NCPT) met.", "council", "NCPT"),
        ("President Kassym-Zhomart Tokayev spoke.", "tokayev", "Kassym-Zhomart Tokayev"),
        ("Kazakhstan’s President K. Tokayev spoke.", "tokayev", "K. Tokayev"),
        ("In Tokaev’s speech", "tokayev", "Tokaev"),
        ("It was Mr Kasim-Jomart Kemelevich Tokayev.", "tokayev", "Kasim-Jomart Kemelevich Tokayev"),
        ("By Ann Cho", "joy-cho", "Ann Cho"),
        ("The National Council for Public Trust met.", "council", "National Council for Public Trust"),
        (
            "It is the Ministry of Interior Affairs of Kazakhstan.",
            "ministry",
            "Ministry of Interior Affairs of Kazakhstan",
        ),
    ],
)
def test_a_spelling_that_is_not_recorded_is_found(text, actor, spelling):
    printed(text)
    assert found(RULE) == [(f"reforms.actor {actor}", spelling)]


@pytest.mark.parametrize(
    "text",
    [
        "The Head of State Kassym-Jomart Tokayev spoke. Tokayev said so, and President Tokayev’s term ends.",
        "TOKAYEV SPEAKS",
        "The Ministry of Internal Affairs (order No. 64) and the Ministry of Internal Affairs of Kazakhstan",
        "The National Council of Public Trust (the council) met.",
        "Ministry of Health of Kazakhstan",
        "The National Council met, and Public Trust grew.",
        "In Kazakhstan Joy Cho wrote of Choi and Tokyo.",
        "Vice Chairwoman Joy Cho",
    ],
)
def test_a_recorded_spelling_and_what_is_only_like_one_are_not_found(text):
    printed(text)
    assert found(RULE) == []


def test_a_name_that_is_nearly_that_of_another_actor_and_recorded_is_not_found():
    Actor.objects.create(slug="ayman-umarova", name="Ayman Umarova", kind="person")
    Actor.objects.create(slug="kairat-umarov", name="Kairat Umarov", kind="person")
    make_source("Kairat Umarov signed it, and Ayman Umarova spoke.")
    assert found(RULE) == []


def test_a_spelling_is_found_once_with_the_first_place_that_prints_it():
    printed("Nobody.\nTokaev spoke.\nTokaev left.")
    assert told(RULE) == ["reforms.actor tokayev: a-source#2 prints “Tokaev”, which is not recorded."]
