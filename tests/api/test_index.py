"""The index names everything that there is, and every address in it answers."""

from api.urls import QUESTIONS, RESOURCES
from tests.api.conftest import HOST
from tests.api.test_queries import DETAILS
from tests.factories import make_world


def test_the_index_names_every_resource_and_each_address_answers(db, client, get):
    make_world(2, each=1)
    index = get("")
    assert [one["name"] for one in index["resources"]] == [*RESOURCES, *QUESTIONS]
    for name in ("schema", "docs", "data_package"):
        answer = client.get(index[name])
        assert (answer.status_code, bool(answer.getvalue())) == (200, True)
    for one in index["resources"]:
        question = "?q=statement" if one["name"] == "search" else ""
        assert client.get(one["url"] + question).status_code == 200
        assert one["description"].endswith(".")


def test_a_record_is_found_by_filling_in_its_template(db, client, get):
    make_world(2, each=1)
    entries = {one["name"]: one for one in get("")["resources"]}
    assert entries["reforms"]["record"] == f"{HOST}/api/v1/reforms/{{slug}}/"
    for name, record in (DETAILS | {"coverage": "source-a"}).items():
        template = entries[name]["record"]
        parts = {"{slug}": record, "{ref}": record, "{claim}.{number}": record, "{source}/{number}": record}
        for part, value in parts.items():
            template = template.replace(part, value)
        assert client.get(template).status_code == 200, template
    assert "record" not in entries["search"]


def test_it_says_in_which_forms_each_comes_and_what_may_be_done_with_it(db, get):
    index = get("")
    claims = next(one for one in index["resources"] if one["name"] == "claims")
    assert len(claims["formats"]) == len(set(claims["formats"])) > 2
    assert claims["formats"][0] == claims["record_formats"][0] == "json"
    assert index["version"] == "1"
    assert "rights" in index["rights"]
