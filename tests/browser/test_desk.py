"""Two curators at work in the admin, each in a browser of their own: from pasted words to the public, and back."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from reforms.models import AnsweredFinding, Citation, Claim
from reforms.publishing import publish, submit
from sources.changes import change_set
from sources.models import Paragraph
from tests.browser.desk import at_the_desk
from tests.browser.watching import fits
from tests.factories import cite, make_reform

CURATORS = {"ann": ["Contributor", "Reviewer"], "ben": ["Contributor", "Reviewer", "Editor"]}
GONE = ["status of 410", "status of 404"]  # the browser says so itself, of a page that is gone or not public
NOTICE = "The law introduced a notification principle for assemblies."


@pytest.fixture(autouse=True)
def strict_templates():
    """Not here: the admin's own templates ask for optional names."""


@pytest.fixture
def curators(knowledge, live_server, new_context):
    """Ann and Ben, logged in. Their browsers stay quiet, and ask no other host for anything."""
    with at_the_desk(CURATORS, live_server.url, new_context, expected=GONE) as found:
        yield found


def stored(text, words, *, by, public=False):
    """Store a claim that `by` wrote, in review or published."""
    author = User.objects.get(username=by)
    with change_set(by=author, reason="Read the report."):
        claim = Claim(ref=Claim.next_ref(), text=text, kind="provision")
        claim.full_clean()
        claim.save()
        cite(claim, Paragraph.objects.get(source__slug="kazinform-three-packages", number=20), words)
    submit(claim, by=author)
    if public:
        publish(claim)
    return claim.ref


def test_words_are_pasted_reviewed_by_a_second_person_and_public(curators):
    ann, ben = curators
    ref = ann.drafts(NOTICE, "introduced a ‘notification’ principle")
    assert Citation.objects.get(claim__ref=ref).ref == f"{ref}.1"
    ann.presses("Submit for review")
    ann.sees(f"{ref} is in review. A second person looks at it and publishes it.")
    ann.sees("You changed it last, so a second person has to publish it.")
    ann.sees_no("Publish")
    ann.takes_all([ref], "Publish")
    ann.sees(f"{ref}: Nobody publishes or approves what they last edited")
    assert ann.finds_public(ref) == (404, 404)
    ben.opens("/admin/")
    ben.follows("1 claim in review")
    ben.reviews(ref)
    ben.sees("introduced a ‘notification’ principle")
    ben.presses("Publish")
    ben.sees(f"{ref} is published. Readers see it now.")
    for reader in (ann, ben):
        assert reader.finds_public(ref) == (200, NOTICE)
        reader.sees(NOTICE)


def test_a_change_to_what_is_public_waits_until_a_second_person_approves_it(curators):
    ann, ben = curators
    ref = stored(NOTICE, "introduced a ‘notification’ principle", by="ben", public=True)
    ann.edits(ref, text="The law introduced notification.", change_reason="Shorter.")
    ben.edits(ref, text="The law of 2020 introduced a notification principle.", change_reason="When?")
    ann.sees("This is public. What you save here waits as a proposal")
    ann.presses("Propose this change")
    ann.sees("P0001 waits for a second person to approve it. What is public is unchanged.")
    ann.sees("You proposed it, so a second person has to approve it.")
    assert ann.finds_public(ref) == (200, NOTICE)
    ben.presses("Propose this change")
    ben.sees("Nothing was saved: somebody changed this since you opened it.")
    ben.follows("P0001")
    expect(ben.page.locator("del")).to_have_text(["a ", " principle for assemblies"])
    ben.presses("Approve")
    ben.sees("P0001 is approved. Readers see it now.")
    assert ben.finds_public(ref) == (200, "The law introduced notification.")


def test_nobody_overwrites_what_somebody_else_saved_meanwhile(curators):
    ann, ben = curators
    ref = stored(NOTICE, "introduced a ‘notification’ principle", by="ann")
    ann.edits(ref, text="The law introduced notification.", change_reason="Shorter.")
    ben.edits(ref, text="The law of 2020 introduced notification.", note="The date is in the title.")
    ann.presses("Save")
    ben.presses("Save")
    ben.sees("Nothing was saved: somebody changed this since you opened it.")
    expect(ben.page.locator(".stop del")).to_have_text(["a ", " principle for assemblies"])
    expect(ben.page.locator("#id_text")).to_have_value("The law of 2020 introduced notification.")
    expect(ben.page.locator("#id_note")).to_have_value("The date is in the title.")
    assert Claim.objects.get(ref=ref).text == "The law introduced notification."
    ben.presses("Save")
    ben.sees("The law of 2020 introduced notification.")


