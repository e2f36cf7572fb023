"""Undo: a whole change set is taken back as one step, exactly."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from reforms.curated.writing import written
from reforms.merging import merge
from reforms.models import (
    Citation,
    Claim,
    ClaimReform,
    Milestone,
    Package,
    PackageItem,
    Proposal,
    Reform,
    RetiredSlug,
)
from reforms.proposing import approve, propose, revise
from reforms.publishing import publish, submit
from reforms.renaming import retire
from reforms.touching import Count, Touched, changed_by
from reforms.undoing import undo
from sources.acceptance import accept, reconsider
from sources.changes import change_set
from sources.models import ChangeSet, Paragraph, Source
from tests.factories import cite, make_claim, make_discrepancy, make_milestone, make_reform, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def mary():
    return User.objects.create(username="mary")


@pytest.fixture
def claim():
    """C0001, public, on the first two sentences and about reform-a."""
    paragraph = make_source("It was so. It is so. It will be so.").paragraphs.get()
    claim = make_claim(paragraph, "It was so.", reforms=[make_reform("reform-a")], text="It was so.")
    cite(claim, paragraph, "It is so.")
    return claim


def last():
    """The change set made last."""
    return ChangeSet.objects.order_by("pk").last()


def keys(*models):
    return {model: set(model.objects.values_list("pk", flat=True)) for model in models}


def acts(done, model):
    """What `done` did to records of `model`, in the letters of their history rows."""
    return "".join(sorted(model.history.filter(change_set=done).values_list("history_type", flat=True)))


def edit(claim):
    """Change a claim in every way at once: its words, a citation and a link each added, changed and removed."""
    first, second = claim.citations.order_by("number")
    with change_set(reason="An edit."):
        claim.text, claim.note = "It is not so.", "As read."
        claim.save()
        first.stance = "disputes"
        first.save()
        second.delete()
        cite(claim, first.paragraph, "It will be so.")
        claim.reform_links.get().delete()
        ClaimReform.objects.create(claim=claim, reform=make_reform("reform-b"))


def test_an_edit_is_taken_back_exactly_with_its_citations_and_links(claim, mary):
    before, rows = written(claim), keys(Claim, Citation, ClaimReform, Reform)
    edit(claim)
    edited = last()
    done = undo(edited, by=mary, reason="It was so after all.")
    assert written(Claim.objects.get()) == before
    assert keys(Claim, Citation, ClaimReform, Reform) == rows
    assert (done.kind, done.by, done.reason, done.undoes) == ("undo", mary, "It was so after all.", edited)
    assert [acts(done, model) for model in (Claim, Citation, ClaimReform, Reform)] == ["~", "+-~", "+-", "-"]


def test_an_undo_is_undone_in_the_same_way_however_often(claim, mary):
    before = written(claim)
    edit(claim)
    after, rows = written(claim), keys(Citation, ClaimReform, Reform)
    done = undo(last(), by=mary, reason="Wrong.")
    again = undo(done, by=mary, reason="Right.")
    assert (written(Claim.objects.get()), keys(Citation, ClaimReform, Reform)) == (after, rows)
    undo(again, by=mary, reason="Wrong all the same.")
    assert written(Claim.objects.get()) == before
    assert [one.undoes for one in ChangeSet.objects.filter(kind="undo").order_by("pk")] == [done.undoes, done, again]


def test_edits_are_taken_back_one_after_the_other_the_last_first(claim, mary):
    texts = [claim.text]
    for text in ("Second.", "Third."):
        claim.text = text
        with change_set(reason=text):
            claim.save()
        texts.append(text)
    second, third = ChangeSet.objects.order_by("pk").filter(reason__in=texts)
    undo(third, by=mary, reason="Not the third.")
    assert Claim.objects.get().text == "Second."
    undo(second, by=mary, reason="Not the second.")
    assert Claim.objects.get().text == "It was so."


def test_the_publication_of_three_claims_is_taken_back_in_one_step(mary):
    source = make_source("One.\nTwo.\nThree.\n")
    claims = [make_claim(paragraph, published=False) for paragraph in source.paragraphs.all()]
    for one in claims:
        submit(one)
    with change_set(by=mary, reason="All looked at."):
        for one in claims:
            publish(one, reason="One of three.")
    undo(last(), by=mary, reason="Not looked at.")
    assert list(Claim.objects.values_list("ref", "state")) == [
        ("C0001", "in_review"), ("C0002", "in_review"), ("C0003", "in_review"),
    ]  # fmt: skip
    undo(last(), by=mary, reason="Looked at now.")
    assert Claim.objects.public().count() == 3


def test_what_was_deleted_is_back_under_the_same_key_with_all_that_it_owned(mary):
    paragraph = make_source("It was so. It is so.").paragraphs.get()
    draft = make_claim(paragraph, "It was so.", published=False, reforms=[make_reform()])
    cite(draft, paragraph, "It is so.", stance="context")
    before, rows = written(draft), keys(Claim, Citation, ClaimReform)
    with change_set(reason="Not needed."):
        draft.delete()
    assert not Citation.objects.exists()
    undo(last(), by=mary, reason="Needed.")
    assert (written(Claim.objects.get()), keys(Claim, Citation, ClaimReform)) == (before, rows)
    newer = cite(Claim.objects.get(), paragraph, "so. It")
    assert (newer.number, make_claim().ref) == (3, "C0002")


def test_a_merge_is_taken_back_with_all_that_it_moved(claim, mary):
    other = make_claim(make_source("It was the same.", "other").paragraphs.get(), reforms=[Reform.objects.get()])
    third = make_claim(make_source("It was not.", "third").paragraphs.get())
    make_milestone(Reform.objects.get(), other)
    discrepancy = make_discrepancy(other, third)
    records = [other, claim, third, discrepancy, Reform.objects.get()]
    before, rows = [written(one) for one in records], keys(Citation, ClaimReform, Milestone)
    merge(other, claim, by=mary, reason="The same.")
    assert [Claim.objects.get(ref="C0002").merged_into, Milestone.objects.get().claim] == [claim, claim]
    undo(last(), by=mary, reason="Not the same.")
    assert [written(type(one).objects.get(pk=one.pk)) for one in records] == before
    assert keys(Citation, ClaimReform, Milestone) == rows


def test_a_rename_is_taken_back_with_the_slug_that_it_retired(claim, mary):
    reform = Reform.objects.get()
    with change_set(reason="A better name."):
        reform.slug = "reform-x"
        reform.save()
        retire(reform, "reform-a")
    undo(last(), by=mary, reason="It was better before.")
    assert (Reform.objects.get().slug, RetiredSlug.objects.count()) == ("reform-a", 0)
    undo(last(), by=mary, reason="No, after.")
    assert (Reform.objects.get().slug, RetiredSlug.objects.get().slug) == ("reform-x", "reform-a")


def test_values_that_records_traded_are_traded_back(claim, mary):
    package = Package.objects.create(slug="a-package", name="A package")
    first, second = (
        PackageItem.objects.create(package=package, position=position, reform=reform, claim=claim)
        for position, reform in ((1, Reform.objects.get()), (2, make_reform("reform-b")))
    )
    with change_set(reason="The other way round."):
        for item, position in ((first, 9), (second, 1), (first, 2)):
            item.position = position
            item.save()
    ClaimReform.objects.create(claim=claim, reform=second.reform)
    done = undo(ChangeSet.objects.get(reason="The other way round."), by=mary, reason="As it was.")
    assert list(PackageItem.objects.values_list("pk", "position")) == [(first.pk, 1), (second.pk, 2)]
    assert acts(done, PackageItem) == "~~"


def test_a_source_that_was_accepted_is_taken_back_and_its_kinds_are(mary):
    source = make_source("Heading\nIt was so.\n")
    accepted = last()
    reconsider(source, {1: ("heading", 1)})
    assert Paragraph.objects.get(number=2).section == Paragraph.objects.get(number=1)
    undo(last(), by=mary, reason="No heading.")
    assert list(Paragraph.objects.values_list("kind", "level", "section")) == [("paragraph", None, None)] * 2
    undo(accepted, by=mary, reason="The wrong document.")
    assert (Source.objects.count(), Paragraph.objects.count()) == (0, 0)
    accept(source.__class__(slug="a-source", name="Again", **_received("Heading\nIt was so.\n")))


def _received(text):
    source = Source()
    source.receive(text.encode())
    return {name: getattr(source, name) for name in ("received", "text", "sha256", "text_sha256")}


def test_a_proposal_waits_again_when_its_approval_is_taken_back(claim, mary):
    joe = User.objects.create(username="joe")
    before = written(claim)
    proposal = propose("claim", "C0001", before, before | {"text": "It is so."}, by=joe)
    approve(proposal, by=mary)
    assert Claim.objects.get().text == "It is so."
    undo(last(), by=mary, reason="Too early.")
    assert (written(Claim.objects.get()), Proposal.objects.get().state) == (before, "waiting")
    approve(Proposal.objects.get(), by=mary)
    assert Claim.objects.get().text == "It is so."


def test_a_proposal_that_was_made_or_revised_is_taken_back(claim, mary):
    propose("event", "an-event", None, {"slug": "an-event"}, by=mary)
    made = last()
    done = undo(made, by=mary, reason="Never mind.")
    undo(done, by=mary, reason="It matters.")
    proposal = Proposal.objects.get()
    revise(proposal, {"slug": "another"}, public={"slug": "an-event"}, by=mary)
    undo(last(), by=mary, reason="As it was.")
    proposal = Proposal.objects.get(public__isnull=True)
    assert (proposal.ref, proposal.public, proposal.proposed) == ("P0001", None, {"slug": "an-event"})


def test_what_a_change_set_touched_is_told_by_kind_and_name(claim):
    edit(claim)
    changes = changed_by(last())
    assert changes.counts == [
        Count("claims", 0, 1, 0), Count("citations", 1, 1, 1), Count("reforms", 1, 0, 0),
        Count("claim reforms", 1, 0, 1),
    ]  # fmt: skip
    assert changes.shown == [
        Touched("claim", "C0001", "changed"),
        Touched("citation", "C0001.1", "changed"),
        Touched("citation", "C0001.2", "removed"),
        Touched("citation", "C0001.3", "added"),
        Touched("reform", "reform-b", "added"),
        Touched("claim reform", "C0001/reform-a", "removed"),
        Touched("claim reform", "C0001/reform-b", "added"),
    ]
    few = changed_by(last(), limit=2)
    assert (few.counts, few.shown, few.more) == (changes.counts, changes.shown[:2], 5)


def test_paragraphs_are_told_by_their_permanent_names():
    make_source("Heading\nIt was so.\n")
    assert [one.name for one in changed_by(last()).shown] == ["a-source", "a-source#1", "a-source#2"]


def test_an_undo_inside_another_change_set_is_one_of_its_own(claim, mary):
    claim.text = "Wrong."
    claim.save()
    wrong = last()
    with change_set(by=mary, reason="Around it."):
        make_reform("reform-b")
        done = undo(wrong, by=mary, reason="Right.")
        make_reform("reform-c")
    assert (done.undoes, done.reason) == (wrong, "Right.")
    around = ChangeSet.objects.get(reason="Around it.")
    assert Reform.history.filter(change_set=around).count() == 2
    assert Claim.objects.get().text == "It was so."


def test_what_fails_half_way_leaves_nothing(claim, mary, monkeypatch):
    edit(claim)
    edited, after = last(), written(claim)
    rows = keys(Claim, Citation, ClaimReform, Reform, ChangeSet, Citation.history.model, Claim.history.model)

    def fail(*_):
        raise ValidationError("Half-way.")

    monkeypatch.setattr("reforms.undoing.Aftermath.refusals", fail)
    with pytest.raises(ValidationError, match="Half-way"):
        undo(edited, by=mary, reason="Wrong.")
    monkeypatch.undo()
    assert written(Claim.objects.get()) == after
    assert keys(*rows) == rows
    undo(edited, by=mary, reason="Wrong.")
    assert Claim.objects.get().text == "It was so."
