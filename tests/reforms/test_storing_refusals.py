"""What the writer of entries refuses, in the words of the compiler, with nothing stored."""

import pytest
from django.core.exceptions import ValidationError

from reforms.curated.storing import store
from reforms.curated.writing import written
from reforms.models import Claim, Event, Milestone, NoClaim, Reform
from sources.models import ChangeSet
from tests.factories import make_claim, make_milestone, make_reform, rewrite

pytestmark = pytest.mark.django_db
CITE = {"at": "a-source#2", "number": "1", "quote": "The law"}
MILESTONE = {"ref": "M0001", "stage": "adopted", "date": "2020-05-25", "claim": "C0001"}
REFUSED = {
    "no-such-reform": ("claim", {"reforms": ["nothing"]}, "No reform is called “nothing”."),
    "no-such-actor": ("claim", {"actors": [{"actor": "no", "part": "says"}]}, "No actor is called “no”."),
    "no-such-claim": ("event", {"claim": "C9999"}, "No claim is called “C9999”."),
    "no-such-law": ("reform", {"milestones": [MILESTONE | {"law": "nothing"}]}, "No law is called “nothing”."),
    "no-such-topic": ("reform", {"topics": ["(no longer here)"]}, "No topic is called “(no longer here)”."),
    "no-such-paragraph": ("claim", {"cites": [CITE | {"at": "a-source#9"}]}, "There is no paragraph “a-source#9”."),
    "no-name-of-a-paragraph": ("noclaim", {"at": "a-source"}, "There is no paragraph “a-source”."),
    "quote-not-there": (
        "claim", {"cites": [CITE | {"quote": "The lay"}]},
        "Quote not found: the paragraph does not hold these words, character for character. a-source#2: “The lay”",
    ),
    "quote-not-between-these-words": (
        "claim", {"cites": [CITE | {"suffix": " is"}]},
        "Quote not found: the paragraph holds these words, but not directly after the prefix and before the suffix. "
        "a-source#2: “The law”",
    ),
    "quote-there-twice": (
        "claim", {"cites": [CITE | {"quote": "law"}]},
        "Quote found 2 times: add the words directly before (prefix) or after (suffix). a-source#2: “law”",
    ),
    "the-same-words-twice": (
        "claim", {"cites": [CITE, CITE | {"number": "2"}]}, "This claim cites these words already.",
    ),
    "a-number-twice": (
        "claim", {"cites": [CITE, CITE | {"quote": "adopted"}]}, "This claim has a citation with this number.",
    ),
    "no-support": (
        "claim", {"cites": [CITE | {"stance": "context"}]}, "A published claim needs at least one supporting citation.",
    ),
    "no-words-at-all": ("claim", {"cites": None}, "A published claim needs at least one supporting citation."),
    "nobody-says-it": ("claim", {"kind": "allegation", "actors": None}, "An allegation needs an actor who says it."),
    "words-of-a-paragraph-without-a-claim": (
        "claim", {"cites": [CITE, {"at": "a-source#4", "number": "2", "quote": "clap"}]},
        "It stands on words of a-source#4, which is marked as carrying no claim.",
    ),
    "what-rests-on-it-needs-the-reform": (
        "claim", {"reforms": None}, "The claim C0001 does not name this reform among its own.",
    ),
    "what-rests-on-it-needs-the-law": ("claim", {"laws": None}, "C0001 does not name this law among its own."),
    "an-act-rests-on-it": ("claim", {"kind": "planned"}, "“adopted” cannot rest on what is only proposed or planned."),
    "milestone-on-a-claim-about-something-else": (
        "reform", {"milestones": [MILESTONE | {"claim": "C0003"}]}, "C0003 does not name this reform among its own.",
    ),
    "milestone-that-is-public-taken-away": (
        "reform", {"milestones": None}, "M0001 is or was public, and what was public is not deleted.",
    ),
    "the-same-milestone-twice": (
        "reform", {"milestones": [MILESTONE, MILESTONE | {"ref": "M0002"}]},
        "This claim gives the reform this milestone already.",
    ),
    "unknown-word": ("law", {"rank": "ukaz"}, "rank: Value 'ukaz' is not a valid choice."),
    "no-date": ("event", {"date": "25.5.2020"}, "“25.5.2020” is not an EDTF date."),
    "unknown-key": ("event", {"colour": "red"}, "Unknown key “colour”. Known here: claim, date"),
    "missing-key": ("event", {"title": None}, "The key “title” is missing."),
    "list-for-a-text": ("event", {"title": ["A", "B"]}, "“title” must be a text."),
    "text-for-a-list": ("reform", {"topics": "a-topic"}, "“topics” must be a list of words."),
    "count-without-a-claim": ("package", {"stated_count_claim": None}, "A stated count rests on a claim."),
    "position-twice": (
        "package",
        {"items": [{"position": "1", "reform": name, "claim": "C0001"} for name in ("a-reform", "b-reform")]},
        "The package has an item at this position.",
    ),
    "no-value": ("parameter", {"changes": [{"claim": "C0001"}]}, "A change has a before or an after."),
    "too-few-claims": (
        "discrepancy", {"kind": "contradiction"}, "A discrepancy of the kind “contradiction” needs 2 or more claims.",
    ),
    "resolved-by-its-own-claim": (
        "discrepancy", {"state": "resolved", "resolved_by": "C0001"},
        "A discrepancy is not resolved by one of its own claims.",
    ),
    "resolved-by-a-draft": (
        "discrepancy", {"state": "resolved", "resolved_by": "C0003"}, "Only a published claim resolves a discrepancy.",
    ),
    "cited-paragraph": ("noclaim", {"at": "a-source#2"}, "C0001 stands on words of this paragraph"),
    "other-without-a-note": ("noclaim", {"reason": "other", "note": None}, "The reason “other” needs a note."),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "changes", "words"), REFUSED.values(), ids=REFUSED)
