"""Whatever is asked, however it is asked, is answered or refused in words; it never breaks the API."""

from itertools import product
from urllib.parse import quote

import pytest

from api.backends import StrictFilterBackend
from api.urls import RESOURCES
from tests.api.conftest import API
from tests.api.test_schema import FIRST

RAW = {
    "NUL": "%00",
    "NUL inside": "a%00b",
    "bytes that are no UTF-8": "%ff%fe%c0%80",
    "half a surrogate": "%ed%a0%80",
    "broken percents": "%zz%%1%",
    "raw bytes": "\xff\xfe",
    "a huge number": "9" * 60,
    "a huge negative number": "-" + "9" * 40,
    "a number as an exponent": "1e999",
    "not a number": "NaN",
    "the largest of 64 bits and one": str(2**63),
    "digits of another script": quote("٣"),
    "a year too far": "99999-01-01",
    "quotes": quote("' OR 1=1 --"),
    "a path": quote("../../etc/passwd"),
    "a template": quote("{{7*7}}%s{0}"),
    "an unassigned character": quote("\U000e0fff\ufffe"),
    "right to left": quote("\u202e\u0000\u200b"),
    "long": "x" * 60,
    "commas": "," * 60,
    "much nested": "[" * 60,
}
LONG = "x" * 100_000
NO_FORM = [
    ",,;q=x/",
    ";",
    "a" * 50_000,
    ",".join(["text/x"] * 8_000),
    "\x00",
    "\xff\xfe",
    "text/x; " + "a=b; " * 1_000,
]
AT_ONCE = 40  # parameters
TAGS = ['W/"', ",,\xff\x00", '"' + "a" * 50_000 + '"', 'W/"a", ' * 2_000]
PATHS = [f"{API}{name}/" for name in RESOURCES] + [f"{API}{name}/{one}/" for name, one in FIRST.items()]


@pytest.fixture
def ask(client):
    """Answer to a GET whose query is sent as it is written; a refusal is seen to be a problem document."""
    client.raise_request_exception = False

    def fetch(path, query="", **headers):
        response = client.generic("GET", path, QUERY_STRING=query, headers=headers)
        if response.status_code >= 400:
            assert response["Content-Type"] == "application/problem+json", (path, query[:80])
            assert response.json()["status"] == response.status_code
        return response

    return fetch


def parameters(name):
    """Path of a resource's list, and of its record, to the parameters that each reads, so many that one address holds.

    Their order is that of the names.
    """
    view = RESOURCES[name]
    backend = StrictFilterBackend()
    for path, action in ((f"{API}{name}/", "list"), (f"{API}{name}/{FIRST[name]}/", "retrieve")):
        names = sorted(backend.allowed(view(action=action)))
        for at in range(0, len(names), AT_ONCE):
            yield path, set(names[at : at + AT_ONCE])


@pytest.mark.parametrize("name", RESOURCES)
def test_no_value_of_any_parameter_breaks_a_resource(ledger, ask, name):
    for path, names in parameters(name):
        for value in RAW.values():
            left = set(names)
            while left:  # those that were refused are left out, until what is left is read to the end
                response = ask(path, "&".join(f"{one}={value}" for one in sorted(left)))
                if response.status_code == 200:
                    break
                assert response.status_code == 400, (path, value)
                assert left & response.json()["errors"].keys(), (path, value)
                left -= response.json()["errors"].keys()


def test_no_name_of_a_parameter_breaks_a_resource(ledger, ask):
    for path, name in product((PATHS[0], PATHS[-1]), RAW.values()):
        assert ask(path, f"{name}=1&{name}").status_code == 400, (path, name)


def test_no_name_of_a_record_breaks_a_resource(ledger, ask):
    paths = [f"{API}{name}/{{}}/" for name in RESOURCES]
    for path, value in product(
        [*paths, f"{API}paragraphs/source-a/{{}}/", f"{API}citations/C0001.{{}}/"], RAW.values()
    ):
        assert ask(path.format(value)).status_code == 404, path


def test_too_much_is_refused_before_it_is_read(ask):
    many = "&".join(f"p{number}=1" for number in range(10_000))
    for path in PATHS:
        assert ask(path, f"q={LONG}").status_code == 414, path
        assert ask(path, many).status_code == 400, path
        assert ask(path, "&" * 100).status_code == 400, path
        assert ask(path + LONG + "/").status_code == 414, path


@pytest.mark.parametrize("accept", NO_FORM, ids=range(len(NO_FORM)))
def test_no_wish_for_a_form_breaks_a_resource(ledger, ask, accept):
    for path in PATHS:
        assert ask(path, Accept=accept).status_code == 406, path


def test_a_wish_that_is_half_understood_is_granted(ledger, ask):
    for accept in ("*/*;q=nonsense", "application/json;q=" + "9" * 200, ",,, application/json"):
        assert ask(PATHS[0], Accept=accept).status_code == 200, accept


@pytest.mark.parametrize("name", RESOURCES)
def test_no_tag_breaks_a_resource(ledger, ask, name):
    for tag, (path, _) in product(TAGS, parameters(name)):
        assert ask(path, **{"If-None-Match": tag}).status_code == 200, path


def test_no_other_header_breaks_a_resource(ledger, ask):
    for header in ("Range", "If-Range", "If-Modified-Since", "Accept-Encoding", "Accept-Language", "Cookie", "Origin"):
        for value in ("\x00", LONG, "=;=;,"):
            assert ask(f"{API}topics/topic-a/", **{header: value}).status_code == 200, header
