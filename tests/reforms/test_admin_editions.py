"""The page of citations that a newer edition left behind: what it shows, the ways from there, and who may go them."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reforms.editions import Carried, carry_over
from reforms.models import Citation, Claim, NoClaim, Proposal
from reforms.passages import nearest
from reforms.proposing import approve, send_back
from sources.models import Source
from tests.admin_forms import in_words, opened, said
from tests.factories import cite, make_claim, make_source
from tests.reforms.conftest import browser

pytestmark = pytest.mark.django_db
PAGE = "/admin/reforms/claim/editions/"
NEWER = "A new heading.\nThe law was adopted on 26 May 2020, at last.\nThey clap."


@pytest.fixture
def left(db):
    """C0001, public, whose words a newer edition changed by one figure."""
    first = make_source("Heading.\nThe law was adopted on 25 May 2020.\nThey clap.", "first-edition")
    claim = make_claim(first.paragraphs.get(number=2), "adopted on 25 May 2020")
    carry_over(make_source(NEWER, "second-edition", supersedes=first))
    return claim


def settle(client, citation, **fields):
    act = {"act": "leave"} if "why" in fields else {"act": "take_place"}
    return client.post(PAGE, {"citation": citation.pk} | act | fields, follow=True)


def test_each_waiting_citation_is_shown_with_the_nearest_words_and_what_differs(ann_browses, left):
    page = ann_browses.get(PAGE)
    (row,) = page.context["rows"]
    assert (row.citation.ref, row.passage.paragraph.number) == ("C0001.1", 2)
    assert row.passage.quote == "adopted on 26 May 2020"
    assert row.runs == [("same", "adopted on "), ("removed", "25"), ("added", "26"), ("same", " May 2020")]
    words = in_words(page)
    assert "First edition ¶2 says: The law was adopted on 25 May 2020 ." in words
    assert "Nearest in Second edition ¶2 , 95 of 100 alike: adopted on 25 26 May 2020" in words
    fields = opened(ann_browses, PAGE)
    assert (fields["number"], fields["quote"]) == ("2", "adopted on 26 May 2020")


def test_the_words_that_are_proposed_take_the_place_once_a_second_person_agrees(ann_browses, ben, left):
    answer = settle(ann_browses, left.citations.get(), number="2", quote="adopted on 26 May 2020")
    proposal = Proposal.objects.get()
    assert said(answer) == [f"C0001.1: {proposal.ref} waits for a second person. What is public is unchanged."]
    words = in_words(answer)
    assert f"{proposal.ref} says what becomes of it: waiting." in words
    assert "These words take its place" not in words
    shown = in_words(ann_browses.get(proposal.get_absolute_url()))
    assert "adopted on 26 May 2020" in shown
    approve(proposal, by=ben)
    assert [one.carries_id and one.carries.number for one in left.citations.order_by("number")] == [None, 1]
    assert "No citation needs a person" in in_words(ann_browses.get(PAGE))


def test_a_draft_is_changed_at_once(ann_browses, left):
    Claim.objects.update(state="draft")
    Claim.history.update(state="draft")
    answer = settle(ann_browses, left.citations.get(), number="2", quote="adopted on 26 May 2020\r\n")
    assert said(answer) == ["C0001.1 is settled."]
    assert left.citations.get(number=2).quote == "adopted on 26 May 2020"


def test_it_can_be_said_that_the_newer_edition_does_not_say_it(ann_browses, ben, left):
    answer = settle(ann_browses, left.citations.get(), why="It corrects the day.")
    proposal = Proposal.objects.get()
    assert f"{proposal.ref} says what becomes of it: waiting." in in_words(answer)
    approve(proposal, by=ben)
    assert left.citations.get().not_carried == "It corrects the day."
    assert "No citation needs a person" in in_words(ann_browses.get(PAGE))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"number": "2", "quote": "adopted on 25 May"}, "These words do not stand in ¶2, character for character."),
        ({"number": "2", "quote": "a"}, "These words stand in ¶2 6 times."),
        ({"number": "9", "quote": "adopted"}, "The newer edition has no paragraph 9."),
        ({"number": "", "quote": "adopted"}, "Say in which paragraph the words stand."),
        ({"number": "two", "quote": "adopted"}, "Enter a whole number."),
        ({"number": "9" * 40, "quote": "adopted"}, "less than or equal to"),
        ({"number": "2", "quote": "adop\0ted"}, "Null characters are not allowed."),
        ({"why": "  "}, "Say why no words of the newer edition take their place."),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(ann_browses, left, fields, words):
    answer = settle(ann_browses, left.citations.get(), **fields)
    assert words in in_words(answer)
    (row,) = answer.context["rows"]
    assert [row.typed[name] for name in fields] == list(fields.values())
    assert (Proposal.objects.count(), Citation.objects.count()) == (0, 1)


@pytest.mark.parametrize("citation", ["", "x", "0", "99999", "9" * 40])
def test_what_is_no_waiting_citation_is_refused(ann_browses, left, citation):
    answer = ann_browses.post(PAGE, {"citation": citation, "act": "leave", "why": "Gone."})
    assert answer.status_code == 200
    assert answer.context["errors"]
    assert ann_browses.post(PAGE, {"citation": left.citations.get().pk, "act": "burn"}).context["rows"][0].errors


def test_words_that_stand_there_several_times_are_shown_with_every_place(ann_browses):
    first = make_source("They clap.", "first-edition")
    make_claim(first.paragraphs.get(), "clap")
    carry_over(make_source("Do clap and clap.\nWe clap.", "second-edition", supersedes=first))
    page = ann_browses.get(PAGE)
    assert "The same words stand in Second edition , in ¶1 , ¶2 . It is yours to say" in in_words(page)
    (row,) = page.context["rows"]
    assert row.quote == "Do clap"  # the first of two in its paragraph, with what makes it unique


def test_where_nothing_is_near_the_page_says_so(ann_browses):
    first = make_source("Парламент", "first-edition")
    make_claim(first.paragraphs.get())
    carry_over(make_source("0123456789 0123456789", "second-edition", supersedes=first))
    assert "Nothing in Second edition comes near these words." in in_words(ann_browses.get(PAGE))


def test_the_page_can_be_narrowed_to_one_source_and_has_an_empty_state(ann_browses, left):
    other = make_source("It rains.\nIt pours.", "other-edition")
    for paragraph in other.paragraphs.all():
        make_claim(paragraph)
    carry_over(make_source("The sun shines.", "sunny-edition", supersedes=other))
    page = ann_browses.get(PAGE)
    assert list(page.context["sources"]) == [
        ("first-edition", "First edition", 1),
        ("other-edition", "Other edition", 2),
    ]
    page = ann_browses.get(f"{PAGE}?source=other-edition")
    assert [row.citation.ref for row in page.context["rows"]] == ["C0002.1", "C0003.1"]
    for unknown in ("nowhere", "a" * 3000):
        answer = ann_browses.get(f"{PAGE}?source={unknown}&page=x")
        assert "Nothing of this source needs a person." in in_words(answer)


def test_many_are_shown_page_by_page_at_the_same_cost(ann_browses):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            page = ann_browses.get(PAGE)
        return len(seen), len(page.context["rows"])

    first = make_source("\n".join(f"Sentence number {number}." for number in range(12)), "first-edition")
    claim = make_claim(first.paragraphs.get(number=1))
    carry_over(make_source("Something else.", "second-edition", supersedes=first))
    small = cost()
    for paragraph in first.paragraphs.all()[1:]:
        cite(claim, paragraph, paragraph.text)
    large = cost()
    assert (small[1], large[1], small[0]) == (1, 10, large[0])
    second = ann_browses.get(f"{PAGE}?page=2")
    assert [row.citation.number for row in second.context["rows"]] == [11, 12]
    assert "Page 2 of 2, 12 citations" in in_words(second)


@pytest.mark.parametrize(
    ("permissions", "status", "posted"),
    [([], 403, 403), (["view_source"], 403, 403), (["view_claim"], 200, 403), (["change_claim"], 200, 200)],
)
def test_whoever_sees_claims_sees_it_and_whoever_changes_them_settles(left, permissions, status, posted):
    user = User.objects.create_user("somebody", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = browser(user)
    page = client.get(PAGE)
    assert (page.status_code, "These words take its place" in page.content.decode()) == (status, posted == 200)
    answer = settle(client, left.citations.get(), number="2", quote="adopted on 26 May 2020")
    assert (answer.status_code, Proposal.objects.count()) == (posted, int(posted == 200))


def test_the_review_page_tells_where_the_words_of_each_edition_stand(ann_browses, left):
    first = left.citations.get().paragraph.source
    cite(left, first.paragraphs.get(number=3), "They clap")
    kept = make_claim(first.paragraphs.get(number=1), "Heading", published=False)
    third = make_source(f"Heading.\n{NEWER}", "third-edition", supersedes=Source.objects.get(slug="second-edition"))
    carry_over(third.supersedes)
    words = in_words(ann_browses.get(reverse("admin:reforms_claim_review", args=[left.pk])))
    assert words.count("There is a newer edition, and nothing takes its place there yet. Say what does") == 1
    assert "In the newer edition, C0001.3 takes its place: Second edition ¶3." in words
    assert "In the place of C0001.3 in the edition before, Second edition ¶3." in words
    Citation.objects.filter(claim=kept).update(not_carried="Another heading.")
    words = in_words(ann_browses.get(reverse("admin:reforms_claim_review", args=[kept.pk])))
    assert "Nothing in the newer edition takes its place: Another heading." in words
    assert "Say what does" not in words


def test_accepting_a_newer_edition_says_what_was_carried_over_and_what_waits(ann, ann_browses):
    older = make_source("The law was adopted.\nIt is in force.\nThey clap.\nThey go.", "older-edition")
    lost, kept = (make_claim(older.paragraphs.get(number=number)) for number in (1, 2))
    NoClaim.objects.create(paragraph=older.paragraphs.get(number=3), reason="rhetoric")
    newer = Source(slug="newer-edition", name="Newer", supersedes=older)
    newer.receive(b"It is in force. Really.\nThey clap.")
    newer.save()
    accept = reverse("admin:sources_source_accept", args=[newer.pk])
    answer = ann_browses.post(accept, opened(ann_browses, accept) | {"act": "accept"}, follow=True)
    told = "1 citation carried over, and 1 mark of paragraphs without a claim, "
    assert said(answer)[-1] == f'{told}<a href="{PAGE}?source=older-edition">1 needs a person</a>.'
    assert [one.paragraph.ref for one in kept.citations.order_by("number")] == ["older-edition#2", "newer-edition#1"]
    lost.refresh_from_db()
    assert lost.taint == f"The newer edition “Newer” no longer carries the words of {lost.ref}.1."
    carried = kept.citations.get(number=2).history.get().change_set
    assert (carried.by, carried == newer.history.first().change_set) == (ann, False)
    assert carry_over(Source.objects.get(slug="newer-edition")) == Carried(waiting=1)


def test_what_was_sent_back_and_is_proposed_again_by_the_form_still_takes_its_place(ann_browses, ben, left):
    settle(ann_browses, left.citations.get(), number="2", quote="adopted on 26 May 2020")
    send_back(Proposal.objects.get(), by=ben, reason="Without the day?")
    address = f"{reverse('admin:reforms_claim_change', args=[left.pk])}?proposal=P0001"
    again = opened(ann_browses, address)
    ann_browses.post(address, again | {"change_reason": "With the day."})
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.reason) == ("waiting", "With the day.")
    assert [one.get("carries") for one in proposal.proposed["cites"]] == [None, "1"]


def test_a_public_claim_edited_by_its_form_keeps_why_words_were_not_carried(ann_browses, left):
    left.citations.update(not_carried="The newer edition leaves it out.")
    address = reverse("admin:reforms_claim_change", args=[left.pk])
    ann_browses.post(address, opened(ann_browses, address) | {"note": "Looked at again."})
    assert [one.get("not_carried") for one in Proposal.objects.get().proposed["cites"]] == [
        "The newer edition leaves it out."
    ]


def test_the_nearest_words_begin_and_end_where_those_asked_for_do(db):
    paragraph = make_source("It is so. Each council hears the draft of its own region. They clap.").paragraphs.get()
    assert nearest("Every council hears the draft of its region.", [paragraph]).quote == (
        "Each council hears the draft of its own region."
    )
