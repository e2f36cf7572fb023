"""Ways round the second person, and round what another one just did, that are closed."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from reforms.curated.writing import written
from reforms.doubt import clear, mark_superseded
from reforms.histories import versions
from reforms.merging import merge
from reforms.models import Citation, Claim, Event, Milestone, Package, Proposal, Reform
from reforms.opened import seal
from reforms.proposing import approve, propose, proposer, revise, withdraw
from reforms.publishing import publish, retract, submit
from reforms.undoing import undo
from sources.changes import change_set
from sources.models import ChangeSet
from tests.admin_forms import errors, new_row, opened, said
from tests.factories import cite, make_claim, make_event, make_reform, make_source, rewrite
from tests.reforms.conftest import browser

pytestmark = pytest.mark.django_db


def at(record, page):
    return reverse(f"admin:reforms_{record._meta.model_name}_{page}", args=[record.pk])


def refused(call, *arguments, **named):
    with pytest.raises(ValidationError) as error:
        call(*arguments, **named)
    return " ".join(error.value.messages)


def test_what_was_public_waits_and_stays_though_its_claim_is_retracted(ann_browses, each):
    retract(each["claim"], reason="Wrong.")
    for kind in ("event", "package", "reform"):
        data = opened(ann_browses, at(each[kind], "change"))
        name = "name" if kind == "package" else "title"
        page = ann_browses.post(at(each[kind], "change"), data | {name: "Other words"}, follow=True)
        assert "waits for a second person" in said(page)[0], kind
        assert ann_browses.post(at(each[kind], "delete"), {"post": "yes"}).status_code == 403
    kept = (Event.objects.get().title, Package.objects.get().name, Reform.objects.get().title)
    assert kept == ("An event", "A package", "A reform")


def test_nobody_publishes_along_what_they_added_themselves(ann, ben, each):
    with change_set(by=ann):
        claim = make_claim(Citation.objects.first().paragraph, "adopted", published=False)
        submit(claim)
    with change_set(by=ben):
        make_event(claim, "another-event")
    assert refused(publish, claim, by=ben).startswith("C0003: Another event becomes public with it. Nobody publishes")
    assert Claim.objects.get(ref="C0003").state == "in_review"


def test_the_review_page_is_old_when_something_else_rests_on_the_claim_by_now(ann_browses, each):
    claim = make_claim(Citation.objects.first().paragraph, "adopted", published=False)
    submit(claim)
    seen = seal(claim)
    make_event(claim, "another-event")
    page = ann_browses.post(at(claim, "review"), {"way": "publish", "seen": seen})
    assert "C0003 was changed since you looked at it." in page.content.decode()


def test_a_note_on_a_citation_does_not_keep_doubt_away(ann, ben, each):
    entry = written(each["claim"])
    noted = [cite | {"note": "Seen."} for cite in entry["cites"]]
    approve(propose("claim", "C0001", entry, entry | {"text": "Other.", "cites": noted}, by=ann), by=ben)
    assert Claim.objects.get(ref="C0001").taint.startswith("Its text changed on ")


def test_an_undone_revision_leaves_its_first_author(ann, ben, each):
    entry = written(each["claim"])
    proposal = propose("claim", "C0001", entry, entry | {"text": "Hers."}, by=ann)
    revise(proposal, entry | {"text": "Hers, again."}, public=entry, by=ann)
    undo(ChangeSet.objects.first(), by=ben, reason="The first was better.")
    proposal.refresh_from_db()
    assert (proposal.proposed["text"], proposer(proposal)) == ("Hers.", ann)
    assert "Nobody publishes or approves" in refused(approve, proposal, by=ann)


def test_what_nobody_proposed_is_not_withdrawn_by_anybody(each, django_user_model):
    entry = written(each["claim"])
    proposal = propose("claim", "C0001", entry, entry | {"text": "Other."}, by=None)
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    assert refused(withdraw, proposal, by=reader) == "A proposal is withdrawn by who made it."


def test_an_answer_given_meanwhile_stands(ann, ben, each):
    entry = written(each["claim"])
    proposal = propose("claim", "C0001", entry, entry | {"text": "Other."}, by=ann)
    stale = Proposal.objects.get()
    approve(proposal, by=ben)
    assert refused(withdraw, stale, by=ann) == "P0001 is approved already."
    assert Proposal.objects.get().state == "approved"


def test_doubt_is_cleared_on_what_is_stored_and_not_on_what_was_read(ann, each):
    claim = each["claim"]
    Claim.objects.filter(pk=claim.pk).update(taint="Doubtful.")
    stale = Claim.objects.get(pk=claim.pk)
    Claim.objects.filter(pk=claim.pk).update(text="Approved meanwhile.")
    clear(stale, by=ann, reason="Looked.")
    assert Claim.objects.get(pk=claim.pk).text == "Approved meanwhile."


def test_claims_are_merged_as_they_are_stored(each):
    other = make_claim(Citation.objects.first().paragraph, "adopted")
    stale = Claim.objects.get(pk=other.pk)
    retract(other, reason="Wrong.")
    assert refused(merge, each["claim"], stale, reason="The same.") == (
        f"{other.ref} is retracted; only published claims are merged."
    )


def test_an_old_history_page_brings_nothing_back(ann_browses, each):
    claim = make_claim(Citation.objects.first().paragraph, "adopted", published=False, text="First.")
    rewrite(claim, text="Second.")
    page = {"version": versions(claim)[0].change_set.pk, "opened": seal(claim)}
    rewrite(claim, text="Third.")
    answer = ann_browses.post(at(claim, "history"), page)
    assert "It was changed since you opened this page." in answer.content.decode()
    assert Claim.objects.get(pk=claim.pk).text == "Third."


def test_what_another_added_meanwhile_is_not_added_twice(ann, each):
    client, paragraph = browser(ann), Citation.objects.first().paragraph
    claim = make_claim(paragraph, "adopted", published=False)
    reform = make_reform("another-reform")
    data = opened(client, at(claim, "change"))
    data = new_row(data, "reform_links", reform=reform.pk)
    claim.reform_links.create(reform=reform)
    for said_now in ("Nothing was saved: somebody changed this", "The claim names this already."):
        page = client.post(at(claim, "change"), data)
        assert page.status_code == 200
        assert said_now in errors(page)
        data["opened"] = seal(Claim.objects.get(pk=claim.pk))
    assert claim.reform_links.count() == 1


@pytest.mark.parametrize("page", ["abc/history/", "9999999999999999999999/history/"])
def test_an_address_of_nothing_is_no_failure(ann_browses, page):
    for kind in ("reforms/claim", "reforms/proposal", "sources/source", "sources/paragraph"):
        assert ann_browses.get(f"/admin/{kind}/{page}").status_code in (302, 404)


def test_a_nul_is_refused_wherever_it_is_typed(ann_browses, each):
    for address in (at(each["claim"], "history"), reverse("admin:reforms_doubts"), at(each["claim"], "review")):
        for name in ("reason", "change_reason", "way_reason"):
            assert ann_browses.post(address, {name: "a\0b"}).status_code == 400


def test_who_changed_words_and_changed_them_back_does_not_publish_them(ann, ben, each):
    with change_set(by=ann):
        claim = make_claim(Citation.objects.first().paragraph, "adopted", published=False, text="First.")
    for text in ("Second.", "First."):
        with change_set(by=ben):
            rewrite(claim, text=text)
            claim.refresh_from_db()
    submit(claim)
    assert "Nobody publishes or approves" in refused(publish, claim, by=ben)


def test_a_draft_on_words_that_a_newer_edition_lost_is_marked_when_it_is_published(each):
    claim = make_claim(Citation.objects.first().paragraph, "adopted", published=False)
    make_source("Something else.", "newer-edition", supersedes=each["source"])
    submit(claim)
    publish(claim)
    said_of_it = "The newer edition “Newer edition” no longer carries the words of C0003.1."
    assert Claim.objects.get(ref="C0003").taint == said_of_it


def test_what_was_cleared_is_not_marked_again_by_the_edition_of_another_source(ann, each):
    other = make_source("Another text.", "another-source")
    cite(each["claim"], other.paragraphs.get(), "Another text")
    mark_superseded(make_source("Something else.", "newer-edition", supersedes=each["source"]))
    clear(Claim.objects.get(ref="C0001"), by=ann, reason="Looked.")
    mark_superseded(make_source("No such words.", "newer-other", supersedes=other))
    gone = "The newer edition “Newer other” no longer carries the words of C0001.2."
    assert Claim.objects.get(ref="C0001").taint == gone


def test_a_proposal_finds_what_was_renamed_or_merged_meanwhile(ann, ben, each):
    law, reform = written(each["law"]), written(each["reform"])
    twin = make_claim(Citation.objects.first().paragraph, "adopted", reforms=[each["reform"]])
    more = [*reform["milestones"], {"ref": "M0009", "stage": "drafted", "claim": twin.ref, "law": "a-law"}]
    proposal = propose("reform", "a-reform", reform, reform | {"milestones": more}, by=ann)
    rewrite(each["law"], slug="renamed-law")
    merge(twin, Claim.objects.get(ref="C0001"), by=ben, reason="The same.")
    approve(proposal, by=ben)
    milestone = Milestone.objects.get(ref="M0009")
    assert (law["slug"], milestone.law.slug, milestone.claim.ref) == ("a-law", "renamed-law", "C0001")
