"""Claims and sources as they are cited: in plain text, BibTeX, RIS and CSL-JSON, each read by a reader of its form."""

import pytest
import rispy
from pybtex.database import parse_string

from sources.models import Source
from tests.factories import make_claim, make_source

pytestmark = pytest.mark.django_db

HOSTILE = "R&D 5% $ # _ {a}} ~ ^ \\ <b> “q” ü\u00a0한\U0001f600\u2028ER  - \r\nTY  - X @x{y,"
ON_ONE_LINE = "R&D 5% $ # _ {a}} ~ ^ \\ <b> “q” ü 한\U0001f600 ER - TY - X @x{y,"
IN_TEX = (
    r"R\&D 5\% \$ \# \_ \textbraceleft{}a\textbraceright{}\textbraceright{} \textasciitilde{} \textasciicircum{} "
    r"\textbackslash{} \textless{}b\textgreater{} “q” ü 한😀 ER - TY - X @x\textbraceleft{}y,"
)


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
