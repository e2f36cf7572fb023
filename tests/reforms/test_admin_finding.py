"""What the page for claiming finds as one types: claims, and what claims are about; and which come first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reforms.admin import finding
from reforms.models import Actor
from reforms.near import Near
from reforms.publishing import submit
from tests.admin_forms import in_words, typed
from tests.factories import make_claim, make_event, make_law, make_reform
from tests.reforms.claiming import FOUND, WORDS, address, posted

pytestmark = pytest.mark.django_db


def found(client, of, question):
    page = client.get(FOUND, {"of": of, "q": question})
    assert page.status_code == 200
    return page


def test_claims_are_found_by_reference_and_words_drafts_too_closed_ones_not(cat, claimed):
    make_claim(claimed[3], text="They applaud.", published=False)
    submitted = make_claim(claimed[2], "stood", text="An act they clapped for.", published=False)
    submit(submitted)
    make_claim(text="The act is closed.", state="retracted", retraction_reason="Wrong.")

    def refs(question):
        return [claim.ref for claim in found(cat, "claims", question).context["claims"]]

    assert (refs("C0001"), refs("c1"), refs("0002"), refs("C0003")) == (["C0001"], ["C0001"], ["C0002"], [])
    assert (refs("APPLAUD they"), refs("appl"), refs("act"), refs("applaud loudly")) == (
        ["C0001"], ["C0001"], ["C0002"], [],
    )  # fmt: skip
    assert refs("stood passed") == ["C0002"]  # by what stands around its quote too
    assert refs("they clap") == ["C0002", "C0001"]  # its own words go ahead
    assert (refs(""), refs(" “"), refs("9" * 300)) == ([], [], [])
    assert "No claim holds all of these words." in in_words(found(cat, "claims", "nowhere"))
    words = in_words(found(cat, "claims", "act"))
    assert "Add to C0002 An act they clapped for. adopted · in review · 1 source Its words stood A source ¶2" in words


def test_what_a_claim_is_about_is_found_by_its_name_or_another_spelling(cat, claimed):
    claim = make_claim(claimed[3])
    make_reform("peaceful-assemblies"), make_law("law-on-assemblies"), make_event(claim, "an-assembly")
    actor = Actor.objects.create(slug="a-body", name="A body", kind="body")
    actor.aliases.create(name="The Assembly")

    def names(question):
        return [(one.name, one.slug) for one in found(cat, "subjects", question).context["subjects"]]

    assert names("assembl") == [
        ("reforms", "peaceful-assemblies"), ("laws", "law-on-assemblies"), ("events", "an-assembly"),
        ("actors", "a-body"),
    ]  # fmt: skip
    assert (names("law assemb"), names(""), names(" ")) == ([("laws", "law-on-assemblies")], [], [])
    assert "Nothing here is called that." in in_words(found(cat, "subjects", "nowhere"))


def test_the_nearest_claims_and_reforms_come_first_and_not_those_on_the_same_words(cat, claimed, monkeypatch):
    same = make_claim(claimed[2], "stood", published=False)
    one, other = (make_claim(claimed[3], text=text, published=False) for text in ("One.", "Other."))
    asked = []

    def near(text, *, at_most, leaving_out=()):
        asked.append((text, list(leaving_out)))
        return [Near(other, 90.0), Near(one, 50.0)]

    monkeypatch.setattr(finding, "near_claims", near)
    monkeypatch.setattr(finding, "near_reforms", lambda text, at_most: [Near(make_reform("near-reform"), 80.0)])
    page = cat.get(address(at="a-source#2", quote="stood"))
    assert [claim.ref for claim in page.context["near"]] == ["C0003", "C0002"]
    assert asked == [("stood", [same.pk])]
    assert [(one.slug, one.chosen) for one in page.context["subjects"]] == [("near-reform", False)]


def test_without_a_script_a_search_button_finds_and_keeps_what_was_typed_and_ticked(cat, claimed):
    make_reform("peaceful-assemblies"), make_reform("another")
    make_claim(claimed[3], text="They clapped.", published=False)
    fields = posted(act="look", text="Half a", find="clapped", about="peaceful", reforms=["another"])
    page = cat.post(address(**WORDS), fields)
    assert [claim.ref for claim in page.context["found"]] == ["C0001"]
    subjects = [(one.slug, one.chosen) for one in page.context["subjects"]]
    assert subjects == [("another", True), ("peaceful-assemblies", False)]
    kept = typed(page)
    assert (kept["text"], kept["find"], kept["about"]) == ("Half a", "clapped", "peaceful")


def test_it_costs_the_same_however_much_stands_there(cat, claimed):
    costs = []
    for number in range(6):
        make_claim(claimed[3], text=f"They clapped {number}.", published=False)
        make_claim(claimed[2], "stood", text=f"Stood {number}.", published=number % 2 == 0)
        with CaptureQueriesContext(connection) as seen:
            page = cat.post(address(**WORDS), posted(act="look", find="clapped"))
        assert (page.status_code, len(page.context["found"])) == (200, number + 1)
        costs.append(len(seen))
    assert costs == costs[:1] * 6
