"""What becomes of citations when a newer edition is accepted: carried over where the words stand once, else waiting."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reforms import publishing
from reforms.doubt import mark_superseded
from reforms.editions import Carried, carry_over, take_place, tie
from reforms.merging import merge
from reforms.models import Citation, Claim, Counter, NoClaim, Proposal
from reforms.undoing import UndoRefused, undo
from sources.acceptance import accept
from sources.changes import change_set
from sources.models import ChangeSet, Source
from tests.factories import cite, make_claim, make_source
from tests.reforms.editions import NEWER, cites, edition, para, waiting

pytestmark = pytest.mark.django_db


def support(claim):
    return Claim.objects.with_support().get(pk=claim.pk).support


@pytest.fixture
def first(db):
    return make_source("Heading.\nThe law was adopted on 25 May 2020.\nIt is in force.\nThey clap.", "first-edition")


@pytest.fixture
def claim(first):
    return make_claim(para(first, 2), "was adopted on 25 May 2020")


@pytest.fixture
def carried(first, claim):
    carry_over(edition(NEWER, first))
    return claim.citations.get(number=2)


def test_words_that_stand_in_the_newer_edition_once_are_carried_over_and_the_old_citation_stays(first, claim, ann):
    Citation.objects.update(note="Read twice.", strength="implies")
    newer = edition(NEWER, first)
    assert carry_over(newer, by=ann) == Carried(citations=1)
    words = "was adopted on 25 May 2020"
    assert cites(claim) == [(1, "first-edition#2", words, None), (2, "second-edition#2", words, 1)]
    carried = claim.citations.get(number=2)
    assert (carried.stance, carried.strength, carried.note) == ("supports", "implies", "Read twice.")
    assert (carried.start, carried.end) == (24, 50)
    row = carried.history.get()
    assert (row.history_type, row.change_set.by) == ("+", ann)
    assert row.change_set.reason == (
        "Carried over from first-edition to its newer edition second-edition: the same words stand there, once."
    )
    assert (waiting(), Proposal.objects.count()) == ([], 0)
    assert carry_over(newer, by=ann) == Carried()


@pytest.mark.parametrize(
    "text",
    [
        "The law was adopted on 26 May 2020.",  # by one letter
        "The law was Adopted on 25 May 2020.",
        "The law was adopted on 25\u00a0May 2020.",
        "The law was adopted\non 25 May 2020.",
        "Something else.",
        "It was adopted on 25 May 2020. Yes, it was adopted on 25 May 2020.",
        "It was adopted on 25 May 2020.\nYes, it was adopted on 25 May 2020.",
    ],
)
def test_words_that_do_not_stand_there_exactly_and_once_wait_for_a_person(first, claim, text):
    assert carry_over(edition(text, first)) == Carried(waiting=1)
    assert (waiting(), claim.citations.count()) == (["C0001.1"], 1)


def test_a_composed_and_a_decomposed_letter_are_not_the_same_words(db):
    first = make_source("Қазақстан café.", "first-edition")
    one, other = make_claim(para(first), "Қазақстан"), make_claim(para(first), "café")
    carry_over(edition("Республика Қазақстан 🇰🇿 cafe\u0301.", first))
    assert (len(cites(one)), cites(other)) == (2, [(1, "first-edition#1", "café", None)])
    assert waiting() == [f"{other.ref}.1"]


def test_words_that_repeat_are_told_apart_by_those_around_them(db):
    first = make_source("Law A of 25 May 2020.\nLaw B, dated 25 May 2020, too.", "first-edition")
    claim = make_claim(para(first, 2), "25 May 2020")
    newer = edition("On 25 May 2020.\nLaw B, dated 25 May 2020, too.\nAnd 25 May 2020.", first)
    assert carry_over(newer) == Carried(citations=1)
    assert cites(claim)[1] == (2, "second-edition#2", "25 May 2020", 1)


def test_words_that_repeated_are_not_taken_for_those_that_are_left(db):
    """One of two places is gone: what is left may be the other one."""
    first = make_source("Law A, dated 25 May 2020.\nLaw B, of 25 May 2020.", "first-edition")
    make_claim(para(first, 1), "25 May 2020")
    assert carry_over(edition("Law B, of 25 May 2020.", first)) == Carried(waiting=1)


def test_a_paragraph_that_repeats_whole_waits(db):
    first = make_source("They clap.\nThey clap.", "first-edition")
    make_claim(para(first, 1), "clap")
    assert carry_over(edition("They clap.", first)) == Carried(waiting=1)


def test_two_citations_of_one_claim_never_take_the_same_place(db):
    first = make_source("So A said yes.\nHe said yes B.", "first-edition")
    claim = make_claim(para(first, 1), "said yes")
    cite(claim, para(first, 2), "said yes")
    assert carry_over(edition("And A said yes B.", first)) == Carried(citations=1, waiting=1)
    assert (len(cites(claim)), waiting()) == (3, [f"{claim.ref}.2"])


def test_drafts_and_claims_in_review_are_carried_over_retracted_and_merged_ones_are_not(first, claim, ann):
    place = para(first, 3)
    draft, review, retracted, merged = (
        make_claim(place, quote, published=quote in ("It is", "is in"))
        for quote in ("It", "in force", "It is", "is in")
    )
    publishing.submit(review)
    publishing.retract(retracted, by=ann, reason="Misread.")
    merge(merged, claim, by=ann, reason="The same.")
    assert carry_over(edition("It is in force, after all.", first)) == Carried(citations=3, waiting=1)
    assert [len(cites(one)) for one in (draft, review, retracted, merged, claim)] == [2, 2, 1, 1, 3]
    assert waiting() == ["C0001.1"]


def test_carrying_over_makes_nobody_the_author_so_nobody_publishes_their_own(first, ann, ben):
    with change_set(by=ben):
        draft = make_claim(para(first, 3), "in force", published=False)
    publishing.submit(draft, by=ben)
    carry_over(edition("Now in force.", first), by=ann)
    assert publishing.last_editor(draft) == ben
    with pytest.raises(ValidationError, match="Nobody publishes"):
        publishing.publish(draft, by=ben)
    publishing.publish(draft, by=ann)


def test_numbers_are_never_given_twice(first, claim):
    extra = cite(claim, para(first, 3), "in force")
    extra.delete()  # .2 stays unused
    Counter.keep(claim.ref, 6)  # a proposal holds the numbers up to 6
    other = make_claim(para(first, 4))
    carry_over(edition(NEWER, first))
    assert [number for number, *_ in cites(claim)] == [1, 7]
    assert [number for number, *_ in cites(other)] == [1, 2]
    assert cite(claim, para(first, 4), "clap").number == 8


def test_marks_of_paragraphs_are_carried_over_where_the_whole_paragraph_is_unchanged_and_no_other_like_it(db, ann):
    first = make_source("They clap.\nThey sing.\nAgain.\nAgain.\nThey go.", "first-edition")
    for number, reason in ((1, "other"), (2, "rhetoric"), (3, "repeated"), (5, "rhetoric")):
        NoClaim.objects.create(paragraph=para(first, number), reason=reason, note=f"Note {number}.")
    newer = edition("Again.\nThey sing loudly.\nThey clap.\nThey go.\nThey go.", first)
    assert carry_over(newer, by=ann) == Carried(marks=1)
    found = NoClaim.objects.filter(paragraph__source=newer)
    assert [(one.paragraph.number, one.reason, one.note) for one in found] == [(3, "other", "Note 1.")]
    assert found.get().history.get().change_set.by == ann
    assert carry_over(newer) == Carried()


def test_a_chain_of_editions_is_followed_to_the_newest(first, claim):
    second = edition(NEWER, first)
    third = edition(f"Foreword.\n{NEWER}", second, "third-edition")
    assert carry_over(second) == Carried(citations=2)
    assert [(number, place, carries) for number, place, _, carries in cites(claim)] == [
        (1, "first-edition#2", None), (2, "second-edition#2", 1), (3, "third-edition#3", 2),
    ]  # fmt: skip
    assert carry_over(third) == Carried()
    assert support(claim) == 1


def test_an_edition_that_supersedes_nothing_or_is_not_accepted_carries_nothing(first, claim):
    waits = Source(slug="waits", name="Waits", supersedes=first)
    waits.receive(NEWER.encode())
    waits.save()
    assert (carry_over(waits), carry_over(first), waiting()) == (Carried(), Carried(), [])


def test_the_number_of_queries_does_not_grow_with_the_citations(db):
    def cost(slug, claims):
        text = "\n".join(f"Sentence {number} of {slug}." for number in range(claims))
        first = make_source(text, f"{slug}-first")
        for paragraph in first.paragraphs.all():
            cite(make_claim(paragraph, published=False), paragraph, "Sentence")
        NoClaim.objects.create(paragraph=make_claim(para(first)).citations.get().paragraph, reason="rhetoric")
        newer = edition(f"{text}\nThe end.", first, f"{slug}-second")
        with CaptureQueriesContext(connection) as seen:
            assert carry_over(newer).citations >= claims
        return len(seen)

    assert cost("few", 2) == cost("many", 20)


def test_it_is_undone_as_one_change_set_and_everything_waits_then(first, claim, ann):
    NoClaim.objects.create(paragraph=para(first, 4), reason="rhetoric")
    with change_set(by=ann, reason="Accepted."):
        newer = edition(NEWER, first)
        carry_over(newer, by=ann)
    carried = Citation.history.order_by("history_id").last().change_set
    assert carried != newer.history.get().change_set
    with pytest.raises(UndoRefused, match=r"paragraph second-edition#2 by citation C0001\.2"):
        undo(newer.history.get().change_set, by=ann, reason="The wrong one.")
    undo(carried, by=ann, reason="Not yet.")
    assert (len(cites(claim)), NoClaim.objects.count(), waiting()) == (1, 1, ["C0001.1"])
    undo(newer.history.get().change_set, by=ann, reason="The wrong one.")
    assert not Source.objects.filter(slug="second-edition").exists()


def test_an_undo_of_it_can_be_undone(first, claim, ann):
    carry_over(edition(NEWER, first), by=ann)
    carried = Citation.history.order_by("history_id").last().change_set
    before = cites(claim)
    undo(undo(carried, by=ann, reason="Not yet."), by=ann, reason="Yes.")
    assert cites(claim) == before


def test_what_is_carried_on_is_not_taken_back_alone(first, claim, ann):
    second = edition(NEWER, first)
    carry_over(second, by=ann)
    carried = claim.citations.get(number=2).history.get().change_set
    carry_over(edition(f"Foreword.\n{NEWER}", second, "third-edition"), by=ann)
    with pytest.raises(UndoRefused, match=r"citation C0001\.2 by citation C0001\.3"):
        undo(carried, by=ann, reason="Not yet.")


def test_a_citation_added_on_the_old_edition_later_waits(first, claim):
    carry_over(edition(NEWER, first))
    cite(claim, para(first, 3), "in force")
    assert waiting() == ["C0001.3"]


def test_a_claim_is_in_doubt_only_where_the_words_are_gone_and_nobody_said_anything(first, ann):
    gone, twice, kept, said = (
        make_claim(para(first, number), quote)
        for number, quote in ((2, "25 May"), (3, "force"), (4, "clap"), (4, "They"))
    )
    newer = edition("In force, by force.\nWe clap.", first)
    Citation.objects.filter(claim=said).update(not_carried="Said otherwise.")
    assert carry_over(newer) == Carried(citations=1, waiting=2)
    mark_superseded(newer)
    doubts = [Claim.objects.get(pk=one.pk).taint for one in (gone, twice, kept, said)]
    assert doubts == [f"The newer edition “Second edition” no longer carries the words of {gone.ref}.1.", "", "", ""]


def test_words_that_took_the_place_leave_no_doubt_when_it_is_published(first, ann, ben):
    draft = make_claim(para(first, 3), "It is in force", published=False)
    carry_over(edition(NEWER, first))
    take_place(draft.citations.get(), 3, "It came into force", by=ann)
    publishing.submit(draft)
    publishing.publish(draft, by=ben)
    assert draft.taint == ""


def test_editions_of_one_document_support_a_claim_as_one_source(first, claim, carried):
    assert support(claim) == 1
    cite(claim, para(make_source("It is so.", "another")), "It is so.")
    assert support(claim) == 2
    Citation.objects.filter(pk=carried.pk).update(stance="context")
    assert support(claim) == 2  # the older edition still supports it
    Citation.objects.filter(number=1).update(stance="context")
    assert support(claim) == 1


def test_sources_are_counted_as_documents(first, carried):
    assert [source.slug for source in Source.objects.documents()] == ["second-edition"]
    waits = Source(slug="waits", name="Waits", supersedes=carried.paragraph.source)
    waits.receive(b"Waits.")
    waits.save()
    assert [source.slug for source in Source.objects.documents()] == ["second-edition"]
    accept(waits)
    assert [source.slug for source in Source.objects.documents()] == ["waits"]


def test_citations_of_a_claim_know_each_other_without_another_query(claim, carried):
    citations, before = tie(claim.citations.with_words()), carried.carries
    with CaptureQueriesContext(connection) as seen:
        assert [(one.carries, one.later) for one in citations] == [
            (None, carried), (before, None),
        ]  # fmt: skip
    assert len(seen) == 0


def test_a_change_set_apart_leaves_the_one_around_it_as_it_was(ann):
    with change_set(by=ann, reason="Around."):
        make_source("One.", "one")
        with change_set(by=ann, reason="Apart.", apart=True):
            make_source("Two.", "two")
        make_source("Three.", "three")
    reasons = {
        one.slug: ChangeSet.objects.get(pk=one.history.get().change_set_id).reason for one in Source.objects.all()
    }
    assert reasons == {"one": "Around.", "two": "Apart.", "three": "Around."}
