"""Every state that an entry went through, who changed it, and why."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reforms.differences import Difference
from reforms.histories import state_at, versions
from reforms.models import Citation, ClaimLaw, ClaimReform, Law, Milestone, Reform
from sources.changes import change_set
from sources.models import ChangeSet, Source
from tests.factories import cite, make_claim, make_each, make_law, make_milestone, make_reform, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def paragraph():
    return make_source("The law was adopted in May. It is in force.").paragraphs.get()


@pytest.fixture
def claim(ann, paragraph):
    """A draft by ann on two citations, about a reform; corrected by ben in its words, citations and links."""
    reform, law, ben = make_reform(), make_law(), User.objects.create(username="carl")
    with change_set(by=ann, reason="As I read it."):
        claim = make_claim(text="A law was adopted.", published=False, reforms=[reform])
        cite(claim, paragraph, "The law was adopted")
        cite(claim, paragraph, "in force", stance="context")
    with change_set(by=ben, reason="In May."):
        claim.text = "A law was adopted in May."
        claim.save()
    with change_set(by=ben, reason="More words."):
        Citation.objects.filter(number=1).first().delete()
        cite(claim, paragraph, "adopted in May")
        second = claim.citations.get(number=2)
        second.note = "Since when?"
        second.save()
    with change_set(by=ann, reason="It names the law."):
        ClaimLaw.objects.create(claim=claim, law=law)
        claim.reform_links.get().delete()
    return claim


def told(version):
    """Who changed what, and why."""
    return version.change_set.by.username, version.change_set.reason, version.differences


def test_every_state_of_a_claim_is_told_with_its_citations_and_links(claim):
    first, *later = versions(claim)
    assert first.before is None
    assert first.entry == {
        "ref": "C0001", "text": "A law was adopted.", "kind": "adopted", "state": "draft", "reforms": ["a-reform"],
        "cites": [
            {"at": "a-source#1", "number": "1", "quote": "The law was adopted"},
            {"at": "a-source#1", "number": "2", "quote": "in force", "stance": "context"},
        ],
    }  # fmt: skip
    assert [told(version) for version in later] == [
        ("carl", "In May.", [Difference("text", "A law was adopted.", "A law was adopted in May.")]),
        ("carl", "More words.", [
            Difference("citation 1", "“The law was adopted” (a-source#1)", ""),
            Difference("citation 2: note", "", "Since when?"),
            Difference("citation 3", "", "“adopted in May” (a-source#1)"),
        ]),
        ("ann", "It names the law.", [Difference("reform", "a-reform", ""), Difference("law", "", "a-law")]),
    ]  # fmt: skip
    assert [version.before for version in later] == [first.entry, *(version.entry for version in later[:-1])]


def test_a_save_that_changed_nothing_made_no_state(claim):
    before = versions(claim)
    with change_set(reason="Saved again."):
        claim.save()
        claim.citations.first().save()
    assert ChangeSet.objects.filter(reason="Saved again.").exists()
    assert versions(claim) == before


def test_what_was_changed_and_changed_back_in_one_go_made_no_state(claim):
    before = versions(claim)
    with change_set(reason="To and fro."):
        for text in ("Other.", claim.text):
            claim.text = text
            claim.save()
    assert versions(claim) == before


def test_several_saves_in_one_change_set_are_one_state(claim):
    with change_set(reason="In two steps."):
        for text in ("Half.", "Whole."):
            claim.text = text
            claim.save()
    assert versions(claim)[-1].differences == [Difference("text", "A law was adopted in May.", "Whole.")]


def test_a_deleted_claim_ends_with_nothing_and_keeps_what_it_was(claim):
    pk = claim.pk
    with change_set(reason="Not needed."):
        claim.delete()
    claim.pk = pk
    *_, before, last = versions(claim)
    assert (last.change_set.reason, last.entry, last.before) == ("Not needed.", None, before.entry)


def test_the_changes_of_other_entries_are_not_told(claim, paragraph):
    before = versions(claim)
    other = make_claim(paragraph, "It is in force", text="Another.")
    other.text = "Other words."
    other.save()
    Law.objects.update(name="Renamed")
    assert versions(claim) == before


@pytest.mark.parametrize("model", [Reform, Law])
def test_what_was_named_then_and_is_gone_now_is_said_to_be_gone(claim, model):
    claim.law_links.all().delete()
    model.objects.get().delete()
    names = [version.entry.get({Reform: "reforms", Law: "laws"}[model]) for version in versions(claim)]
    assert ["(no longer here)"] in names


def test_an_optional_name_that_is_gone_now_is_not_told_as_never_given(claim):
    reform = Reform.objects.get()
    ClaimReform.objects.create(claim=claim, reform=reform)
    milestone = make_milestone(reform, claim, law=Law.objects.get())
    milestone.law = None
    milestone.save()
    claim.law_links.all().delete()
    Law.objects.get().delete()
    laws = [version.entry["milestones"][0].get("law") for version in versions(reform) if "milestones" in version.entry]
    assert laws == ["(no longer here)", None]


def test_words_of_a_paragraph_that_is_gone_now_are_still_told(claim, paragraph):
    claim.citations.all().delete()
    Citation.objects.all().delete()
    paragraph.delete()
    quotes = [[(one["at"], one["quote"]) for one in version.entry.get("cites", [])] for version in versions(claim)]
    assert quotes[0] == [("(no longer here)", "The law was adopted"), ("(no longer here)", "in force")]
    assert quotes[-1] == []


# What one can change of each kind without breaking a rule.
TEXTS = {"topic": "summary", "discrepancy": "explanation"}


def test_twenty_states_cost_as_many_queries_as_two():
    each = make_each()
    assert len(each) == 11
    for kind, record in each.items():
        field, costs = TEXTS.get(kind, "note"), []
        for more in (1, 18):
            for _ in range(more):
                setattr(record, field, f"{getattr(record, field)} Again.".strip())
                record.save()
            with CaptureQueriesContext(connection) as seen:
                assert len(versions(record)) > more
            costs.append(len(seen))
        assert costs[0] == costs[1] <= 24, (kind, costs)


def test_a_milestones_history_is_told_under_its_reform(paragraph):
    reform = make_reform()
    claim = make_claim(paragraph, "The law was adopted", reforms=[reform])
    make_milestone(reform, claim, "adopted", "2020")
    Milestone.objects.all().first().delete()
    assert [version.differences for version in versions(reform)][1:] == [
        [Difference("milestone M0001", "", "M0001, adopted, 2020, C0001")],
        [Difference("milestone M0001", "M0001, adopted, 2020, C0001", "")],
    ]


def test_a_sources_history_tells_its_metadata(paragraph):
    source = Source.objects.get()
    source.name, source.rights = "Renamed", "All rights reserved."
    source.save()
    assert versions(source)[-1].differences == [
        Difference("name", "A source", "Renamed"),
        Difference("rights", "", "All rights reserved."),
    ]


def test_the_state_at_a_moment_is_the_last_one_before_it(claim):
    moments = [version.change_set.at for version in versions(claim)]
    instant = timedelta(microseconds=1)
    assert state_at(claim, moments[0] - instant) is None
    assert [state_at(claim, moment)["text"] for moment in (moments[0], moments[1] - instant, moments[1])] == [
        "A law was adopted.", "A law was adopted.", "A law was adopted in May.",
    ]  # fmt: skip
    assert state_at(claim, moments[-1] + instant) == versions(claim)[-1].entry
