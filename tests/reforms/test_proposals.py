"""A change to what is public waits as a proposal until a second person approves it: the writers."""

import pytest
from django.core.exceptions import ValidationError

from reforms.curated.writing import written
from reforms.entries import find, kind_of, name_of
from reforms.histories import versions
from reforms.models import Citation, Claim, Counter, Discrepancy, Event, Milestone, Proposal, Reform
from reforms.proposing import (
    approve,
    fingerprint,
    propose,
    proposer,
    public_now,
    reserve,
    revise,
    send_back,
    withdraw,
)
from reforms.publishing import OWN
from sources.changes import change_set
from sources.models import ChangeSet
from tests.factories import cite, make_claim, rewrite

pytestmark = pytest.mark.django_db


def proposed(record, by, reason="Better.", **changes):
    """A proposal of `by` to change the entry of `record`; None takes a key away."""
    public = written(record)
    after = {key: value for key, value in (public | changes).items() if value is not None}
    return propose(kind_of(record), name_of(record), public, after, by=by, reason=reason)


def test_what_is_proposed_changes_nothing_before_it_is_approved(ann, ben, each):
    claim = each["claim"]
    before, history = written(claim), claim.history.count()
    proposal = proposed(claim, ann, text="The law was adopted in May.")
    assert (proposal.ref, proposal.state, str(proposal)) == ("P0001", "waiting", "P0001 on claim C0001")
    assert (written(Claim.objects.get(pk=claim.pk)), claim.history.count()) == (before, history)
    root = approve(proposal, by=ben)
    assert root == claim
    assert Claim.objects.get(pk=claim.pk).text == "The law was adopted in May."
    assert Proposal.objects.get().state == "approved"


def test_an_approval_is_one_change_set_that_says_who_proposed_it_and_why(ann, ben, each):
    proposal = proposed(each["claim"], ann, text="In May.", reason="As the source has it.")
    before = ChangeSet.objects.count()
    approve(proposal, by=ben)
    done = ChangeSet.objects.first()
    assert (done.by, done.reason) == (ben, "Approved P0001, proposed by ann: As the source has it.")
    assert ChangeSet.objects.count() == before + 1
    assert versions(each["claim"])[-1].change_set == versions(proposal)[-1].change_set == done


def test_nobody_approves_what_they_proposed(ann, ben, each, settings):
    proposal = proposed(each["claim"], ann, note="As printed.")
    with pytest.raises(ValidationError) as refused:
        approve(proposal, by=ann)
    assert refused.value.messages == [OWN]
    assert (Claim.objects.get(ref="C0001").note, Proposal.objects.get().state) == ("", "waiting")
    settings.ONE_PERSON_TEAM = True
    approve(proposal, by=ann)
    assert Claim.objects.get(ref="C0001").note == "As printed."


def test_whoever_revised_it_last_is_its_author(ann, ben, each):
    proposal = proposed(each["claim"], ann, note="As printed.")
    send_back(proposal, by=ben, reason="Printed where?")
    assert proposer(proposal) == ann
    revise(proposal, proposal.proposed | {"note": "As printed in ¶2."}, public=proposal.public, by=ben)
    assert proposer(proposal) == ben
    with pytest.raises(ValidationError, match="a second person has to look at it"):
        approve(proposal, by=ben)
    approve(proposal, by=ann)
    assert Claim.objects.get(ref="C0001").note == "As printed in ¶2."


def test_what_nobody_is_named_for_anybody_approves(ann, each):
    proposal = proposed(each["claim"], None, note="As printed.")
    approve(proposal, by=ann)
    assert ChangeSet.objects.first().reason == "Approved P0001, proposed by nobody named: Better."


def test_a_proposal_that_changes_nothing_is_refused(ann, each):
    with pytest.raises(ValidationError, match="This proposal changes nothing"):
        proposed(each["claim"], ann)
    proposal = proposed(each["claim"], ann, note="As printed.")
    with pytest.raises(ValidationError, match="This proposal changes nothing"):
        revise(proposal, proposal.public, public=proposal.public, by=ann)
    assert Proposal.objects.get().proposed["note"] == "As printed."


