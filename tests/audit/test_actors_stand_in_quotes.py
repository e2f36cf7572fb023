"""An actor whom a claim's text names stands in one of its quotes, or a note says how it is known who is meant."""

import pytest

from reforms.models import Actor, ActorAlias, ClaimActor
from tests.audit.finding import found, told
from tests.factories import make_claim, make_source

pytestmark = pytest.mark.django_db
RULE = "actors_stand_in_quotes"


def claim(quote, text="Marat Beketayev rejected the applications.", **fields):
    minister = Actor.objects.create(slug="marat-beketayev", name="Marat Beketayev", kind="person")
    ActorAlias.objects.create(actor=minister, name="Beketayev")
    one = make_claim(make_source(quote).paragraphs.get(), text=text, **fields)
    return one, minister


def test_an_actor_whom_no_quote_names_is_found():
    claim("He rejected the applications.")
    assert found(RULE) == [("C0001", "Marat Beketayev")]
    assert told(RULE) == [
        "C0001: “Marat Beketayev” stands in none of its quotes, nor an alias or office, and no note says who is meant."
    ]


def test_a_name_that_is_only_part_of_another_word_is_found():
    claim("Beketayeva rejected the applications.")
    assert found(RULE) == [("C0001", "Marat Beketayev")]


@pytest.mark.parametrize("quote", ["Marat Beketayev rejected them.", "BEKETAYEV’s answer was no."])
def test_an_actor_whom_a_quote_names_by_any_spelling_is_not_found(quote):
    claim(quote)
    assert found(RULE) == []


def test_an_actor_whose_office_a_quote_prints_is_not_found():
    one, minister = claim("The Minister of Justice rejected the applications.")
    ClaimActor.objects.create(claim=one, actor=minister, part="does", office="Minister of Justice")
    assert found(RULE) == []


def test_an_actor_of_whom_a_note_tells_is_not_found():
    claim("He rejected the applications.", note="The speaker is named in the paragraph before.")
    assert found(RULE) == []


def test_what_is_recorded_in_small_letters_is_no_proper_name_and_not_found():
    Actor.objects.create(slug="government", name="the government", kind="body")
    claim("They rejected the applications.", "It was rejected by the government.")
    assert found(RULE) == []
