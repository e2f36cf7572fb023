"""The OpenAPI description is valid, and the answers keep to it."""

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator

from api.urls import QUESTIONS, RESOURCES
from tests.api import test_shapes
from tests.api.conftest import API

FIRST = dict(name.split("/", 1) for name in test_shapes.FIRST)


@pytest.fixture
def described(get):
    return get("schema/?format=json")


def test_the_schema_is_made_without_a_warning(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))


def test_the_schema_is_openapi_3_1_and_knows_every_path(db, described):
    assert described["openapi"].startswith("3.1")
    assert {path.split("/")[3] for path in described["paths"]} == {*RESOURCES, *QUESTIONS, "data-package.zip"}
    assert {method for path in described["paths"].values() for method in path} == {"get"}


def test_every_filter_is_described_with_its_help(db, described):
    for resource, view in RESOURCES.items():
        parameters = {p["name"]: p for p in described["paths"][f"/api/v1/{resource}/"]["get"]["parameters"]}
        filters = view.filterset_class.base_filters
        own = {"count", "cursor", "expand", "fields", "format", "omit", "ordering", "page_size"}
        assert parameters.keys() | {"expand"} == filters.keys() | own
        for name, one in filters.items():
            assert parameters[name]["description"].startswith(one.help_text)


def test_the_day_is_described_for_single_records_too(db, described):
    found = described["paths"]["/api/v1/reforms/{slug}/"]["get"]["parameters"]
    found = {(one["name"], one["in"]) for one in found}
    assert found == {("slug", "path"), *((name, "query") for name in ("as_of", "fields", "omit", "expand"))}


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
    always = {"200", "400", "406", "414", "429", "500"}
    assert codes["/api/v1/claims/"] == always
    assert codes["/api/v1/claims/{ref}/"] == always | {"301", "404", "410"}
    assert codes["/api/v1/laws/{slug}/"] == always | {"301", "404"}


def test_a_refusal_keeps_to_its_description(ledger, client, described):
    answers = described["paths"]["/api/v1/claims/{ref}/"]["get"]["responses"]
    for path, code in (("claims/C0001/?sauce=x", "400"), ("claims/C0999/", "404")):
        whole = {
            **answers[code]["content"]["application/problem+json"]["schema"],
            "components": described["components"],
        }
        Draft202012Validator(strict(whole)).validate(client.get(API + path).json())
