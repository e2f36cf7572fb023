"""Claims and sources as they are cited: in plain text, BibTeX, RIS and CSL-JSON, each read by a reader of its form."""

import re

import pytest
import rispy
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator
from pybtex.database import parse_string

from sources.models import Source
from tests.api.conftest import API
from tests.factories import cite, make_claim, make_source

pytestmark = pytest.mark.django_db

HOSTILE = "R&D 5% $ # _ {a}} ~ ^ \\ <b> “q” ü\u00a0한\U0001f600\u2028ER  - \r\nTY  - X @x{y,"
ON_ONE_LINE = "R&D 5% $ # _ {a}} ~ ^ \\ <b> “q” ü 한\U0001f600 ER - TY - X @x{y,"
IN_TEX = (
    r"R\&D 5\% \$ \# \_ \textbraceleft{}a\textbraceright{}\textbraceright{} \textasciitilde{} \textasciicircum{} "
    r"\textbackslash{} \textless{}b\textgreater{} “q” ü 한😀 ER - TY - X @x\textbraceleft{}y,"
)
# What of https://github.com/citation-style-language/schema (csl-data.json) is used here, and nothing else.
PARTS = {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}}
DATE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": PARTS},
        "circa": {"const": True},
        "literal": {"type": "string", "minLength": 1},
    },
    "oneOf": [{"required": ["date-parts"]}, {"required": ["literal"]}],
}
WORDS = {"type": "string", "minLength": 1}
NAME = {"type": "object", "additionalProperties": False, "required": ["literal"], "properties": {"literal": WORDS}}
ITEM = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "type", "title", "URL"],
    "properties": dict.fromkeys(["id", "title", "container-title", "number", "publisher", "language", "note"], WORDS)
    | {
        "type": {"enum": ["webpage", "document"]},
        "author": {"type": "array", "minItems": 1, "items": NAME},
        "issued": DATE,
        "URL": {"type": "string", "pattern": "^http://testserver/"},
    },
}
CSL = Draft202012Validator({"type": "array", "items": ITEM})


@pytest.fixture
def ask(client):
    """Give the text of a GET below /api/v1/."""

    def get(path):
        response = client.get(API + path)
        assert response.status_code == 200, (path, response.content[:300])
        return response.content.decode()

    return get


@pytest.fixture
def csl(client):
    """Give the items of an answer in CSL-JSON."""

    def get(path):
        items = client.get(API + path).json()
        CSL.validate(items)
        return items

    return get


@pytest.fixture
def claim(db):
    """C0001 on two paragraphs of a report and one of a note that denies it."""
    report = make_source("One.\nTwo.\n", "report", name="The report")
    note = make_source("No.\n", "note", name="A note")
    first, second = report.paragraphs.all()
    claim = make_claim(first, text="It was so.")
    cite(claim, second, "Two", stance="context")
    cite(claim, note.paragraphs.get(), "No", stance="disputes")
    return claim


@pytest.fixture
def source(db):
    stated = {"author": "An Author", "publisher": "A Press", "published": "2020-05-25", "language": "Kazakh"}
    return make_source("Text.", "report", name="The report", title="On R&D", **stated)


ON = "On: The report ¶1; The report ¶2. Disputed by: A note ¶1."


def test_a_claim_is_cited_in_the_ledger_on_what_it_rests_and_against_what_denies_it(claim, ask, csl):
    url = "http://testserver/claims/C0001/"
    assert ask("claims/C0001/?format=text") == f"Reform Ledger, C0001: “It was so.” {ON} {url}\n"
    entry = parse_string(ask("claims/C0001/?format=bibtex"), "bibtex").entries["C0001"]
    assert (entry.type, entry.persons) == ("misc", {})
    assert dict(entry.fields) == {
        "key": "Reform Ledger",
        "title": "{It was so.}",
        "howpublished": "Reform Ledger, C0001",
        "note": ON,
        "url": url,
    }
    assert rispy.loads(ask("claims/C0001/?format=ris")) == [
        {
            "type_of_reference": "ELEC",
            "id": "C0001",
            "title": "It was so.",
            "secondary_title": "Reform Ledger",
            "accession_number": "C0001",
            "notes": ["On: The report ¶1; The report ¶2.", "Disputed by: A note ¶1."],
            "urls": [url],
        }
    ]
    assert csl("claims/C0001/?format=csl") == [
        {
            "id": "C0001",
            "type": "webpage",
            "title": "It was so.",
            "container-title": "Reform Ledger",
            "number": "C0001",
            "note": ON,
            "URL": url,
        }
    ]


