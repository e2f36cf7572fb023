"""What a person says of citations that a newer edition left behind, what rules hold, and what other ways keep."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from reforms import publishing
from reforms.curated.writing import written
from reforms.editions import carry_over, leave, take_place
from reforms.histories import versions
from reforms.merging import merge
from reforms.models import Citation, Claim, Proposal
from reforms.proposing import approve, propose
from reforms.restoring import restore
from reforms.undoing import undo
from sources.changes import change_set
from sources.models import Source
from tests.factories import cite, make_claim, make_source, rewrite
from tests.reforms.editions import NEWER, cites, edition, para, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(db):
    return make_source("Heading.\nThe law was adopted on 25 May 2020.\nIt is in force.\nThey clap.", "first-edition")


@pytest.fixture
def claim(first):
    return make_claim(para(first, 2), "was adopted on 25 May 2020")


def test_a_person_says_which_words_take_the_place_in_a_draft_at_once(first, ann):
    draft = make_claim(para(first, 3), "It is in force", published=False)
    carry_over(edition(NEWER, first))
    root, proposal = take_place(draft.citations.get(), 3, "It came into force", by=ann)
    assert (root, proposal, waiting()) == (draft, None, [])
    assert cites(draft)[1] == (2, "second-edition#3", "It came into force", 1)
    made = draft.citations.get(number=2).history.get().change_set
    assert (made.by, made.reason) == (ann, f"Words of second-edition#3 take the place of {draft.ref}.1.")


def test_in_a_public_claim_that_waits_for_a_second_person(first, ann, ben):
    claim = make_claim(para(first, 3), "It is in force")
    carry_over(edition(NEWER, first))
    _, proposal = take_place(claim.citations.get(), 3, "It came into force", by=ann)
    assert (len(cites(claim)), waiting(), proposal.state) == (1, [f"{claim.ref}.1"], "waiting")
    approve(proposal, by=ben)
    assert cites(claim)[1] == (2, "second-edition#3", "It came into force", 1)
    assert waiting() == []


def test_a_person_says_why_nothing_takes_the_place(first, ann, ben):
    draft, claim = make_claim(para(first, 3), "It is in force", published=False), make_claim(para(first, 3), "is")
    carry_over(edition(NEWER, first))
    assert leave(draft.citations.get(), " It is said otherwise. ", by=ann)[1] is None
    proposal = leave(claim.citations.get(), "Rewritten.", by=ann)[1]
    assert waiting() == [f"{claim.ref}.1"]
    approve(proposal, by=ben)
    assert [one.not_carried for one in Citation.objects.order_by("pk")] == ["It is said otherwise.", "Rewritten."]
    assert waiting() == []


@pytest.mark.parametrize(
    ("number", "quote", "words"),
    [
        (9, "It came", "The newer edition has no paragraph 9."),
        (3, "it came", "These words do not stand in ¶3, character for character."),
        (3, "", "These words do not stand in ¶3, character for character."),
        (3, "e", "These words stand in ¶3 2 times. Take in more of the words around those you mean."),
    ],
)
def test_words_are_taken_exactly_and_once_or_refused(first, ann, number, quote, words):
    claim = make_claim(para(first, 3), "It is in force")
    carry_over(edition(NEWER, first))
    with pytest.raises(ValidationError) as refused:
        take_place(claim.citations.get(), number, quote, by=ann)
    assert refused.value.messages == [words]
    assert (Proposal.objects.count(), len(cites(claim))) == (0, 1)


def test_what_is_settled_is_not_settled_again(first, ann):
    draft = make_claim(para(first, 3), "It is in force", published=False)
    with pytest.raises(ValidationError, match="settled meanwhile"):
        leave(draft.citations.get(), "Why?", by=ann)  # there is no newer edition
    carry_over(edition(NEWER, first))
    with pytest.raises(ValidationError, match="Say why no words"):
        leave(draft.citations.get(), " ", by=ann)
    citation = draft.citations.get()
    take_place(citation, 3, "It came", by=ann)
    for again in (lambda: take_place(citation, 3, "into force", by=ann), lambda: leave(citation, "Why?", by=ann)):
        with pytest.raises(ValidationError, match="settled meanwhile"):
            again()
    assert len(cites(draft)) == 2


@pytest.fixture
def carried(first, claim):
    carry_over(edition(NEWER, first))
    return claim.citations.get(number=2)


def test_one_place_is_taken_once(carried):
    cite(carried.claim, para(carried.paragraph.source, 4), "clap")
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.filter(number=3).update(carries=carried.carries)


def test_editions_lead_round_in_no_circle(first):
    waits = Source(slug="waits", name="Waits", supersedes=first)
    waits.receive(b"Waits.")
    waits.save()
    first.supersedes = waits
    with pytest.raises(ValidationError, match="round in a circle"):
        first.full_clean()


def test_a_draft_is_deleted_with_all_that_its_citations_carry(first):
    draft = make_claim(para(first, 4), published=False)
    carry_over(edition(NEWER, first))
    draft.delete()
    assert Citation.objects.count() == 0


def test_merged_claims_keep_what_takes_the_place_of_what(first, claim, carried, ann):
    into = make_claim(para(first, 4), "They")
    cite(into, para(first, 2), "was adopted on 25 May 2020")
    merge(claim, into, by=ann, reason="The same.")
    assert cites(into) == [
        (1, "first-edition#4", "They", None), (2, "first-edition#2", "was adopted on 25 May 2020", None),
        (3, "second-edition#2", "was adopted on 25 May 2020", 2),
    ]  # fmt: skip
    assert cites(claim)[1][3] == 1
    again = Claim.history.order_by("history_id").last().change_set
    undo(again, by=ann, reason="They differ.")
    assert len(cites(into)) == 2


def test_merging_leaves_a_place_that_is_taken_already(first, claim, ann):
    into = make_claim(para(first, 2), "was adopted on 25 May 2020", text="It is law.")
    newer = edition(NEWER, first)
    carry_over(newer)
    other = cite(claim, para(newer, 4), "They clap")
    Citation.objects.filter(pk=claim.citations.get(number=2).pk).delete()
    other.carries = claim.citations.get(number=1)
    other.full_clean()
    other.save()
    merge(claim, into, by=ann, reason="The same.")
    assert [(number, quote, carries) for number, _, quote, carries in cites(into)] == [
        (1, "was adopted on 25 May 2020", None), (2, "was adopted on 25 May 2020", 1), (3, "They clap", None),
    ]  # fmt: skip


def test_the_history_tells_it_and_an_earlier_state_comes_back(first, ann):
    draft = make_claim(para(first, 4), published=False)
    carry_over(edition(NEWER, first))
    rewrite(draft, text="Other words.")
    assert len(cites(draft)) == 2
    states = versions(draft)
    assert [one.what for one in states[-2].differences] == ["citation 2"]
    restore(draft, states[-3], by=ann)
    assert (len(cites(draft)), waiting()) == (1, [f"{draft.ref}.1"])
    restore(draft, versions(draft)[-2], by=ann)
    assert cites(draft)[1][3] == 1


def test_a_proposal_that_waited_keeps_what_was_carried_over(first, claim, ann, ben):
    public = written(claim)
    proposal = propose("claim", claim.ref, public, public | {"text": "It became law."}, by=ann)
    carry_over(edition(NEWER, first))
    before = cites(claim)
    approve(proposal, by=ben)
    claim.refresh_from_db()
    assert (claim.text, cites(claim)) == ("It became law.", before)


def test_whoever_changes_what_a_carried_citation_says_is_the_author_and_does_not_publish_it(first, ann, ben):
    with change_set(by=ann):
        claim = make_claim(para(first, 3), "in force", published=False)
    publishing.submit(claim, by=ann)
    carry_over(edition("Now in force.", first))
    carried = claim.citations.get(number=2)
    carried.stance = "disputes"
    with change_set(by=ben, reason="It says the opposite."):
        carried.save()
    assert publishing.last_editor(claim) == ben
    with pytest.raises(ValidationError, match="Nobody publishes"):
        publishing.publish(claim, by=ben)


def test_what_a_proposal_says_of_a_citation_is_not_proposed_again(first, ann, ben):
    claim = make_claim(para(first, 3), "It is in force")
    carry_over(edition(NEWER, first))
    _, proposal = take_place(claim.citations.get(), 3, "It came into force", by=ann)
    with pytest.raises(ValidationError, match=f"{proposal.ref} says already what becomes of C0001.1"):
        take_place(claim.citations.get(), 3, "It came into force", by=ben)
    with pytest.raises(ValidationError, match=f"{proposal.ref} says already what becomes of C0001.1"):
        leave(claim.citations.get(), "It does not say so.", by=ben)
    assert Proposal.objects.count() == 1
