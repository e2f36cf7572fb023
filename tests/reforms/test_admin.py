"""A curator's work in the admin."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from reforms.models import Citation, Claim, Proposal
from reforms.opened import seal
from reforms.publishing import submit
from sources.models import ChangeSet
from tests.admin_forms import claim_form, errors, management, said
from tests.factories import make_claim, make_milestone, make_reform, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def paragraph():
    return make_source("Heading\n\nThe law was adopted, the\u00a0law.").paragraphs.get(number=2)


def test_every_model_is_in_the_admin_and_opens(admin_client):
    models = [
        model
        for app in ("sources", "reforms")
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "history_type")
    ]
    assert len(models) == 33
    for model in models:
        assert admin.site.is_registered(model), model
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        assert admin_client.get(reverse(name), {"q": "law 2"}).status_code == 200, model


def test_a_curator_pastes_a_quote_and_its_span_is_found(admin_client, paragraph):
    response = admin_client.post(
        reverse("admin:reforms_claim_add"), claim_form((paragraph, "The law was adopted", {"note": "Here."}))
    )
    assert response.status_code == 302
    citation = Citation.objects.get()
    assert (citation.ref, citation.start, citation.end, citation.note) == ("C0001.1", 0, 19, "Here.")
    assert Claim.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("quote", "fields", "message"),
    [
        ("The law was adoptet", {}, "Quote not found: the paragraph does not hold these words"),
        ("The Law", {}, "Quote not found"),
        ("law", {}, "Quote found 2 times: add the words directly before (prefix) or after (suffix)."),
        ("", {}, "This field is required"),
    ],
)
def test_a_quote_that_is_not_there_once_is_refused_in_words(admin_client, paragraph, quote, fields, message):
    response = admin_client.post(reverse("admin:reforms_claim_add"), claim_form((paragraph, quote, fields)))
    assert response.status_code == 200
    assert message in errors(response)
    assert not Claim.objects.exists()


def test_words_around_it_make_a_repeated_quote_unique(admin_client, paragraph):
    cite = (paragraph, "law", {"prefix": "the\u00a0"})
    admin_client.post(reverse("admin:reforms_claim_add"), claim_form(cite))
    assert Citation.objects.get().start == 25


def test_a_pasted_space_may_stand_for_a_no_break_space_and_the_quote_stored_is_the_span(admin_client, paragraph):
    admin_client.post(reverse("admin:reforms_claim_add"), claim_form((paragraph, "the law.\r\n", {})))
    citation = Citation.objects.get()
    assert (citation.quote, citation.start) == ("the\u00a0law.", 21)


def test_a_correction_is_one_change_set_that_says_who_and_why(admin_client, admin_user, paragraph):
    claim = make_claim(paragraph, "The law was adopted", published=False)
    citation = claim.citations.get()
    before = ChangeSet.objects.count()
    cites = (paragraph, "The law was", {"id": citation.pk, "claim": claim.pk})
    url = reverse("admin:reforms_claim_change", args=[claim.pk])
    assert admin_client.post(url, claim_form(cites, claim=claim, text="The law was adopted.")).status_code == 302
    citation.refresh_from_db()
    assert (citation.quote, citation.start, citation.end, citation.number) == ("The law was", 0, 11, 1)
    rows = [claim.history.first(), citation.history.first()]
    assert {row.change_set for row in rows} == {ChangeSet.objects.first()}
    assert (rows[0].change_set.by, rows[0].change_set.reason) == (admin_user, "Read it.")
    assert ChangeSet.objects.count() == before + 1
    page = admin_client.get(reverse("admin:reforms_claim_history", args=[claim.pk])).content.decode()
    assert "Read it." in page


def test_a_published_claim_keeps_its_support(admin_client, paragraph):
    claim = make_claim(paragraph, "The law was adopted")
    row = {"id": claim.citations.get().pk, "claim": claim.pk}
    url = reverse("admin:reforms_claim_change", args=[claim.pk])
    for fields in ({"DELETE": "on"}, {"stance": "context"}):
        form = claim_form((paragraph, "The law was adopted", row | fields), claim=claim)
        assert errors(admin_client.post(url, form)) == "A published claim needs at least one supporting citation."
    assert claim.citations.get().stance == "supports"
    assert not Proposal.objects.exists()


def test_only_the_publish_action_makes_a_claim_public_and_only_from_review(admin_client, paragraph):
    ready, draft, bare = make_claim(paragraph, "The law", published=False), make_claim(), make_claim()
    submit(ready)
    Claim.objects.filter(pk=bare.pk).update(state="in_review")
    data = {"action": "publish_selected", "_selected_action": [ready.pk, draft.pk, bare.pk]}
    response = admin_client.post(reverse("admin:reforms_claim_changelist"), data, follow=True)
    assert said(response) == [
        "C0002 is draft; it is published only from in review.",
        "C0003: A published claim needs at least one supporting citation.",
        "C0001 is published. Readers see it now.",
    ]
    assert set(Claim.objects.values_list("ref", "state")) == {
        ("C0001", "published"), ("C0002", "draft"), ("C0003", "in_review"),
    }  # fmt: skip


@pytest.mark.parametrize("permissions", [["view_claim"], ["view_claim", "change_claim"]])
def test_nobody_publishes_who_may_not_publish_claims(client, django_user_model, paragraph, permissions):
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(reader)
    claim = make_claim(paragraph, "The law", published=False)
    submit(claim)
    client.post(
        reverse("admin:reforms_claim_changelist"), {"action": "publish_selected", "_selected_action": [claim.pk]}
    )
    review = reverse("admin:reforms_claim_review", args=[claim.pk])
    assert client.post(review, {"seen": seal(claim), "way": "publish"}).status_code == 403
    claim.refresh_from_db()
    assert claim.state == "in_review"


def test_an_old_state_is_looked_at_and_not_brought_back_past_the_rules(admin_client, paragraph):
    claim = make_claim(paragraph, "The law")
    url = reverse("admin:reforms_claim_history", args=[claim.pk])
    first, draft = admin_client.get(url).context["versions"][:1:-1]
    assert (first.entry["state"], draft.entry["state"]) == ("draft", "draft")
    answer = admin_client.post(url, {"version": first.change_set.pk, "opened": seal(claim)})
    assert "A published claim needs at least one supporting citation." in answer.content.decode()
    answer = admin_client.post(url, {"version": draft.change_set.pk, "opened": seal(claim)})
    assert "It is as it was then." in answer.content.decode()
    assert not Proposal.objects.exists()
    assert set(Claim.objects.values_list("ref", "state")) == {("C0001", "published")}


def test_a_claim_cites_the_same_words_only_once(admin_client, paragraph):
    cites = [(paragraph, "The law", {}), (paragraph, "The law", {})]
    response = admin_client.post(reverse("admin:reforms_claim_add"), claim_form(*cites))
    assert "This claim cites these words already." in errors(response)


def test_a_public_allegation_keeps_somebody_who_says_it(admin_client, paragraph):
    claim = make_claim(paragraph, "The law")
    row = {"id": claim.citations.get().pk, "claim": claim.pk}
    url = reverse("admin:reforms_claim_change", args=[claim.pk])
    response = admin_client.post(url, claim_form((paragraph, "The law", row), kind="allegation", claim=claim))
    assert errors(response) == "An allegation needs an actor who says it."


def test_a_claim_keeps_what_rests_on_it_in_order(admin_client, paragraph):
    reform = make_reform()
    claim = make_claim(paragraph, "The law", reforms=[reform])
    make_milestone(reform, claim, "adopted")
    link = claim.reform_links.get()
    row = {"id": claim.citations.get().pk, "claim": claim.pk}
    url = reverse("admin:reforms_claim_change", args=[claim.pk])
    named = management("reform_links", 1, 1) | {
        "reform_links-0-id": link.pk,
        "reform_links-0-claim": claim.pk,
        "reform_links-0-reform": reform.pk,
    }
    form = claim_form((paragraph, "The law", row), claim=claim) | named
    response = admin_client.post(url, form | {"reform_links-0-DELETE": "on"})
    assert "M0001 a-reform adopted rests on this claim, and needs this reform" in errors(response)
    response = admin_client.post(url, form | {"kind": "planned"})
    assert "cannot rest on what is only proposed or planned" in errors(response)
    assert admin_client.post(url, form).status_code == 302
    assert Proposal.objects.get().proposed["reforms"] == ["a-reform"]


def test_a_draft_is_deleted_along_with_its_citations(admin_client, paragraph):
    claim = make_claim(paragraph, "The law", published=False)
    url = reverse("admin:reforms_claim_delete", args=[claim.pk])
    assert admin_client.post(url, {"post": "yes"}).status_code == 302
    assert not Claim.objects.exists()
    assert Claim.next_ref() == "C0002"


def test_what_was_public_cannot_be_deleted(admin_client, paragraph):
    public, draft = make_claim(paragraph, "The law"), make_claim()
    for claim, status in ((public, 403), (draft, 200)):
        assert admin_client.get(reverse("admin:reforms_claim_delete", args=[claim.pk])).status_code == status
    data = {"action": "delete_selected", "_selected_action": [public.pk], "post": "yes"}
    admin_client.post(reverse("admin:reforms_claim_changelist"), data)
    assert Claim.objects.filter(pk=public.pk).exists()


def test_the_admin_leads_to_the_public_page(admin_client, paragraph):
    claim = make_claim(paragraph, "The law")
    page = admin_client.get(reverse("admin:reforms_claim_change", args=[claim.pk])).content.decode()
    assert '<a href="/sources/a-source/?claim=C0001#p2">a-source#2</a>' in page
    assert "View on site" in page


def test_nobody_gets_in_without_a_login(client, paragraph):
    claim = make_claim(paragraph, "The law")
    response = client.get(reverse("admin:reforms_claim_change", args=[claim.pk]))
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_a_search_for_a_nul_is_refused_on_every_database(admin_client):
    field = "app_label=reforms&model_name=citation&field_name=paragraph"
    assert admin_client.get(f"{reverse('admin:autocomplete')}?term=%00&{field}").status_code == 400
    assert admin_client.get(f"{reverse('admin:sources_paragraph_changelist')}?q={'9' * 5000}").status_code == 200
