"""The whole base as one file: valid, whole, faithful, and the same for the same base."""

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api import data_package
from api.tables import TABLES
from api.urls import RESOURCES
from reforms.models import Claim, Law, RetiredSlug, Topic
from sources.models import Paragraph
from tests.api.conftest import API
from tests.factories import make_claim, make_law

# What the API shows of a record beside the columns of its table: addresses, what follows from other tables, and links.
ELSEWHERE = {
    "packages": {"as_of", "items", "url", "api_url"},
    "reforms": {
        "stage",
        "perhaps",
        "as_of",
        "topics",
        "packages",
        "milestones",
        "parameters",
        "laws",
        "url",
        "api_url",
    },
    "laws": {"dates", "reforms", "url", "api_url"},
    "claims": {"state", "reforms", "laws", "events", "actors", "citations", "discrepancies", "url", "api_url"},
    "citations": {"ref", "title", "prefix", "suffix", "carried_by", "url", "api_url"},
    "sources": {"superseded_by", "paragraph_count", "coverage", "url", "api_url"},
    "paragraphs": {"citations", "url", "api_url"},
    "discrepancies": {"claims", "url", "api_url"},
    "milestones": {"title", "url", "api_url"},
    "parameters": {"changes", "url", "api_url"},
    "events": {"url", "api_url"},
    "actors": {"aliases", "url", "api_url"},
    "topics": {"url", "api_url"},
}


def packed():
    """The data package of the base as bytes."""
    written = io.BytesIO()
    data_package.write(written)
    return written.getvalue()


def tables(package):
    """Name of each table in the package (bytes) to its rows as dictionaries."""
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        return {
            name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(files.read(name).decode(), newline="")))
            for name in files.namelist()
            if name.endswith(".csv")
        }


@pytest.fixture
def unpacked(ledger, tmp_path):
    """A folder with all files of the package."""
    with zipfile.ZipFile(io.BytesIO(packed())) as files:
        files.extractall(tmp_path)
    return tmp_path


def test_programs_that_read_data_packages_find_it_valid(unpacked):
    command = [Path(sys.executable).with_name("frictionless"), "validate", "--json", "datapackage.json"]

    def validate():
        return json.loads(subprocess.run(command, cwd=unpacked, capture_output=True, text=True, check=False).stdout)

    report = validate()
    assert report["valid"], report
    assert report["stats"]["tasks"] == len(TABLES)
    citations = unpacked / "citations.csv"
    citations.write_bytes(citations.read_bytes().replace(b"C0001,1,", b"C0009,1,"))
    assert {error["type"] for task in validate()["tasks"] for error in task["errors"]} == {
        "hash-count",
        "foreign-key",
    }


def test_every_quote_is_its_span_of_the_paragraph(ledger):
    found = tables(packed())
    texts = {(row["source"], row["number"]): row["text"] for row in found["paragraphs"]}
    assert [row["quote"] for row in found["citations"]] == [
        "the law a was adopted",
        "the law b was adopted",
        "May",
        ("A line still open."),
    ]
    for row in found["citations"]:
        assert texts[row["source"], row["paragraph"]][int(row["start"]) : int(row["end"])] == row["quote"]


def test_rows_name_others_by_slugs_and_references(ledger):
    found = tables(packed())
    assert found["claim_actors"][0] == {"claim": "C0001", "actor": "actor-a", "part": "says", "office": "Minister"}
    assert found["law_links"][1] == {
        "law": "law-b", "reform": "reform-b", "effect": "drafts", "claim": "C0002", "taint": "",
    }  # fmt: skip
    assert found["milestones"][1] == {
        "ref": "M0002", "reform": "reform-b", "stage": "announced", "date": "2021-06", "date_earliest": "2021-06-01",
        "date_latest": "2021-06-30", "claim": "C0002", "law": "law-b", "event": "event-b", "taint": "", "note": "",
    }  # fmt: skip
    assert found["packages"][0]["stated_count_claim"] == "C0001"
    assert found["discrepancy_claims"][0] == {"discrepancy": "D0001", "claim": "C0001"}
    assert all(rows for name, rows in found.items() if not name.startswith("former"))


def test_what_the_api_shows_of_a_record_is_in_its_table():
    columns = {table.name: {column.name for column in table.columns} for table in TABLES}
    shown = {name: set(view.serializer_class().fields) for name, view in RESOURCES.items()}
    dates = {"date", "published"}
    assert {name: fields - columns[name] for name, fields in shown.items()} == ELSEWHERE
    for name, fields in shown.items():
        assert {f"{date}_latest" for date in fields & dates} <= columns[name]


def test_the_same_base_gives_the_same_bytes_and_another_row_gives_others(ledger):
    before = packed()
    assert packed() == before
    Law.objects.filter(slug="law-a").update(note="Changed behind everybody's back.")
    after = packed()
    assert after != before
    versions = [
        json.loads(zipfile.ZipFile(io.BytesIO(one)).read("datapackage.json"))["version"] for one in (before, after)
    ]
    assert re.fullmatch("[0-9a-f]{16}", versions[0])
    assert versions[0] != versions[1]


def test_what_readers_do_not_see_is_not_in_it(ledger):
    paragraph = Paragraph.objects.get(source__slug="source-a", number=4)
    make_claim(paragraph, text="HIDDEN claim.", published=False, laws=[make_law("hidden-law", name="HIDDEN law")])
    RetiredSlug.objects.create(kind="law", slug="hidden-once", now="hidden-law")
    package = zipfile.ZipFile(io.BytesIO(packed()))
    assert [name for name in package.namelist() if b"hidden" in package.read(name).lower()] == []


