"""Two claims that say the same become one, with the evidence of both; nothing is lost, and all of it can be undone."""

import pytest
from django.core.exceptions import ValidationError

from reforms.curated.writing import written
from reforms.histories import versions
from reforms.merging import merge
from reforms.models import (
    Actor,
    Claim,
    ClaimActor,
    ClaimEvent,
    Discrepancy,
    Event,
    Law,
    LawDate,
    Milestone,
    Package,
    PackageItem,
    Parameter,
    ParameterChange,
    Proposal,
    Reform,
)
from reforms.proposing import approve, propose
from reforms.undoing import undo
from sources.models import ChangeSet
from tests.factories import (
    cite,
    make_claim,
    make_discrepancy,
    make_event,
    make_law,
    make_milestone,
    make_reform,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def paragraph():
    return make_source("The law was adopted. It was adopted, they say.").paragraphs.get()


@pytest.fixture
def into(paragraph):
    """C0001: the claim that goes on. It shares a citation, a reform and an actor with the other."""
    actor = Actor.objects.create(slug="an-actor", name="An actor", kind="person")
    return make_claim(paragraph, "The law was adopted", reforms=[make_reform()], actors=[actor])


@pytest.fixture
def claim(paragraph, into):
    """C0002: the claim that is merged, with words and links of its own and something of every kind on it."""
    reform, law, actor = Reform.objects.get(), make_law(), Actor.objects.get()
    other = make_reform("b-reform")
    claim = make_claim(paragraph, "they say", text="It was.", reforms=[reform, other], laws=[law], actors=[actor])
    cite(claim, paragraph, "The law was adopted", note="The same words.")
    cite(claim, paragraph, "adopted,", stance="disputes", strength="implies", note="Or not.")
    ClaimActor.objects.create(claim=claim, actor=actor, part="concerns", office="Speaker")
    event = make_event(claim)
    ClaimEvent.objects.create(claim=claim, event=event)
    make_milestone(reform, claim, "adopted", "2020", law=law, event=event)
    LawDate.objects.create(law=law, kind="signed", date="2020", claim=claim)
    law.reform_links.create(reform=reform, effect="implements", claim=claim)
    package = Package.objects.create(slug="a-package", name="P", stated_count=1, stated_count_claim=claim)
    PackageItem.objects.create(package=package, position=1, reform=reform, claim=claim)
    parameter = Parameter.objects.create(slug="a-parameter", name="Members", reform=reform)
    ParameterChange.objects.create(parameter=parameter, claim=claim, after="5")
    return claim


def entries():
    models = (Claim, Reform, Law, Event, Package, Parameter, Discrepancy)
    return {str(one): written(one) for model in models for one in model.objects.all()}


def test_the_claim_that_goes_on_has_the_evidence_of_both_each_once(claim, into):
    before = written(claim)
    merge(claim, into, reason="They say the same.")
    assert [(one.ref, one.quote, one.stance, one.strength, one.note) for one in into.citations.order_by("number")] == [
        ("C0001.1", "The law was adopted", "supports", "states", ""),
        ("C0001.2", "they say", "supports", "states", ""),
        ("C0001.3", "adopted,", "disputes", "implies", "Or not."),
    ]
    entry = written(into)
    assert (entry["text"], entry["reforms"], entry["laws"], entry["events"]) == (
        "Something was decided.", ["a-reform", "b-reform"], ["a-law"], ["an-event"],
    )  # fmt: skip
    assert entry["actors"] == [
        {"actor": "an-actor", "part": "concerns", "office": "Speaker"},
        {"actor": "an-actor", "part": "says", "office": "Minister"},
    ]
    merged = before | {"state": "merged", "merged_into": "C0001"}
    assert written(Claim.objects.get(ref="C0002")) == merged, "what it was stays with it"


def test_all_that_rested_on_it_rests_on_the_claim_that_goes_on(claim, into):
    merge(claim, into, reason="They say the same.")
    resting = [Event, Milestone, LawDate, PackageItem, ParameterChange]
    assert [model.objects.get().claim for model in resting] == [into] * 5
    assert Law.objects.get().reform_links.get().claim == into
    assert Package.objects.get().stated_count_claim == into
    assert Milestone.objects.get().ref == "M0001"


def test_it_is_one_change_set_that_says_who_and_why(ann, claim, into):
    before = ChangeSet.objects.count()
    merge(claim, into, by=ann, reason="They say the same.")
    assert ChangeSet.objects.count() == before + 1
    for record in (claim, into, Reform.objects.get(slug="a-reform")):
        last = versions(record)[-1].change_set
        assert (last.by, last.reason) == (ann, "They say the same."), record
    assert [one.what for one in versions(claim)[-1].differences] == ["state", "merged into"]


def test_its_addresses_lead_to_the_claim_that_goes_on(client, claim, into):
    merge(claim, into, reason="They say the same.")
    assert client.get("/claims/C0002/")["Location"] == "/claims/C0001/"
    answer = client.get("/api/v1/claims/C0002/")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/claims/C0001/")
    third = make_claim(into.citations.first().paragraph, "law was")
    merge(into, third, reason="And this one too.")
    assert client.get("/claims/C0002/")["Location"] == "/claims/C0003/"


def test_what_rests_on_both_in_the_same_way_is_refused_by_name(claim, into):
    make_milestone(Reform.objects.get(slug="a-reform"), into, "adopted", "2021")
    before = entries()
    with pytest.raises(ValidationError) as refused:
        merge(claim, into, reason="They say the same.")
    assert refused.value.messages == [
        "M0001 a-reform adopted rests on C0002, and M0002 a-reform adopted on C0001 says the same: remove one."
    ]
    assert entries() == before


def test_another_milestone_on_both_is_no_twin(claim, into):
    make_milestone(Reform.objects.get(slug="a-reform"), into, "announced", "2021")
    merge(claim, into, reason="They say the same.")
    assert set(Milestone.objects.values_list("ref", "claim__ref")) == {("M0001", "C0001"), ("M0002", "C0001")}


def test_a_discrepancy_between_both_has_to_be_settled_first(claim, into):
    make_discrepancy(claim, into)
    before = entries()
    with pytest.raises(ValidationError) as refused:
        merge(claim, into, reason="They say the same.")
    assert refused.value.messages == ["D0001 stands between C0002 and C0001: settle it first."]
    assert entries() == before


def test_discrepancies_that_it_stands_in_or_resolves_go_over(paragraph, claim, into):
    others = [make_claim(paragraph, quote) for quote in ("law was", "It was")]
    make_discrepancy(claim, others[0])
    make_discrepancy(*others, state="resolved", resolved_by=claim)
    merge(claim, into, reason="They say the same.")
    assert [written(one) for one in Discrepancy.objects.order_by("ref")] == [
        {"ref": "D0001", "title": "They differ", "kind": "contradiction", "explanation": "They do not fit.",
         "claims": ["C0001", "C0003"]},
        {"ref": "D0002", "title": "They differ", "kind": "contradiction", "explanation": "They do not fit.",
         "state": "resolved", "resolved_by": "C0001", "claims": ["C0003", "C0004"]},
    ]  # fmt: skip


def test_what_resolves_a_discrepancy_of_the_other_is_refused(paragraph, claim, into):
    make_discrepancy(claim, make_claim(paragraph, "law was"), state="resolved", resolved_by=into)
    with pytest.raises(ValidationError, match="not resolved by one of its own claims"):
        merge(claim, into, reason="They say the same.")
    assert Claim.objects.get(ref="C0002").state == "published"


def test_an_act_is_not_moved_to_an_intention(claim, into):
    Claim.objects.filter(pk=into.pk).update(kind="planned")
    into.refresh_from_db()
    before = entries()
    with pytest.raises(ValidationError, match="“adopted” cannot rest on what is only proposed or planned"):
        merge(claim, into, reason="They say the same.")
    assert entries() == before


def test_a_number_once_used_is_not_given_to_what_comes_over(claim, into):
    cite(into, into.citations.get().paragraph, "law").delete()
    merge(claim, into, reason="They say the same.")
    assert [one.number for one in into.citations.order_by("number")] == [1, 3, 4]


def test_a_merge_is_undone_as_one_step(ann, claim, into):
    make_discrepancy(claim, kind="misprint")
    before = entries()
    merge(claim, into, reason="They say the same.")
    assert entries() != before
    undo(ChangeSet.objects.first(), by=ann, reason="They do not.")
    assert entries() == before


def test_a_change_proposed_before_does_not_change_what_was_merged_since(ann, ben, claim, into):
    before = written(claim)
    proposal = propose("claim", "C0002", before, before | {"text": "Other words."}, by=ann)
    merge(claim, into, reason="They say the same.")
    with pytest.raises(ValidationError, match="C0002 is merged by now, and stays as it was"):
        approve(proposal, by=ben)
    assert (Claim.objects.get(ref="C0002").text, Proposal.objects.get().state) == ("It was.", "waiting")
