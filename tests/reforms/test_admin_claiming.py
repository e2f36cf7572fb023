"""The page on which words are claimed: how it opens, what its buttons do, what it finds, and what it refuses."""

import re

import pytest
from django.contrib.auth.models import Group, User

from reforms.admin import claiming
from reforms.models import Actor, Claim, NoClaim, Proposal
from sources.models import ChangeSet, Source, propose_paragraphs
from tests.admin_forms import in_words, said, typed
from tests.factories import make_claim, make_law, make_reform
from tests.reforms.claiming import FOUND, TEXT, WORDS, address, posted
from tests.reforms.conftest import browser

pytestmark = pytest.mark.django_db


def test_it_opens_with_the_chosen_words_lit_and_in_the_box(cat, claimed):
    make_claim(claimed[2], "The law passed", text="It passed.")
    make_claim(claimed[2], "stood", text="It stood.", published=False)
    page = cat.get(address(**WORDS))
    assert {name: typed(page)[name] for name in ("start", "end", "quote", "stance", "strength")} == {
        "start": "18", "end": "25", "quote": "the law", "stance": "supports", "strength": "states",
    }  # fmt: skip
    shown = page.content.decode()
    assert (
        '<blockquote class="whole">😀 <u title="C0001">The law passed</u>, <mark>the law</mark> '
        '<u title="C0002">stood</u>.</blockquote>'
    ) in shown
    assert "C0001 published It passed. The law passed" in in_words(page)
    assert "C0002 draft It stood. stood" in in_words(page)
    assert re.search(r'<textarea name="text"[^>]* autofocus', shown)


def test_without_words_it_is_the_whole_paragraph(cat, claimed):
    page = cat.get(address(at="a-source#2"))
    assert typed(page)["quote"] == TEXT
    assert [(piece.text, piece.lit) for piece in page.context["pieces"]] == [(TEXT, True)]


@pytest.mark.parametrize(
    ("chosen", "lit"),
    [
        ({"start": 2, "end": 32, "quote": "The law", "to": "stood."}, "The law passed, the law stood."),
        ({"start": 3, "end": 17, "quote": "The law passed"}, "The law passed"),
        ({"quote": "stood"}, "stood"),
    ],
    ids=["both ends", "counted otherwise", "without a place"],
)
def test_the_words_of_the_address_are_verified_or_found_once(cat, claimed, chosen, lit):
    page = cat.get(address(at="a-source#2", **chosen))
    assert [piece.text for piece in page.context["pieces"] if piece.lit] == [lit]
    assert page.context["refused"] == ""


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"quote": "the Law"}, "Quote not found: the paragraph does not hold these words, character for character."),
        ({"quote": " law"}, "Quote found 2 times: add the words directly before (prefix) or after (suffix)."),
        ({"quote": "nothing", "start": "9" * 40, "end": "-1"}, "Quote not found"),
        ({"start": 2, "end": 32, "quote": "The law", "to": "fell."}, "Quote not found"),
    ],
    ids=["not there", "several times", "nonsense", "another end"],
)
def test_words_that_cannot_be_cited_are_refused_in_words_and_kept(cat, claimed, chosen, told):
    page = cat.get(address(at="a-source#2", **chosen))
    assert told in in_words(page)
    assert [piece.lit for piece in page.context["pieces"]] == [False]
    assert typed(page)["quote"].startswith(chosen["quote"])
    assert ('name="prefix"' in page.content.decode()) == ("2 times" in told)


@pytest.mark.parametrize("at", ["", "a-source#9", "nothing#1", "a-source#2 ", "a-source#" + "9" * 30])
def test_a_paragraph_that_is_not_there_is_404(cat, claimed, at):
    assert cat.get(address(at=at)).status_code == 404


def test_a_paragraph_of_a_source_that_is_not_accepted_is_404(cat, claimed):
    source = Source(slug="not-yet", name="Not yet")
    source.receive(TEXT.encode())
    source.save()
    for paragraph in propose_paragraphs(source):
        paragraph.save()
    assert cat.get(address(at="not-yet#1")).status_code == 404
    assert cat.post(address(at="not-yet#1"), posted(act="draft", text="It stood.", kind="done")).status_code == 404


