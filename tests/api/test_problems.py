"""Whatever is refused under /api/ is a problem document, and says so the same way whichever form was asked for."""

import json
import re

import pytest
from django.conf import settings
from django.urls import reverse

from api import problems, views
from api.problems import TYPES, described
from reforms.models import Claim
from tests.api.conftest import API

EMPTY = "Empty: give a value, or leave the parameter out."


def test_a_refused_parameter_is_named_with_what_is_wrong_with_it(db, client):
    response = client.get(f"{API}claims/?kind=&topic=a&topic=b")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response["Cache-Control"] == "no-store"
    assert response.json() == {
        "type": "/api/v1/problems/parameters/",
        "title": "A parameter is refused",
        "status": 400,
        "detail": f"kind: {EMPTY} topic: Given more than once.",
        "instance": "/api/v1/claims/",
        "errors": {"kind": [EMPTY], "topic": ["Given more than once."]},
    }


def test_the_detail_tells_of_three_parameters_and_how_many_more(db, client):
    names = ["claim", "has_discrepancy", "law", "package", "topic"]
    found = client.get(f"{API}reforms/?{'=&'.join(names)}=").json()
    assert found["detail"] == f"claim: {EMPTY} has_discrepancy: {EMPTY} law: {EMPTY} And 2 more."
    assert found["errors"] == {name: [EMPTY] for name in names}


def test_a_retracted_claim_is_a_problem_with_its_reason(ledger, client):
    Claim.objects.filter(ref="C0001").update(state="retracted", retraction_reason="The source was misread.")
    assert client.get(f"{API}claims/C0001/").json() == {
        "type": "/api/v1/problems/retracted/",
        "title": "The claim was retracted",
        "status": 410,
        "detail": "C0001 was retracted.",
        "instance": "/api/v1/claims/C0001/",
        "reason": "The source was misread.",
    }


@pytest.mark.parametrize("path", ["/api/", "/api/v2/claims/", f"{API}nonsense", f"{API}nonsense/", f"{API}a b/é/"])
def test_what_is_not_there_is_a_problem_that_its_status_says_whole(db, client, path):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address: it may never have been here, or what it names is not public.",
        "instance": path.replace(" ", "%20").replace("é", "%C3%A9"),
    }


def test_a_record_that_is_not_there_tells_nothing_of_the_inside(ledger, get):
    assert get("claims/C9999/", 404) == {"detail": problems.SENTENCES[404]}


def test_a_refusal_has_its_form_whichever_was_asked_for(ledger, client):
    response = client.get(f"{API}claims/", headers={"Accept": "text/turtle"})
    assert (response.status_code, response["Content-Type"]) == (406, "application/problem+json")
    assert response.json()["title"] == "Not Acceptable"
    assert "application/json" in response.json()["detail"]


def test_a_name_of_the_site_that_it_does_not_have_is_a_problem(db, client):
    response = client.get(API, headers={"Host": "elsewhere.example"})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["detail"] == "The request cannot be read."


def test_a_fault_of_ours_is_logged_and_tells_nothing_of_the_inside(db, client, monkeypatch, caplog):
    def fail(*_):
        raise RuntimeError("a secret")

    monkeypatch.setattr(views.Claims, "filter_queryset", fail)
    client.raise_request_exception = False
    response = client.get(f"{API}claims/")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert response.json() == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "Something went wrong on our side. It was noted; in a minute it may work again.",
        "instance": "/api/v1/claims/",
    }
    assert [str(one.exc_info[1]) for one in caplog.records if one.exc_info] == ["a secret"]


def test_pages_keep_their_own_words(db, client):
    response = client.get("/nonsense/")
    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()


def test_the_address_of_a_type_says_what_it_means_as_the_documentation_does(db, client):
    text = (settings.BASE_DIR / "docs" / "api.md").read_text()
    documented = re.findall(r"^\| `(/api/v1/problems/.+)` \| (\d+) \| (.+) \|$", text, flags=re.MULTILINE)
    assert documented == [(problems.type_of(name), str(code), meaning) for name, (code, _, meaning) in TYPES.items()]
    for name in TYPES:
        assert reverse("api-problems", args=[name]) == problems.type_of(name)
        assert client.get(problems.type_of(name)).json() == described(name)
    assert client.get(f"{API}problems/nonsense/").status_code == 404


def test_the_documented_refusal_is_the_one_that_is_given(db, client):
    text = (settings.BASE_DIR / "docs" / "api.md").read_text()
    [(path, status, document)] = re.findall(r"```\nGET (\S+)\n(4\d\d)\n(\{\n.+?\n\})\n```", text, flags=re.DOTALL)
    response = client.get(path)
    assert (response.status_code, response.json()) == (int(status), json.loads(document))
