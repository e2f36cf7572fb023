"""`manage.py import_source`: files and folders become drafts, and whatever a file is, it is one line."""

import hashlib
import os
import socket
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reforms.near import Near
from sources.models import Paragraph, Source
from sources.segmentation import segment
from tests.factories import make_source
from tests.hostile import cases
from tests.sources.reading.test_hostile import read_here

pytestmark = pytest.mark.django_db


def imports(*paths, **options):
    """Run the command. Return what it says of each file, its last words, and its error."""
    out, error = StringIO(), ""
    try:
        call_command("import_source", *map(str, paths), stdout=out, **options)
    except CommandError as refused:
        error = str(refused)
    lines = out.getvalue().splitlines()
    last = next(number for number, line in enumerate(lines) if line.endswith("refused."))
    said = [line.partition(": ") for line in lines[:last]]
    return {os.path.basename(path): rest for path, _, rest in said}, lines[last:], error


@pytest.fixture
def odd(tmp_path):
    """A folder with files that are documents, and with what no document is."""
    (tmp_path / "good.txt").write_text("A report\n- item\nThe end.")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "other.txt").write_bytes("Ещё один.".encode())
    (tmp_path / "again.txt").write_text("A report\n- item\nThe end.")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "blank.txt").write_text(" \n\u00a0\n")
    (tmp_path / "nul.txt").write_bytes(b"a\0b")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n\xff\xfe")
    (tmp_path / "li\nne.txt").write_text("A name of two lines.")
    (tmp_path / "name\udcff.txt").write_text("A name that is no text.")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "sub" / "above").symlink_to("..")
    os.mkfifo(tmp_path / "fifo")
    with open(tmp_path / "large.txt", "wb") as large:
        large.truncate(25 * 1024 * 1024 + 1)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "socket"))
    return tmp_path


def test_a_folder_of_odd_files_is_taken_file_by_file_and_never_raises(odd):
    said, last, error = imports(odd)
    assert {name: words for name, words in said.items() if words.startswith("imported")} == {
        "again.txt": "imported as again (plain text, 3 paragraphs: 2 paragraph, 1 list item)",
        "other.txt": "imported as other (plain text, 1 paragraph: 1 paragraph)",
        "li\ufffdne.txt": "imported as li-ne (plain text, 1 paragraph: 1 paragraph)",
        "name\ufffd.txt": "imported as name (plain text, 1 paragraph: 1 paragraph)",
    }
    refused = {name: words.removeprefix("refused: ") for name, words in said.items() if words.startswith("refused: ")}
    assert refused.pop("broken.pdf")
    assert refused.pop("nul.txt")
    assert refused.pop("blank.txt")
    assert refused == {
        "good.txt": "This document is here already: again (again).",
        "empty.txt": "It is empty.",
        "loop": "Too many levels of symbolic links.",
        "gone": "No such file or directory.",
        "above": "It is a link to a folder, which is not followed.",
        "fifo": "It is not a file that can be read to its end.",
        "socket": "It is not a file that can be read to its end.",
        "large.txt": "The document is larger than 25 MB, and was not read.",
    }
    assert len(said) == 15
    assert last[0] == "4 imported, 11 refused."
    assert "/admin/sources/source/?accepted__exact=0" in last[1]
    assert error == "Refused: 11 of 15."
    kept = Source.objects.values_list("slug", "file_name", "accepted")
    assert list(kept) == [
        ("again", "again.txt", False), ("li-ne", "", False), ("name", "", False), ("other", "other.txt", False),
    ]  # fmt: skip
    assert not Paragraph.objects.exists()


@pytest.fixture
def hostile_folder(tmp_path, monkeypatch):
    """Every hostile and odd file as a file. They are read in this process: one for each would take a minute."""
    monkeypatch.setattr("sources.receiving.read", lambda data, name="", **_: read_here(data, name))
    for name, data, _ in cases():
        (tmp_path / name.replace("/", "_")).write_bytes(data)
    return tmp_path


