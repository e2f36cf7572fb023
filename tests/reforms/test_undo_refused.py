"""What an undo refuses, in words that name the records; and nothing is changed then."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from reforms.curated.records import KNOWLEDGE
from reforms.models import (
    ClaimReform,
    Discrepancy,
    DiscrepancyClaim,
    NoClaim,
    Package,
    PackageItem,
    Parameter,
    ParameterChange,
    Reform,
    RetiredSlug,
)
from reforms.proposing import propose
from reforms.publishing import publish, submit
from reforms.undoing import UndoRefused, undo
from sources.acceptance import accept
from sources.changes import change_set
from sources.models import ChangeSet, Source
from tests.factories import cite, make_claim, make_discrepancy, make_milestone, make_reform, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def mary():
    return User.objects.create(username="mary")


@pytest.fixture
def claim():
    """C0001, public, about reform-a."""
    paragraph = make_source("It was so. It is so.").paragraphs.get()
    return make_claim(paragraph, "It was so.", reforms=[make_reform("reform-a")])


def last():
    return ChangeSet.objects.order_by("pk").last()


def save(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()
    return record


def stored():
    return {model: list(model.objects.order_by("pk").values()) for model in KNOWLEDGE}


def refusal(change_set):
    """The messages with which its undo is refused, after which everything is as it was."""
    before = (stored(), ChangeSet.objects.count(), [model.history.count() for model in KNOWLEDGE])
    with pytest.raises(UndoRefused) as refused:
        undo(change_set, by=None, reason="Try.")
    assert (stored(), ChangeSet.objects.count(), [model.history.count() for model in KNOWLEDGE]) == before
    assert isinstance(refused.value, ValidationError)
    return refused.value.messages


def test_an_undo_without_a_reason(claim):
    with pytest.raises(UndoRefused, match="An undo needs a reason"):
        undo(last(), by=None, reason=" ")


def test_what_was_undone_before(claim, mary):
    save(claim, note="Wrong.")
    wrong = last()
    done = undo(wrong, by=mary, reason="Right.")
    assert refusal(wrong) == [f"It was undone before: undo of {done.at:%Y-%m-%d %H:%M} by mary, change set {done.pk}."]


def test_a_change_set_that_changed_nothing(claim):
    claim.save()
    assert refusal(last()) == ["This change set changed nothing, so there is nothing to undo."]
    reform = make_reform("reform-b")
    with change_set(reason="There and back."):
        save(reform, title="Another")
        save(reform, title="Reform b")
        make_reform("reform-c").delete()
    assert refusal(last()) == ["This change set changed nothing, so there is nothing to undo."]


def test_what_another_change_set_changed_again_with_its_name(claim, mary):
    reform = Reform.objects.get()
    with change_set(reason="Two at once."):
        save(claim, note="First.")
        save(reform, title="First")
    both = last()
    with change_set(by=mary, reason="Better."):
        save(claim, note="Second.")
    better = last()
    words = f"edit of {better.at:%Y-%m-%d %H:%M} by mary, change set {better.pk}"
    assert refusal(both) == [f"Changed again since: claim C0001 ({words})."]
    undo(better, by=mary, reason="Worse.")
    undo(both, by=mary, reason="And the first.")
    reform.refresh_from_db()
    assert (reform.title, reform.history.count()) == ("Reform a", 3)


def test_what_another_change_set_removed_since(claim, mary):
    make_reform("reform-b")
    save(Reform.objects.get(slug="reform-b"), title="Renamed")
    renamed = last()
    with change_set(by=mary, reason="Not needed."):
        Reform.objects.get(slug="reform-b").delete()
    assert refusal(renamed)[0].startswith("Changed again since: reform reform-b (edit of ")


def test_what_came_back_because_an_undo_was_undone(claim, mary):
    save(claim, note="First.")
    first = last()
    save(claim, note="Second.")
    second = last()
    done = undo(second, by=mary, reason="Not the second.")
    undo(done, by=mary, reason="The second after all.")
    assert refusal(first) == [f"Changed again since: claim C0001 ({second}, change set {second.pk})."]


def test_what_was_changed_without_a_trace(claim):
    save(claim, note="First.")
    type(claim).objects.update(note="By hand.")
    assert refusal(last()) == ["Changed since, and no history tells by whom: claim C0001."]


def test_only_twenty_names_are_told_and_how_many_more_there_are(mary):
    reforms = [make_reform(f"reform-{letter}") for letter in "abcdefghijklmnopqrstuvw"]
    with change_set(reason="All."):
        for reform in reforms:
            save(reform, note="First.")
    everything = last()
    with change_set(by=mary, reason="All again."):
        for reform in reforms:
            save(reform, note="Second.")
    (message,) = refusal(everything)
    assert message.count("; reform reform-") == 19
    assert message.endswith("; and 3 more.")


@pytest.mark.parametrize("protected", [True, False])
def test_what_something_made_later_points_at(claim, protected):
    reform = make_reform("reform-b")
    made = last()
    if protected:
        ClaimReform.objects.create(claim=claim, reform=reform)
        assert refusal(made) == ["What would be gone is still in use: reform reform-b by claim reform C0001/reform-b."]
        return
    with change_set(reason="A package."):
        package = Package.objects.create(slug="a-package", name="A package")
    made = last()
    PackageItem.objects.create(package=package, position=1, reform=Reform.objects.first(), claim=claim)
    assert refusal(made) == ["What would be gone is still in use: package a-package by package item a-package/1."]


def test_what_would_come_back_to_something_that_is_no_longer_here(claim):
    other = make_reform("reform-b")
    link = ClaimReform.objects.create(claim=claim, reform=other)
    link.delete()
    unlinked = last()
    other.delete()
    assert refusal(unlinked) == [
        "What would come back needs what is no longer here: reform reform-b by claim reform C0001/reform-b."
    ]


def test_the_text_of_a_source_is_not_in_the_history(claim):
    source = make_source("Another.", "another")
    with change_set(reason="Not needed."):
        source.paragraphs.get().delete()
        source.delete()
    assert refusal(last()) == [
        "The history does not keep the text of sources, so these cannot be brought back: "
        "source another; paragraph another#1."
    ]
    waiting = Source(slug="waiting", name="Waiting")
    waiting.receive(b"One.")
    waiting.save()
    waiting.receive(b"Two.")
    waiting.save()
    assert refusal(last())[0].endswith("cannot be brought back: source waiting.")


def test_an_accepted_source_is_never_touched_by_an_undo_either(claim):
    waiting = Source(slug="waiting", name="Waiting")
    waiting.receive(b"One.")
    waiting.save()
    accept(waiting)
    assert refusal(last()) == [
        "The database refuses it: An accepted source is never touched: add a corrected edition as a new source that "
        "supersedes it."
    ]


def test_a_published_claim_keeps_words_that_support_it(claim):
    cite(claim, claim.citations.get().paragraph, "It is so.")
    cited = last()
    claim.citations.get(number=1).delete()
    assert refusal(cited) == [
        "A rule would be broken: claim C0001: A published claim needs at least one supporting citation."
    ]


def test_what_rests_on_a_claim_keeps_its_ground(claim):
    other = make_reform("reform-b")
    ClaimReform.objects.create(claim=claim, reform=other)
    linked = last()
    make_milestone(other, claim)
    words = "The claim C0001 does not name this reform among its own."
    assert refusal(linked) == [f"A rule would be broken: milestone M0001: {words}"]


def test_a_milestone_keeps_a_claim_that_is_no_mere_intention(claim):
    save(claim, kind="planned")
    save(claim, kind="done")
    done = last()
    make_milestone(Reform.objects.get(), claim, "adopted")
    words = "The stage “adopted” cannot rest on what is only proposed or planned"
    assert refusal(done) == [f"A rule would be broken: claim C0001: {words}; milestone M0001: {words}."]


def test_a_parameter_keeps_the_reform_that_its_changes_are_about(claim):
    parameter = Parameter.objects.create(slug="members", name="Members", reform=make_reform("reform-b"))
    save(parameter, reform=Reform.objects.get(slug="reform-a"))
    moved = last()
    ParameterChange.objects.create(parameter=parameter, claim=claim, after="5")
    words = "The claim C0001 does not name this reform among its own."
    assert refusal(moved) == [f"A rule would be broken: parameter change members/C0001/5: {words}"]


def test_a_discrepancy_keeps_enough_claims_and_a_public_one_that_resolves_it(claim):
    drafts = [make_claim(), make_claim()]
    discrepancy = make_discrepancy(claim, drafts[0])
    DiscrepancyClaim.objects.create(discrepancy=discrepancy, claim=drafts[1])
    linked = last()
    DiscrepancyClaim.objects.get(claim=claim).delete()
    assert refusal(linked) == [
        "A rule would be broken: discrepancy D0001: A discrepancy of the kind “contradiction” needs 2 or more claims."
    ]
    save(Discrepancy.objects.get(), state="resolved", resolved_by=claim)
    published = claim.history.filter(state="published").get().change_set
    assert refusal(published) == [
        "A rule would be broken: discrepancy D0001: Only a published claim resolves a discrepancy."
    ]


def test_a_paragraph_that_carries_a_public_claim_is_not_marked_as_carrying_none_again(claim):
    paragraph = make_source("Another.", "another").paragraphs.get()
    mark = NoClaim.objects.create(paragraph=paragraph, reason="rhetoric")
    mark.delete()
    unmarked = last()
    other = make_claim(paragraph, published=False)
    submit(other)
    publish(other)
    words = "C0002 stands on words of this paragraph, so it carries a claim."
    assert refusal(unmarked) == [f"A rule would be broken: paragraph without a claim another#1: {words}"]


def test_a_claim_is_not_public_again_on_words_marked_as_carrying_none(claim, mary):
    published = claim.history.filter(state="published").get().change_set
    done = undo(published, by=mary, reason="Rhetoric.")
    NoClaim.objects.create(paragraph=claim.citations.get().paragraph, reason="rhetoric")
    words = "It stands on words of a-source#1, which is marked as carrying no claim."
    assert refusal(done)[0].startswith("A rule would be broken: ")
    assert f"claim C0001: {words}".rstrip(".") in refusal(done)[0]


def test_a_place_that_was_taken_meanwhile(claim):
    package = Package.objects.create(slug="a-package", name="A package")
    about = {"package": package, "position": 1, "claim": claim}
    PackageItem.objects.create(reform=Reform.objects.get(), **about).delete()
    removed = last()
    PackageItem.objects.create(reform=make_reform("reform-b"), **about)
    words = "The package has an item at this position"
    assert refusal(removed)[0].startswith(f"The database refuses it: package item a-package/1: {words}.")


def test_a_slug_that_was_retired_meanwhile_and_one_that_others_lead_to(claim):
    make_reform("reform-b").delete()
    removed = last()
    RetiredSlug.objects.create(kind="reform", slug="reform-b", now="reform-a")
    words = "Retired slugs would lead to nothing, or be in use again"
    assert refusal(removed) == [f"{words}: reform reform-b, which leads to reform-a."]
    make_reform("reform-c")
    made = last()
    RetiredSlug.objects.create(kind="reform", slug="reform-x", now="reform-c")
    assert refusal(made) == [f"{words}: reform reform-x."]


def test_a_record_on_which_a_proposal_waits(claim, mary):
    make_reform("reform-b")
    made = last()
    propose("reform", "reform-b", {"slug": "reform-b"}, {"slug": "reform-b", "title": "Another"}, by=mary)
    assert refusal(made) == ["What would be gone has proposals waiting: reform reform-b by P0001."]
