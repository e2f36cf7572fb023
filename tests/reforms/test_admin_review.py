"""The review page of a claim, several claims taken one way at once, and words that look like HTML."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from reforms.curated.writing import written
from reforms.models import Actor, Claim, ClaimEvent, Event, NoClaim, Proposal
from reforms.proposing import propose, send_back
from reforms.publishing import OWN, submit
from reforms.publishing import send_back as send_claim_back
from sources.changes import change_set
from sources.models import ChangeSet
from tests.admin_forms import in_words, opened, said, typed
from tests.factories import cite, make_claim, make_source, rewrite
from tests.reforms.conftest import browser

pytestmark = pytest.mark.django_db
CLAIMS = "/admin/reforms/claim/"


def review(claim):
    return reverse("admin:reforms_claim_review", args=[claim.pk])


@pytest.fixture
def draft(ann, each):
    """C0003, written by ann."""
    paragraph = each["source"].paragraphs.get(number=2)
    with change_set(by=ann, reason="As I read it."):
        return make_claim(paragraph, "adopted", published=False, text="Adopted, they say.", reforms=[each["reform"]])


def go(client, claim, way, **more):
    return client.post(review(claim), opened(client, review(claim)) | {"way": way} | more, follow=True)


def test_a_reviewer_sees_the_words_in_their_paragraph_and_all_that_hangs_on_them(ben_browses, each):
    claim = each["claim"]
    cite(claim, each["source"].paragraphs.get(number=3), "in force", stance="disputes", strength="implies", note="Hm.")
    Event.objects.update(title="The council")
    page = ben_browses.get(review(claim))
    assert "<blockquote><mark>The law was adopted</mark>, the law.</blockquote>" in page.content.decode()
    assert "<blockquote>It is <mark>in force</mark>, they say.</blockquote>" in page.content.decode()
    words = in_words(page)
    for told in (
        "Something was decided.", "C0001 · adopted · published", "A source ¶2",
        "C0001.2 A source ¶3 disputes, implies it", "Hm.", "Reforms A reform", "Laws A law",
        "Events The council", "An actor says (Minister)",
        "milestone M0001 a-reform adopted", "event The council", "law date a-law signed 2020-05-25",
        "law link a-law implements a-reform", "package item a-package 1: a-reform",
        "parameter change a-parameter: 40 → 20", "stated number of items of A package", "discrepancy D0001 They differ",
    ):  # fmt: skip
        assert told in words, told


def test_a_long_paragraph_is_cut_around_the_quote(ben_browses, each):
    text = f"{'before ' * 100}The law was adopted{' after' * 100}."
    claim = make_claim(make_source(text, "b-source").paragraphs.get(), "The law was adopted")
    ((_, before, after),) = ben_browses.get(review(claim)).context["citations"]
    assert before.startswith("… before before")
    assert after.endswith("after after …")
    assert (len(before) < 310, len(after) < 310) == (True, True)
    assert text.partition("The law was adopted")[0].endswith(before[1:])


def test_what_stops_a_claim_is_told_before_anybody_tries(ann_browses, draft):
    draft.citations.update(stance="context")
    NoClaim.objects.create(paragraph=draft.citations.get().paragraph, reason="rhetoric")
    page = ann_browses.get(review(draft))
    assert page.context["refusals"] == [
        "A published claim needs at least one supporting citation.",
        "It stands on words of a-source#2, which is marked as carrying no claim.",
    ]
    assert "It cannot be public yet" in in_words(page)
    refused = go(ann_browses, draft, "submit")
    assert "C0003: A published claim needs at least one supporting citation." in in_words(refused)
    assert Claim.objects.get(pk=draft.pk).state == "draft"


def test_a_draft_becomes_public_through_two_people(client, ann, ben, ann_browses, ben_browses, draft):
    assert said(go(ann_browses, draft, "submit"))[0].startswith("C0003 is in review.")
    page = ann_browses.get(review(draft))
    assert 'value="publish"' not in page.content.decode()
    refused = ann_browses.post(review(draft), typed(page) | {"way": "publish"})
    assert f"C0003: {OWN}" in in_words(refused)
    assert client.get("/claims/C0003/").status_code == 404
    assert said(go(ben_browses, draft, "publish", reason="Checked."))[0].startswith("C0003 is published.")
    assert client.get("/claims/C0003/").status_code == 200
    made = Claim.history.filter(ref="C0003").first().change_set
    assert (made.by, made.reason) == (ben, "Checked.")


def test_what_is_sent_back_says_why_to_its_author(ann_browses, ben_browses, draft):
    submit(draft)
    assert "is sent back with a reason" in in_words(go(ben_browses, draft, "send_back", reason=" "))
    go(ben_browses, draft, "send_back", reason="Who says so?")
    for address in (review(draft), reverse("admin:reforms_claim_change", args=[draft.pk])):
        words = in_words(ann_browses.get(address))
        assert "Sent back by ben" in words
        assert "Who says so?" in words
    go(ann_browses, draft, "submit")
    assert "Who says so?" not in in_words(ann_browses.get(review(draft)))


WAYS = {
    "draft": ["submit"], "in_review": ["publish", "send_back"], "published": ["retract", "merge"], "retracted": [],
    "merged": [],
}  # fmt: skip


@pytest.mark.parametrize("state", WAYS)
def test_only_the_ways_from_where_it_stands_are_offered(ben_browses, each, draft, state):
    more = {"retraction_reason": "Wrong."} if state == "retracted" else {}
    more = {"merged_into": each["claim"]} if state == "merged" else more
    Claim.objects.filter(pk=draft.pk).update(state=state, **more)
    assert list(ben_browses.get(review(draft)).context["ways"]) == WAYS[state]


@pytest.mark.parametrize(
    ("permission", "state", "offered"),
    [("change_claim", "draft", ["submit"]), ("change_claim", "in_review", []), ("view_claim", "draft", []),
     ("publish_claim", "in_review", ["publish", "send_back"]), ("publish_claim", "published", []),
     ("retract_claim", "published", ["retract"]), ("merge_claim", "published", ["merge"]),
     ("view_claim", "published", [])],
)  # fmt: skip
def test_only_the_ways_that_one_may_go_are_offered_and_others_are_forbidden(each, draft, permission, state, offered):
    user = User.objects.create_user("member", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_claim", permission]))
    Claim.objects.filter(pk=draft.pk).update(state=state)
    client = browser(user)
    page = client.get(review(draft))
    assert list(page.context["ways"]) == offered
    may = {"change_claim": ["submit"], "publish_claim": ["publish", "send_back"], "retract_claim": ["retract"],
           "merge_claim": ["merge"]}.get(permission, [])  # fmt: skip
    for way in {"submit", "publish", "send_back", "retract", "merge", "clear"} - set(may):
        form = {"seen": page.context["seen"], "way": way, "reason": "A reason.", "into": "C0001"}
        assert client.post(review(draft), form).status_code == 403, way
    assert Claim.objects.get(pk=draft.pk).state == state


def test_a_claim_is_merged_on_its_page(ben_browses, each):
    other = Claim.objects.get(ref="C0002")
    refused = go(ben_browses, other, "merge", reason="The same.", into="C0909")
    assert "No claim is called “C0909”." in in_words(refused)
    assert said(go(ben_browses, other, "merge", reason="The same.", into=" C0001 "))[0].startswith("C0002 is merged.")
    assert Claim.objects.get(ref="C0002").merged_into == each["claim"]


@pytest.mark.parametrize("way", ["", "destroy"])
def test_a_way_that_there_is_not_leads_nowhere(ann_browses, draft, way):
    assert ann_browses.post(review(draft), {"way": way, "seen": "x", "reason": ""}).status_code == 200
    assert Claim.objects.get(pk=draft.pk).state == "draft"
    assert ann_browses.get("/admin/reforms/claim/99999/review/").status_code == 404


def act(client, action, *claims, **more):
    data = {"action": f"{action}_selected", "_selected_action": [claim.pk for claim in claims]}
    return client.post(CLAIMS, data | more, follow=True)


def test_several_are_submitted_and_published_as_one_change_each(ben, ann_browses, ben_browses, each, draft):
    other = make_claim(each["source"].paragraphs.get(number=2), "was", published=False)
    bare = make_claim()
    answer = act(ann_browses, "submit", draft, other, bare)
    assert said(answer)[0] == "C0005: A published claim needs at least one supporting citation."
    assert said(answer)[1].startswith("C0003, C0004 are in review.")
    refused, done = said(act(ann_browses, "publish", draft, other))
    assert refused == f"C0003: {OWN}"
    assert done.startswith("C0004 is published.")
    assert said(act(ben_browses, "publish", draft))[0].startswith("C0003 is published.")
    assert Claim.history.filter(ref="C0003").first().change_set.reason == "Published several claims."


def test_several_are_retracted_after_a_page_that_asks_why_and_shows_what_rests_on_them(ben, ben_browses, each):
    first, second = each["claim"], Claim.objects.get(ref="C0002")
    page = act(ben_browses, "retract", first, second)
    words = in_words(page)
    assert "C0001 Something was decided." in words
    assert "milestone M0001 a-reform adopted" in words
    assert set(Claim.objects.values_list("state", flat=True)) == {"published"}
    again = act(ben_browses, "retract", first, second, way_reason="  ")
    assert 'name="way_reason"' in again.content.decode()
    done = act(ben_browses, "retract", first, second, way_reason="Both are wrong.")
    assert said(done)[0].startswith("C0001, C0002 are retracted.")
    assert set(Claim.objects.values_list("state", "retraction_reason")) == {("retracted", "Both are wrong.")}
    made = {Claim.history.filter(ref=ref).first().change_set for ref in ("C0001", "C0002")}
    assert [(one.by, one.reason) for one in made] == [(ben, "Both are wrong.")]


def test_several_are_sent_back_with_one_reason(ben_browses, each, draft):
    submit(draft)
    act(ben_browses, "send_back", draft, each["claim"], way_reason="Who says so?")
    assert set(Claim.objects.values_list("ref", "state")) == {
        ("C0001", "published"), ("C0002", "published"), ("C0003", "draft"),
    }  # fmt: skip


SCRIPT = "<script>alert(1)</script>"


def test_words_that_look_like_html_are_shown_as_words_everywhere(ann, ben, ann_browses, each, draft):
    Actor.objects.update(name=SCRIPT)
    ClaimEvent.objects.create(claim=draft, event=each["event"])
    Event.objects.update(title=SCRIPT, taint=SCRIPT)
    with change_set(by=ann, reason=SCRIPT):
        rewrite(each["claim"], text=SCRIPT, note=SCRIPT)
        rewrite(draft, text=SCRIPT)
    submit(draft)
    send_claim_back(draft, by=ben, reason=SCRIPT)
    public = written(Claim.objects.get(ref="C0001"))
    proposal = propose("claim", "C0001", public, public | {"text": f"New {SCRIPT}", "note": ""}, by=ben, reason=SCRIPT)
    send_back(proposal, by=ann, reason=SCRIPT)
    claim = each["claim"]
    pages = [
        review(claim), review(draft), proposal.get_absolute_url(), f"{CLAIMS}doubts/", "/admin/", CLAIMS,
        "/admin/reforms/proposal/", "/admin/sources/changeset/", "/claims/C0001/",
        *(f"{CLAIMS}{one.pk}/{page}/" for one in (claim, draft) for page in ("change", "history")),
        f"{CLAIMS}{claim.pk}/history/?from={ChangeSet.objects.last().pk}&to={ChangeSet.objects.first().pk}",
        reverse("admin:reforms_proposal_history", args=[proposal.pk]),
        *(reverse("admin:sources_changeset_change", args=[one.pk]) for one in ChangeSet.objects.filter(reason=SCRIPT)),
    ]  # fmt: skip
    for address in pages:
        page = ann_browses.get(address)
        assert page.status_code == 200, address
        assert SCRIPT not in page.content.decode(), address
    for answer in (act(ann_browses, "retract", claim), act(ann_browses, "publish", draft)):
        assert SCRIPT not in answer.content.decode()
    form = opened(ann_browses, f"{CLAIMS}{claim.pk}/change/") | {"text": f"Mine {SCRIPT}"}
    Claim.objects.filter(pk=claim.pk).update(text=f"Theirs {SCRIPT}")
    stopped = ann_browses.post(f"{CLAIMS}{claim.pk}/change/", form)
    assert "Theirs" in in_words(stopped)
    assert SCRIPT not in stopped.content.decode()
    assert Proposal.objects.count() == 1