ANSWERS = {
    "approve": lambda proposal, ann, ben: approve(proposal, by=ben),
    "send_back": lambda proposal, ann, ben: send_back(proposal, by=ben, reason="Say where."),
    "withdraw": lambda proposal, ann, ben: withdraw(proposal, by=ann),
    "revise": lambda proposal, ann, ben: revise(proposal, proposal.public | {"note": "N."}, public=None, by=ann),
}
LEADS_TO = {"approve": "approved", "send_back": "sent_back", "withdraw": "withdrawn", "revise": "waiting"}


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("state", ["waiting", "sent_back", "approved", "withdrawn"])
def test_what_was_answered_stays_so_and_all_else_may_be_answered(ann, ben, each, state, answer):
    proposal = proposed(each["claim"], ann, note="As printed.")
    if state != "waiting":
        ANSWERS[{"sent_back": "send_back", "approved": "approve", "withdrawn": "withdraw"}[state]](proposal, ann, ben)
    assert proposal.state == state
    if state in ("waiting", "sent_back"):
        ANSWERS[answer](proposal, ann, ben)
        assert Proposal.objects.get().state == LEADS_TO[answer]
        return
    with pytest.raises(ValidationError) as refused:
        ANSWERS[answer](proposal, ann, ben)
    assert refused.value.messages == [f"P0001 is {state} already."]
    assert Proposal.objects.get().state == state


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_was_answered_since_it_was_looked_up_is_not_answered_again(ann, ben, each, answer):
    proposal = proposed(each["claim"], ann, note="As printed.")
    withdraw(Proposal.objects.get(), by=ann)
    assert proposal.state == "waiting"
    with pytest.raises(ValidationError, match="P0001 is withdrawn already"):
        ANSWERS[answer](proposal, ann, ben)
    assert (Claim.objects.get(ref="C0001").note, Proposal.objects.get().state) == ("", "withdrawn")


@pytest.mark.parametrize("reason", ["", " \n"])
def test_it_is_sent_back_with_a_reason(ann, ben, each, reason):
    proposal = proposed(each["claim"], ann, note="As printed.")
    with pytest.raises(ValidationError, match="A proposal is sent back with a reason"):
        send_back(proposal, by=ben, reason=reason)
    send_back(proposal, by=ben, reason="Say where.")
    assert Proposal.objects.values_list("state", "answer").get() == ("sent_back", "Say where.")
    revise(proposal, proposal.public | {"note": "¶2."}, public=proposal.public, by=ann, reason="In ¶2.")
    assert Proposal.objects.values_list("state", "answer", "reason").get() == ("waiting", "", "In ¶2.")


def test_it_is_withdrawn_by_who_made_it(ann, ben, each):
    proposal = proposed(each["claim"], ann, note="As printed.")
    with pytest.raises(ValidationError, match="A proposal is withdrawn by who made it"):
        withdraw(proposal, by=ben)
    withdraw(proposal, by=ann)
    assert (Proposal.objects.get().state, Claim.objects.get(ref="C0001").note) == ("withdrawn", "")


def test_what_became_public_meanwhile_is_kept_beside_what_is_proposed(ann, ben, each):
    claim, paragraph = each["claim"], Citation.objects.first().paragraph
    proposal = proposed(claim, ann, text="In May.", actors=None)
    seen = fingerprint(proposal)
    with change_set(reason="Meanwhile."):
        cite(claim, paragraph, "the law")
        claim.note = "As printed."
        claim.save()
    assert fingerprint(proposal) != seen
    approve(proposal, by=ben)
    now = written(Claim.objects.get(ref="C0001"))
    assert (now["text"], now["note"], len(now["cites"]), "actors" in now) == ("In May.", "As printed.", 2, False)


def test_where_both_changed_the_same_words_the_proposals_stand(ann, ben, each):
    proposal = proposed(each["claim"], ann, text="Mine.")
    rewrite(each["claim"], text="Theirs.")
    assert public_now(proposal)["text"] == "Theirs."
    approve(proposal, by=ben)
    assert Claim.objects.get(ref="C0001").text == "Mine."


def test_a_citation_that_was_removed_meanwhile_comes_back_as_proposed(ann, ben, each):
    claim = each["claim"]
    second = cite(claim, Citation.objects.first().paragraph, "adopted")
    cites = written(claim)["cites"]
    proposal = proposed(claim, ann, cites=[cites[0], cites[1] | {"note": "Here."}])
    second.delete()
    approve(proposal, by=ben)
    assert [(one.ref, one.note) for one in claim.citations.order_by("number")] == [
        ("C0001.1", ""),
        ("C0001.2", "Here."),
    ]