def test_a_source_is_cited_with_all_that_is_stated_of_it(source, ask, csl):
    url = "http://testserver/sources/report/"
    assert ask("sources/report/?format=text") == f"An Author, “On R&D”, A Press, 25 May 2020. {url}\n"
    entry = parse_string(ask("sources/report/?format=bibtex"), "bibtex").entries["report"]
    assert [str(one) for one in entry.persons["author"]] == ["{An Author}"]
    assert dict(entry.fields) == {
        "title": r"{On R\&D}",
        "howpublished": "A Press",
        "year": "2020",
        "month": "May",
        "day": "25",
        "language": "Kazakh",
        "url": url,
    }
    [read] = rispy.loads(ask("sources/report/?format=ris"))
    assert (read["title"], read["authors"], read["publisher"]) == ("On R&D", ["An Author"], "A Press")
    assert (read["year"], read["date"], read["language"]) == ("2020", "2020/05/25/", "Kazakh")
    [item] = csl("sources/report/?format=csl")
    assert item == {
        "id": "report",
        "type": "document",
        "title": "On R&D",
        "author": [{"literal": "An Author"}],
        "publisher": "A Press",
        "issued": {"date-parts": [[2020, 5, 25]]},
        "language": "Kazakh",
        "URL": url,
    }


def test_what_is_not_stated_of_a_source_is_not_made_up(db, ask, csl):
    make_source("Text.", "bare", name="Bare")
    note = "No title is stated: this is the label that the ledger gives it."
    assert ask("sources/bare/?format=text") == f"“Bare”. {note} http://testserver/sources/bare/\n"
    entry = parse_string(ask("sources/bare/?format=bibtex"), "bibtex").entries["bare"]
    assert entry.fields.keys() | entry.persons.keys() == {"title", "note", "url"}
    [read] = rispy.loads(ask("sources/bare/?format=ris"))
    assert read.keys() == {"type_of_reference", "id", "title", "notes", "urls"}
    [item] = csl("sources/bare/?format=csl")
    assert item.keys() == {"id", "type", "title", "note", "URL"}


def test_a_date_that_is_inferred_is_told_in_a_note_and_is_no_date_of_the_source(db, ask, csl):
    make_source("Text.", "report", title="A", published="2021-06~", published_note="Paragraph 6 speaks of June.")
    told = "The date is inferred: about June 2021."
    assert ask("sources/report/?format=text") == f"“A”. {told} http://testserver/sources/report/\n"
    fields = parse_string(ask("sources/report/?format=bibtex"), "bibtex").entries["report"].fields
    assert "year" not in fields
    assert fields["note"] == told
    [read] = rispy.loads(ask("sources/report/?format=ris"))
    assert (read["notes"], "year" in read, "date" in read) == ([told], False, False)
    [item] = csl("sources/report/?format=csl")
    assert (item["note"], "issued" in item) == (told, False)


@pytest.mark.parametrize(
    ("edtf", "bibtex", "ris", "issued"),
    [
        ("2022", {"year": "2022"}, {"year": "2022", "date": "2022///"}, {"date-parts": [[2022]]}),
        (
            "2021-06",
            {"year": "2021", "month": "June"},
            {"year": "2021", "date": "2021/06//"},
            {"date-parts": [[2021, 6]]},
        ),
        (
            "2021-06~",
            {"year": "about June 2021"},
            {"date": "2021/06//about June 2021"},
            {"date-parts": [[2021, 6]], "circa": True},
        ),
        (
            "2021?",
            {"note": "Published: 2021 (uncertain)."},
            {"date": "2021///2021 (uncertain)"},
            {"date-parts": [[2021]], "circa": True},
        ),
        (
            "2020-11-10/2020-12-04",
            {"year": "10 November 2020 to 4 December 2020"},
            {"notes": ["Published: 10 November 2020 to 4 December 2020."]},
            {"date-parts": [[2020, 11, 10], [2020, 12, 4]]},
        ),
        (
            "[2020-02-06,2020-06-02]",
            {"year": "6 February 2020 or 2 June 2020"},
            {"notes": ["Published: 6 February 2020 or 2 June 2020."]},
            {"literal": "6 February 2020 or 2 June 2020"},
        ),
        (
            "2021-41",
            {"year": "second half of 2021"},
            {"notes": ["Published: second half of 2021."]},
            {"literal": "second half of 2021"},
        ),
        (
            "2022-06-05/..",
            {"note": "Published: from 5 June 2022 on."},
            {"notes": ["Published: from 5 June 2022 on."]},
            {"literal": "from 5 June 2022 on"},
        ),
    ],
)
def test_a_date_is_as_precise_as_the_source_gives_it(db, ask, csl, edtf, bibtex, ris, issued):
    make_source("Text.", "report", title="A", published=edtf)
    entry = parse_string(ask("sources/report/?format=bibtex"), "bibtex").entries["report"]
    assert {name: value for name, value in entry.fields.items() if name not in ("title", "url")} == bibtex
    [read] = rispy.loads(ask("sources/report/?format=ris"))
    assert {name: value for name, value in read.items() if name in ("year", "date", "notes")} == ris
    assert csl("sources/report/?format=csl")[0]["issued"] == issued


