"""What is public and was changed while its words were not is marked as doubtful, until somebody looks at it."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from reforms.curated.writing import written
from reforms.doubt import clear, mark_outdated, mark_superseded
from reforms.models import (
    Citation,
    Claim,
    Event,
    LawDate,
    LawLink,
    Milestone,
    Package,
    PackageItem,
    ParameterChange,
)
from reforms.proposing import approve, propose
from sources.acceptance import accept
from sources.models import Source
from tests.factories import cite, make_claim, make_milestone, make_reform, make_source, rewrite

pytestmark = pytest.mark.django_db
CITE = {"at": "a-source#2", "number": "1", "quote": "The law was adopted"}


def doubt(record):
    """The mark of the stored `record`, without its date."""
    taint = type(record)._default_manager.get(pk=record.pk).taint
    return re.sub(rf" on {timezone.now():%Y-%m-%d},", " today,", taint)


def marked(words):
    return f"Its {words} changed today, and the words it stands on did not."


def milestone(**changes):
    return {"milestones": [{"ref": "M0001", "stage": "adopted", "date": "2020-05-25", "claim": "C0001"} | changes]}


def change_of_value(**changes):
    return {"changes": [{"before": "40", "after": "20", "unit": "people", "claim": "C0001"} | changes]}


def date(**changes):
    return {"dates": [{"kind": "signed", "date": "2020-05-25", "claim": "C0001"} | changes]}


def link(**changes):
    return {"reforms": [{"reform": "a-reform", "effect": "implements", "claim": "C0001"} | changes]}


def item(**changes):
    return {"items": [{"position": "1", "number": "1", "reform": "a-reform", "claim": "C0001"} | changes]}


# What is changed, and of which record which words are then in doubt.
CHANGES = {
    "text": ("claim", {"text": "Other words."}, Claim, "text"),
    "text-and-kind": ("claim", {"text": "Other words.", "kind": "done"}, Claim, "text and kind"),
    "text-along-with-the-note-of-a-citation": (
        "claim", {"text": "Other words.", "cites": [CITE | {"note": "Here."}]}, Claim, "text",
    ),
    "stage": ("reform", milestone(stage="in_force"), Milestone, "stage"),
    "date-of-a-milestone": ("reform", milestone(date="2021"), Milestone, "date"),
    "date-taken-away": ("reform", milestone(date=""), Milestone, "date"),
    "date-of-a-law": ("law", date(date="2021"), LawDate, "date"),
    "kind-of-date": ("law", date(kind="in_force"), LawDate, "kind"),
    "effect-of-a-law": ("law", link(effect="repeals"), LawLink, "effect"),
    "value-before": ("parameter", change_of_value(before="50"), ParameterChange, "before"),
    "value-after-and-unit": (
        "parameter", change_of_value(after="10", unit="members"), ParameterChange, "after and unit",
    ),
    "scope-and-date-of-a-value": (
        "parameter", change_of_value(scope="in towns", date="2021"), ParameterChange, "scope and date",
    ),
    "title-of-an-event": ("event", {"title": "Another"}, Event, "title"),
    "kind-and-date-of-an-event": ("event", {"kind": "election", "date": "2021"}, Event, "kind and date"),
    "stated-count": ("package", {"stated_count": "2"}, Package, "stated count"),
    "number-of-an-item": ("package", item(number="1a"), PackageItem, "number"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "changes", "model", "words"), CHANGES.values(), ids=CHANGES)
def test_what_is_stated_and_was_changed_without_its_words_is_marked(each, kind, changes, model, words):
    record = model.objects.get(ref="C0001") if model is Claim else model.objects.get()
    rewrite(each[kind], **changes)
    assert doubt(record) == marked(words)
    others = [Claim, Milestone, LawDate, LawLink, ParameterChange, Event, Package, PackageItem]
    assert [other for one in others for other in one.objects.exclude(taint="")] == [record]


UNDOUBTED = {
    "note-of-a-claim": ("claim", {"note": "As printed."}),
    "links-of-a-claim": ("claim", {"events": None, "actors": None}),
    "text-along-with-another-citation": (
        "claim", {"text": "Other words.", "cites": [CITE, {"at": "a-source#2", "number": "2", "quote": "the law"}]},
    ),
    "text-along-with-other-words": ("claim", {"text": "Other words.", "cites": [CITE | {"quote": "adopted"}]}),
    "text-along-with-words-for-others": (
        "claim", {"text": "Other words.", "cites": [CITE | {"number": "2", "quote": "adopted"}]},
    ),
    "text-along-with-another-strength": ("claim", {"text": "Other words.", "cites": [CITE | {"strength": "implies"}]}),
    "note-of-a-milestone": ("reform", milestone(note="As printed.", law="a-law", event="an-event")),
    "milestone-on-another-claim": ("reform", milestone(date="2021", claim="C0002")),
    "date-of-a-law-on-another-claim": ("law", date(date="2021", claim="C0002")),
    "value-on-another-claim": ("parameter", change_of_value(after="10", claim="C0002")),
    "event-on-another-claim": ("event", {"title": "Another", "claim": "C0002"}),
    "count-on-another-claim": ("package", {"stated_count": "2", "stated_count_claim": "C0002"}),
    "item-on-another-claim": ("package", item(number="1a", claim="C0002")),
    "position-of-an-item": ("package", item(position="7")),
    "title-of-a-reform": ("reform", {"title": "Another", "summary": "Other words."}),
    "rank-of-a-law": ("law", {"rank": "code", "status": "draft"}),
    "explanation-of-a-discrepancy": ("discrepancy", {"explanation": "A misprint."}),
    "nothing": ("claim", {}),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "changes"), UNDOUBTED.values(), ids=UNDOUBTED)
def test_what_rests_on_new_words_or_states_the_same_is_not_marked(each, kind, changes):
    rewrite(each[kind], **changes)
    models = [Claim, Milestone, LawDate, LawLink, ParameterChange, Event, Package, PackageItem]
    assert [one for model in models for one in model.objects.exclude(taint="")] == []


def test_a_new_record_is_not_marked(each):
    new = {"ref": "M0002", "stage": "announced", "claim": "C0002"}
    rewrite(each["reform"], milestones=[milestone()["milestones"][0], new])
    assert not Milestone.objects.exclude(taint="").exists()


def test_words_that_were_renewed_since_are_trusted_once(each):
    cite(each["claim"], Citation.objects.first().paragraph, "adopted")
    rewrite(each["reform"], **milestone(date="2021"))
    assert doubt(Milestone.objects.get()) == ""
    rewrite(each["reform"], **milestone(date="2022"))
    assert doubt(Milestone.objects.get()) == marked("date")


def test_the_note_of_a_citation_renews_no_words(each):
    citation = each["claim"].citations.get()
    citation.note = "Here."
    citation.save()
    rewrite(each["reform"], **milestone(date="2021"))
    assert doubt(Milestone.objects.get()) == marked("date")


def test_the_words_of_another_claim_prove_nothing(each):
    cite(Claim.objects.get(ref="C0002"), Citation.objects.first().paragraph, "adopted")
    rewrite(each["reform"], **milestone(date="2021"))
    assert doubt(Milestone.objects.get()) == marked("date")


def test_the_next_change_leaves_the_mark_and_adds_no_second_one_of_the_same_day(each):
    claim = each["claim"]
    rewrite(claim, text="Other words.")
    claim.refresh_from_db()
    rewrite(claim, note="As printed.")
    assert doubt(claim) == marked("text")
    claim.refresh_from_db()
    rewrite(claim, text="Still other words.")
    assert doubt(claim) == marked("text")
    claim.refresh_from_db()
    rewrite(claim, text="Third.", cites=[CITE | {"quote": "adopted"}])
    assert doubt(claim) == marked("text")
    claim.refresh_from_db()
    rewrite(claim, kind="done")
    assert doubt(claim) == f"{marked('text')} {marked('kind')}"


def test_no_entry_takes_the_mark_away(each):
    rewrite(each["event"], title="Another")
    rewrite(each["reform"], **milestone(date="2021"))
    event, reform = Event.objects.get(), type(each["reform"]).objects.get()
    rewrite(event, taint=None, note="As printed.")
    rewrite(reform, **milestone(date="2021", note="As printed."))
    assert (doubt(event), Event.objects.get().note) == (marked("title"), "As printed.")
    assert (doubt(Milestone.objects.get()), Milestone.objects.get().note) == (marked("date"), "As printed.")


def test_what_is_approved_is_marked_and_nothing_before(ann, ben, each):
    public = written(each["claim"])
    proposal = propose("claim", "C0001", public, public | {"text": "Other words."}, by=ann)
    assert doubt(each["claim"]) == ""
    approve(proposal, by=ben)
    assert doubt(each["claim"]) == marked("text")


def test_nothing_is_marked_that_readers_do_not_see(each):
    paragraph = Citation.objects.first().paragraph
    draft = make_claim(paragraph, "adopted", published=False, reforms=[each["reform"]])
    rewrite(draft, text="Other words.")
    assert doubt(draft) == ""
    unseen = make_milestone(each["reform"], draft, "announced", "2019")
    rewrite(each["reform"], milestones=[
        milestone()["milestones"][0], {"ref": "M0002", "stage": "announced", "date": "2018", "claim": draft.ref},
    ])  # fmt: skip
    assert (Milestone.objects.get(pk=unseen.pk).date, doubt(unseen)) == ("2018", "")
    hidden = make_reform("b-reform")
    draft.reform_links.create(reform=hidden)
    make_milestone(hidden, draft, "drafted", "2019")
    rewrite(hidden, milestones=[{"ref": "M0003", "stage": "drafted", "date": "2018", "claim": draft.ref}])
    assert not Milestone.objects.exclude(taint="").exists()


def in_doubt(each):
    rewrite(each["claim"], text="Other words.")
    return Claim.objects.get(ref="C0001")


def test_a_named_person_clears_it_with_a_reason_that_is_kept(ann, each):
    claim = in_doubt(each)
    clear(claim, by=ann, reason="The words say so too.")
    assert doubt(claim) == ""
    row = Claim.history.filter(ref="C0001").first()
    assert (row.taint, row.change_set.by, row.change_set.reason) == ("", ann, "The words say so too.")


def test_doubt_is_cleared_by_nobody_unnamed_and_not_without_a_reason(ann, each):
    claim = in_doubt(each)
    for by, reason in ((None, "Fine."), (ann, ""), (ann, " \n")):
        with pytest.raises(ValidationError) as refused:
            clear(claim, by=by, reason=reason)
        assert refused.value.messages == ["Doubt is cleared by a named person, with a reason."]
    assert doubt(claim) == marked("text")
    with pytest.raises(ValidationError, match="Nothing is in doubt here"):
        clear(each["event"], by=ann, reason="Fine.")


def newer(text, older, slug="newer-edition"):
    source = Source(slug=slug, name="Newer edition", supersedes=older)
    source.receive(text.encode())
    return accept(source)


def test_a_newer_edition_that_lacks_the_words_marks_the_public_claims_on_them():
    older = make_source("The law was adopted.\nIt is in force.\nThey clap.", "older-edition")
    first, second, third = older.paragraphs.all()
    lost, kept, moved = make_claim(first), make_claim(second, "in force"), make_claim(third)
    cite(lost, second, "It is in force.")
    cite(lost, first, "law")
    draft = make_claim(first, "was adopted", published=False)
    mark_superseded(newer("They clap.\n\nIt is in force, they say.", older))
    gone = "The newer edition “Newer edition” no longer carries the words of"
    assert doubt(lost) == f"{gone} C0003.1. {gone} C0003.2. {gone} C0003.3."
    assert [doubt(one) for one in (kept, moved, draft)] == ["", "", ""]
    mark_superseded(Source.objects.get(slug="newer-edition"))
    assert doubt(lost).count("C0003.1") == 1


def test_looking_for_what_a_newer_edition_lacks_costs_the_same_for_one_citation_and_three(django_assert_num_queries):
    older = make_source("The law was adopted.\nIt is in force.\nThey clap.", "older-edition")
    first, *others = older.paragraphs.all()
    claim = make_claim(first)
    newer("They clap.", older)
    for paragraph in [None, *others]:
        if paragraph:
            cite(claim, paragraph, paragraph.text)
        claim.taint = ""
        with django_assert_num_queries(2):
            assert mark_outdated(claim)
    assert claim.taint.count("no longer carries") == 2  # of three: one is there


def test_an_edition_that_supersedes_nothing_marks_nothing():
    claim = make_claim(make_source("The law was adopted.", "older-edition").paragraphs.get())
    mark_superseded(newer("Something else.", None))
    assert doubt(claim) == ""