def test_a_new_claim_is_in_review_and_one_is_back_at_the_paragraph(cat, claimed):
    make_reform(), make_law()
    Actor.objects.create(slug="an-actor", name="An actor", kind="person")
    about = {"reforms": ["a-reform"], "laws": ["a-law"], "actors": ["an-actor"], "part-an-actor": "does",
             "office-an-actor": " Minister "}  # fmt: skip
    answer = cat.post(address(**WORDS), posted(act="submit", text="It stood.", kind="done", note="Hm.", **about))
    assert (answer.status_code, answer["Location"]) == (302, "/sources/a-source/#p2")
    claim = Claim.objects.get()
    assert (claim.text, claim.kind, claim.note, claim.state) == ("It stood.", "done", "Hm.", "in_review")
    assert [(one.start, one.end, one.quote) for one in claim.citations.all()] == [(18, 25, "the law")]
    assert [link.reform.slug for link in claim.reform_links.all()] == ["a-reform"]
    assert [link.law.slug for link in claim.law_links.all()] == ["a-law"]
    assert [(link.part, link.office) for link in claim.actor_links.all()] == [("does", "Minister")]
    assert ChangeSet.objects.filter(by__username="cat").count() == 1


def test_the_reader_says_once_what_was_saved_with_the_ways_to_look_and_to_undo(ann_browses, cat, claimed):
    for client, back in ((ann_browses, "Undo"), (cat, "What was changed")):
        claim = posted(act="draft", text=f"It stood, {back}.", kind="done")
        page = client.post(address(**WORDS), claim, follow=True)
        (told,) = said(page)
        made = Claim.objects.latest("pk")
        change_set = ChangeSet.objects.first()
        assert told == (
            f'<b>{made.ref}</b> is a draft. · <a href="/admin/reforms/claim/{made.pk}/review/">Look at it</a> · '
            f'<a href="/admin/sources/changeset/{change_set.pk}/change/">{back}</a>'
        )
        assert told in page.content.decode()
        assert client.get(f"/admin/sources/changeset/{change_set.pk}/change/").status_code == 200
        assert told not in client.get("/sources/a-source/").content.decode()


def test_trimmed_words_are_found_again_and_of_repeated_ones_the_words_around_decide(cat, claimed):
    cat.post(address(**WORDS), posted(act="draft", text="Trimmed.", kind="done", quote="law\r\n"))
    assert Claim.objects.get().citations.get().start == 22
    again = posted(act="draft", text="Other.", kind="done", quote=" law", start="", end="")
    page = cat.post(address(**WORDS), again)
    assert page.status_code == 200
    assert (typed(page)["text"], typed(page)["prefix"], typed(page)["suffix"]) == ("Other.", "", "")
    cat.post(address(**WORDS), again | {"prefix": "The"})
    assert Claim.objects.latest("pk").citations.get().start == 5


def test_what_is_refused_keeps_all_that_was_typed(cat, claimed):
    make_reform()
    nobody_says_it = {"text": "They say.", "kind": "allegation", "note": "Hm."}
    fields = posted(act="submit", reforms=["a-reform"], strength="implies", **nobody_says_it)
    page = cat.post(address(**WORDS), fields)
    assert page.context["errors"] == ["C0001: An allegation needs an actor who says it."]
    kept = typed(page)
    assert {name: kept[name] for name in ("quote", "text", "note", "reforms")} == {
        "quote": "the law", "text": "They say.", "note": "Hm.", "reforms": "on",
    }  # fmt: skip
    assert '<input type="radio" name="kind" value="allegation" id="id_kind_7" checked>' in page.content.decode()
    assert '<option value="implies" selected>' in page.content.decode()
    assert not Claim.objects.exists()
    empty = cat.post(address(**WORDS), posted(act="draft", text=" ", kind=""))
    assert in_words(empty).count("This field cannot be blank.") == 2


def test_hostile_fields_are_refused_not_a_failure(cat, claimed):
    Actor.objects.create(slug="an-actor", name="An actor", kind="person")
    for odd in (
        {"kind": "nonsense"}, {"stance": "nonsense"}, {"quote": "x" * 10_000}, {"quote": ""},
        {"actors": ["an-actor"], "part-an-actor": "nonsense"}, {"actors": ["an-actor"], "office-an-actor": "x" * 999},
    ):  # fmt: skip
        fields = posted(act="draft", text="It stood.", kind="done") | odd
        assert cat.post(address(**WORDS), fields).status_code == 200, odd
    for name in ("text", "find", "about", "evidence", "office-an-actor", "reforms"):
        assert cat.post(address(**WORDS), posted(actors="an-actor") | {name: "a\0b"}).status_code in (200, 400), name
    assert not Claim.objects.exists()


