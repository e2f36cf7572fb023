"""The page of everything that is in doubt, and an edition that takes words away."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from reforms.models import Claim, Event, LawDate, LawLink, Milestone, Package, PackageItem, ParameterChange, Proposal
from sources.models import Source
from tests.admin_forms import in_words, opened, said, typed
from tests.factories import make_claim, make_source, rewrite
from tests.reforms.conftest import browser

pytestmark = pytest.mark.django_db
DOUBTS = "/admin/reforms/claim/doubts/"
MODELS = [Claim, Milestone, LawDate, LawLink, Package, PackageItem, ParameterChange, Event]


def shown(page):
    return [(one["label"], str(one["record"])) for one in page.context["doubts"]]


def test_every_kind_of_doubt_is_listed_and_leads_to_its_record(ann_browses, each):
    for model in MODELS:
        model.objects.filter(pk=model.objects.order_by("pk").first().pk).update(taint="Its words changed.")
    page = ann_browses.get(DOUBTS)
    assert shown(page) == [
        ("claim", "C0001 Something was decided."), ("milestone", "M0001 a-reform adopted"),
        ("law date", "a-law signed 2020-05-25"), ("law link", "a-law implements a-reform"), ("package", "A package"),
        ("package item", "a-package 1: a-reform"), ("parameter change", "a-parameter: 40 → 20"), ("event", "An event"),
    ]  # fmt: skip
    addresses = [one["url"] for one in page.context["doubts"]]
    assert addresses[0] == reverse("admin:reforms_claim_review", args=[each["claim"].pk])
    for address in addresses:
        assert ann_browses.get(address).status_code == 200, address
    assert f'href="{addresses[1]}"' in page.content.decode()
    assert in_words(page).count("Its words changed.") == 8


def post(client, record, reason="The words say so too.", taint=None):
    taint = record.taint if taint is None else taint
    data = {"record": f"{record._meta.model_name} {record.pk}", "taint": taint, "reason": reason}
    return client.post(DOUBTS, data, follow=True)


def test_doubt_is_cleared_one_by_one_by_a_named_person_with_a_reason(ann, ann_browses, each):
    rewrite(each["event"], title="Another title")
    event = Event.objects.get()
    assert "Doubt is cleared by a named person, with a reason." in in_words(post(ann_browses, event, reason=" "))
    assert Event.objects.exclude(taint="").exists()
    answer = post(ann_browses, event)
    assert shown(answer) == []
    assert "Nothing is in doubt." in in_words(answer)
    assert not Event.objects.exclude(taint="").exists()
    made = Event.history.first().change_set
    assert (made.by, made.reason) == (ann, "The words say so too.")


def test_doubt_that_grew_since_one_looked_is_looked_at_again(ann_browses, each):
    rewrite(each["event"], title="Another title")
    event = Event.objects.get()
    Event.objects.update(taint=f"{event.taint} And more.")
    for answer in (post(ann_browses, event), post(ann_browses, event, taint=""), post(ann_browses, each["claim"])):
        assert answer.status_code == 200
    assert "changed since you looked" in in_words(post(ann_browses, event))
    assert Event.objects.exclude(taint="").exists()


@pytest.mark.parametrize("record", ["", "event", "event x", "user 1", "event 999999", f"event {10**40}"])
def test_what_is_no_doubt_is_refused_not_broken(ann_browses, each, record):
    answer = ann_browses.post(DOUBTS, {"record": record, "taint": "", "reason": "Fine."})
    assert "changed since you looked" in in_words(answer)


@pytest.mark.parametrize(("permissions", "status"), [([], 403), (["view_event"], 403), (["view_claim"], 200)])
def test_whoever_sees_claims_sees_what_is_in_doubt_and_only_some_clear_it(each, permissions, status):
    user = User.objects.create_user("contributor", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    rewrite(each["event"], title="Another title")
    client = browser(user)
    page = client.get(DOUBTS)
    assert (page.status_code, 'name="reason"' in page.content.decode()) == (status, False)
    assert post(client, Event.objects.get()).status_code == 403
    assert Event.objects.exclude(taint="").exists()


def test_doubt_about_a_claim_is_cleared_on_its_review_page_too(ann, ann_browses, each):
    rewrite(each["claim"], text="Other words.")
    review = reverse("admin:reforms_claim_review", args=[each["claim"].pk])
    page = ann_browses.get(review)
    assert "Its text changed on" in in_words(page)
    answer = ann_browses.post(review, typed(page) | {"way": "clear", "reason": "So they say."}, follow=True)
    assert Claim.objects.get(ref="C0001").taint == ""
    assert "Its text changed on" not in in_words(answer)


def test_accepting_a_newer_edition_marks_the_claims_whose_words_it_lacks(ann, ann_browses):
    older = make_source("The law was adopted.\nIt is in force.", "older-edition")
    lost, kept = (make_claim(paragraph) for paragraph in older.paragraphs.all())
    form = {"slug": "newer-edition", "name": "Newer", "text": "It is in force.\r\nReally."}
    ann_browses.post(reverse("admin:sources_source_add"), form)
    newer = Source.objects.get(slug="newer-edition")
    accept = reverse("admin:sources_source_accept", args=[newer.pk])
    ann_browses.post(accept, opened(ann_browses, accept) | {"supersedes": older.slug, "act": "save"})
    assert Claim.objects.exclude(taint="").count() == 0
    assert said(ann_browses.post(accept, opened(ann_browses, accept) | {"act": "accept"}, follow=True))
    lost.refresh_from_db()
    kept.refresh_from_db()
    assert lost.taint == f"The newer edition “Newer” no longer carries the words of {lost.ref}.1."
    assert kept.taint == ""
    assert lost.history.first().change_set == newer.history.first().change_set
    assert not Proposal.objects.exists()
