"""Curating what rests on claims in the admin: names, milestones, discrepancies."""

import pytest
from django.urls import reverse

from reforms.models import ClaimReform, Milestone, NoClaim, Proposal, Reform, RetiredSlug
from reforms.proposing import approve
from tests.admin_forms import errors, management, reform_form
from tests.factories import make_claim, make_milestone, make_reform, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def paragraph():
    return make_source("Heading\n\nThe law was adopted, the\u00a0law.").paragraphs.get(number=2)


def test_a_public_milestone_is_not_deleted_and_a_removed_reference_is_not_given_again(admin_client, ben, paragraph):
    reform = make_reform()
    milestone = make_milestone(reform, make_claim(paragraph, "The law", reforms=[reform]), "adopted")
    draft = make_milestone(reform, make_claim(reforms=[reform]), "announced")
    url = reverse("admin:reforms_reform_change", args=[reform.pk])
    rows = [
        {"id": one.pk, "reform": reform.pk, "stage": one.stage, "claim": one.claim_id} for one in (milestone, draft)
    ]
    form = reform_form(reform, *rows) | management("milestones", 2, 2)
    response = admin_client.post(url, form | {"milestones-0-DELETE": "on"})
    assert "M0001 is or was public, and what was public is not deleted." in errors(response)
    assert not Proposal.objects.exists()
    assert admin_client.post(url, form | {"milestones-1-DELETE": "on"}).status_code == 302
    approve(Proposal.objects.get(), by=ben)
    assert [one.ref for one in reform.milestones.all()] == ["M0001"]
    assert Milestone.next_ref() == "M0003"


def test_a_renamed_record_leaves_its_old_name_leading_to_the_new(admin_client):
    reform = make_reform("old-name")
    url = reverse("admin:reforms_reform_change", args=[reform.pk])
    for slug in ("new-name", "newest-name"):
        reform.refresh_from_db()
        assert admin_client.post(url, reform_form(reform, slug=slug)).status_code == 302
    assert set(RetiredSlug.objects.values_list("slug", "now")) == {
        ("old-name", "newest-name"),
        ("new-name", "newest-name"),
    }
    another = make_reform("another")
    url = reverse("admin:reforms_reform_change", args=[another.pk])
    response = admin_client.post(url, reform_form(another, slug="old-name"))
    assert "This slug was retired and leads to “newest-name”; it is not given again." in errors(response)


def test_a_record_may_take_its_own_earlier_name_again(admin_client):
    reform = make_reform("first-name")
    url = reverse("admin:reforms_reform_change", args=[reform.pk])
    for slug in ("second-name", "first-name"):
        reform.refresh_from_db()
        assert admin_client.post(url, reform_form(reform, slug=slug)).status_code == 302
    assert list(RetiredSlug.objects.values_list("slug", "now")) == [("second-name", "first-name")]


def test_a_milestone_gets_its_reference_and_is_refused_in_the_words_of_the_model(admin_client, ben, paragraph):
    reform = make_reform()
    planned = make_claim(paragraph, "The law", kind="planned", reforms=[reform])
    other = make_claim()
    url = reverse("admin:reforms_reform_change", args=[reform.pk])
    row = {"stage": "adopted", "date": "2020-05-25", "claim": planned.pk}
    response = admin_client.post(url, reform_form(reform, row))
    assert "“adopted” cannot rest on what is only proposed or planned." in errors(response)
    response = admin_client.post(url, reform_form(reform, row | {"claim": other.pk}))
    assert "The claim C0002 does not name this reform among its own." in errors(response)
    response = admin_client.post(url, reform_form(reform, row | {"stage": "announced", "date": "25.5.2020"}))
    assert "“25.5.2020” is not an EDTF date." in errors(response)
    assert admin_client.post(url, reform_form(reform, row | {"stage": "announced"})).status_code == 302
    approve(Proposal.objects.get(), by=ben)
    assert Milestone.objects.get().ref == "M0001"


def test_a_new_reform_with_a_milestone_on_a_foreign_claim_is_refused_not_broken(admin_client, paragraph):
    claim = make_claim(paragraph, "The law")
    reform = Reform(slug="new-reform", title="New reform")
    row = {"stage": "adopted", "claim": claim.pk}
    response = admin_client.post(reverse("admin:reforms_reform_add"), reform_form(reform, row))
    assert "does not name this reform" in errors(response)
    assert not Reform.objects.exists()
    assert not ClaimReform.objects.exists()


def test_a_paragraph_is_marked_as_carrying_no_claim_and_why_is_chosen(admin_client, ben, paragraph):
    url = reverse("admin:reforms_noclaim_add")
    assert '<option value="rhetoric">' in admin_client.get(url).content.decode()
    data = {"paragraph": paragraph.pk, "reason": "rhetoric", "change_reason": "Read twice."}
    assert "This field is required" in errors(admin_client.post(url, data | {"reason": ""}))
    assert admin_client.post(url, data).status_code == 302
    approve(Proposal.objects.get(), by=ben)
    mark = NoClaim.objects.get()
    said = "Approved P0001, proposed by admin: Read twice."
    assert (mark.reason, mark.history.get().change_set.reason) == ("rhetoric", said)
    mark.delete()
    make_claim(paragraph, "The law")
    assert "C0001 stands on words of this paragraph" in errors(admin_client.post(url, data))


def test_a_discrepancy_names_enough_claims(admin_client, paragraph):
    claim, other = make_claim(paragraph, "The law"), make_claim(paragraph, "adopted")
    url = reverse("admin:reforms_discrepancy_add")
    data = {"title": "They differ", "kind": "contradiction", "explanation": "They do not fit.", "state": "open"}
    data |= management("claim_links", 2) | {"claim_links-0-claim": claim.pk}
    response = admin_client.post(url, data)
    assert "A discrepancy of the kind “contradiction” needs 2 or more claims." in errors(response)
    assert admin_client.post(url, data | {"claim_links-1-claim": other.pk}).status_code == 302
