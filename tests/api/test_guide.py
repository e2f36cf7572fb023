"""The tour and the requests of docs/api.md, and the example, run as they stand: what is shown is what is answered."""

import io
import re
import shlex
import shutil
import subprocess
import sys
import time
from contextlib import redirect_stdout
from itertools import pairwise
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from django.conf import settings

from docs.examples import three_questions
from tests.api.served import served

GUIDE = (settings.BASE_DIR / "docs" / "api.md").read_text()
TOUR = GUIDE.partition("## A tour\n")[2].partition("\n## ")[0]
ANSWERS = (settings.BASE_DIR / "docs" / "examples" / "three_questions.txt").read_text()
SHOWN = "http://127.0.0.1:8000"
# What a curl of the guide may say; what stands in for curl where there is none reads the same.
OPTIONS = {"-s": 0, "-i": 0, "-O": 0, "-OJ": 0, "-H": 1, "-o": 1, "--etag-save": 1, "--etag-compare": 1}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge")]


@pytest.fixture
def address(settings):
    """Where the shipped base is served."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    with served() as address:
        yield address


def blocks(text):
    """The fenced blocks of a text, in order: [(language, content)]."""
    return re.findall(r"^```(\w*)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def of_curl(command, address):
    """What a curl of the guide prints, asked of `address`."""
    there = command.replace(SHOWN, address)
    if not (curl := shutil.which("curl")):
        url, headers = understood(there)
        with urlopen(Request(url, headers=headers)) as answer:
            return answer.read().decode().replace(address, SHOWN)
    run = subprocess.run([curl, *shlex.split(there)[1:]], capture_output=True, timeout=30, check=True)
    return run.stdout.decode().replace(address, SHOWN)


def understood(command):
    """The address and the headers of a curl command; one that says anything else fails."""
    words, urls, headers = shlex.split(command)[1:], [], {}
    while words:
        if (word := words.pop(0)) == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word.startswith("-"):
            del words[: OPTIONS[word]]
        else:
            urls.append(word)
    [url] = urls
    assert urlsplit(url).netloc, command
    return url, headers


def as_shown(text):
    """A text with the line ends of this file, and none at its end."""
    return text.replace("\r\n", "\n").rstrip("\n")


def steps():
    """The requests of the tour: (title, [(language, content)])."""
    parts = re.split(r"^### (.+)\n", TOUR, flags=re.MULTILINE)[1:]
    return [(title, blocks(text)) for title, text in zip(parts[::2], parts[1::2], strict=True)]


def test_the_tour_has_ten_requests_each_with_curl_and_with_python_and_both_answers():
    found = steps()
    assert [title.split(".")[0] for title, _ in found] == [str(number) for number in range(1, 11)]
    for title, shown in found:
        languages = [language for language, _ in shown]
        assert (languages[0], languages[2], languages[3:]) == ("sh", "python", ["text"]), title


@pytest.mark.parametrize(("title", "shown"), steps(), ids=[title for title, _ in steps()])
def test_the_answers_that_the_tour_shows_are_the_real_ones(title, shown, address):
    [(_, command), (_, answer), (_, program), (_, printed)] = shown
    assert as_shown(of_curl(command, address)) == as_shown(answer)
    [(language, opening)] = blocks(TOUR.partition("### ")[0])
    assert language == "python"
    said = io.StringIO()
    with redirect_stdout(said):
        exec((opening + program).replace(SHOWN, address), {})
    assert as_shown(said.getvalue().replace(address, SHOWN)) == as_shown(printed)


def commands():
    """Every curl of the guide."""
    return re.findall(r"^curl .+$", GUIDE, flags=re.MULTILINE)


def test_every_request_of_the_guide_is_answered(address):
    assert len(commands()) >= 15
    for command in commands():
        url, headers = understood(command.partition(" | ")[0].replace(SHOWN, address))
        with urlopen(Request(url, headers=headers)) as answer:
            assert (answer.status, bool(answer.read())) == (200, True), command


def test_every_address_that_the_guide_names_is_answered(client):
    named = re.findall(r"`([a-z]+/\?[^`]+)`", GUIDE)
    assert len(named) >= 7
    for path in named:
        assert client.get(f"/api/v1/{path}").status_code == 200, path


def test_the_contents_of_the_guide_are_its_headings_in_their_order():
    listed = re.findall(r"^- \[(.+)\]\(#(.+)\)", GUIDE, flags=re.MULTILINE)
    headings = re.findall(r"^#{1,2} (.+)$", re.sub(r"^```.*?^```$", "", GUIDE, flags=re.M | re.S), flags=re.MULTILINE)
    resources = headings.index("The resources and their filters")
    assert [heading for heading, _ in listed] == headings[1 : resources + 1]
    assert all(anchor == re.sub(r"[^\w ]", "", heading).lower().replace(" ", "-") for heading, anchor in listed)


def test_every_place_that_the_guide_names_exists():
    places = re.findall(r"\]\(((?!http|#)[^)]+)\)", GUIDE)
    assert len(places) >= 3
    assert [place for place in places if not (settings.BASE_DIR / "docs" / place).exists()] == []


def test_the_example_answers_its_three_questions_with_the_words_that_say_so(address):
    script = settings.BASE_DIR / "docs" / "examples" / "three_questions.py"
    run = [sys.executable, "-I", str(script), f"{address}/"]
    said = subprocess.run(run, capture_output=True, timeout=60, check=True, env={"PYTHONUTF8": "1"})
    assert (said.stdout.decode().replace(address, SHOWN), said.stderr) == (ANSWERS, b"")


def test_the_example_follows_every_page(address):
    refs = [row["ref"] for row in three_questions.every(address, "claims", package="third-package", page_size=20)]
    assert len(refs) > 60
    assert all(one < other for one, other in pairwise(refs))


def test_the_example_says_what_is_refused(address):
    with pytest.raises(SystemExit, match="A parameter is refused: as_off: Unknown parameter"):
        list(three_questions.every(address, "reforms", as_off="2021"))


def test_the_example_waits_as_long_as_it_is_told(address, settings, monkeypatch):
    settings.API_REQUESTS_PER_MINUTE, waited = 1, []

    def sleep(seconds):
        waited.append(seconds)
        settings.API_REQUESTS_PER_MINUTE = 0

    monkeypatch.setattr(time, "sleep", sleep)
    for _ in range(2):
        assert three_questions.fetch(f"{address}/api/v1/topics/elections/")["name"] == "Elections"
    assert [0 < seconds <= 60 for seconds in waited] == [True]


def test_the_example_gives_up_in_the_end(monkeypatch):
    def refused(url):
        raise HTTPError(url, 429, "", None, io.BytesIO(b'{"retry_after": 7}'))

    waited = []
    monkeypatch.setattr(time, "sleep", waited.append)
    monkeypatch.setattr(three_questions, "urlopen", refused)
    with pytest.raises(SystemExit, match="still refused after 5 tries"):
        three_questions.fetch(SHOWN)
    assert waited == [7] * 5
