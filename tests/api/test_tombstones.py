"""The API answers for a claim that was public once, in the same words and shape as for a retracted one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reforms.models import Claim
from reforms.publishing import publish, retract, submit
from reforms.undoing import undo
from sources.models import ChangeSet
from tests.api.conftest import API
from tests.factories import make_claim, make_milestone, make_reform, make_source

pytestmark = pytest.mark.django_db

GONE = {"detail": "C0001 was retracted.", "reason": "Too early."}


def take_back(change_set=None, reason="Too early."):
    return undo(change_set or ChangeSet.objects.order_by("pk").last(), by=None, reason=reason)


@pytest.fixture
def claim():
    """C0001, public by the change set made last, with a milestone that rests on it."""
    reform = make_reform()
    claim = make_claim(make_source("It was so.").paragraphs.get(), published=False, reforms=[reform])
    make_milestone(reform, claim)
    submit(claim)
    return publish(claim)


def test_a_claim_whose_publication_was_undone_is_gone_as_a_retracted_one_is(claim, get):
    done = take_back()
    assert get("claims/C0001/", 410) == GONE
    take_back(done, reason="In time.")
    assert get("claims/C0001/")["ref"] == "C0001"
    retract(Claim.objects.get(), reason="Too early.")
    assert get("claims/C0001/", 410) == GONE


def test_a_claim_that_is_not_there_any_more_is_gone(claim, get):
    make_claim(make_source("Again.", "again").paragraphs.get())
    for one in ChangeSet.objects.filter(pk__gte=Claim.history.filter(ref="C0002").last().change_set_id).order_by("-pk"):
        take_back(one)
    assert not Claim.objects.filter(ref="C0002").exists()
    assert get("claims/C0002/", 410) == {"detail": "C0002 was retracted.", "reason": "Too early."}


def test_a_claim_merged_into_one_that_was_taken_back_is_gone_under_that_name(claim, get):
    published = ChangeSet.objects.order_by("pk").last()
    Claim.objects.create(ref="C0009", text="The same.", kind="done", state="merged", merged_into=claim)
    take_back(published)
    assert get("claims/C0009/", 410) == GONE


def test_what_rests_on_it_and_its_citations_are_not_there(claim, get):
    take_back()
    for path in ("citations/C0001.1/", "milestones/M0001/"):
        assert get(path, 404).keys() == {"detail"}
    assert get("claims/")["results"] == []


def test_what_was_never_public_is_not_there(db, get):
    make_claim(make_source("It was so.").paragraphs.get(), published=False)
    get("claims/C0001/", 404)
    Claim.objects.all().delete()
    get("claims/C0001/", 404)
    get("claims/C0099/", 404)


def test_a_public_claim_asks_nothing_of_the_history(claim, client):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{API}claims/C0001/").status_code == 200
    assert asked.captured_queries
    assert [query["sql"] for query in asked if "historical" in query["sql"]] == []