def test_no_sign_breaks_out_of_its_field(db, ask, csl):
    source = make_source("Text.", "report", name="The report")
    Source.objects.update(title=HOSTILE, author=HOSTILE)
    make_claim(source.paragraphs.get(), text=HOSTILE)
    for path, key in (("sources/report/", "report"), ("claims/C0001/", "C0001")):
        assert ON_ONE_LINE in ask(f"{path}?format=text")
        assert ask(f"{path}?format=text").count("\n") == 1
        entries = parse_string(ask(f"{path}?format=bibtex"), "bibtex").entries
        assert list(entries) == [key]
        assert entries[key].fields["title"] == f"{{{IN_TEX}}}"
        [read] = rispy.loads(ask(f"{path}?format=ris"))
        assert (read["id"], read["title"]) == (key, ON_ONE_LINE)
        assert csl(f"{path}?format=csl")[0]["title"] == ON_ONE_LINE
    assert rispy.loads(ask("sources/report/?format=ris"))[0]["authors"] == [ON_ONE_LINE]
    assert csl("sources/report/?format=csl")[0]["author"] == [{"literal": ON_ONE_LINE}]


def test_a_list_comes_in_pages_with_links_in_the_header(db, client):
    source = make_source("One.\nTwo.\nThree.\n", "report")
    for paragraph in source.paragraphs.order_by("number"):
        make_claim(paragraph)
    path, found = f"{API}claims/?format=bibtex&page_size=2", []
    while path:
        response = client.get(path)
        found.append(list(parse_string(response.content.decode(), "bibtex").entries))
        path = dict(reversed(one) for one in re.findall(r'<([^>]+)>; rel="(\w+)"', response.get("Link", ""))).get(
            "next"
        )
    assert found == [["C0001", "C0002"], ["C0003"]]
    assert 'rel="prev"' in response["Link"]
    assert response["Content-Disposition"] == 'inline; filename="claims.bib"'


def test_lists_are_read_whole_by_their_readers_and_take_filters(claim, ask, csl):
    make_claim(make_source("Else.", "else").paragraphs.get(), text="Else.")
    assert [one["id"] for one in rispy.loads(ask("claims/?format=ris"))] == ["C0001", "C0002"]
    assert [one["id"] for one in csl("sources/?format=csl")] == ["else", "note", "report"]
    assert [one["id"] for one in csl("claims/?format=csl&source=else")] == ["C0002"]
    assert ask("sources/?format=text").splitlines()[0].startswith("“Else”.")
    assert (ask("laws/?format=jsonld"), ask("claims/?format=bibtex&source=else").count("@misc{")) == (
        '{"@context":"https://schema.org","@graph":[]}',
        1,
    )


@pytest.mark.parametrize("form", ["text", "bibtex", "ris", "csl", "jsonld", "annotation"])
def test_a_list_costs_the_same_for_1_row_and_3(db, client, form):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{API}claims/?format={form}").status_code == 200
        return len(asked)

    texts = ["One, two.", "Three, four.", "Five, six."]
    first, *others = (make_source(text, f"s-{'abc'[at]}") for at, text in enumerate(texts))
    cite(make_claim(first.paragraphs.get(), "One"), first.paragraphs.get(), "two")
    few = cost()
    for source, (one, two) in zip(others, [("Three", "four"), ("Five", "six")], strict=True):
        cite(make_claim(source.paragraphs.get(), one), first.paragraphs.get(), "One")
        cite(make_claim(source.paragraphs.get(), one), source.paragraphs.get(), two)
    assert cost() == few


@pytest.mark.parametrize("form", ["text", "bibtex", "ris", "csl", "jsonld", "annotation"])
def test_former_names_lead_on_in_the_same_form_and_retracted_ones_are_gone(claim, client, form):
    type(claim).objects.create(ref="C0009", text="The same.", kind="done", state="merged", merged_into=claim)
    moved = client.get(f"{API}claims/C0009/?format={form}")
    assert (moved.status_code, moved["Location"]) == (301, f"/api/v1/claims/C0001/?format={form}")
    type(claim).objects.filter(ref="C0001").update(state="retracted", retraction_reason="Misread.")
    gone = client.get(f"{API}claims/C0001/?format={form}")
    assert (gone.status_code, "Misread." in gone.content.decode()) == (410, True)
    assert gone["Content-Type"].endswith("json")


def test_a_form_that_a_resource_does_not_have_is_refused(claim, client):
    for path in ("topics/?format=ris", "citations/C0001.1/?format=bibtex", "paragraphs/?format=text"):
        response = client.get(API + path)
        assert (response.status_code, "no such form here" in response.content.decode()) == (400, True), path
    response = client.get(f"{API}topics/", headers={"accept": "application/x-bibtex"})
    assert (response.status_code, "Possible: application/json" in response.content.decode()) == (406, True)
