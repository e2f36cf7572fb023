"""Pages that are none: the right status, plain words, a search box and ways on, without asking a database."""

import re

import pytest
from django.urls import path
from django.views.defaults import bad_request, permission_denied, server_error

from config.urls import urlpatterns as site
from reforms.models import Claim
from reforms.templatetags.around import address_words

WAYS = ["/", "/reforms/", "/packages/", "/laws/", "/discrepancies/", "/sources/", "/claims/", "/about/"]


def ways(text):
    return re.findall(r'href="([^"]+)"', text.partition('<div class="ways">')[2].partition("</div>")[0])


def fail(request):
    raise RuntimeError("This view always fails.")


urlpatterns = [path("fails/", fail), *site]


@pytest.mark.parametrize(
    ("view", "status", "heading"),
    [
        (lambda request: server_error(request), 500, "Something went wrong on our side"),
        (lambda request: bad_request(request, ValueError()), 400, "This address cannot be understood"),
        (lambda request: permission_denied(request, ValueError()), 403, "This is not open to you"),
    ],
    ids=["500", "400", "403"],
)
def test_an_error_page_needs_no_database_and_leads_on(rf, view, status, heading):  # no `db`: a query would fail
    response = view(rf.get("/somewhere/"))
    text = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in text
    assert text.count('role="search"') == 1
    assert [way for way in ways(text) if way in WAYS] == WAYS


@pytest.mark.urls(__name__)
def test_a_view_that_fails_answers_500_with_the_page(client):
    client.raise_request_exception = False
    response = client.get("/fails/")
    assert (response.status_code, "Something went wrong on our side" in response.content.decode()) == (500, True)
    assert "This view always fails" not in response.content.decode()


def test_a_host_that_is_not_ours_is_refused_with_the_page(client):
    response = client.get("/about/", headers={"host": "elsewhere.example"})
    assert (response.status_code, "This address cannot be understood" in response.content.decode()) == (400, True)


def test_an_unknown_address_offers_its_words_to_the_search(world, read):
    text = read("/laws/law-on-akims-of-cities/", status=404)
    assert 'name="q" value="law on akims of cities"' in text
    assert text.count('role="search"') == 1
    assert [way for way in ways(text) if way in WAYS] == WAYS


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", ""),
        ("/laws/law-on-akims/", "law on akims"),
        ("/a_b%20.c", "a b 20 c"),
        ("/\0<script>", "script"),
        ("/" + "word-" * 50, "word word word word word word word word"),
        ("/выборы-акимов/", "выборы акимов"),
    ],
)
def test_the_words_of_an_address_are_its_last_part_without_signs(address, words):
    assert address_words(address) == words


def test_a_question_that_cannot_be_answered_leads_on_too(world, read):
    text = read("/?as_of=yesterday", status=400)
    assert "“yesterday” is not a day" in text
    assert [way for way in ways(text) if way in WAYS] == WAYS


def test_a_retracted_claim_is_gone_with_a_title_that_names_it(world, read):
    Claim.objects.filter(pk=world.fewer.pk).update(state="retracted", retraction_reason="Misread.")
    assert f"<title>{world.fewer.ref} was retracted · Reform Ledger</title>" in read("/claims/C0004/", status=410)
