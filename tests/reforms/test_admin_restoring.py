"""The history page of each kind of record: what changed, two states compared, one of them brought back."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.urls import reverse

from reforms.curated.writing import written
from reforms.histories import versions
from reforms.models import Actor, Citation, Claim, Proposal, Reform
from reforms.opened import seal
from reforms.proposing import approve
from reforms.publishing import retract
from reforms.restoring import restore
from sources.changes import change_set
from tests.admin_forms import in_words, said
from tests.factories import make_claim, rewrite
from tests.reforms.conftest import browser

pytestmark = pytest.mark.django_db


def history(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_history", args=[record.pk])


def bring_back(client, record, version, reason="It was right."):
    data = {
        "version": version.change_set.pk,
        "change_reason": reason,
        "opened": seal(type(record).objects.get(pk=record.pk)),
    }
    return client.post(history(record), data, follow=True)


@pytest.mark.parametrize(
    "kind",
    [
        "claim",
        "event",
        "reform",
        "law",
        "package",
        "parameter",
        "discrepancy",
        "noclaim",
        "actor",
        "topic",
        "source",
    ],
)
def test_every_record_has_a_history_in_words(ann, ann_browses, each, kind):
    record = each[kind]
    with change_set(by=ann, reason="Said in full."):
        field = {"topic": "summary", "discrepancy": "explanation"}.get(kind, "note")
        setattr(record, field, "Changed")
        record.save()
    page = ann_browses.get(history(record))
    last = page.context["versions"][0]
    assert [(one.what, one.after) for one in last.differences] == [(field, "Changed")]
    words = in_words(page)
    for said_there in ("Changed", "Said in full.", "ann", "First state"):
        assert said_there in words


def test_two_states_are_compared_word_by_word(ann_browses, each):
    claim = each["claim"]
    for text in ("The law was adopted.", "The law was adopted in May."):
        rewrite(claim, text=text)
        claim.refresh_from_db()
    newest, middle, oldest = ann_browses.get(history(claim)).context["versions"][:3]
    page = ann_browses.get(history(claim), {"from": oldest.change_set.pk, "to": newest.change_set.pk})
    (text, taint) = page.context["compared"]
    assert (text.what, text.before, text.after) == ("text", "Something was decided.", "The law was adopted in May.")
    assert taint.what == "taint"
    assert "<del>Something</del><ins>The law</ins>" in page.content.decode()
    for nonsense in ({"from": "x", "to": "y"}, {"from": middle.change_set.pk}):
        assert ann_browses.get(history(claim), nonsense).context["compared"] is None


def test_a_draft_is_brought_back_at_once(ann, ann_browses, each):
    draft = make_claim(Citation.objects.first().paragraph, "adopted", published=False, text="First.")
    rewrite(draft, text="Second.", cites=None)
    answer = bring_back(ann_browses, draft, versions(draft)[-2])
    assert said(answer) == ["C0003 is as it was then."]
    draft.refresh_from_db()
    assert (draft.text, draft.citations.get().quote) == ("First.", "adopted")
    assert versions(draft)[-1].change_set.by == ann


def test_what_is_public_waits(ann_browses, each):
    claim = each["claim"]
    rewrite(claim, text="Other words.")
    answer = bring_back(ann_browses, claim, versions(claim)[-2])
    assert said(answer) == ["P0001 waits for a second person to approve it. What is public is unchanged."]
    assert answer.request["PATH_INFO"] == Proposal.objects.get().get_absolute_url()
    assert Claim.objects.get(ref="C0001").text == "Other words."


def test_a_retracted_claim_can_only_be_brought_back(ann_browses, each):
    claim = Claim.objects.get(ref="C0002")
    retract(claim, reason="Wrong.")
    change = reverse("admin:reforms_claim_change", args=[claim.pk])
    assert 'name="_save"' not in ann_browses.get(change).content.decode()
    assert ann_browses.post(change, {"text": "Other."}).status_code == 403
    answer = bring_back(ann_browses, claim, versions(claim)[-2])
    assert said(answer)[0].startswith("P0001 waits")
    assert Proposal.objects.get().proposed.get("state", "published") == "published"


def test_what_cannot_be_brought_back_is_refused_in_words_with_the_reason_kept(ann_browses, each):
    claim = each["claim"]
    refused = bring_back(ann_browses, claim, versions(claim)[0], reason="Because of <this>.")
    assert "A published claim needs at least one supporting citation." in in_words(refused)
    assert "Because of &lt;this&gt;." in refused.content.decode()
    nothing = ann_browses.post(history(claim), {"version": "999999"})
    assert "There is no such state." in in_words(nothing)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("kind", ["claim", "source"])
def test_whoever_may_only_look_brings_nothing_back(each, kind):
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename=f"view_{kind}"))
    client, record = browser(user), each[kind]
    rewrite(each["claim"], note="Changed.")
    assert 'name="version"' not in client.get(history(record)).content.decode()
    assert bring_back(client, record, versions(record)[0]).status_code == 403


def test_a_source_and_its_paragraphs_are_not_brought_back_here(ann_browses, each):
    for record in (each["source"], each["source"].paragraphs.first()):
        assert 'name="version"' not in ann_browses.get(history(record)).content.decode()
        assert ann_browses.post(history(record), {"version": "1"}).status_code == 403


def test_a_state_in_which_it_was_not_there_is_not_brought_back(ann, each):
    actor = each["actor"]
    pk, entry = actor.pk, written(actor)
    with change_set():
        actor.claim_links.all().delete()
        actor.delete()
    Actor.objects.create(pk=pk, **{key: entry[key] for key in ("slug", "name", "kind")})
    gone = next(version for version in versions(Actor.objects.get()) if version.entry is None)
    with pytest.raises(ValidationError, match="There was nothing to bring back"):
        restore(Actor.objects.get(), gone, by=ann)


@pytest.mark.parametrize("kind", ["event", "reform", "law", "package", "parameter", "discrepancy", "noclaim"])
def test_every_kind_of_public_entry_is_brought_back(ann, ben, each, kind):
    record = each[kind]
    before = written(record)
    rewrite(record, **{"explanation" if kind == "discrepancy" else "note": "Changed."})
    record.refresh_from_db()
    approve(restore(record, versions(record)[-2], by=ann), by=ben)
    assert written(type(record)._default_manager.get(pk=record.pk)) == before


@pytest.mark.parametrize(("kind", "changes"), [("actor", {"aliases": ["Other"]}), ("topic", {"summary": "Other."})])
def test_what_an_editor_keeps_in_order_alone_comes_back_at_once(ann, each, kind, changes):
    record = each[kind]
    before = written(record)
    rewrite(record, **changes)
    record.refresh_from_db()
    assert restore(record, versions(record)[-2], by=ann) is None
    assert written(type(record)._default_manager.get(pk=record.pk)) == before


def test_a_name_that_was_given_up_is_taken_again(ann, ben, each):
    reform = each["reform"]
    rewrite(reform, slug="b-reform")
    reform.refresh_from_db()
    approve(restore(reform, versions(reform)[-2], by=ann), by=ben)
    assert Reform.objects.get().slug == "a-reform"
