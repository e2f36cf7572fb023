"""What comes back can be chosen: some fields, all but some, and relations in full."""

import pytest
from django.conf import settings

from api.choosing import PARAMETERS, possible
from api.expansions import EXPANSIONS, SERIALIZERS
from api.urls import RESOURCES
from reforms.models import Claim, Discrepancy
from tests.api.conftest import doubt
from tests.api.test_documentation import rows, sections
from tests.api.test_shapes import CITATION, FIRST, REFORM

NAMES = {"slug", "ref", "title", "url", "api_url"}


def test_only_the_fields_that_are_asked_for_come_in_the_order_of_the_record(ledger, get):
    assert get("claims/C0001/?fields=text,ref") == {"ref": "C0001", "text": "Statement a."}
    assert list(get("claims/C0001/?fields=text,ref")) == ["ref", "text"]
    assert get("topics/?fields=slug")["results"] == [{"slug": "topic-a"}, {"slug": "topic-b"}]
    assert get("reforms/reform-a/?fields= stage , as_of &as_of=2020-12-31") == {
        "stage": "adopted",
        "as_of": "2020-12-31",
    }


def test_all_but_the_fields_that_are_left_out_come(ledger, get):
    whole = FIRST["claims/C0001"]
    assert get("claims/C0001/?omit=reforms,citations") == {
        name: value for name, value in whole.items() if name not in ("reforms", "citations")
    }
    assert get("claims/C0001/?fields=ref,text,kind&omit=text") == {"ref": "C0001", "kind": "provision"}


@pytest.mark.parametrize("name", [name for name in FIRST if EXPANSIONS[name.split("/")[0]]])
def test_what_is_shown_in_full_is_what_its_own_resource_shows(ledger, get, name):
    """Each relation, in the list and in the single record; the day is that of the request, or today."""
    resource = name.partition("/")[0]
    day = "&as_of=2020-12-31" if resource in ("packages", "reforms") else ""
    seen = 0
    for path, expansion in EXPANSIONS[resource].items():
        record = get(f"{name}/?expand={path}{day}")
        assert record in get(f"{resource}/?expand={path}{day}")["results"]
        top = path.partition(".")[0]
        plain = get(f"{name}/?{day.lstrip('&')}")
        assert {**record, top: None} == {**plain, top: None}
        for shown, reference in zip(found(record, path), found(plain, path), strict=True):
            if reference is None:
                assert shown is None
                continue
            asked = "?as_of=2020-12-31" if day and expansion.resource == "reforms" else ""
            own = get(shown["api_url"].partition("/api/v1/")[2] + asked)
            says = {n: v for n, v in reference.items() if n not in NAMES} if isinstance(reference, dict) else {}
            linked = set(says) - set(own)
            assert shown == own | {n: says[n] for n in linked}
            seen += 1
    assert seen or resource == "sources"


def found(record, path):
    """All that stands in the record under the dotted path."""
    name, _, rest = path.partition(".")
    values = record[name] if isinstance(record[name], list) else [record[name]]
    return [one for value in values for one in found(value, rest)] if rest else values


def test_what_a_link_says_stays_beside_the_full_record(ledger, get):
    (actor,) = get("claims/C0001/?expand=actors")["actors"]
    assert actor == FIRST["actors/actor-a"] | {"part": "says", "office": "Minister"}
    (law,) = get("reforms/reform-a/?expand=laws,laws.claim")["laws"]
    assert (law["effect"], law["taint"]) == ("implements", doubt("effect"))
    assert (law["name"], law["claim"]) == ("Law a", FIRST["claims/C0001"])


def test_what_is_in_full_is_not_expanded_further(ledger, get):
    claim = get("citations/C0001.1/?expand=claim")["claim"]
    assert claim["reforms"] == [REFORM]
    assert claim["citations"] == [CITATION]


def test_text_that_may_not_be_shown_stays_hidden_in_full_records_too(ledger, get):
    paragraph = get("citations/C0002.1/?expand=paragraph")["paragraph"]
    assert paragraph["text"] == "In May the law b was adopted at last."
    source = get("paragraphs/source-b/1/?expand=source")
    assert source["text"] is None
    assert "received" not in source["source"]


