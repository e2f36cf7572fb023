"""What is not understood is refused by name, never ignored."""

import pytest

from api.urls import RESOURCES
from api.values import ChoiceValue, DayValue, NameValue, NumberValue, YesNoValue
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

HOSTILE = [
    "%00",
    "a%00b",
    "9" * 30,
    "x" * 100_000,
    "%ED%A0%80",
    "%F0%9F%98%80",
    "'\"%3B--",
    "%25_",
    "-1",
    "1e9",
    ",",
    "[]",
]


def parameters(kind):
    """(resource, parameter) of every filter that reads a value as `kind` does."""
    found = [
        (resource, name)
        for resource, view in RESOURCES.items()
        for name, one in view.filterset_class.base_filters.items()
        if type(one.read) is kind
    ]
    assert found, "swept nothing"
    return found


def refused(get, path):
    """The names of what was refused, and the sentences of the first."""
    answer = get(path, 400)
    return list(answer), " ".join(next(iter(answer.values())))


@pytest.mark.parametrize("resource", RESOURCES)
def test_an_unknown_parameter_is_refused_by_name_with_what_is_possible(db, get, resource):
    answer = get(f"{resource}/?as_off=2020-01-01&sauce=x", 400)
    assert list(answer) == ["as_off", "sauce"]
    assert {sentences[0] for sentences in answer.values()} == {UNKNOWN}
    assert all(name in answer["sauce"][-1] for name in ("Possible: ", "page_size", "ordering", " q,"))
    assert list(get(f"{resource}/{DETAILS[resource]}/?page_size=1", 400)) == ["page_size"]


def test_what_an_unknown_parameter_may_have_meant_is_said(db, get):
    assert get("claims/?topics=x", 400)["topics"][1] == "Did you mean topic?"
    assert get("milestones/?date_earliest_gte=x", 400)["date_earliest_gte"][1] == "Did you mean date_earliest__gte?"
    assert get("claims/?zzz=x", 400)["zzz"][1].startswith("Possible: ")


def test_a_filter_of_another_resource_is_unknown(db, get):
    assert refused(get, "topics/?coverage=open")[0] == ["coverage"]
    assert refused(get, "claims/?as_of=2020-01-01")[0] == ["as_of"]


def test_a_form_that_does_not_exist_is_refused_and_the_index_has_no_pages(db, get):
    assert get("?page_size=1", 400) == {"page_size": [UNKNOWN]}
    assert get("claims/?format=json")["results"] == []
    [refusal] = get("claims/?format=xml", 400)["format"]
    assert refusal.startswith("There is no such form here. Possible: json")
    assert refused(get, "schema/?format=json&sauce=x")[0] == ["sauce"]


def test_an_empty_or_repeated_parameter_is_refused_by_name(db, get):
    assert get("claims/?kind=&topic=%20", 400) == {"kind": [EMPTY], "topic": [EMPTY]}
    assert get("claims/?kind=figure&kind=done", 400) == {"kind": [REPEATED]}
    assert get("claims/?page_size=1&page_size=2", 400) == {"page_size": [REPEATED]}


def test_a_name_that_stands_for_nothing_is_refused(db, get):
    for resource, name in parameters(NameValue):
        for value in ("nothing-here", "a/b", "%00"):
            assert list(get(f"{resource}/?{name}={value}", 400)) == [name]
    for value in ("C9999", "source-a/0", "source-a/99999999999999999999", "a%00b", "ы", "C0001.99999999999999999999"):
        for path in ("claims/?ref=", "claims/?reform=", "citations/?ref=", "claims/?paragraph="):
            refused(get, path + value)
    assert get("claims/?topic=law", 400) == {"topic": ["There is no topic with the name “law”."]}


def test_a_choice_that_does_not_exist_is_refused_with_the_choices(db, get):
    for resource, name in parameters(ChoiceValue):
        for value in ("nonsense", "%00", "null", "Figure"):
            assert list(get(f"{resource}/?{name}={value}", 400)) == [name]
    assert get("discrepancies/?state=shut", 400) == {"state": ["Possible: open, explained, resolved."]}
    assert get("discrepancies/?state__in=open,shut", 400) == {"state__in": ["Possible: open, explained, resolved."]}