def test_evidence_is_added_to_a_draft_and_waits_for_a_public_claim(cat, claimed):
    hidden = make_claim(claimed[3], text="They clapped.", published=False)
    public = make_claim(claimed[3], text="They clapped loudly.")
    page = cat.post(address(**WORDS), posted(evidence=hidden.ref), follow=True)
    assert said(page)[0].startswith("<b>C0001.2</b> cites these words.")
    page = cat.post(address(**WORDS), posted(evidence=public.ref, stance="context"), follow=True)
    assert said(page)[0].startswith("<b>P0001</b> waits for a second person: C0002 would cite these words.")
    assert (hidden.citations.count(), public.citations.count()) == (2, 1)
    page = cat.post(address(**WORDS), posted(evidence=hidden.ref, text="Half a claim"))
    assert page.context["errors"] == ["This claim cites these words already."]
    assert typed(page)["text"] == "Half a claim"
    assert cat.post(address(**WORDS), posted(evidence="C9999")).context["errors"] == ["This claim is no longer here."]


def test_a_mark_is_proposed_and_what_is_wrong_with_it_is_said(cat, claimed):
    page = cat.post(address(at="a-source#3"), posted(act="mark", quote="no longer there"))
    assert "This field cannot be blank." in in_words(page)
    other = posted(act="mark", reason="other")
    assert "needs a note" in in_words(cat.post(address(at="a-source#3"), other))
    page = cat.post(address(at="a-source#3"), other | {"mark_note": "Applause."}, follow=True)
    assert said(page)[0].startswith("<b>P0001</b> waits for a second person: ¶3 would carry no claim.")
    assert Proposal.objects.get().proposed == {"at": "a-source#3", "reason": "other", "note": "Applause."}
    NoClaim.objects.create(paragraph=claimed[3], reason="rhetoric")
    assert "It is marked as carrying no claim: rhetoric." in in_words(cat.get(address(at="a-source#3")))


def test_who_may_not_claim_gets_neither_the_page_nor_what_it_finds(claimed):
    for group in ("Reviewer", "Editor"):
        user = User.objects.create_user(group, is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client, made = browser(user), ChangeSet.objects.count()
        for fields in (
            posted(act="draft", text="It.", kind="done"), posted(act="mark", reason="rhetoric"), posted(evidence="C1"),
        ):  # fmt: skip
            assert client.post(address(**WORDS), fields).status_code == 403
        assert client.get(address(**WORDS)).status_code == 403
        assert client.get(FOUND, {"of": "claims", "q": "law"}).status_code == 403
        assert ChangeSet.objects.count() == made


LACKS = [("submit", "change_claim"), ("evidence", "change_claim"), ("mark", "add_noclaim")]


@pytest.mark.parametrize(("act", "lacks"), LACKS)
def test_a_button_that_one_has_no_right_to_is_403(cat, claimed, act, lacks):
    claim = make_claim(claimed[3], published=False)
    Group.objects.get(name="Contributor").permissions.remove(
        Group.objects.get(name="Contributor").permissions.get(codename=lacks)
    )
    button = {"evidence": claim.ref} if act == "evidence" else {"act": act}
    before = ChangeSet.objects.count()
    fields = posted(text="It.", kind="done", reason="rhetoric", **button)
    assert cat.post(address(**WORDS), fields).status_code == 403
    assert ChangeSet.objects.count() == before
    assert cat.get(address(**WORDS)).status_code == 200


def test_a_piece_is_cut_at_every_edge():
    class One:
        def __init__(self, start, end, name=""):
            self.start, self.end, self.name = start, end, name

    cut = claiming.pieces("abcdef", One(1, 4), [One(2, 5, "C1"), One(2, 5, "C1"), One(None, None, "P1")])
    assert [(one.text, one.lit, one.refs) for one in cut] == [
        ("a", False, ""), ("b", True, ""), ("cd", True, "C1"), ("e", False, "C1"), ("f", False, ""),
    ]  # fmt: skip
