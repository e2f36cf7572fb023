"""The curator's desk: its pages lead on, offer only what one may do, and keep what was typed when they refuse."""

import pytest
from django.urls import reverse

from reforms.admin.reviewing import CONTEXT, around
from reforms.histories import versions
from reforms.models import Claim
from reforms.opened import seal
from reforms.proposing import propose, withdraw
from reforms.publishing import submit
from sources.changes import change_set
from sources.models import ChangeSet
from tests.admin_forms import claim_form, in_words, said, typed
from tests.factories import cite, make_claim, make_discrepancy, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def paragraph():
    return make_source("The law was adopted, the law.").paragraphs.get()


@pytest.fixture
def claim(paragraph, ann):
    """A claim in review that Ann wrote."""
    with change_set(by=ann, reason="Read it."):
        claim = make_claim(paragraph, "The law was adopted", published=False)
    submit(claim, by=ann)
    return claim


def review(claim):
    return reverse("admin:reforms_claim_review", args=[claim.pk])


def history(claim):
    return reverse("admin:reforms_claim_history", args=[claim.pk])


def test_saving_a_claim_leads_to_its_review_page_with_the_next_step(ann_browses, paragraph):
    form = claim_form((paragraph, "The law was adopted", {}))
    response = ann_browses.post(reverse("admin:reforms_claim_add"), form, follow=True)
    assert response.redirect_chain == [(review(Claim.objects.get()), 302)]
    assert "The next step It waits for a second person." in in_words(response)


def test_a_draft_that_lacks_something_says_so_before_it_is_submitted(ann_browses):
    page = in_words(ann_browses.get(review(make_claim(kind="allegation"))))
    assert "It cannot be public yet: A published claim needs at least one supporting citation." in page
    assert "An allegation needs an actor who says it." in page


@pytest.mark.parametrize(("alone", "offered"), [(False, False), (True, True)], ids=["a team", "one person"])
def test_who_wrote_a_claim_is_told_that_somebody_else_publishes_it(ann_browses, claim, settings, alone, offered):
    settings.ONE_PERSON_TEAM = alone
    page = ann_browses.get(review(claim)).content.decode()
    assert ('value="publish"' in page) == offered
    assert ("You changed it last, so a second person has to publish it." in page) != offered
    assert 'value="send_back"' in page


@pytest.mark.parametrize(("alone", "offered"), [(False, False), (True, True)], ids=["a team", "one person"])
def test_who_proposed_a_change_is_told_that_somebody_else_approves_it(ann_browses, ann, settings, alone, offered):
    settings.ONE_PERSON_TEAM = alone
    proposal = propose("event", "new-event", None, {"slug": "new-event"}, by=ann)
    page = ann_browses.get(proposal.get_absolute_url()).content.decode()
    assert ('value="approve"' in page) == offered
    assert ("You proposed it, so a second person has to approve it." in page) != offered
    assert 'value="withdraw"' in page


def test_an_answered_proposal_says_who_answered_it_and_offers_nothing(ann_browses, ann):
    ann.first_name, ann.last_name = "Ann", "Akhmetova"
    ann.save()
    proposal = propose("event", "new-event", None, {"slug": "new-event"}, by=ann)
    withdraw(proposal, by=ann)
    response = ann_browses.get(proposal.get_absolute_url())
    assert "It was withdrawn by Ann Akhmetova on" in in_words(response)
    assert 'name="answer"' not in response.content.decode()


def test_a_refused_step_keeps_what_was_typed_for_it(ben_browses, paragraph):
    claim = make_claim(paragraph, "The law")
    data = {"way": "merge", "into": "C9999", "reason": "They say the same.", "seen": seal(claim)}
    response = ben_browses.post(review(claim), data)
    page = response.content.decode()
    assert "No claim is called “C9999”." in page
    assert 'value="C9999"' in page
    assert page.count("They say the same.") == 1


def test_a_refused_action_on_several_claims_keeps_its_reason(ben_browses, paragraph):
    claim, resolving = make_claim(paragraph, "The law was"), make_claim(paragraph, "adopted")
    make_discrepancy(claim, kind="misprint", state="resolved", resolved_by=resolving)
    data = {"action": "retract_selected", "_selected_action": [resolving.pk], "way_reason": "Misread."}
    response = ben_browses.post(reverse("admin:reforms_claim_changelist"), data)
    assert "resolves D0001: open that discrepancy again first." in in_words(response)
    assert typed(response)["way_reason"] == "Misread."