def test_what_readers_do_not_see_does_not_come_in_full_either(ledger, get):
    Discrepancy.objects.filter(ref="D0001").update(resolved_by=Claim.objects.get(ref="C0003"), state="resolved")
    assert get("discrepancies/D0001/?expand=resolved_by")["resolved_by"]["ref"] == "C0003"
    Claim.objects.filter(ref="C0003").update(state="draft")
    assert get("discrepancies/D0001/?expand=resolved_by")["resolved_by"] is None


@pytest.mark.parametrize(
    ("query", "parameter", "said"),
    [
        ("fields=ref,colour", "fields", "“colour”"),
        ("omit=colour", "omit", "Possible: ref, text, kind"),
        ("expand=text", "expand", "Possible: reforms, laws, events, actors, citations, discrepancies."),
        ("expand=reforms.claim", "expand", "“reforms.claim”"),
        ("fields=,", "fields", "“”"),
        ("fields=ref,", "fields", "“”"),
        ("fields=ref&omit=ref", "omit", "Nothing would be left."),
        ("fields=ref&expand=laws", "expand", "“laws”"),
        ("fields=ref&fields=text", "fields", "more than once"),
        ("fields=", "fields", "Empty"),
        ("fields=ref%00", "fields", "Possible"),
        ("fields=%ff%fe", "fields", "Possible"),
        ("fields=%F0%9F%98%80", "fields", "“😀”"),
        ("fields=__class__", "fields", "“__class__”"),
        ("expand=citations__claim", "expand", "“citations__claim”"),
        ("fields=" + "a" * 5000, "fields", "“" + "a" * 100 + "”"),
        ("fields=" + ",".join(f"f{n}" for n in range(900)), "fields", "and 890 more"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_name_that_is_not_there_is_refused_with_those_that_are(ledger, client, query, parameter, said):
    for path in ("claims/", "claims/C0001/"):
        response = client.get(f"/api/v1/{path}?{query}")
        assert response.status_code == 400
        assert parameter in response.json() or "errors" in response.json()
        assert said in str(response.json())
        assert len(response.content) < 2000


def test_a_resource_without_relations_says_so(ledger, client):
    response = client.get("/api/v1/topics/?expand=reforms")
    assert (response.status_code, "Possible: none." in response.content.decode()) == (400, True)


def test_a_former_name_leads_on_with_what_was_chosen(ledger, client):
    from reforms.models import RetiredSlug

    RetiredSlug.objects.create(kind="reform", slug="once-a", now="reform-a")
    response = client.get("/api/v1/reforms/once-a/?fields=slug")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/reforms/reform-a/?fields=slug")


def test_what_can_be_chosen_is_documented_in_its_own_words():
    assert rows(sections()["Choosing what comes back"]) == PARAMETERS


def test_every_relation_that_can_be_shown_in_full_is_documented_and_no_other_is():
    text = (settings.BASE_DIR / "docs" / "api.md").read_text()
    rows = [line.split("|")[1:3] for line in text.splitlines() if line.startswith("| ") and "`expand`" not in line]
    documented = {first.strip(): second.strip() for first, second in rows}
    for resource, expansions in EXPANSIONS.items():
        if expansions:
            assert documented[resource] == ", ".join(f"`{name}`" for name in expansions)


def test_the_table_of_relations_names_every_resource_and_leads_to_their_own_serializers():
    assert list(EXPANSIONS) == list(RESOURCES)
    for name, serializer_class in SERIALIZERS.items():
        assert RESOURCES[name].serializer_class is serializer_class


def test_the_schema_says_what_can_be_chosen(db, get):
    paths = get("schema/?format=json")["paths"]
    for resource, view in RESOURCES.items():
        known = possible(resource, view.serializer_class)
        for path in (path for path in paths if path.split("/")[3] == resource):
            told = {one["name"]: one for one in paths[path]["get"]["parameters"]}
            for parameter, names in known.items():
                if names:
                    assert told[parameter]["schema"]["items"]["enum"] == names
                    assert told[parameter]["explode"] is False
                else:
                    assert parameter not in told