def test_only_true_and_false_answer_yes_or_no(db, get):
    for resource, name in [*parameters(YesNoValue), ("claims", "count")]:
        for value in ("yes", "1", "True"):
            assert get(f"{resource}/?{name}={value}", 400) == {name: ["Give true or false."]}


def test_a_day_that_cannot_be_read_is_refused(db, get):
    for resource, name in parameters(DayValue):
        for value in ("yesterday", "2021-02-30", "2021-06", "%00"):
            assert list(get(f"{resource}/?{name}={value}", 400)) == [name]
    for value in ("30/06/2021", "06/30/2021", "2021-06-30T00:00", "٢٠٢١-٠٦-٣٠", "20210630", "0000-01-01"):
        for path in ("reforms/?as_of=", "packages/package-a/?as_of=", f"reforms/{DETAILS['reforms']}/?as_of="):
            assert get(path + value, 400) == {"as_of": ["Give a day that there is, as YYYY-MM-DD."]}


@pytest.mark.parametrize(
    "value",
    ["soon", "2021-13", "2021-02-30", "20210", "Y17E7", "12345-01", "..", "/", "../..", "2021/", "[2021", "9" * 60],
)
def test_a_date_that_is_no_edtf_is_refused(db, get, value):
    for name in ("date__within", "date__overlaps"):
        if value != "2021/":
            assert refused(get, f"milestones/?{name}={value}")[0] == [name]


def test_a_number_that_no_column_holds_is_refused(db, get):
    for resource, name in parameters(NumberValue):
        for value in ("many", "-1", "1.5", "2147483648"):
            assert get(f"{resource}/?{name}={value}", 400) == {name: ["Give a whole number from 0 to 2147483647."]}


def test_words_that_find_nothing_by_themselves_are_refused(db, get):
    assert get("claims/?q=-law", 400) == {"q": ["Give a word that must occur."]}
    assert get("claims/?q=%25", 400) == {"q": ["Give a word that must occur."]}
    assert get(f"claims/?q={'a+' * 21}", 400) == {"q": ["Too many words: 20 at most."]}
    assert get(f"claims/?q={'a' * 501}", 400) == {"q": ["Too long: 500 characters at most."]}


@pytest.mark.parametrize("value", ["C9999", "C0001,C9999", ",", "C0001,,C0002", "C0001%00"])
def test_a_list_of_references_is_refused_where_one_stands_for_nothing(ledger, get, value):
    assert list(get(f"claims/?ref__in={value}", 400)) == ["ref__in"]


def test_more_values_than_500_are_refused(db, get):
    refs = ",".join(f"C{number:04d}" for number in range(501))
    assert get(f"claims/?ref__in={refs}", 400) == {"ref__in": ["500 values at most can be asked for at once."]}


def test_an_order_that_does_not_exist_is_refused_with_those_that_do(db, get):
    possible = ["Possible: slug, name, each with - before it too."]
    for value in ("title", "-title", "slug,title", "--slug", "-", ",", "%00", "slug%00", "pk", "slug__in", "9" * 5000):
        assert get(f"topics/?ordering={value}", 400) == {"ordering": possible}
    assert get("topics/?ordering=slug,-slug", 400) == {"ordering": ["Name each only once."]}


@pytest.mark.parametrize("resource", RESOURCES)
def test_no_value_of_any_parameter_breaks_anything(db, client, resource):
    """Everything is answered or refused."""
    view = RESOURCES[resource]
    names = [*view.filterset_class.base_filters, "ordering", "cursor", "page_size", "count", "format"]
    for at, name in enumerate(names):
        for value in HOSTILE[at % 3 :: 3] + HOSTILE[:1]:
            status = client.get(f"{API}{resource}/?{name}={value}").status_code
            assert status in (200, 400, 414), (name, value[:20], status)
    for number in (900, 10_000):
        crowd = "&".join(f"p{at}=1" for at in range(number))
        assert client.get(f"{API}{resource}/?{crowd}").status_code in (400, 414)


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


def test_an_address_without_its_last_slash_leads_on(db, client):
    response = client.get("/api/v1/claims?kind=figure")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/claims/?kind=figure")
