"""Names once public lead on, or say why they lead nowhere."""

import pytest

from reforms.models import Claim, RetiredSlug
from tests.api.conftest import API

RETIRED = {
    "packages": "package",
    "reforms": "reform",
    "laws": "law",
    "sources": "source",
    "parameters": "parameter",
    "events": "event",
    "actors": "actor",
    "topics": "topic",
}


def retire(kind, slug, now):
    RetiredSlug.objects.create(kind=kind, slug=slug, now=now)


def merge(ref, into, state="merged"):
    target = Claim.objects.get(ref=into)
    return Claim.objects.create(ref=ref, text="The same.", kind="done", state=state, merged_into=target)


def retract(ref):
    Claim.objects.filter(ref=ref).update(state="retracted", retraction_reason="The source was misread.")


def leads_to(client, path):
    response = client.get(API + path)
    assert response.status_code == 301, (path, response.status_code)
    return response["Location"]


@pytest.mark.parametrize(("resource", "kind"), RETIRED.items())
def test_a_retired_slug_leads_to_the_one_in_use(ledger, client, resource, kind):
    retire(kind, "an-old-name", f"{kind}-a")
    retire(kind, "an-older-name", "an-old-name")
    assert leads_to(client, f"{resource}/an-older-name/") == f"/api/v1/{resource}/{kind}-a/"


def test_a_retired_slug_of_another_kind_leads_nowhere(ledger, get):
    retire("law", "an-old-name", "law-a")
    get("reforms/an-old-name/", 404)


def test_a_retired_slug_of_a_source_leads_its_paragraphs_on(ledger, client, get):
    retire("source", "an-old-name", "source-a")
    assert leads_to(client, "paragraphs/an-old-name/2/") == "/api/v1/paragraphs/source-a/2/"
    get("paragraphs/an-old-name/99/", 404)


def test_a_redirect_keeps_the_day_asked_for(ledger, client):
    retire("reform", "an-old-name", "reform-a")
    path = "reforms/an-old-name/?as_of=2020-12-31"
    assert leads_to(client, path) == "/api/v1/reforms/reform-a/?as_of=2020-12-31"
    assert client.get(f"{API}reforms/an-old-name/?sauce=x").status_code == 400


def test_retired_slugs_that_lead_round_in_a_circle_lead_nowhere(ledger, get):
    retire("reform", "an-old-name", "another-name")
    retire("reform", "another-name", "an-old-name")
    get("reforms/an-old-name/", 404)


def test_a_retired_slug_of_what_readers_do_not_see_leads_nowhere(ledger, get):
    retire("reform", "an-old-name", "reform-c")
    Claim.objects.filter(ref="C0003").update(state="draft")
    get("reforms/an-old-name/", 404)


def test_a_merged_claim_leads_to_the_last_of_those_it_was_merged_into(ledger, client):
    merge("C0008", into="C0001")
    merge("C0009", into="C0008")
    assert leads_to(client, "claims/C0009/") == "/api/v1/claims/C0001/"
    assert leads_to(client, "citations/C0009.1/") == "/api/v1/claims/C0001/"


def test_a_claim_merged_into_one_that_readers_do_not_see_is_not_there(ledger, get):
    merge("C0009", into="C0001")
    Claim.objects.filter(ref="C0001").update(state="in_review")
    get("claims/C0009/", 404)


def test_a_retracted_claim_is_gone_with_its_reason(ledger, get):
    retract("C0001")
    gone = {"detail": "C0001 was retracted.", "reason": "The source was misread."}
    assert get("claims/C0001/", 410) == gone
    assert get("citations/C0001.1/", 410) == gone


def test_a_claim_merged_into_a_retracted_one_is_gone(ledger, get):
    merge("C0009", into="C0001")
    retract("C0001")
    assert get("claims/C0009/", 410)["reason"] == "The source was misread."


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_a_claim_that_is_not_published_yet_is_not_there(ledger, get, state):
    Claim.objects.filter(ref="C0001").update(state=state)
    get("claims/C0001/", 404)
    get("citations/C0001.1/", 404)