def test_a_doubt_that_changed_meanwhile_is_not_cleared_and_the_reason_is_kept(ben_browses, paragraph):
    claim = make_claim(paragraph, "The law was", taint="Its text changed.")
    data = {"record": f"claim {claim.pk}", "taint": "Another doubt.", "reason": "Read it again."}
    response = ben_browses.post(reverse("admin:reforms_doubts"), data)
    assert "This was changed since you looked. Look at it again." in in_words(response)
    assert typed(response)["reason"] == "Read it again."
    assert ben_browses.post(reverse("admin:reforms_doubts"), data | {"taint": claim.taint}).status_code == 302
    assert "Nothing is in doubt." in in_words(ben_browses.get(reverse("admin:reforms_doubts")))


def test_a_state_that_cannot_be_brought_back_says_why_and_keeps_the_reason(ann_browses, claim):
    latest = versions(claim)[-1].change_set.pk
    asked = {"version": versions(claim)[0].change_set.pk, "change_reason": "Once more.", "opened": seal(claim)}
    response = ann_browses.post(history(claim), asked)
    assert "It is as it was then." in in_words(response)
    assert "Once more." in response.content.decode()
    response = ann_browses.post(history(claim), {"version": latest + 1000})
    assert "There is no such state." in in_words(response)


def test_an_undo_that_is_refused_keeps_its_reason(ben_browses, claim):
    first = versions(claim)[0].change_set
    response = ben_browses.post(reverse("admin:sources_changeset_change", args=[first.pk]), {"reason": "Too early."})
    assert "Changed again since: claim C0001" in in_words(response)
    assert typed(response)["reason"] == "Too early."


def test_two_states_are_compared_and_the_last_two_are_offered_first(ann_browses, claim):
    for text in ("A law was passed.", "Two laws were passed."):
        claim.text = text
        claim.save()
    keys = [str(version.change_set.pk) for version in versions(claim)]
    page = ann_browses.get(history(claim))
    assert {name: typed(page)[name] for name in ("from", "to")} == {"from": keys[-2], "to": keys[-1]}
    compared = ann_browses.get(history(claim), {"from": keys[0], "to": keys[-1]})
    assert {name: typed(compared)[name] for name in ("from", "to")} == {"from": keys[0], "to": keys[-1]}
    assert "Compared From" in in_words(compared)


def test_the_history_of_what_a_record_owns_is_that_of_the_record(ann_browses, claim):
    citation = claim.citations.get()
    response = ann_browses.get(reverse("admin:reforms_citation_history", args=[citation.pk]))
    assert (response.status_code, response["Location"]) == (302, history(claim))


def test_the_first_page_names_the_records_below_what_waits_and_no_links(ann_browses):
    index = ann_browses.get("/admin/").content.decode()
    assert reverse("admin:reforms_claim_changelist") in index
    assert reverse("admin:reforms_claimreform_changelist") not in index


def test_claims_are_found_by_doubt(ann_browses, paragraph):
    doubtful, _ = make_claim(paragraph, "The law was", taint="Its text changed."), make_claim(paragraph, "adopted")
    lists = {
        value: {claim.ref for claim in ann_browses.get(f"/admin/reforms/claim/?doubt={value}").context["cl"].queryset}
        for value in ("yes", "no", "")
    }
    assert lists == {"yes": {doubtful.ref}, "no": {"C0002"}, "": {"C0001", "C0002"}}


def test_a_quote_is_shown_in_its_paragraph_which_is_cut_between_words_where_it_is_long():
    text = f"{'before ' * 100}QUOTE{' after' * 100}"
    citation = cite(make_claim(), make_source(text).paragraphs.get(), "QUOTE")
    before, after = around(citation)
    assert before.startswith("… before ")
    assert after.endswith(" after …")
    assert max(len(before), len(after)) <= CONTEXT + 2
    whole = cite(make_claim(), make_source("The law is here.", "another-source").paragraphs.get(), "law")
    assert around(whole) == ("The ", " is here.")


def test_undoing_says_that_it_can_be_undone(ben_browses, claim):
    newest = ChangeSet.objects.first()
    address = reverse("admin:sources_changeset_change", args=[newest.pk])
    response = ben_browses.post(address, {"reason": "Too early."}, follow=True)
    assert said(response) == ["Undone, as one change. It can be undone in turn."]
    assert "Undone by: undo of" in in_words(ben_browses.get(address))
