"""Hostile and odd files: each is read or refused in words, and none takes anything down."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from sources.reading import CannotRead, apart, read
from sources.reading.apart import ROOT, read_apart
from sources.reading.detection import detect
from sources.reading.document import LARGEST
from sources.reading.parsing import parser
from sources.reading.plain import read_plain
from sources.segmentation import segment
from tests.documents import hostile, html_page
from tests.hostile import cases

CASES = cases()


def read_here(data, name):
    """As `read`, but in this process, which is faster."""
    if not data.strip() or len(data) > LARGEST * 1024 * 1024:
        return read(data, name)
    document_format = detect(data, name)
    return read_plain(data) if document_format == "text" else parser(document_format)(data)


@pytest.mark.parametrize(("name", "data", "expected"), CASES, ids=[one[0] for one in CASES])
def test_every_file_is_read_as_expected_or_refused_in_a_sentence(name, data, expected):
    try:
        document = read_here(data, name)
    except CannotRead as error:
        [sentence] = error.messages
        assert sentence[0].isupper()
        assert sentence.endswith((".", "?"))
        assert expected is None or expected in sentence
    else:
        assert expected in (None, len(document.kinds))
        assert len(segment(document.text)) == len(document.kinds)
        assert "\0" not in document.text
        document.text.encode()


def test_there_are_enough_of_them_and_each_has_a_name_of_its_own():
    assert len(hostile()) == len(CASES) > 80


@pytest.mark.parametrize(("name", "paragraphs"), [("active.html", 1), ("far-away.pdf", 1), ("good.docx", 4)])
def test_what_is_not_plain_text_is_read_in_a_process_of_its_own(name, paragraphs):
    assert len(read(hostile()[name], name).kinds) == paragraphs


def test_a_bomb_goes_off_in_a_process_of_its_own():
    with pytest.raises(CannotRead, match="broken"):
        read(hostile()["bomb.pdf"])


def test_a_document_that_takes_too_long_is_refused():
    with pytest.raises(CannotRead, match=r"longer than 0\.015 seconds"):
        read_apart("html", html_page(["A text."]), work=0.01)


@pytest.mark.parametrize(
    ("code", "words"),
    [(-24, "30 seconds of work"), (-9, "more memory than there is"), (3, "more than 1,024 MB of memory"),
     (4, "larger than 64 MB"), (-11, "reading it fails"), (1, "reading it fails")],
)  # fmt: skip
def test_each_limit_is_named_in_words(monkeypatch, code, words):
    monkeypatch.setattr(apart.subprocess, "run", lambda *args, **kwargs: SimpleNamespace(returncode=code))
    with pytest.raises(CannotRead, match=words):
        read_apart("pdf", b"%PDF-1.7")


FORBIDDEN = {
    "a socket": "import socket; socket.socket()",
    "an address": "import socket; socket.getaddrinfo('localhost', 80)",
    "a request": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:1/')",
    "a program": "import subprocess; subprocess.run(['true'])",
    "a shell": "import os; os.system('true')",
    "a fork": "import os; os.fork()",
    "a file": "open('/tmp/written-by-a-document', 'w')",
}


def run_inside(code):
    """Run `code` as if a document had made the process of reading do it. Returns how it ended."""
    before = "from sources.reading.__main__ import *; limit(30); sys.addaudithook(refuse)\n"
    return subprocess.run([sys.executable, "-c", before + code], cwd=ROOT, env={}, capture_output=True, text=True)


@pytest.mark.parametrize("code", FORBIDDEN.values(), ids=FORBIDDEN)
def test_a_document_reaches_nothing(code):
    ended = run_inside(code)
    assert ended.returncode == 1
    assert "Reading a document" in ended.stderr


def test_a_document_takes_no_more_than_its_memory():
    assert "MemoryError" in run_inside("bytearray(2_000_000_000)").stderr
    assert run_inside("bytearray(100_000_000)").returncode == 0


def test_a_document_sees_nothing_of_the_environment(monkeypatch):
    given = {}

    def run(*args, **kwargs):
        given.update(kwargs)
        return SimpleNamespace(returncode=1)

    monkeypatch.setenv("SECRET_KEY", "not for documents")
    monkeypatch.setattr(apart.subprocess, "run", run)
    with pytest.raises(CannotRead):
        read_apart("pdf", b"%PDF-1.7")
    assert given["env"] == {}


def test_a_document_takes_no_more_than_its_work():
    ended = subprocess.run(
        [sys.executable, "-c", "from sources.reading.__main__ import *; limit(1)\nwhile True: pass"], cwd=ROOT, env={}
    )
    assert "1 seconds of work" in apart.why(ended.returncode, 1)
