"""The timeline of the API: everything dated, in order, each on its claim."""

import pytest
from jsonschema import Draft202012Validator

from reforms.models import Claim, Milestone
from tests.api.conftest import HOST
from tests.api.test_schema import strict
from tests.factories import make_world

ORDER = [
    ("adopted", "M0001", "2020-05-25"), ("event", "event-a", "2020-05-25"), ("law", "law-a", "2020-05-25"),
    ("value", "parameter-a", "2020-05-25"), ("announced", "M0002", "2021-06"), ("event", "event-b", "2021-06"),
    ("law", "law-b", "2021-06"), ("value", "parameter-b", "2021-06"),
]  # fmt: skip


def entries(page):
    return [(one["kind"], one["record"].get("slug") or one["record"]["ref"], one["date"]["edtf"]) for one in page]


def test_everything_dated_is_there_in_the_order_of_days_and_kinds(ledger, get):
    assert entries(get("timeline/")["results"]) == ORDER


def test_an_entry_has_its_date_its_record_its_claim_and_reforms(ledger, get):
    [change] = get("timeline/?kind=value&reform=reform-a")["results"]
    about = {
        "slug": "reform-a", "title": "Reform a", "url": f"{HOST}/reforms/reform-a/",
        "api_url": f"{HOST}/api/v1/reforms/reform-a/",
    }  # fmt: skip
    assert change == {
        "date": {"edtf": "2020-05-25", "earliest": "2020-05-25", "latest": "2020-05-25"},
        "kind": "value",
        "record": {
            "slug": "parameter-a", "title": "Parameter a", "url": f"{HOST}/parameters/parameter-a/",
            "api_url": f"{HOST}/api/v1/parameters/parameter-a/",
        },
        "detail": "", "before": "40,000", "after": "20,000", "unit": "members",
        "claim": {
            "ref": "C0001", "title": "Statement a.", "url": f"{HOST}/claims/C0001/",
            "api_url": f"{HOST}/api/v1/claims/C0001/",
        },
        "reforms": [about],
        "taint": "Its after changed on 2021-07-01, and the words it stands on did not.",
    }  # fmt: skip
    milestone, event, law, _value = get("timeline/?topic=topic-a")["results"]
    assert milestone["record"]["url"] == f"{HOST}/reforms/reform-a/#M0001"
    assert [one["reforms"] for one in (milestone, event, law)] == [[about]] * 3
    assert (event["detail"], law["detail"]) == ("election", "dated")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=event", [1, 5]),
        ("kind__in=event,law", [1, 2, 5, 6]),
        ("topic=topic-b", [4, 5, 6, 7]),
        ("package=package-a", [0, 1, 2, 3]),
        ("reform=reform-b", [4, 5, 6, 7]),
        ("reform=reform-c", []),
        ("source=source-a", [0, 1, 2, 3]),
        ("from=2021-06-30", [4, 5, 6, 7]),
        ("from=2021-07-01", []),
        ("to=2021-06-01", [0, 1, 2, 3, 4, 5, 6, 7]),
        ("to=2021-05-31", [0, 1, 2, 3]),
        ("from=2020-05-25&to=2020-05-25&kind=law", [2]),
        ("q=parameter", [3, 7]),
    ],
)
def test_entries_are_narrowed_as_on_the_page(ledger, get, query, found):
    assert entries(get(f"timeline/?{query}")["results"]) == [ORDER[at] for at in found]


@pytest.mark.parametrize("size", [1, 3, 8])
def test_pages_walked_both_ways_give_every_entry_once(ledger, get, size):
    def follow(path, link):
        while path:
            page = get(path)
            yield path, entries(page["results"])
            path = page[link] and page[link].split("/api/v1/")[1]

    forwards = [*follow(f"timeline/?page_size={size}", "next")]
    assert [one for _, page in forwards for one in page] == ORDER
    backwards = [*follow(forwards[-1][0], "previous")]
    assert [one for _, page in backwards[::-1] for one in page] == ORDER


def test_what_has_no_date_or_no_public_claim_is_not_there(ledger, get):
    milestone = Milestone.objects.get(ref="M0001")
    milestone.date = ""
    milestone.save()
    assert entries(get("timeline/")["results"]) == ORDER[1:]
    Claim.objects.filter(ref="C0001").update(state="draft")
    assert entries(get("timeline/")["results"]) == ORDER[4:]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("from=2021-07-01&to=2021-06-30", "to"), ("from=2021", "from"), ("to=2021-02-30", "to"), ("kind=x", "kind"),
        ("topic=nothing", "topic"), ("reform=%00", "reform"), ("q=" + "a" * 501, "q"), ("cursor=x", "cursor"),
        ("date=2021", "date"), ("from=99999-01-01", "from"), ("count=true", "count"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_name(ledger, client, query, parameter):
    response = client.get(f"/api/v1/timeline/?{query}")
    assert response.status_code == 400
    assert f'"{parameter}"' in response.text


def test_answers_keep_to_the_schema(ledger, get):
    described = get("schema/?format=json")
    answer = described["paths"]["/api/v1/timeline/"]["get"]["responses"]["200"]["content"]["application/json"]
    schema = {**strict(answer["schema"]), "components": strict(described["components"])}
    Draft202012Validator(schema).validate(get("timeline/"))


def test_a_page_costs_the_same_for_few_rows_and_many(empty, count_queries):
    make_world(2, each=1)
    few = count_queries("/api/v1/timeline/?page_size=500")
    make_world(9)
    assert count_queries("/api/v1/timeline/?page_size=500") == few <= 10