def test_a_claim_is_retracted_with_a_reason_and_comes_back_from_its_history(curators):
    ann, ben = curators
    ref = stored(NOTICE, "introduced a ‘notification’ principle", by="ann", public=True)
    ben.reviews(ref)
    ben.says_why("The report was corrected.", "Retract")
    ben.sees(f"{ref} is retracted.")
    assert ann.finds_public(ref) == (410, 410)
    expect(ann.page.get_by_text("The report was corrected.")).to_be_visible()
    ann.reviews(ref)
    ann.follows("history")
    ann.page.get_by_text("Bring back this state").first.click()
    ann.says_why("The correction was withdrawn.", "Bring it back")
    ann.sees("waits for a second person to approve it")
    assert ann.finds_public(ref) == (410, 410)
    ben.opens("/admin/")
    ben.follows("1 proposal to answer")
    ben.follows("P0001")
    ben.presses("Approve")
    assert ben.finds_public(ref) == (200, NOTICE)


def test_what_was_published_together_is_undone_in_one_step(curators):
    _, ben = curators
    words = ["dated May 25, 2020", "organizing and holding", "which replaced"]
    refs = [stored(f"Bulk {number}.", quote, by="ann") for number, quote in enumerate(words)]
    ben.takes_all(refs, "Publish")
    ben.sees(f"{', '.join(refs)} are published. Readers see them now.")
    assert [ben.finds_public(ref)[0] for ref in refs] == [200, 200, 200]
    ben.opens("/admin/sources/changeset/")
    ben.page.locator("#result_list tbody a").first.click()
    ben.sees("Published several claims.")
    ben.says_why("Too early.", "Undo this change set")
    ben.sees("Undone, as one change.")
    assert [ben.finds_public(ref)[0] for ref in refs] == [410, 410, 410]
    assert set(Claim.objects.filter(ref__in=refs).values_list("state", flat=True)) == {"in_review"}


def test_what_the_audit_found_is_answered_by_the_keyboard_alone_on_a_phone(curators):
    _, ben = curators
    make_reform("quiet-reform")
    ben.page.set_viewport_size({"width": 375, "height": 800})
    ben.opens("/admin/reforms/finding/")
    ben.presses("Run the audit now")
    ben.sees("The audit ran.")
    ben.page.get_by_label("Which rule").select_option("shown_subjects_have_words")
    ben.presses("Show these")
    ben.sees("No claim names this reform.")
    assert fits(ben.page)
    ben.page.locator("summary").press("Enter")
    ben.page.keyboard.press("Tab")
    ben.page.keyboard.type("Its claims are being written.")
    ben.page.keyboard.press("Tab")
    ben.page.keyboard.press("Enter")
    ben.sees("Answered: reforms.reform quiet-reform: No claim names this reform.")
    answered = AnsweredFinding.objects.get(rule="shown_subjects_have_words")
    assert answered.reason == "Its claims are being written."


def test_on_a_phone_every_page_of_the_desk_fits_and_the_keyboard_alone_publishes(curators):
    ann, ben = curators
    waiting = stored("Waits.", "dated May 25, 2020", by="ann")
    public = stored(NOTICE, "introduced a ‘notification’ principle", by="ann", public=True)
    ann.edits(public, text="The law introduced notification.")
    ann.presses("Propose this change")
    ben.page.set_viewport_size({"width": 375, "height": 800})
    claim = f"/admin/reforms/claim/{Claim.objects.get(ref=public).pk}"
    paths = [
        "/admin/", "/admin/reforms/claim/", "/admin/reforms/claim/add/", f"{claim}/change/", f"{claim}/review/",
        f"{claim}/history/", "/admin/reforms/claim/doubts/", "/admin/reforms/finding/?answered=all",
        "/admin/sources/changeset/1/change/", "/admin/reforms/proposal/1/change/",
        "/admin/reforms/reform/1/change/", "/admin/reforms/law/1/change/",
    ]  # fmt: skip
    for path in paths:
        ben.opens(path)
        assert fits(ben.page), path
        assert ben.page.locator("h1").count() == 1, path
    ben.reviews(waiting)
    focused = "document.activeElement.textContent.trim()"
    for _ in range(40):
        ben.page.keyboard.press("Tab")
        if ben.page.evaluate(focused) == "Publish":
            break
    ben.page.keyboard.press("Enter")
    ben.sees(f"{waiting} is published.")
