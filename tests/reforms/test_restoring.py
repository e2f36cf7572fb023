"""An entry is brought back as it was at a time, with all that belonged to it; what was public, by a proposal."""

import pytest
from django.core.exceptions import ValidationError

from reforms.curated.writing import written
from reforms.histories import versions
from reforms.models import Citation, Claim, Milestone, Proposal, Reform
from reforms.proposing import approve
from reforms.publishing import publish, retract, submit
from reforms.restoring import restore
from sources.changes import change_set
from sources.models import ChangeSet
from tests.factories import cite, make_claim, make_law, make_milestone, make_reform, make_source, rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture
def paragraph():
    return make_source("The law was adopted in May. It is in force.").paragraphs.get()


def edited(paragraph, published):
    """C0001, made on two citations about a reform; then its text, citations and links were changed."""
    with change_set(reason="As first read."):
        claim = make_claim(text="A law was adopted.", reforms=[make_reform()], laws=[make_law()])
        cite(claim, paragraph, "The law was adopted", note="Here.")
        cite(claim, paragraph, "in force", stance="context")
    if published:
        submit(claim)
        publish(claim)
    entry = written(claim) | {"text": "A law was adopted in May.", "note": "As printed.", "reforms": ["b-reform"]}
    make_reform("b-reform")
    del entry["laws"]
    cites = [entry["cites"][1] | {"stance": "supports"}, {"at": "a-source#1", "number": "3", "quote": "adopted in May"}]
    with change_set(reason="As read again."):
        rewrite(claim, **entry | {"laws": None, "cites": cites})
    return Claim.objects.get()


FIRST = {
    "ref": "C0001", "text": "A law was adopted.", "kind": "adopted", "reforms": ["a-reform"], "laws": ["a-law"],
    "cites": [
        {"at": "a-source#1", "number": "1", "quote": "The law was adopted", "note": "Here."},
        {"at": "a-source#1", "number": "2", "quote": "in force", "stance": "context"},
    ],
}  # fmt: skip


def without_doubt(record):
    return {key: value for key, value in written(record).items() if key != "taint"}


def test_a_draft_is_brought_back_at_once_with_its_citations_and_links(ann, paragraph):
    claim = edited(paragraph, published=False)
    kept = claim.citations.get(number=2).pk
    assert restore(claim, versions(claim)[0], by=ann, reason="It was right.") is None
    assert written(Claim.objects.get()) == FIRST | {"state": "draft"}
    assert claim.citations.get(number=2).pk == kept
    last = versions(claim)[-1].change_set
    assert (last.by, last.reason) == (ann, "It was right.")
    assert not Proposal.objects.exists()


def test_a_claim_in_review_is_brought_back_and_stays_in_review(ann, paragraph):
    claim = edited(paragraph, published=False)
    submit(claim)
    restore(claim, versions(claim)[0], by=ann)
    assert written(Claim.objects.get()) == FIRST | {"state": "in_review"}


def test_where_no_reason_is_given_the_time_is(ann, paragraph):
    claim = edited(paragraph, published=False)
    first = versions(claim)[0]
    restore(claim, first, by=ann)
    said = f"Back to how it was on {first.change_set.at:%Y-%m-%d at %H:%M} UTC."
    assert versions(claim)[-1].change_set.reason == said


def test_what_is_public_comes_back_by_a_proposal_and_stays_public(ann, ben, paragraph):
    claim = edited(paragraph, published=True)
    before = written(claim)
    proposal = restore(claim, versions(claim)[0], by=ann, reason="It was right.")
    assert (written(Claim.objects.get()), proposal.public, proposal.reason) == (before, before, "It was right.")
    assert "state" not in proposal.proposed
    approve(proposal, by=ben)
    assert without_doubt(Claim.objects.get()) == FIRST
    assert Claim.objects.get().state == "published"


def test_a_retracted_claim_is_public_again_when_a_second_person_approves_it(client, ann, ben, paragraph):
    claim = edited(paragraph, published=True)
    retract(claim, by=ann, reason="Wrong.")
    proposal = restore(claim, versions(claim)[-2], by=ann, reason="It was right.")
    assert client.get("/claims/C0001/").status_code == 410
    approve(proposal, by=ben)
    claim = Claim.objects.get()
    assert (claim.state, claim.retraction_reason, claim.text) == ("published", "", "A law was adopted in May.")
    assert client.get("/claims/C0001/").status_code == 200


def test_no_state_leads_back_to_a_draft(ann, paragraph):
    claim = edited(paragraph, published=True)
    retract(claim, by=ann, reason="Wrong.")
    for version in versions(claim):
        if version.entry.get("state") != "retracted":
            proposal = restore(claim, version, by=ann)
            assert proposal.proposed.get("state", "published") == "published"
    assert Claim.objects.get().state == "retracted"


def test_doubt_is_not_taken_away_by_going_back(ann, ben, paragraph):
    claim = edited(paragraph, published=True)
    Claim.objects.update(taint="The newer edition lacks these words.")
    approve(restore(Claim.objects.get(), versions(claim)[0], by=ann), by=ben)
    assert "The newer edition lacks these words." in Claim.objects.get().taint


@pytest.mark.parametrize("published", [False, True])
def test_where_nothing_differs_nothing_is_brought_back(ann, paragraph, published):
    claim = edited(paragraph, published)
    before = ChangeSet.objects.count()
    with pytest.raises(ValidationError, match="It is as it was then"):
        restore(claim, versions(claim)[-1], by=ann)
    assert ChangeSet.objects.count() == before


@pytest.mark.parametrize("published", [False, True])
def test_doubt_alone_is_nothing_to_go_back_on(ann, paragraph, published):
    claim = edited(paragraph, published)
    claim.taint = "The newer edition lacks these words."
    claim.save()
    with pytest.raises(ValidationError, match="It is as it was then"):
        restore(claim, versions(claim)[-2], by=ann)
    assert Claim.objects.get().taint == "The newer edition lacks these words."


def test_moving_from_state_to_state_is_nothing_to_go_back_on(ann, paragraph):
    claim = make_claim(paragraph, "adopted", published=False)
    submit(claim)
    publish(claim)
    with pytest.raises(ValidationError, match="It is as it was then"):
        restore(claim, versions(claim)[-3], by=ann)


@pytest.mark.parametrize("published", [False, True])
def test_what_a_rule_refuses_by_now_is_refused_in_words_at_once(ann, paragraph, published):
    claim = edited(paragraph, published)
    Reform.objects.get(slug="a-reform").delete()
    before = written(claim)
    with pytest.raises(ValidationError) as refused:
        restore(claim, versions(claim)[0], by=ann)
    assert refused.value.messages == ["No reform is called “(no longer here)”."]
    assert (written(Claim.objects.get()), Proposal.objects.count()) == (before, 0)


def test_a_public_milestone_is_not_taken_away_by_going_back(ann, paragraph):
    reform = make_reform()
    make_milestone(reform, make_claim(paragraph, "adopted", reforms=[reform]))
    with pytest.raises(ValidationError, match="M0001 is or was public, and what was public is not deleted"):
        restore(reform, versions(reform)[0], by=ann)
    assert (Milestone.objects.count(), Proposal.objects.count()) == (1, 0)


def test_trying_leaves_nothing_behind(ann, paragraph):
    claim = edited(paragraph, published=True)
    rows, change_sets = Claim.history.count() + Citation.history.count(), ChangeSet.objects.count()
    restore(claim, versions(claim)[0], by=ann)
    assert Claim.history.count() + Citation.history.count() == rows
    assert ChangeSet.objects.count() == change_sets + 1