def test_what_breaks_a_rule_by_now_is_refused_and_goes_on_waiting(ann, ben, each):
    claim = each["claim"]
    second = cite(claim, Citation.objects.first().paragraph, "adopted")
    proposal = proposed(claim, ann, text="In May.", cites=written(claim)["cites"][1:])
    second.stance = "context"
    second.save()
    with pytest.raises(ValidationError, match="A published claim needs at least one supporting citation"):
        approve(proposal, by=ben)
    assert (Claim.objects.get(ref="C0001").text, claim.citations.count()) == ("Something was decided.", 2)
    assert Proposal.objects.get().state == "waiting"


def test_a_proposal_on_what_is_gone_is_refused(ann, ben, each):
    proposal = proposed(each["noclaim"], ann, note="Applause.")
    each["noclaim"].delete()
    with pytest.raises(ValidationError) as refused:
        approve(proposal, by=ben)
    assert refused.value.messages == ["a-source#4 is no longer there, so this proposal cannot be approved."]


def test_a_new_entry_under_a_name_given_meanwhile_is_refused(ann, ben, each):
    entry = {"slug": "an-event", "title": "Another", "kind": "other", "claim": "C0001"}
    proposal = propose("event", "an-event", None, entry, by=ann)
    with pytest.raises(ValidationError) as refused:
        approve(proposal, by=ben)
    assert refused.value.messages == ["an-event is there already, so this proposal cannot be approved."]


def test_a_proposal_follows_what_was_renamed_meanwhile(ann, ben, each):
    first = proposed(each["reform"], ann, title="Mine")
    approve(proposed(each["reform"], ann, slug="b-reform"), by=ben)
    assert Proposal.objects.get(pk=first.pk).name == "b-reform"
    approve(Proposal.objects.get(pk=first.pk), by=ben)
    assert written(Reform.objects.get())["slug"] == "b-reform"
    assert Reform.objects.get().title == "Mine"


def test_what_was_retracted_meanwhile_stays_as_it_was(ann, ben, each):
    proposal = proposed(each["claim"], ann, text="Mine.")
    Claim.objects.filter(ref="C0001").update(state="retracted", retraction_reason="Wrong.")
    with pytest.raises(ValidationError, match="C0001 is retracted by now, and stays as it was"):
        approve(proposal, by=ben)
    assert Claim.objects.get(ref="C0001").text == "Something was decided."


NEW = {
    "event": {"slug": "b-event", "title": "B event", "kind": "other", "claim": "C0001"},
    "discrepancy": {
        "ref": "D0007", "title": "T", "kind": "contradiction", "explanation": "E.", "claims": ["C0001", "C0002"],
    },
    "noclaim": {"at": "a-source#1", "reason": "rhetoric"},
}  # fmt: skip


@pytest.mark.parametrize("kind", NEW)
def test_a_new_entry_is_there_when_it_is_approved(ann, ben, each, kind):
    name = NEW[kind].get("slug") or NEW[kind].get("ref") or NEW[kind]["at"]
    proposal = propose(kind, name, None, NEW[kind], by=ann)
    assert find(kind, name) is None
    approve(proposal, by=ben)
    assert written(find(kind, name)) == NEW[kind]


def test_numbers_that_a_proposal_gives_out_are_kept_for_it(each):
    reserve("C0001", {}, {"cites": [{"number": "7"}, {"number": "3"}]})
    reserve("a-reform", {}, {"milestones": [{"ref": "M0040"}]})
    reserve("D0012", None, {"ref": "D0012"})
    reserve("D0090", {"ref": "D0090"}, {"ref": "D0090"})
    citation = cite(each["claim"], Citation.objects.first().paragraph, "adopted")
    assert (citation.number, Milestone.next_ref(), Discrepancy.next_ref()) == (8, "M0041", "D0013")
    assert Counter.objects.get(name="C0001").last == 8


def test_proposals_are_numbered_and_a_number_is_not_given_twice(ann, each):
    assert [proposed(each["claim"], ann, note=note).ref for note in ("One.", "Two.")] == ["P0001", "P0002"]
    Proposal.objects.all().delete()
    assert proposed(each["claim"], ann, note="Three.").ref == "P0003"


def test_what_rests_on_a_draft_and_is_approved_is_as_hidden_as_before(ann, ben, each):
    make_claim(text="A draft.")
    approve(proposed(each["event"], ann, claim="C0003"), by=ben)
    assert not Event.objects.public().exists()
