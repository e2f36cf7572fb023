"""What docs/api.md promises under “What will not change” and no other test proves.

promised.txt holds the names that who uses the API relies on: `claims.text` a field, `claims?actor name` a parameter and
its kind, `claims claim.bibtex` a form of a record, `claims list.csv` one of a list. A line may join it, none may leave.
"""

from pathlib import Path

from django.urls import resolve

from api.urls import QUESTIONS, RESOURCES
from tests.factories import cite, make_claim, make_discrepancy, make_milestone, make_reform, make_source

PROMISED = Path(__file__).with_name("promised.txt")


def offered():
    """Every name under which something is asked or shown here."""
    for resource, view in (RESOURCES | QUESTIONS).items():
        yield from (f"{resource}.{field}" for field in view.serializer_class().fields)
        yield from (f"{resource}?{name} {field.kind}" for name, field in view.filterset_class.fields.items())
        yield from (f"{resource}?{name} null" for name, field in view.filterset_class.fields.items() if field.none)
        yield from (f"{resource}?ordering={name}" for name in view.filterset_class.orderings)
        yield from (f"{resource} list.{form.format}" for form in view.list_formats)
        if view.has_records:
            yield from (f"{resource} record.{form.format}" for form in view.record_formats)


def test_no_name_that_was_promised_is_gone_and_what_is_new_is_promised_too():
    promised = PROMISED.read_text().splitlines()
    assert len(promised) > 400
    assert set(promised) - set(offered()) == set()
    assert set(offered()) - set(promised) == set()


def test_the_reference_of_what_is_gone_is_never_given_to_anything_else(db, get):
    reform, paragraph = make_reform(), make_source("The law was adopted.").paragraphs.get()
    claim = make_claim(paragraph, "law", reforms=[reform])
    citation = cite(claim, paragraph, "adopted")
    assert get("citations/C0001.2/")["quote"] == "adopted"
    citation.delete()
    get("citations/C0001.2/", 404)
    assert cite(claim, paragraph, "was").ref == "C0001.3"
    standing = {"milestones": make_milestone(reform, claim), "discrepancies": make_discrepancy(claim)}
    for resource, record in standing.items():
        ref = record.ref
        assert get(f"{resource}/{ref}/")["ref"] == ref
        record.delete()
        get(f"{resource}/{ref}/", 404)
        assert type(record).next_ref() > ref


def test_the_about_page_leads_to_all_that_can_be_had_as_data(db, client):
    words = client.get("/about/").text.partition('id="data"')[2]
    for address, name in {"docs/": "docs", "": "index", "data-package.zip": "data-package"}.items():
        assert f'href="/api/v1/{address}"' in words
        assert resolve(f"/api/v1/{address}").url_name == f"api-{name}"