def test_a_folder_of_hostile_files_stores_nothing_wrong_and_never_raises(hostile_folder):
    said, last, error = imports(hostile_folder)
    expected = {name.replace("/", "_"): (data, found) for name, data, found in cases()}
    assert len(said) == len(expected) > 80
    stored = {bytes(one.received): one for one in Source.objects.all()}
    for name, (data, found) in expected.items():
        if isinstance(found, int) and not said[name].startswith("refused: This document is here already"):
            assert said[name].startswith("imported as "), (name, said[name])
            source = stored[data]
            assert (source.accepted, source.sha256) == (False, hashlib.sha256(data).hexdigest())
            assert len(segment(source.text)) == len(source.draft["kinds"]) == found
        elif found is not None:
            assert said[name].startswith("refused: "), (name, said[name])
    imported = sum(words.startswith("imported as ") for words in said.values())
    assert (len(stored), last[0]) == (imported, f"{imported} imported, {len(said) - imported} refused.")
    assert error == f"Refused: {len(said) - imported} of {len(said)}."
    assert not Paragraph.objects.exists()


def test_a_dry_run_says_the_same_and_stores_nothing(odd):
    said, last, _ = imports(odd, dry_run=True)
    assert said["again.txt"].startswith("would be imported as again (plain text, 3 paragraphs")
    assert said["good.txt"] == "refused: This document is here already: again (again)."
    assert last == ["4 would be imported, 11 refused."]
    assert not Source.objects.exists()


def test_a_folder_that_cannot_be_opened_is_refused(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "one.txt").write_text("One.")
    opened = os.scandir

    def scandir(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return opened(path)

    monkeypatch.setattr(os, "scandir", scandir)
    said, last, error = imports(tmp_path)
    assert said["closed"] == "refused: Permission denied."
    assert (last[0], error) == ("1 imported, 1 refused.", "Refused: 1 of 2.")


def test_one_file_is_imported_as_named_by_whom_and_as_the_edition_after(tmp_path, admin_user):
    older = make_source("One.", "older")
    (tmp_path / "one.txt").write_text("One, mended.")
    named = {"slug": "newer", "name": "Newer", "supersedes": "older", "by": "admin"}
    _, last, error = imports(tmp_path / "one.txt", **named)
    assert (last[0], error) == ("1 imported, 0 refused.", "")
    source = Source.objects.get(slug="newer")
    assert (source.name, source.supersedes, source.accepted) == ("Newer", older, False)
    assert source.history.get().change_set.by == admin_user


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"slug": "both"}, "--slug, --name and --supersedes are of one file; these are 2."),
        ({"by": "nobody"}, "There is no user “nobody”."),
        ({"supersedes": "nothing"}, "--slug, --name and --supersedes are of one file; these are 2."),
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_refused_before_anything_is_stored(tmp_path, options, said):
    for name in ("one", "two"):
        (tmp_path / name).write_text(name)
    with pytest.raises(CommandError, match=said):
        call_command("import_source", str(tmp_path), stdout=StringIO(), **options)
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"slug": "source-2020"}, "refused: slug: A slug is lower-case words joined by “-”"),
        ({"name": "N" * 101}, "refused: name: Ensure this value has at most 100 characters"),
    ],
    ids=str,
)
def test_a_field_that_breaks_a_rule_is_told_with_its_name(tmp_path, options, said):
    (tmp_path / "one.txt").write_text("One.")
    assert imports(tmp_path, **options)[0]["one.txt"].startswith(said)


def test_a_file_that_nobody_foresaw_does_not_keep_the_others_out(tmp_path, monkeypatch):
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(name)
    command = "reforms.management.commands.import_source."
    monkeypatch.setattr(f"{command}near_sources", lambda text, leaving_out: 1 / 0 if "one" in text else [])
    said, last, _ = imports(tmp_path)
    assert said["one.txt"] == "refused: It cannot be imported (ZeroDivisionError)."
    assert last[0] == "1 imported, 1 refused."
    assert Source.objects.get().slug == "two"


def test_what_is_near_and_what_is_the_same_text_is_told(tmp_path, monkeypatch):
    older = make_source("One.", "older")
    twin = Source(slug="twin", name="Twin", format="pdf", received=b"%PDF", sha256="0" * 64, text="One more.")
    twin.text_sha256 = hashlib.sha256(b"One more.").hexdigest()
    twin.save()
    monkeypatch.setattr(
        "reforms.management.commands.import_source.near_sources", lambda text, leaving_out: [Near(older, 87.4)]
    )
    (tmp_path / "one.txt").write_text("One more.")
    assert imports(tmp_path)[0]["one.txt"].endswith("; the same text as twin; near to older (87%)")


def test_where_somebody_looks_at_a_terminal_a_bar_is_drawn(tmp_path, monkeypatch, capsys):
    (tmp_path / "one.txt").write_text("One.")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    imports(tmp_path)
    assert f"\r\x1b[K[{'.' * 30}] 0/1\r\x1b[K" in capsys.readouterr().err