def test_what_breaks_a_rule_is_refused_in_words_and_nothing_is_stored(each, kind, changes, words):
    make_reform("b-reform")
    make_claim(text="A draft.")
    before, change_sets = {name: written(one) for name, one in each.items()}, ChangeSet.objects.count()
    with pytest.raises(ValidationError) as refused:
        rewrite(each[kind], **({} if kind == "discrepancy" else {"note": "Beside it."}) | changes)
    assert words in " ".join(refused.value.messages)
    assert {name: written(type(one)._default_manager.get(pk=one.pk)) for name, one in each.items()} == before
    assert ChangeSet.objects.count() == change_sets


def test_every_problem_is_told_at_once(each):
    with pytest.raises(ValidationError) as refused:
        rewrite(each["claim"], reforms=["one", "two"], cites=[CITE | {"quote": "The lay"}], laws=["three"])
    assert refused.value.messages == [
        "Quote not found: the paragraph does not hold these words, character for character. a-source#2: “The lay”",
        "No reform is called “one”.",
        "No reform is called “two”.",
        "No law is called “three”.",
    ]


def test_what_fails_half_way_leaves_nothing(each):
    with pytest.raises(ValidationError, match="does not name this reform"):
        rewrite(each["reform"], slug="renamed", title="Half-way", topics=None, milestones=[
            MILESTONE, {"ref": "M0002", "stage": "announced", "claim": make_claim().ref},
        ])  # fmt: skip
    reform = Reform.objects.get()
    assert (reform.slug, reform.title, reform.topic_links.count(), Milestone.objects.count()) == (
        "a-reform", "A reform", 1, 1,
    )  # fmt: skip


def test_a_milestone_on_a_draft_may_be_taken_away(each):
    reform = each["reform"]
    make_milestone(reform, make_claim(reforms=[reform]), "announced")
    rewrite(reform, milestones=[written(reform)["milestones"][0]])
    assert list(Milestone.objects.values_list("ref", flat=True)) == ["M0001"]


def test_a_draft_may_stand_on_a_paragraph_that_carries_no_claim_until_it_is_to_be_public(each):
    draft = make_claim(text="They clap.")
    rewrite(draft, cites=[{"at": "a-source#4", "number": "1", "quote": "They clap"}])
    assert draft.citations.get().paragraph == NoClaim.objects.get().paragraph
    with pytest.raises(ValidationError, match="marked as carrying no claim"):
        rewrite(draft, state="published")
    assert Claim.objects.get(pk=draft.pk).state == "draft"


def test_a_new_entry_that_breaks_a_rule_is_not_stored(each):
    entry = {"slug": "b-event", "title": "B", "kind": "other", "date": "2020", "claim": "C9999"}
    with pytest.raises(ValidationError, match="No claim is called “C9999”"):
        store(Event, entry)
    assert Event.objects.count() == 1
