"""The one writer that makes a stored entry what a proposal or an earlier state says."""

import pytest
from django.core.exceptions import ValidationError

from reforms.curated.storing import store
from reforms.curated.writing import written
from reforms.entries import OWNED, find, kind_of
from reforms.models import Citation, Claim, Milestone, PackageItem, ParameterChange, RetiredSlug
from sources.models import ChangeSet
from tests.factories import cite, make_claim, make_law, make_milestone, make_reform, rewrite

pytestmark = pytest.mark.django_db


def keys(record):
    """The keys of all that `record` owns: model to public name to key."""
    return {
        part: {one.natural_key(): one.pk for one in part.objects.filter(**{owner: record})}
        for part, owner in OWNED[type(record)].items()
    }


# Kind, what is changed of its entry, and how many of what it owns are the same records afterwards.
CHANGES = {
    "claim": ({
        "text": "The law was adopted in May.", "note": "As printed.", "reforms": ["a-reform", "b-reform"],
        "events": None, "actors": [{"actor": "an-actor", "part": "says", "office": "MP"}],
        "cites": [
            {"at": "a-source#2", "number": "1", "quote": "The law", "note": "Here."},
            {"at": "a-source#2", "number": "2", "quote": "law", "prefix": "the ", "stance": "context"},
        ],
    }, 4),
    "reform": ({
        "title": "Another title", "topics": None, "milestones": [
            {"ref": "M0001", "stage": "in_force", "date": "2021", "claim": "C0002"},
            {"ref": "M0002", "stage": "announced", "claim": "C0002"},
        ],
    }, 1),
    "law": ({
        "status": "draft", "dates": [
            {"kind": "in_force", "date": "2021", "claim": "C0002"},
            {"kind": "signed", "date": "2020-05", "claim": "C0001"},
        ], "reforms": [{"reform": "a-reform", "effect": "amends", "claim": "C0001"}],
    }, 2),
    "package": ({
        "stated_count": "2", "stated_count_claim": "C0002", "items": [
            {"position": "1", "number": "1a", "reform": "a-reform", "claim": "C0002"},
            {"position": "2", "reform": "b-reform", "claim": "C0003"},
        ],
    }, 1),
    "parameter": ({
        "changes": [
            {"after": "10", "scope": "in towns", "claim": "C0001"},
            {"before": "50", "after": "20", "unit": "people", "date": "2020", "claim": "C0001"},
        ],
    }, 1),
    "discrepancy": ({"kind": "contradiction", "state": "explained", "claims": ["C0001", "C0002"]}, 1),
    "event": ({"title": "Another title", "date": "2020-11-10/2020-12-04", "claim": "C0002", "note": "As printed."}, 0),
    "noclaim": ({"reason": "other", "note": "Applause."}, 0),
    "actor": ({"kind": "body", "aliases": ["A third one", "Another spelling"]}, 1),
    "topic": ({"summary": "Much about it."}, 0),
}  # fmt: skip


@pytest.mark.parametrize("kind", CHANGES)
def test_what_an_entry_says_is_what_is_stored_and_what_was_there_keeps_its_key(each, kind):
    record, (changes, same) = each[kind], CHANGES[kind]
    make_claim(record.claim.citations.first().paragraph if kind == "event" else None, reforms=[make_reform("b-reform")])
    before, pk = keys(record), record.pk
    expected = {key: value for key, value in (written(record) | changes).items() if value is not None}
    rewrite(record, **changes)
    stored = type(record)._default_manager.get(pk=pk)
    assert {key: value for key, value in written(stored).items() if key != "taint"} | without_taint(stored) == expected
    after = keys(stored)
    kept = sum(len(set(before[part].values()) & set(after[part].values())) for part in before)
    assert kept == same


def without_taint(record):
    """The lists of the entry of `record`, without what is in doubt."""
    entry = written(record)
    return {
        key: [{name: text for name, text in one.items() if name != "taint"} if isinstance(one, dict) else one
              for one in value]
        for key, value in entry.items() if isinstance(value, list)
    }  # fmt: skip


