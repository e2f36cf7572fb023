"""The OpenAPI description is valid, and the answers keep to it."""

import json

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator

from api import views
from api.urls import QUESTIONS, RESOURCES
from tests.api import test_shapes
from tests.api.conftest import API

FIRST = dict(name.split("/", 1) for name in test_shapes.FIRST)


ABOUT = {"", "data-package.zip", "problems", "schema"}
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def described():
    """The description as it is served; what the answers of an operation refer to stands in its place."""
    document = json.loads(views.DESCRIPTION.read_text())
    shared = document["components"]["responses"]
    for item in document["paths"].values():
        answers = item["get"]["responses"]
        item["get"]["responses"] = {
            code: shared[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
            for code, answer in answers.items()
        }
    return document


def without_examples(described):
    """The description without what is taken from a base."""
    if isinstance(described, list):
        return [without_examples(part) for part in described]
    if not isinstance(described, dict):
        return described
    return {name: without_examples(part) for name, part in described.items() if name != "example"}


def test_the_schema_is_made_without_a_warning_and_is_the_one_that_is_served(client, db, tmp_path):
    path = tmp_path / "schema.json"
    call_command("spectacular", validate=True, fail_on_warn=True, format="openapi-json", file=str(path))
    committed = json.loads(views.DESCRIPTION.read_text())
    assert without_examples(committed) == json.loads(path.read_text()), "docs/openapi.json is stale: run `make schema`"
    served = client.get(f"{API}schema/")
    assert (served["Content-Type"], served.json()) == ("application/json", committed)
    named = client.get(f"{API}schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    assert named["Content-Type"] == "application/vnd.oai.openapi+json"


def test_every_operation_says_what_it_is_for(described):
    operations = [item["get"] for item in described["paths"].values()]
    tags = {tag["name"]: tag["description"] for tag in described["tags"]}
    assert len({one["operationId"] for one in operations}) == len(operations) == 34
    assert {tag for one in operations for tag in one["tags"]} == tags.keys()
    for one in operations:
        assert one["summary"]
        assert one["description"].endswith((".", ":"))
        for parameter in one["parameters"]:
            assert parameter["description"].endswith((".", "…")), parameter["name"]


def test_every_answer_in_json_and_every_refusal_has_an_example_that_keeps_to_its_schema(described):
    components, shown = strict(described["components"]), 0
    for path, item in described["paths"].items():
        for code, answer in item["get"]["responses"].items():
            for content in answer.get("content", {}).values():
                if path.endswith(("/schema/", ".zip")) and code == "200":
                    continue
                whole = {**strict(content["schema"]), "components": components}
                Draft202012Validator(whole).validate(content["example"])
                shown += 1
    assert shown > 200


def test_every_answer_says_its_headers(described):
    answers = described["paths"]["/api/v1/claims/{ref}/"]["get"]["responses"]
    limits = {"RateLimit", "RateLimit-Policy", "Cache-Control"}
    assert {code: set(answer["headers"]) for code, answer in answers.items()} == {
        "200": limits | {"ETag", "Vary", "Content-Disposition"},
        "301": limits | {"Location"},
        "304": limits | {"ETag", "Vary"},
        **dict.fromkeys(("400", "404", "406", "410", "414", "500"), limits),
        "405": limits | {"Allow"},
        "429": limits | {"Retry-After"},
    }
    listed = described["paths"]["/api/v1/claims/"]["get"]["responses"]["200"]["headers"]
    assert set(listed) == limits | {"ETag", "Vary", "Link", "Content-Disposition"}


def test_the_schema_is_openapi_3_1_and_knows_every_path(db, described):
    assert described["openapi"].startswith("3.1")
    assert {path.split("/")[3] for path in described["paths"]} == {*RESOURCES, *QUESTIONS, *ABOUT}
    assert {method for path in described["paths"].values() for method in path} == {"get"}


def test_every_filter_is_described_with_its_help(db, described):
    for resource, view in RESOURCES.items():
        parameters = {p["name"]: p for p in described["paths"][f"/api/v1/{resource}/"]["get"]["parameters"]}
        filters = view.filterset_class.base_filters
        own = {"If-None-Match", "count", "cursor", "expand", "fields", "format", "omit", "ordering", "page_size"}
        assert parameters.keys() | {"expand"} == filters.keys() | own
        for name, one in filters.items():
            assert parameters[name]["description"].startswith(one.help_text)


def test_the_day_is_described_for_single_records_too(db, described):
    found = described["paths"]["/api/v1/reforms/{slug}/"]["get"]["parameters"]
    found = {(one["name"], one["in"]) for one in found}
    assert found == {
        ("slug", "path"),
        ("If-None-Match", "header"),
        *((name, "query") for name in ("as_of", "fields", "omit", "expand")),
    }


def test_each_form_of_an_answer_is_described_by_its_media_type_and_its_name(db, described):
    for resource, view in RESOURCES.items():
        for path in (path for path in described["paths"] if path.split("/")[3] == resource):
            operation = described["paths"][path]["get"]
            forms = view.record_formats if "{" in path else view.list_formats
            assert set(operation["responses"]["200"]["content"]) == {form.media_type for form in forms}
            named = [one["schema"]["enum"] for one in operation["parameters"] if one["name"] == "format"]
            assert named == ([sorted({form.format for form in forms})] if len(forms) > 1 else [])
            for code in operation["responses"].keys() & {"400", "404", "410"}:
                assert list(operation["responses"][code]["content"]) == ["application/problem+json"]


def test_answers_keep_to_the_schema(ledger, get, described):
    components = strict(described["components"])
    for resource in RESOURCES:
        for path in (path for path in described["paths"] if path.split("/")[3] == resource):
            answers = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
            whole = {**strict(answers["schema"]), "components": components}
            name = f"{FIRST[resource]}/" if "{" in path else ""
            Draft202012Validator(whole).validate(get(f"{resource}/{name}"))


def strict(schema):
    """The schema with no room for fields that it does not name."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if isinstance(schema.get("properties"), dict) else {}
    return closed | {name: strict(part) for name, part in schema.items()}


def test_refusals_are_described(db, described, get):
    codes = {path: set(item["get"]["responses"]) for path, item in described["paths"].items()}
    always = {"200", "304", "400", "405", "406", "414", "429", "500"}
    assert codes["/api/v1/claims/"] == always
    assert codes["/api/v1/claims/{ref}/"] == always | {"301", "404", "410"}
    assert codes["/api/v1/laws/{slug}/"] == always | {"301", "404"}
    assert codes["/api/v1/milestones/{ref}/"] == always | {"404"}


def test_a_refusal_keeps_to_its_description(ledger, client, described):
    answers = described["paths"]["/api/v1/claims/{ref}/"]["get"]["responses"]
    for path, code in (("claims/C0001/?sauce=x", "400"), ("claims/C0999/", "404")):
        whole = {
            **answers[code]["content"]["application/problem+json"]["schema"],
            "components": described["components"],
        }
        Draft202012Validator(strict(whole)).validate(client.get(API + path).json())
