"""The address of a claim that was public once never says that nothing was there."""

import pytest
from django.db import connection

from reforms.models import Claim
from reforms.publishing import publish, retract, submit
from reforms.tombstones import tombstone
from reforms.undoing import undo
from sources.changes import change_set
from sources.models import ChangeSet
from tests.factories import make_claim, make_source

pytestmark = pytest.mark.django_db


def last():
    return ChangeSet.objects.order_by("pk").last()


@pytest.fixture
def claim():
    """C0001, public by the change set made last."""
    return make_claim(make_source("It was so.").paragraphs.get(), text="It was so indeed.")


def take_back(change_set=None, reason="It was published too early."):
    return undo(change_set or last(), by=None, reason=reason)


def test_a_claim_whose_publication_was_undone_is_gone_and_says_why_without_its_words(claim, read):
    take_back()
    text = read("/claims/C0001/", status=410)
    assert "<h1>C0001 was retracted</h1>" in text
    assert "<dd>It was published too early.</dd>" in text
    assert "indeed" not in text
    assert "C0001" not in read("/claims/")


def test_three_claims_published_in_one_step_are_three_tombstones(db, read):
    source = make_source("One.\nTwo.\nThree.\n")
    claims = [make_claim(paragraph, published=False) for paragraph in source.paragraphs.all()]
    for one in claims:
        submit(one)
    with change_set(reason="All looked at."):
        for one in claims:
            publish(one)
    take_back(reason="Not looked at.")
    for ref in ("C0001", "C0002", "C0003"):
        assert "<dd>Not looked at.</dd>" in read(f"/claims/{ref}/", status=410)


def test_a_claim_that_its_change_set_made_and_published_is_gone_with_it(db, read):
    paragraph = make_source("It was so.").paragraphs.get()
    with change_set(reason="An import."):
        make_claim(paragraph)
    take_back(reason="The wrong import.")
    assert not Claim.objects.exists()
    assert "<dd>The wrong import.</dd>" in read("/claims/C0001/", status=410)


def test_a_claim_that_is_public_again_has_no_tombstone(claim, read):
    take_back(take_back(), reason="In time after all.")
    assert "indeed" in read("/claims/C0001/")
    assert tombstone("C0001") is None


def test_the_tombstone_tells_the_last_time_that_it_was_taken_back(claim, read):
    again = take_back(take_back(), reason="In time after all.")
    take_back(again, reason="No, too early.")
    draft = Claim.objects.get()
    draft.note = "Edited since."
    draft.save()
    assert "<dd>No, too early.</dd>" in read("/claims/C0001/", status=410)


def test_a_retraction_tells_its_own_reason_and_one_that_is_undone_tells_nothing(claim, read):
    retract(claim, reason="The source was misread.")
    assert "<dd>The source was misread.</dd>" in read("/claims/C0001/", status=410)
    take_back(reason="It was read rightly.")
    assert "indeed" in read("/claims/C0001/")


def test_a_claim_merged_into_one_that_was_taken_back_leads_to_its_tombstone(claim, client):
    published = last()
    merged = make_claim(text="The same.")
    Claim.objects.filter(pk=merged.pk).update(state="merged", merged_into=claim)
    take_back(published)
    response = client.get("/claims/C0002/")
    assert (response.status_code, response["Location"]) == (301, "/claims/C0001/")
    assert client.get("/claims/C0001/").status_code == 410


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_what_was_never_public_is_not_there_and_says_nothing(read, state):
    draft = make_claim(make_source("It was so.").paragraphs.get(), published=False, text="A secret.")
    if state == "in_review":
        submit(draft, reason="A secret reason.")
    assert "secret" not in read("/claims/C0001/", status=404)
    draft.delete()
    assert "secret" not in read("/claims/C0001/", status=404)
    read("/claims/C0099/", status=404)


def test_a_change_set_without_a_reason_leaves_a_tombstone_that_says_so(claim, read):
    claim.state = "draft"
    claim.save()
    assert "<dd>No reason was given.</dd>" in read("/claims/C0001/", status=410)


def test_the_page_of_a_public_claim_asks_for_no_tombstone(claim, read, monkeypatch):
    def never(ref):
        raise AssertionError(f"asked for the tombstone of {ref}")

    monkeypatch.setattr("reforms.views.claims.tombstone", never)
    assert "indeed" in read("/claims/C0001/")


def test_a_tombstone_is_found_by_an_index_on_the_reference(db):
    table = Claim.history.model._meta.db_table
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    assert ["ref"] in [one["columns"] for one in found.values() if one["index"]]
