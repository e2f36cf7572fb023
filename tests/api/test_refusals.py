"""What is not understood is refused by name, never ignored."""

import pytest

from api.urls import RESOURCES
from tests.api.conftest import API
from tests.api.test_queries import DETAILS

UNKNOWN, EMPTY, REPEATED = (
    "Unknown parameter.",
    "Empty: give a value, or leave the parameter out.",
    "Given more than once.",
)
NOT_THERE = [
    "nonsense/",
    "claims/C9999/",
    "claims/nothing/",
    "claims/C0001%00/",
    "citations/C0001.99/",
    "citations/C0001.99999999999999999999999/",
    "citations/C0001/",
    "paragraphs/source-a/",
    "paragraphs/source-a/99/",
    "paragraphs/source-a/99999999999999999999999/",
    "paragraphs/nothing/1/",
    "reforms/nothing/",
    "reforms/law-a/",
    "milestones/M9999/",
]
DAY_PARAMETERS = {("packages", "as_of"), ("reforms", "as_of")}


def names_filtered(kind):
    """(resource, filter) where the filter is of the class called `kind`."""
    found = [
        (resource, name)
        for resource, view in RESOURCES.items()
        for name, one in view.filterset_class.base_filters.items()
        if type(one).__name__ == kind
    ]
    assert found, "swept nothing"
    return found


@pytest.mark.parametrize("resource", RESOURCES)
def test_an_unknown_parameter_is_refused_by_name(db, get, resource):
    assert get(f"{resource}/?as_off=2020-01-01&sauce=x", 400) == {"as_off": [UNKNOWN], "sauce": [UNKNOWN]}
    assert get(f"{resource}/{DETAILS[resource]}/?page_size=1", 400) == {"page_size": [UNKNOWN]}


def test_a_filter_of_another_resource_is_unknown(db, get):
    assert get("topics/?coverage=open", 400) == {"coverage": [UNKNOWN]}
    assert get("claims/?as_of=2020-01-01", 400) == {"as_of": [UNKNOWN]}


def test_a_form_that_does_not_exist_is_refused_and_the_index_has_no_pages(db, get):
    assert get("?page_size=1", 400) == {"page_size": [UNKNOWN]}
    assert get("claims/?format=json")["results"] == []
    [refusal] = get("claims/?format=xml", 400)["format"]
    assert refusal.startswith("There is no such form here. Possible: json")
    assert get("schema/?format=json&sauce=x", 400) == {"sauce": [UNKNOWN]}


def test_an_empty_or_repeated_parameter_is_refused_by_name(db, get):
    assert get("claims/?kind=&topic=%20", 400) == {"kind": [EMPTY], "topic": [EMPTY]}
    assert get("claims/?kind=figure&kind=done", 400) == {"kind": [REPEATED]}
    assert get("claims/?page_size=1&page_size=2", 400) == {"page_size": [REPEATED]}


@pytest.mark.parametrize(("resource", "name"), names_filtered("NamedFilter"))
def test_a_name_that_stands_for_nothing_is_refused(db, get, resource, name):
    for value in ("nothing-here", "C9999", "a/b", "source-a/0", "source-a/99999999999999999999", "%00", "a%00b", "ы"):
        assert list(get(f"{resource}/?{name}={value}", 400)) == [name]


@pytest.mark.parametrize(("resource", "name"), names_filtered("ChoiceFilter"))
def test_a_choice_that_does_not_exist_is_refused(db, get, resource, name):
    for value in ("nonsense", "%00", "null", "Figure"):
        assert list(get(f"{resource}/?{name}={value}", 400)) == [name]


@pytest.mark.parametrize(("resource", "name"), names_filtered("YesNoFilter"))
def test_only_true_and_false_answer_yes_or_no(db, get, resource, name):
    for value in ("yes", "1", "True", "%00"):
        assert list(get(f"{resource}/?{name}={value}", 400)) == [name]


@pytest.mark.parametrize(("resource", "name"), names_filtered("DayFilter"))
def test_a_day_that_cannot_be_read_is_refused(db, get, resource, name):
    for value in ("yesterday", "2021-02-30", "30/06/2021", "2021-06", "06/30/2021", "%00", "2021-06-30T00:00"):
        assert list(get(f"{resource}/?{name}={value}", 400)) == [name]
        if (resource, name) in DAY_PARAMETERS:
            assert list(get(f"{resource}/{DETAILS[resource]}/?{name}={value}", 400)) == [name]


@pytest.mark.parametrize("value", ["C9999", "C0001,C9999", ",", "C0001,,C0002", "C0001%00"])
def test_a_list_of_references_is_refused_where_one_stands_for_nothing(ledger, get, value):
    assert list(get(f"claims/?ref__in={value}", 400)) == ["ref__in"]


def test_more_references_than_500_are_refused(db, get):
    refs = ",".join(f"C{number:04d}" for number in range(501))
    assert get(f"claims/?ref__in={refs}", 400) == {"ref__in": ["At most 500 references can be asked for at once."]}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, method):
    send = getattr(client, method)
    for resource, name in DETAILS.items():
        for path in (f"{API}{resource}/", f"{API}{resource}/{name}/"):
            assert send(path, "{}", content_type="application/json").status_code == 405, path
    assert send(API, "{}", content_type="application/json").status_code == 405


def test_what_is_not_there_is_a_404_in_json(ledger, get):
    for path in NOT_THERE:
        assert list(get(path, 404)) == ["detail"]


def test_an_address_without_its_last_slash_leads_on(client):
    response = client.get("/api/v1/claims?kind=figure")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/claims/?kind=figure")
