"""Any site may read, nothing is written, and nobody takes too much at once."""

import pytest
from django.http import StreamingHttpResponse
from django.test import RequestFactory

from api.neighbour import neighbour
from tests.api.conftest import API

EXPOSED = "Content-Disposition, ETag, Link, RateLimit, RateLimit-Policy, Retry-After"


def test_scripts_of_any_site_may_read_answers_and_refusals(db, client):
    for path, status in ((API, 200), (f"{API}claims/", 200), (f"{API}claims/?x=1", 400), (f"{API}x/", 404)):
        response = client.get(path, headers={"Origin": "https://elsewhere.example"})
        assert response.status_code == status
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Access-Control-Expose-Headers"] == EXPOSED
        assert "Access-Control-Allow-Credentials" not in response
        assert response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"


def test_pages_are_not_for_scripts_of_other_sites(db, client):
    response = client.get("/robots.txt", headers={"Origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in response
    assert "RateLimit" not in response


def test_a_browser_that_asks_first_is_told_what_it_may_do(client):
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    response = client.options(f"{API}claims/", headers=asked | {"Access-Control-Request-Headers": "if-none-match"})
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Headers"] == "*"
    assert response["Access-Control-Max-Age"] == "86400"


def test_options_says_what_is_possible(client):
    response = client.options(f"{API}claims/C0001/")
    assert (response.status_code, response["Allow"], response.content) == (204, "GET, HEAD, OPTIONS", b"")
    assert "Access-Control-Allow-Methods" not in response


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_another_method_is_refused_with_those_there_are(client, method):
    response = client.generic(method, f"{API}claims/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["detail"] == "Here data is only read. Possible: GET, HEAD, OPTIONS."


def test_head_has_the_headers_of_get_and_no_body(ledger, client):
    got, head = client.get(f"{API}claims/"), client.head(f"{API}claims/")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == got["Content-Type"]
    assert head["Content-Length"] == str(len(got.content))


def test_a_long_address_many_parameters_and_a_body_are_refused_before_anything_is_read(client):
    many = "&".join(f"p{number}=1" for number in range(10_000))
    response = client.get(f"{API}claims/?{many}")
    assert (response.status_code, response.json()["detail"]) == (400, "At most 100 parameters can be given.")
    response = client.get(f"{API}claims/?topic={'x' * 100_000}")
    assert (response.status_code, response.json()["detail"]) == (414, "An address can have 8000 characters here.")
    assert client.get(f"{API}{'x' * 100_000}/").status_code == 414
    response = client.generic("GET", f"{API}claims/", '{"topic": "elections"}', "application/json")
    assert response.status_code == 400
    assert response.json()["detail"] == "Nothing is read from a body: give parameters in the address."


def test_an_address_just_short_enough_is_read(db, client):
    room = 8_000 - len(f"{API}claims/topic=")
    assert client.get(f"{API}claims/?topic={'x' * room}").status_code == 400
    assert client.get(f"{API}claims/?topic={'x' * (room + 1)}").status_code == 414


@pytest.fixture
def limits(settings):
    """Few requests a minute, and fewer exports."""
    settings.API_REQUESTS_PER_MINUTE, settings.API_EXPORTS_PER_MINUTE = 3, 2


def test_more_requests_than_a_minute_has_are_told_how_long_to_wait(db, limits, client):
    left = []
    for _ in range(3):
        response = client.get(API, REMOTE_ADDR="192.0.2.10")
        assert (response.status_code, response["RateLimit-Policy"]) == (200, '"requests";q=3;w=60')
        left.append(response["RateLimit"].split(";t=")[0])
    assert left == ['"requests";r=2', '"requests";r=1', '"requests";r=0']
    response = client.get(API, REMOTE_ADDR="192.0.2.10")
    wait = int(response["Retry-After"])
    assert (response.status_code, response["RateLimit"]) == (429, f'"requests";r=0;t={wait}')
    assert 1 <= wait <= 60
    assert response.json() == {
        "type": "/api/v1/problems/too-many-requests/",
        "title": "Too many requests",
        "status": 429,
        "detail": f"At most 3 requests a minute from one address. Wait {wait} seconds.",
        "instance": "/api/v1/",
        "retry_after": wait,
    }
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get(API, REMOTE_ADDR="192.0.2.11").status_code == 200


def test_a_forged_header_is_no_other_address_and_a_declared_proxy_names_the_reader(db, limits, client, settings):
    for number in range(3):
        client.get(API, REMOTE_ADDR="192.0.2.20", headers={"X-Forwarded-For": f"198.51.100.{number}"})
    assert client.get(API, REMOTE_ADDR="192.0.2.20", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 429
    settings.HTTPS = True
    forwarded = {"X-Forwarded-For": "192.0.2.20, 203.0.113.10", "X-Forwarded-Proto": "https"}
    assert client.get(API, REMOTE_ADDR="192.0.2.20", headers=forwarded).status_code == 200


def test_the_addresses_of_one_home_count_as_one(db, limits, client):
    for number in range(3):
        client.get(API, REMOTE_ADDR=f"2001:db8:1:2::{number}")
    assert client.get(API, REMOTE_ADDR="2001:db8:1:2:ffff::1").status_code == 429
    assert client.get(API, REMOTE_ADDR="2001:db8:1:3::1").status_code == 200


@pytest.fixture
def export(db):
    """Ask for an answer that streams, from an address; `export.made` has each line that was made."""
    made = []

    def lines():
        for line in (b"a\n", b"b\n"):
            made.append(line)
            yield line

    answer = neighbour(lambda request: StreamingHttpResponse(lines()))

    def ask(method="GET", address="192.0.2.30"):
        response = answer(RequestFactory().generic(method, f"{API}claims/", REMOTE_ADDR=address))
        return response, b"".join(response)

    ask.made = made
    return ask


def test_what_streams_counts_as_an_export_too(limits, export):
    response, body = export()
    assert (response.status_code, body) == (200, b"a\nb\n")
    assert response["RateLimit-Policy"] == '"requests";q=3;w=60, "exports";q=2;w=60'
    assert '"requests";r=2;' in response["RateLimit"]
    assert '"exports";r=1;' in response["RateLimit"]
    export()
    response, body = export()
    assert (response.status_code, export.made) == (429, [b"a\n", b"b\n"] * 2)
    assert b"At most 2 exports a minute" in body


def test_head_makes_no_line_of_an_export(limits, export):
    response, body = export("HEAD", "192.0.2.31")
    assert (response.status_code, body, export.made) == (200, b"", [])