def test_a_source_of_which_only_cited_paragraphs_may_be_shown_is_obeyed(ledger):
    package = packed()
    rows = {(row["source"], row["number"]): row["text"] for row in tables(package)["paragraphs"]}
    assert [rows["source-b", str(number)] for number in range(1, 5)] == [
        "", "In May the law b was adopted at last.", "", "A line still open.",
    ]  # fmt: skip
    assert rows["source-a", "1"] == "Heading a"
    rights = zipfile.ZipFile(io.BytesIO(package)).read("rights.md").decode()
    assert "`source-b`)\n- Rights as printed: none are printed\n- Here: only the paragraphs that claims cite" in rights


def test_former_names_are_in_it(ledger):
    RetiredSlug.objects.create(kind="reform", slug="old-reform", now="reform-a")
    merged, retracted = (make_claim(text="Gone.") for _ in range(2))
    into = Claim.objects.get(ref="C0001")
    Claim.objects.filter(pk=merged.pk).update(state="merged", merged_into=into)
    Claim.objects.filter(pk=retracted.pk).update(state="retracted", retraction_reason="Misread.")
    found = tables(packed())
    assert found["former_slugs"] == [{"kind": "reform", "slug": "old-reform", "now": "reform-a"}]
    assert [list(row.values())[1:] for row in found["former_claims"]] == [
        ["merged", "C0001", ""],
        ["retracted", "", "Misread."],
    ]


def test_text_is_kept_to_the_letter(ledger):
    Claim.objects.filter(ref="C0001").update(text='=1+1, "so"\r\nthey say')
    assert tables(packed())["claims"][0]["text"] == '=1+1, "so"\r\nthey say'


def documented(start):
    """The one line of docs/api.md that begins with `start`."""
    [line] = re.findall(f"^{start} .*$", (settings.BASE_DIR / "docs" / "api.md").read_text(), flags=re.MULTILINE)
    return line


def test_the_documented_line_loads_it_into_a_fresh_sqlite(ledger, tmp_path):
    call_command("export_package", str(tmp_path / "data-package.zip"), verbosity=0, stdout=io.StringIO())
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    run = {"cwd": tmp_path, "env": {"PATH": path}, "capture_output": True, "text": True, "check": False}
    loaded = subprocess.run(documented("python").split(), **run)
    assert (loaded.returncode, loaded.stderr) == (0, "")
    base = sqlite3.connect(tmp_path / "ledger.sqlite3")
    found = tables((tmp_path / "data-package.zip").read_bytes())
    counts = {name: base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in found}  # noqa: S608
    assert counts == {name: len(rows) for name, rows in found.items()}
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    keys = sum(len(base.execute(f"PRAGMA foreign_key_list({name})").fetchall()) for name in found)
    assert keys == sum(len(columns.split()) for table in TABLES for columns in table.refers)
    assert "CHECK" in base.execute("SELECT sql FROM sqlite_master WHERE name = 'claims'").fetchone()[0]
    assert base.execute("SELECT typeof(number), typeof(level) FROM paragraphs WHERE number = 2").fetchone() == (
        "integer",
        "null",
    )
    base.close()
    again = subprocess.run(documented("python").split(), **run)
    assert (again.returncode, again.stderr) == (1, "ledger.sqlite3 is there already: name a new file.\n")


def test_it_is_given_at_its_address(ledger, client):
    response = client.get(f"{API}data-package.zip")
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    assert response["Content-Disposition"] == 'attachment; filename="data-package.zip"'
    assert response.getvalue() == packed()
    assert client.get(f"{API}data-package.zip?sauce=x").status_code == 400
    assert client.get(API).json()["data_package"] == "http://testserver/api/v1/data-package.zip"


def test_the_command_says_what_it_wrote_and_a_fault_leaves_what_was_there(ledger, tmp_path, monkeypatch):
    target, said = tmp_path / "ledger.zip", io.StringIO()
    call_command("export_package", str(target), stdout=said)
    assert "claims: 3 rows\n" in said.getvalue()
    assert target.read_bytes() == packed()

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(data_package, "_add", fail)
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("export_package", str(target), stdout=said)
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.zip"]
    assert zipfile.ZipFile(target).testzip() is None


def test_memory_and_queries_do_not_grow_with_the_rows(ledger, monkeypatch):
    monkeypatch.setattr(data_package, "CHUNK", 200)
    letters = str.maketrans("0123456789", "abcdefghij")

    def cost(rows):
        Topic.objects.bulk_create(
            Topic(slug=f"topic-x{str(number).translate(letters)}", name=f"Topic {number}", summary="Said " * 40)
            for number in range(Topic.objects.count(), rows)
        )
        tracemalloc.start()
        with CaptureQueriesContext(connection) as seen, Path(os.devnull).open("wb") as nowhere:
            data_package.write(nowhere)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        asked = [one for one in seen.captured_queries if not one["sql"].startswith(("FETCH", "DECLARE", "CLOSE"))]
        return most, len(asked)

    cost(10)
    few, queries = cost(1_000)
    many, queries_of_many = cost(4_000)
    assert many < 1.2 * few
    assert queries_of_many == queries
