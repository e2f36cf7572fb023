"""The one writer that makes a claim public, and the history that it leaves."""

from contextlib import nullcontext, suppress

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection

from reforms.models import Actor, Claim, ClaimActor, Milestone
from reforms.publishing import NO_SUPPORT, NOBODY_SAYS_IT, publish, refuse_deletion, submit
from sources.changes import change_set
from sources.models import ChangeSet
from tests.factories import cite, make_claim, make_discrepancy, make_milestone, make_reform, make_source

pytestmark = pytest.mark.django_db


def in_review(claim):
    """`claim` in review, whatever it lacks."""
    Claim.objects.filter(pk=claim.pk).update(state="in_review")
    claim.refresh_from_db()
    return claim


@pytest.fixture(params=[submit, lambda claim: publish(in_review(claim))], ids=["submit", "publish"])
def go_on(request):
    """Either of the two steps on a draft's way to the public: what one lacks, neither lets pass."""
    return request.param


def test_a_claim_without_words_is_not_published(go_on):
    claim = make_claim()
    with pytest.raises(ValidationError, match=NO_SUPPORT):
        go_on(claim)
    assert Claim.objects.public().count() == 0


def test_words_that_dispute_or_give_context_are_no_support(go_on):
    claim = make_claim()
    paragraph = make_source("It was not so. Perhaps.").paragraphs.get()
    cite(claim, paragraph, "It was not so.", stance="disputes")
    cite(claim, paragraph, "Perhaps", stance="context")
    with pytest.raises(ValidationError, match=NO_SUPPORT):
        go_on(claim)


def test_an_allegation_needs_somebody_who_says_it(go_on):
    claim = make_claim(make_source("He did it.").paragraphs.get(), kind="allegation", published=False)
    with pytest.raises(ValidationError, match=NOBODY_SAYS_IT):
        go_on(claim)
    actor = Actor.objects.create(slug="a-paper", name="A paper", kind="organisation")
    link = ClaimActor.objects.create(claim=claim, actor=actor, part="concerns")
    with pytest.raises(ValidationError, match=NOBODY_SAYS_IT):
        go_on(claim)
    link.part = "says"
    link.save()
    go_on(claim)
    assert claim.state in ("in_review", "published")


@pytest.mark.parametrize("state", ["retracted", "merged"])
def test_what_was_retracted_or_merged_stays_so(state):
    claim = make_claim(make_source("It was so.").paragraphs.get())
    claim.state = state
    with pytest.raises(ValidationError, match=f"{claim.ref} is {state}; it is published only from in review."):
        publish(claim)
    with pytest.raises(ValidationError, match=f"{claim.ref} is {state}; it is submitted for review only from draft."):
        submit(claim)


def test_what_rests_on_a_claim_is_public_only_while_the_claim_is():
    reform = make_reform()
    claim = make_claim(make_source("It was so.").paragraphs.get(), reforms=[reform], published=False)
    make_milestone(reform, claim)
    assert Milestone.objects.public().count() == 0
    submit(claim)
    assert Milestone.objects.public().count() == 0
    publish(claim)
    assert Milestone.objects.public().count() == 1


@pytest.mark.parametrize(
    ("published", "state", "kept"),
    [(False, "draft", False), (False, "in_review", False), (True, "published", True), (True, "retracted", True),
     (True, "draft", True)],
    ids=["draft", "in-review", "published", "retracted", "taken-back"],
)  # fmt: skip
def test_what_was_ever_public_is_not_deleted(published, state, kept):
    reform = make_reform()
    claim = make_claim(make_source("It was so.").paragraphs.get(), reforms=[reform], published=published)
    records = [claim, make_milestone(reform, claim), make_discrepancy(claim, kind="misprint")]
    Claim.objects.update(state=state, retraction_reason="Wrong." if state == "retracted" else "")
    for record in records:
        with pytest.raises(ValidationError, match="what was public is not deleted") if kept else nullcontext():
            refuse_deletion(record)


def test_support_is_counted_in_sources_not_citations():
    first, second = make_source("One. Two.", "first-source"), make_source("Three.", "second-source")
    claim = make_claim(first.paragraphs.get(), "One.")
    cite(claim, first.paragraphs.get(), "Two.")
    assert Claim.objects.with_support().get().support == 1
    cite(claim, second.paragraphs.get(), "Three", stance="disputes")
    assert Claim.objects.with_support().get().support == 1
    cite(claim, second.paragraphs.get(), "Three.")
    assert Claim.objects.with_support().get().support == 2


def test_every_history_row_belongs_to_a_change_set_that_says_who_and_why():
    curator = User.objects.create_user("curator")
    claim = make_claim(make_source("It was so.").paragraphs.get(), published=False)
    submit(claim)
    before = ChangeSet.objects.count()
    with change_set(by=curator, reason="Checked against the source."):
        publish(claim)
        claim.note = "Checked."
        claim.save()
    changes = {row.change_set for row in claim.history.all()[:2]}
    assert len(changes) == 1
    only = changes.pop()
    assert (only.by, only.reason, only.kind) == (curator, "Checked against the source.", "edit")
    assert ChangeSet.objects.count() == before + 1


def test_a_change_outside_any_change_set_gets_one_of_its_own():
    reform = make_reform()
    reform.title = "Another title"
    reform.save()
    first, second = reform.history.all()
    assert first.change_set_id != second.change_set_id


def test_a_change_set_in_which_nothing_changed_is_not_recorded():
    with change_set(reason="Nothing."):
        pass
    assert not ChangeSet.objects.exists()


def test_what_fails_inside_a_change_set_takes_only_itself_back():
    reform = make_reform()
    with change_set(reason="Several."):
        with suppress(RuntimeError), change_set(reason="The first of them."):
            reform.title = "Half-way"
            reform.save()
            raise RuntimeError
        other = make_reform("b-reform")
    reform.refresh_from_db()
    only = other.history.get().change_set
    assert (reform.title, reform.history.count(), only.reason) == ("A reform", 1, "Several.")
    assert ChangeSet.objects.filter(pk=only.pk).exists()
    connection.check_constraints()


def test_a_change_set_that_fails_changes_nothing():
    reform = make_reform()
    before = ChangeSet.objects.count()

    def half_a_change():
        with change_set(reason="Half."):
            reform.title = "Half-way"
            reform.save()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_a_change()
    reform.refresh_from_db()
    assert reform.title == "A reform"
    assert (reform.history.count(), ChangeSet.objects.count()) == (1, before)
