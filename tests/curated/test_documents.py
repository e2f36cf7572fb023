"""Sources that came as something else than their text: both leave byte for byte, and nothing is read again."""

import hashlib
from io import StringIO

import pytest
from django.core.management import call_command

from reforms.curated.compiling import CuratedDataInvalid, compile_fixture
from reforms.loading import load
from sources.acceptance import accept
from sources.models import Source
from tests.curated.small import TEXT, curated
from tests.factories import make_source

pytestmark = pytest.mark.django_db
PAGE = b"<p>Caf\xe9</p>\r\n"


def make_document(slug="a", received=PAGE, text="Café\n", received_as="html", accepted=True, **fields):
    source = Source(slug=slug, name=slug, format=received_as, **fields)
    source.receive(text.encode())
    source.received, source.sha256 = received, hashlib.sha256(received).hexdigest()
    if accepted:
        return accept(source)
    source.save()
    return source


def dump(folder):
    said = StringIO()
    call_command("dump_knowledge", to=str(folder), stdout=said)
    return said.getvalue().splitlines()


def written(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_web_page_leaves_as_received_and_its_text_beside_it(tmp_path):
    make_document()
    make_document("b", b"%PDF", "B.", "pdf", file_name="b.txt")
    make_document("c", "C.".encode("utf-16"), "C.", "text")
    make_source("D.", slug="d")
    assert dump(tmp_path)[0].startswith("Wrote sources.yaml, canonical/a.txt, canonical/b.txt, canonical/c.txt, ")
    files = written(tmp_path)
    formats = [line for line in files.pop("curated/sources.yaml").decode().splitlines() if "format" in line]
    assert formats == ["  format: html", "  format: pdf"]
    assert files == {
        "texts/a.html": PAGE, "canonical/a.txt": "Café\n".encode(),
        "texts/b.txt": b"%PDF", "canonical/b.txt": b"B.",
        "texts/c.txt": "C.".encode("utf-16"), "canonical/c.txt": b"C.",
        "texts/d.txt": b"D.",
    }  # fmt: skip
    (tmp_path / "canonical" / "a.txt").write_text("Cafe\n")
    (tmp_path / "canonical" / "z.txt").touch()
    said = ["Wrote canonical/a.txt; 7 files unchanged.", "No source has canonical/z.txt; it was left there."]
    assert dump(tmp_path) == said


def test_a_document_that_is_its_own_text_has_both_files_all_the_same(tmp_path):
    make_document(received=b"A.", text="A.")
    dump(tmp_path)
    assert written(tmp_path).keys() == {"curated/sources.yaml", "texts/a.html", "canonical/a.txt"}


def test_what_was_decided_of_a_source_that_waits_leaves_with_it(tmp_path):
    draft = {"kinds": [["heading", 1], ["notice", None]], "Ä": 1.5, "a": {}}
    make_document(accepted=False, draft=draft)
    dump(tmp_path)
    line = '  draft: "{\\"a\\": {}, \\"kinds\\": [[\\"heading\\", 1], [\\"notice\\", null]], \\"Ä\\": 1.5}"\n'
    assert line in written(tmp_path)["curated/sources.yaml"].decode()
    fixture = tmp_path / "knowledge_base.json"
    fixture.write_text(compile_fixture(tmp_path / "curated", tmp_path / "texts"), encoding="utf-8")
    Source.objects.all().delete()
    load(fixture)
    source = Source.objects.get()
    assert (source.draft, source.format, bytes(source.received), source.text) == (draft, "html", PAGE, "Café\n")


def compiled(tmp_path, *changes, canonical="", name="a-source.txt"):
    """Compile the small base, whose source is changed so, with another file of a text."""
    folders = curated(tmp_path, sources=list(changes))
    if canonical:
        folders[1].with_name("canonical").mkdir()
        (folders[1].with_name("canonical") / name).write_bytes(canonical)
    return compile_fixture(*folders)


HTML = ("  name", "  format: html\n  name")
S = "fixtures/curated/sources.yaml:1: a-source: "


@pytest.mark.parametrize(
    ("changes", "canonical", "expected"),
    [
        ([HTML], b"", f"{S}There is no text “canonical/a-source.txt”: a document is not read again here."),
        ([HTML], b"\xff", f"{S}The text is not UTF-8: byte 0 cannot be read."),
        ([HTML], b"\n \n", f"{S}The text holds no paragraph."),
        (
            [("  name", "  format: odt\n  name")],
            TEXT.encode(),
            f"{S}Received as must be one of: text, html, pdf, docx.",
        ),
        ([HTML, ("  file_name: a.txt\n", "")], TEXT.encode(), f"{S}There is no text “a-source.html”."),
        ([("  name", "  draft: '[1]'\n  name")], b"", f"{S}“draft” must be an object in JSON."),
        ([("  name", "  draft: '{'\n  name")], b"", f"{S}“draft” must be an object in JSON."),
    ],
)
def test_what_is_wrong_with_a_document_is_told(tmp_path, changes, canonical, expected):
    with pytest.raises(CuratedDataInvalid) as refused:
        compiled(tmp_path, *changes, canonical=canonical)
    assert expected in refused.value.problems


def test_a_text_that_no_source_has_is_told(tmp_path):
    with pytest.raises(CuratedDataInvalid) as refused:
        compiled(tmp_path, canonical=b"A.", name="a-sourse.txt")
    assert refused.value.problems == ["fixtures/canonical/a-sourse.txt:1: No source has this text."]


def test_the_text_of_a_document_is_what_its_paragraphs_count_in(tmp_path):
    fixture = compiled(tmp_path, HTML, canonical=TEXT.replace("Heading", "Title").encode())
    assert '"number": 1, "start": 0, "end": 5, "text": "Title"' in fixture
    assert '"format": "html"' in fixture
