"""Where the history of a claim is found: from the claim's page, and wherever the claim itself is found."""

import pytest

from reforms.merging import merge
from reforms.models import Actor, Claim, ClaimActor
from reforms.publishing import retract
from reforms.undoing import undo
from sources.changes import ChangeSet, change_set
from tests.factories import make_claim, make_event, make_law, make_reform
from tests.pages.test_history import edit

pytestmark = pytest.mark.django_db


def test_the_page_of_a_claim_tells_when_it_was_first_published_and_leads_to_its_history(claim, aigerim, read):
    ChangeSet.objects.filter(reason="Published C0001.").update(at="2026-01-02T03:04:05Z", by=aigerim)
    edit(claim, note="Of parties.")
    page = read("/claims/C0001/")
    assert "First published on 2 January 2026 (Aigerim Seitkali)." in page
    assert '<a href="/claims/C0001/history/">' in page


def test_a_claim_whose_history_begins_later_does_not_say_when_it_was_first_published(claim, read):
    claim.history.filter(history_type="+").delete()
    edit(claim, note="Of parties.")
    assert "When it was first published is not recorded." in read("/claims/C0001/")


def test_a_claim_that_was_published_past_its_history_is_shown_all_the_same(source, read):
    draft = make_claim(source.paragraphs.get(number=3), ref="C0009", published=False)
    Claim.objects.filter(pk=draft.pk).update(state="published")
    assert "When it was first published is not recorded." in read("/claims/C0009/")


def test_the_history_of_a_claim_that_is_gone_or_merged_is_where_the_claim_is(claim, source, client):
    into = make_claim(source.paragraphs.get(number=2), ref="C0002")
    draft = make_claim(source.paragraphs.get(number=3), ref="C0003", published=False)
    assert client.get(f"/claims/{draft.ref}/history/").status_code == 404
    merge(claim, into, reason="The same.")
    response = client.get("/claims/C0001/history/")
    assert (response.status_code, response["Location"]) == (301, "/claims/C0002/history/")
    retract(into, reason="It was misread.")
    response = client.get("/claims/C0002/history/")
    assert (response.status_code, b"It was misread." in response.content) == (410, True)


def test_a_history_that_names_all_it_can_costs_no_more_than_a_page_may(claim, source, count_queries):
    into = make_claim(source.paragraphs.get(number=2), ref="C0002")
    actor = Actor.objects.create(slug="someone", name="Some One", kind="person")
    with change_set(reason="It names these."):
        ClaimActor.objects.create(claim=claim, actor=actor, part="says")
        claim.reform_links.create(reform=make_reform("a-reform"))
        claim.law_links.create(law=make_law("a-law"))
        claim.event_links.create(event=make_event(claim, "an-event"))
    merge(claim, into, reason="The same.")
    undo(ChangeSet.objects.get(reason="The same."), reason="Not the same.", by=None)
    assert count_queries("/claims/C0001/history/") <= 15
