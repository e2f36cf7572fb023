"""Words of a paragraph become a claim or evidence, or the paragraph is marked: spans, states and what is refused."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reforms import claiming
from reforms.claiming import add_evidence, chosen, mark, new_claim, paragraph_at, whole
from reforms.in_hand import in_hand
from reforms.models import Actor, Citation, Claim, ClaimActor, ClaimReform, NoClaim, Proposal
from reforms.publishing import retract, submit
from reforms.undoing import undo
from sources.anchoring import QuoteAmbiguous, QuoteNotFound
from sources.models import ChangeSet, Source, propose_paragraphs
from tests.factories import make_claim, make_reform, make_source

pytestmark = pytest.mark.django_db
# An emoji of several code points, two of them outside the basic plane, a combining accent, a no-break space, a repeat.
ODD = "👩‍👩‍👧 A café́ 😀: the law\u00a0passed, the law stood."


@pytest.fixture
def paragraphs(db):
    """Of one source: 1 is a heading, 2 to 4 are not."""
    source = make_source(f"Heading\n{ODD}\nIt is in force.\nThey clap.", kinds={1: ("heading", 1)})
    return {paragraph.number: paragraph for paragraph in source.paragraphs.all()}


def draft(text="The law passed.", kind="adopted"):
    return Claim(text=text, kind=kind)


def sentences(refused):
    return refused.value.messages


@pytest.mark.parametrize(
    ("chosen_by", "span"),
    [
        ({"quote": "the law", "start": 33, "end": 40}, (33, 40)),
        ({"quote": "the law", "start": 17, "end": 24}, (17, 24)),
        ({"quote": "law", "start": 33, "end": 40}, (37, 40)),
        ({"quote": "the law stood", "start": 1, "end": 4}, (33, 46)),
        ({"quote": "the law passed"}, (17, 31)),
        ({"quote": "the law", "suffix": " stood"}, (33, 40)),
        ({"quote": "the law", "prefix": "passed, ", "start": 17, "end": 24}, (17, 24)),
        ({"quote": "café́ 😀", "start": 999999999, "end": 3}, (8, 15)),
        ({"quote": "\U0001f600"}, (14, 15)),
    ],
    ids=[
        "at its place", "at the other place", "trimmed", "elsewhere, once", "with a plain space", "with a suffix",
        "the place goes ahead", "no such place", "emoji",
    ],
)  # fmt: skip
def test_words_are_found_at_their_place_in_code_points_or_once(paragraphs, chosen_by, span):
    words = chosen(paragraphs[2], **chosen_by)
    assert (words.start, words.end) == span
    assert words.quote == ODD[span[0] : span[1]]


def test_words_that_repeat_or_do_not_stand_there_are_refused_not_moved(paragraphs):
    with pytest.raises(QuoteAmbiguous):
        chosen(paragraphs[2], "the law", start=0, end=5)
    for quote in ("The law passed", "", "in force"):
        with pytest.raises(QuoteNotFound):
            chosen(paragraphs[2], quote, start=17, end=24)


def test_a_whole_paragraph_is_its_words_without_the_white_space_around_them():
    source = make_source(" \u00a0Two words. \nAnother.", "b-source")
    words = whole(source.paragraphs.get(number=1))
    assert (words.start, words.end, words.quote) == (2, 12, "Two words.")


@pytest.mark.parametrize(
    "at",
    ["", "a-source", "a-source#", "a-source#0", "a-source#9", "b#1", "a-source#²", "a-source#1\0", "#1"],
)
def test_what_names_no_paragraph_finds_none(paragraphs, at):
    assert paragraph_at(at) is None
    assert paragraph_at("a-source#2") == paragraphs[2]


def test_a_paragraph_of_a_source_that_is_not_accepted_is_not_found(paragraphs):
    source = Source(slug="not-yet", name="Not yet")
    source.receive(b"Some words.")
    source.save()
    for paragraph in propose_paragraphs(source):
        paragraph.save()
    assert source.paragraphs.count() == 1
    assert paragraph_at("not-yet#1") is None


def test_a_new_claim_is_a_draft_on_its_words_with_what_it_is_about_as_one_change(ann, paragraphs):
    links = [ClaimReform(reform=make_reform()), ClaimActor(actor=made_actor(), part="says", office="Minister")]
    claim = new_claim(
        chosen(paragraphs[2], "the law", start=33, end=40), draft(kind="allegation"), links, by=ann,
        stance="supports", strength="implies",
    )  # fmt: skip
    assert (claim.ref, claim.state) == ("C0001", "draft")
    citation = claim.citations.get()
    assert (citation.start, citation.end, citation.quote, citation.strength) == (33, 40, "the law", "implies")
    assert [link.reform.slug for link in claim.reform_links.all()] == ["a-reform"]
    assert [(link.part, link.office) for link in claim.actor_links.all()] == [("says", "Minister")]
    made = ChangeSet.objects.first()
    assert (made.by, made.reason) == (ann, "Claimed words of a-source#2.")
    undo(made, by=ann, reason="Too early.")
    assert not Claim.objects.exists()


def made_actor():
    return Actor.objects.create(slug="an-actor", name="An actor", kind="person")


def test_a_new_claim_is_submitted_along_with_being_made_or_not_made_at_all(ann, paragraphs):
    words = whole(paragraphs[3])
    claim = new_claim(words, draft(), by=ann, submitted=True)
    assert Claim.objects.get(pk=claim.pk).state == "in_review"
    with pytest.raises(ValidationError) as refused:
        new_claim(words, draft("They say so.", "allegation"), by=ann, submitted=True)
    assert sentences(refused) == ["C0002: An allegation needs an actor who says it."]
    with pytest.raises(ValidationError) as refused:
        new_claim(words, draft("", ""), by=ann)
    assert set(refused.value.message_dict) == {"text", "kind"}
    assert Claim.objects.count() == 1
    assert new_claim(words, draft("Another."), by=ann).ref == "C0002"


def test_what_is_sent_twice_is_stored_once(ann, paragraphs):
    words = whole(paragraphs[3])
    new_claim(words, draft(), by=ann)
    with pytest.raises(ValidationError) as refused:
        new_claim(words, draft(), by=ann)
    assert sentences(refused) == ["C0001 says the same on these words already."]
    new_claim(words, draft(kind="done"), by=ann)


def test_on_a_paragraph_marked_as_carrying_no_claim_a_claim_can_only_be_a_draft(ann, paragraphs):
    NoClaim.objects.create(paragraph=paragraphs[4], reason="rhetoric")
    with pytest.raises(ValidationError) as refused:
        new_claim(whole(paragraphs[4]), draft(), by=ann, submitted=True)
    assert sentences(refused) == ["C0001: It stands on words of a-source#4, which is marked as carrying no claim."]
    assert new_claim(whole(paragraphs[4]), draft(), by=ann).state == "draft"
    public = make_claim(paragraphs[3])
    with pytest.raises(ValidationError) as refused:
        add_evidence(whole(paragraphs[4]), public, by=ann)
    assert "marked as carrying no claim" in sentences(refused)[0]
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_evidence_of_what_is_not_public_stands_at_once_under_the_next_number(ann, paragraphs, state):
    claim = make_claim(paragraphs[3], published=False)
    if state == "in_review":
        submit(claim)
    made = add_evidence(chosen(paragraphs[2], "passed"), claim, by=ann, stance="context", strength="states")
    assert (made.ref, made.quote, made.stance) == ("C0001.2", "passed", "context")
    assert claim.citations.count() == 2
    assert not Proposal.objects.exists()


def test_evidence_of_a_public_claim_waits_as_a_proposal_and_readers_see_nothing_of_it(ann, paragraphs):
    claim = make_claim(paragraphs[3])
    made = add_evidence(chosen(paragraphs[2], "the law", start=33, end=40), claim, by=ann)
    assert (made.ref, made.kind, made.name) == ("P0001", "claim", "C0001")
    assert made.proposed["cites"][1] == {"at": "a-source#2", "quote": "the law", "prefix": "passed, ", "number": "2"}
    assert Citation.objects.count() == 1
    with pytest.raises(ValidationError) as refused:
        add_evidence(chosen(paragraphs[2], "the law", start=33, end=40), claim, by=ann)
    assert sentences(refused) == ["P0001 proposes these words for C0001 already."]
    other = add_evidence(chosen(paragraphs[2], "the law", start=17, end=24), claim, by=ann)
    assert other.proposed["cites"][1]["number"] == "3"


def test_evidence_is_refused_twice_on_the_same_words_and_where_the_claim_is_closed(ann, paragraphs):
    waiting, public = make_claim(paragraphs[3], published=False), make_claim(paragraphs[3])
    for claim in (waiting, public):
        with pytest.raises(ValidationError) as refused:
            add_evidence(whole(paragraphs[3]), claim, by=ann)
        assert sentences(refused) == ["This claim cites these words already."]
    retract(public, reason="Corrected.")
    with pytest.raises(ValidationError) as refused:
        add_evidence(whole(paragraphs[2]), public, by=ann)
    assert sentences(refused) == ["C0002 is retracted, and takes no further evidence."]
    assert Citation.objects.count() == 2


def test_a_mark_waits_and_is_refused_where_it_is_made_proposed_or_the_paragraph_cited(ann, paragraphs):
    made = mark(paragraphs[4], reason="rhetoric", by=ann)
    assert (made.ref, made.kind, made.name) == ("P0001", "noclaim", "a-source#4")
    assert not NoClaim.objects.exists()
    with pytest.raises(ValidationError) as refused:
        mark(paragraphs[4], reason="transition", by=ann)
    assert sentences(refused) == ["P0001 proposes this mark already."]
    for reason in ("other", ""):
        with pytest.raises(ValidationError):
            mark(paragraphs[2], reason=reason, by=ann)
    NoClaim.objects.create(paragraph=paragraphs[2], reason="rhetoric")
    make_claim(paragraphs[3])
    for number, told in (
        (2, "a-source#2 is marked already: rhetoric."),
        (3, "C0001 stands on words of this paragraph"),
    ):
        with pytest.raises(ValidationError, match=told):
            mark(paragraphs[number], reason="rhetoric", by=ann)
    assert Proposal.objects.count() == 1


def test_what_is_in_hand_is_what_readers_do_not_see_yet(ann, paragraphs):
    public = make_claim(paragraphs[3])
    new_claim(chosen(paragraphs[2], "passed"), draft("Passed."), by=ann, submitted=True)
    new_claim(chosen(paragraphs[2], "the law", start=33, end=40), draft("It stood."), by=ann)
    add_evidence(chosen(paragraphs[2], "the law", start=17, end=24), public, by=ann)
    mark(paragraphs[4], reason="rhetoric", by=ann)
    source = paragraphs[2].source
    found = [(one.number, one.name, one.told, one.quote, one.start, one.end) for one in in_hand(source)]
    assert found == [
        (2, "P0001", "would cite it for C0001", "the law", 17, 24),
        (2, "C0002", "in review", "passed", 25, 31),
        (2, "C0003", "draft", "the law", 33, 40),
        (4, "P0002", "would mark it: no claim", "", None, None),
    ]
    assert [one.name for one in in_hand(source, 4)] == ["P0002"]
    assert in_hand(make_source("Other text.", "a-source-too")) == []


def test_what_is_in_hand_costs_the_same_for_much_of_it(ann, paragraphs, django_assert_num_queries):
    public = make_claim(paragraphs[3])
    for number in range(6):
        new_claim(whole(paragraphs[2]), draft(f"Passed {number}."), by=ann)
        add_evidence(chosen(paragraphs[2], ODD[number : number + 9]), public, by=ann)
    with django_assert_num_queries(3):
        assert len(in_hand(paragraphs[2].source)) == 12


def test_what_waits_is_taken_back_by_undoing_its_change_set(ann, paragraphs):
    public = make_claim(paragraphs[3])
    for save in (
        lambda: add_evidence(whole(paragraphs[2]), public, by=ann),
        lambda: mark(paragraphs[4], reason="rhetoric", by=ann),
    ):
        save()
        undo(ChangeSet.objects.first(), by=ann, reason="Too early.")
        assert not Proposal.objects.exists()
        assert in_hand(paragraphs[2].source) == []
        assert save().state == "waiting"
        Proposal.objects.all().delete()


def test_whoever_claims_holds_the_paragraph_and_not_its_source_which_an_acceptance_waits_for(paragraphs):
    with CaptureQueriesContext(connection) as seen:
        claiming._hold(paragraphs[2])
    assert ["JOIN" in query["sql"] for query in seen] == [False]