NEW = {
    "claim": {
        "ref": "C0009", "text": "They clap.", "kind": "done", "state": "draft", "reforms": ["a-reform"],
        "cites": [{"at": "a-source#3", "number": "4", "quote": "they say"}],
    },
    "reform": {"slug": "b-reform", "title": "B reform", "topics": ["a-topic"]},
    "law": {"slug": "b-law", "name": "B law", "rank": "code", "status": "draft", "number": "7-I"},
    "package": {
        "slug": "b-package", "name": "B package", "event": "an-event",
        "items": [{"position": "3", "reform": "a-reform", "claim": "C0002"}],
    },
    "parameter": {
        "slug": "b-parameter", "name": "Votes", "reform": "a-reform",
        "changes": [{"before": "7", "claim": "C0001"}, {"after": "5", "claim": "C0002"}],
    },
    "discrepancy": {
        "ref": "D0009", "title": "T", "kind": "contradiction", "explanation": "E.", "claims": ["C0001", "C0002"],
    },
    "event": {"slug": "b-event", "title": "B event", "kind": "election", "date": "2021", "claim": "C0002"},
    "noclaim": {"at": "a-source#1", "reason": "transition"},
    "actor": {"slug": "b-actor", "name": "B actor", "kind": "party", "aliases": ["B."]},
    "topic": {"slug": "b-topic", "name": "B topic", "summary": "About b."},
}  # fmt: skip


@pytest.mark.parametrize("kind", NEW)
def test_a_new_entry_is_stored_with_all_that_it_owns(each, kind):
    root = store(type(each[kind]), NEW[kind])
    assert written(type(root)._default_manager.get(pk=root.pk)) == NEW[kind]
    assert root.pk != each[kind].pk


@pytest.mark.parametrize("kind", CHANGES)
def test_what_is_stored_already_makes_no_history(each, kind):
    before = ChangeSet.objects.count()
    rewrite(each[kind])
    assert ChangeSet.objects.count() == before


def test_a_citation_keeps_its_number_and_its_key_while_others_come_and_go(each):
    claim, paragraph = each["claim"], Citation.objects.first().paragraph
    cite(claim, paragraph, "adopted")
    first, second = claim.citations.order_by("number")
    quote = {"at": "a-source#2", "number": "3", "quote": "law", "suffix": "."}
    rewrite(claim, cites=[written(claim)["cites"][1] | {"stance": "context"}, quote])
    assert [(one.ref, one.quote, one.stance, one.pk == second.pk) for one in claim.citations.order_by("number")] == [
        ("C0001.2", "adopted", "context", True), ("C0001.3", "law", "supports", False),
    ]  # fmt: skip
    assert first.pk not in claim.citations.values_list("pk", flat=True)


def test_a_draft_may_lose_all_its_words(each):
    draft = make_claim(Citation.objects.first().paragraph, "adopted", published=False)
    rewrite(draft, cites=None)
    assert (draft.citations.count(), Claim.objects.get(pk=draft.pk).state) == (0, "draft")


def test_a_milestone_is_never_taken_for_another_on_the_same_claim(each):
    reform = each["reform"]
    draft = make_claim(reforms=[reform])
    earlier = make_milestone(reform, draft, "announced")
    mine = {"ref": "M0009", "stage": "drafted", "claim": draft.ref}
    rewrite(reform, milestones=[written(reform)["milestones"][0], mine])
    assert not Milestone.objects.filter(pk=earlier.pk).exists()
    assert Milestone.objects.get(ref="M0009").claim == draft


def test_what_an_entry_owns_is_known_again_by_its_claim_where_its_name_changed(each):
    rewrite(each["parameter"], changes=[{"before": "40", "after": "15", "claim": "C0001"}])
    rewrite(each["package"], items=[{"position": "7", "reform": "a-reform", "claim": "C0001"}])
    assert [one.history.count() for one in (ParameterChange.objects.get(), PackageItem.objects.get())] == [2, 2]


def test_a_new_name_leaves_the_old_one_leading_to_it(each):
    for kind, model in (("reform", "Reform"), ("law", "Law"), ("event", "Event")):
        rewrite(each[kind], slug=f"another-{kind}")
        assert RetiredSlug.objects.get(kind=kind).now == f"another-{kind}", model
    other = make_reform("third-reform")
    with pytest.raises(ValidationError, match="was retired and leads to “another-reform”; it is not given again"):
        rewrite(other, slug="a-reform")
    with pytest.raises(ValidationError, match="was retired and leads to “another-law”; it is not given again"):
        store(type(each["law"]), {"slug": "a-law", "name": "New", "rank": "law", "status": "draft"})
    rewrite(find("reform", "another-reform"), slug="a-reform")
    assert list(RetiredSlug.objects.filter(kind="reform").values_list("slug", "now")) == [
        ("another-reform", "a-reform")
    ]


def test_a_name_in_use_is_not_given_twice(each):
    make_law("b-law")
    with pytest.raises(ValidationError, match="slug: Law with this Slug already exists"):
        rewrite(each["law"], slug="b-law")
    assert kind_of(each["law"]) == "law"
    assert not RetiredSlug.objects.exists()
