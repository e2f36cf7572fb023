"""A claim's way: draft, in review, published; back to its author, retracted, or merged into another."""

import pytest
from django.core.exceptions import ValidationError

from reforms.doubt import clear
from reforms.merging import merge
from reforms.models import Actor, Claim, ClaimActor, ClaimReform, NoClaim
from reforms.publishing import OWN, last_editor, publish, refusals, retract, send_back, sent_back, submit
from reforms.tombstones import tombstone
from sources.changes import change_set
from sources.models import ChangeSet
from tests.factories import cite, make_claim, make_discrepancy, make_milestone, make_reform, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def paragraph():
    return make_source("The law was adopted in May.\nIt is in force.").paragraphs.get(number=1)


@pytest.fixture
def other(paragraph):
    """C0001, public: what others are merged into."""
    return make_claim(paragraph, "in May", text="It was in May.")


def claim_in(state, paragraph, other):
    """C0002 in `state`, where it got by itself."""
    claim = make_claim(paragraph, "The law was adopted", published=state in ("published", "retracted", "merged"))
    if state == "in_review":
        submit(claim)
    elif state == "retracted":
        retract(claim, reason="Wrong.")
    elif state == "merged":
        merge(claim, other, reason="The same.")
    assert claim.state == state
    return claim


ACTS = {
    "submit": lambda claim, other: submit(claim),
    "publish": lambda claim, other: publish(claim),
    "send_back": lambda claim, other: send_back(claim, reason="Say when."),
    "retract": lambda claim, other: retract(claim, reason="Wrong."),
    "merge": lambda claim, other: merge(claim, other, reason="The same."),
    "merge_into": lambda claim, other: merge(other, claim, reason="The same."),
}
ONLY = {
    "submit": "it is submitted for review only from draft.",
    "publish": "it is published only from in review.",
    "send_back": "it is sent back only from in review.",
    "retract": "it is retracted only from published.",
    "merge": "only published claims are merged.",
    "merge_into": "only published claims are merged.",
}
LEADS_TO = {
    ("draft", "submit"): "in_review",
    ("in_review", "publish"): "published",
    ("in_review", "send_back"): "draft",
    ("published", "retract"): "retracted",
    ("published", "merge"): "merged",
    ("published", "merge_into"): "published",
}
STATES = {
    "draft": "draft", "in_review": "in review", "published": "published", "retracted": "retracted", "merged": "merged",
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_from_each_state_some_ways_lead_on_and_all_others_are_refused_in_words(paragraph, other, state, act):
    claim = claim_in(state, paragraph, other)
    before = ChangeSet.objects.count()
    if (state, act) in LEADS_TO:
        ACTS[act](claim, other)
        assert Claim.objects.get(pk=claim.pk).state == LEADS_TO[state, act]
        assert ChangeSet.objects.count() == before + 1
        return
    with pytest.raises(ValidationError) as refused:
        ACTS[act](claim, other)
    assert refused.value.messages == [f"C0002 is {STATES[state]}; {ONLY[act]}"]
    assert Claim.objects.get(pk=claim.pk).state == state
    assert ChangeSet.objects.count() == before


def test_a_claim_is_not_merged_into_itself(other):
    with pytest.raises(ValidationError, match="A claim cannot be merged into itself"):
        merge(other, other, reason="The same.")


@pytest.mark.parametrize("reason", ["", " \n "])
@pytest.mark.parametrize(
    ("state", "act", "words"),
    [
        ("in_review", send_back, "C0002 is sent back with a reason, which its author reads."),
        ("published", retract, "C0002 is retracted with a reason, which its address goes on telling."),
        ("published", lambda claim, reason: merge(claim, Claim.objects.get(ref="C0001"), reason=reason),
         "C0002 is merged with a reason."),
    ],
    ids=["send_back", "retract", "merge"],
)  # fmt: skip
def test_what_others_will_ask_about_needs_a_reason(paragraph, other, state, act, words, reason):
    claim = claim_in(state, paragraph, other)
    with pytest.raises(ValidationError) as refused:
        act(claim, reason=reason)
    assert refused.value.messages == [words]
    assert Claim.objects.get(pk=claim.pk).state == state


def written_by(user, paragraph):
    with change_set(by=user, reason="As I read it."):
        return make_claim(paragraph, "The law was adopted", published=False)


def test_nobody_publishes_what_they_wrote(ann, ben, paragraph):
    claim = written_by(ann, paragraph)
    submit(claim, by=ann)
    with pytest.raises(ValidationError) as refused:
        publish(claim, by=ann)
    assert refused.value.messages == [f"C0001: {OWN}"]
    assert OWN == "Nobody publishes or approves what they last edited: a second person has to look at it."
    publish(claim, by=ben)
    assert Claim.objects.get().state == "published"
    assert Claim.history.first().change_set.by == ben


def test_one_person_alone_may_publish_what_they_wrote_where_the_settings_say_so(ann, paragraph, settings):
    settings.ONE_PERSON_TEAM = True
    claim = written_by(ann, paragraph)
    submit(claim, by=ann)
    publish(claim, by=ann)
    assert Claim.objects.get().state == "published"


def test_the_reviewer_who_edits_becomes_the_last_editor(ann, ben, paragraph):
    claim = written_by(ann, paragraph)
    submit(claim, by=ann)
    with change_set(by=ben, reason="In May."):
        claim.text = "A law was adopted in May."
        claim.save()
    with pytest.raises(ValidationError, match="a second person has to look at it"):
        publish(claim, by=ben)
    publish(claim, by=ann)


EDITS = {
    "words": lambda claim: _save(claim, text="Other words."),
    "kind": lambda claim: _save(claim, kind="done"),
    "note": lambda claim: _save(claim, note="As printed."),
    "a-citation-added": lambda claim: cite(claim, claim.citations.first().paragraph, "in May"),
    "a-citation-changed": lambda claim: _save(claim.citations.get(), note="Here."),
    "a-link-added": lambda claim: ClaimReform.objects.create(claim=claim, reform=make_reform()),
    "a-citation-removed": lambda claim: claim.citations.get().delete(),
}
NO_EDITS = {
    "submitted": lambda claim: submit(claim),
    "sent-back": lambda claim: (submit(claim), send_back(claim, reason="Say when.")),
    "doubt-cleared": lambda claim: clear(claim, by=ChangeSet.objects.exclude(by=None).first().by, reason="Read it."),
    "saved-unchanged": lambda claim: claim.save(),
    "published-and-retracted": lambda claim: (submit(claim), publish(claim), retract(claim, reason="Wrong.")),
}


def _save(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_whoever_changes_words_citations_or_links_is_the_last_editor(ann, ben, paragraph, edit):
    claim = written_by(ann, paragraph)
    assert last_editor(claim) == ann
    with change_set(by=ben, reason="An edit."):
        edit(claim)
    assert last_editor(claim) == ben


@pytest.mark.parametrize("act", NO_EDITS.values(), ids=NO_EDITS)
def test_moving_a_claim_from_state_to_state_is_no_edit(ann, ben, paragraph, act):
    claim = written_by(ann, paragraph)
    with change_set(by=ann, reason="Doubtful."):
        _save(claim, taint="Its text changed.")
    with change_set(by=ben, reason="Moved."):
        act(claim)
    assert last_editor(claim) == ann


def test_where_nobody_is_named_anybody_publishes(ann, paragraph):
    claim = make_claim(paragraph, "The law was adopted", published=False)
    assert last_editor(claim) is None
    submit(claim)
    publish(claim, by=ann)


def test_what_was_sent_back_says_by_whom_and_why_until_it_is_submitted_again(ann, ben, paragraph):
    claim = written_by(ann, paragraph)
    assert sent_back(claim) is None
    submit(claim, by=ann)
    assert sent_back(claim) is None
    send_back(claim, by=ben, reason="Say when.")
    answer = sent_back(claim)
    assert (answer.by, answer.reason) == (ben, "Say when.")
    with change_set(by=ann, reason="In May."):
        _save(claim, text="A law was adopted in May.")
    assert sent_back(claim) == answer
    submit(claim, by=ann)
    assert sent_back(claim) is None
    send_back(claim, by=ben, reason="Of which year?")
    assert sent_back(claim).reason == "Of which year?"
    submit(claim, by=ann)
    publish(claim, by=ben)
    assert sent_back(claim) is None


def test_every_reason_why_a_claim_may_not_be_public_is_told_at_once(paragraph):
    claim = make_claim(text="He did it.", kind="allegation")
    assert refusals(claim) == [
        "A published claim needs at least one supporting citation.", "An allegation needs an actor who says it.",
    ]  # fmt: skip
    actor = Actor.objects.create(slug="an-actor", name="An actor", kind="person")
    ClaimActor.objects.create(claim=claim, actor=actor, part="says")
    cite(claim, paragraph, "adopted", stance="disputes")
    NoClaim.objects.create(paragraph=paragraph, reason="rhetoric")
    assert refusals(claim) == [
        "A published claim needs at least one supporting citation.",
        "It stands on words of a-source#1, which is marked as carrying no claim.",
    ]
    with pytest.raises(ValidationError) as refused:
        submit(claim)
    assert refused.value.messages == [f"C0001: {reason}" for reason in refusals(claim)]
    cite(claim, paragraph, "in May")
    NoClaim.objects.get().delete()
    assert refusals(claim) == []


def test_a_paragraph_marked_while_the_claim_is_in_review_stops_it(paragraph):
    claim = make_claim(paragraph, "The law was adopted", published=False)
    cite(claim, paragraph, "in May")
    submit(claim)
    NoClaim(paragraph=paragraph, reason="rhetoric").full_clean()
    NoClaim.objects.create(paragraph=paragraph, reason="rhetoric")
    with pytest.raises(ValidationError) as refused:
        publish(claim)
    assert refused.value.messages == ["C0001: It stands on words of a-source#1, which is marked as carrying no claim."]


def test_what_resolves_a_discrepancy_is_not_retracted_before_that_is_open_again(paragraph, other):
    first, second = (make_claim(paragraph, quote) for quote in ("The law", "adopted"))
    discrepancy = make_discrepancy(first, second, state="resolved", resolved_by=other)
    with pytest.raises(ValidationError) as refused:
        retract(other, reason="Wrong.")
    assert refused.value.messages == ["C0001 resolves D0001: open that discrepancy again first."]
    discrepancy.state, discrepancy.resolved_by = "open", None
    discrepancy.save()
    retract(other, reason="Wrong.")
    assert Claim.objects.get(ref="C0001").state == "retracted"


def test_a_retracted_claim_tells_why_at_its_address_and_hides_what_rests_on_it(client, paragraph):
    reform = make_reform()
    claim = make_claim(paragraph, "The law was adopted", reforms=[reform])
    make_claim(paragraph, "in May", reforms=[reform])
    milestone = make_milestone(reform, claim, "adopted", "2020")
    retract(claim, reason="The source was withdrawn.")
    assert tombstone("C0001") == "The source was withdrawn."
    page, answer = client.get("/claims/C0001/"), client.get("/api/v1/claims/C0001/")
    assert (page.status_code, answer.status_code) == (410, 410)
    assert "The source was withdrawn." in page.content.decode()
    assert answer.json()["reason"] == "The source was withdrawn."
    assert not type(milestone).objects.public().exists()
    assert "M0001" not in client.get("/reforms/a-reform/").content.decode()
