"""What a source prints of its own title, author, publisher, date and rights is recorded."""

import pytest

from tests.audit.finding import found, told
from tests.factories import make_source

pytestmark = pytest.mark.django_db
RULE = "metadata_is_recorded"
HEADING = {1: ("heading", 1)}


@pytest.mark.parametrize(
    ("text", "kinds", "fields"),
    [
        pytest.param("Reforms went on\nThey did.", HEADING, ["title"], id="heading"),
        pytest.param("By Vice Chairwoman Joy Cho\nThey did.", {}, ["author"], id="by-line"),
        pytest.param("Joy Cho\nThey did.", {1: ("byline", None)}, ["author"], id="byline-by-kind"),
        pytest.param("Text.\nAll rights reserved.", {}, ["rights"], id="rights"),
        pytest.param("Text.\n© 2021 The Korea Post", {}, ["rights", "publisher"], id="owner"),
        pytest.param("Text.\nCopyright 2020-2021 The Korea Post", {}, ["rights", "publisher"], id="owner-and-years"),
        pytest.param("NUR-SULTAN. KAZINFORM – The Council met.", {}, ["publisher"], id="dateline"),
        pytest.param("ASTANA (Reuters) - The Council met.", {}, ["publisher"], id="dateline-in-brackets"),
        pytest.param("ASTANA, May 25, 2020 – The Council met.", {}, ["published"], id="date-in-dateline"),
        pytest.param("Joy Cho, 25.05.2020\nText.", {1: ("byline", None)}, ["author", "published"], id="date-in-byline"),
    ],
)
def test_what_the_text_states_and_the_field_does_not_is_found(text, kinds, fields):
    make_source(text, kinds=kinds)
    assert found(RULE) == [("a-source", field) for field in fields]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("They did.", {}, id="no-heading"),
        pytest.param("They did.\nReforms", {2: ("heading", 1)}, id="a-later-heading"),
        pytest.param("By this time, thanks to the measures, it was over.", {}, id="by-a-time"),
        pytest.param("By Monday the law was adopted, and they left it so.", {}, id="a-sentence"),
        pytest.param("NUR-SULTAN, Kazakhstan – Kazakhstan’s President spoke.", {}, id="a-place"),
        pytest.param("On May 25, 2020 – a Monday – they met.", {}, id="a-date-in-a-sentence"),
        pytest.param("The law on Copyright And Related Rights protects copyrights.", {}, id="a-law-on-copyright"),
        pytest.param("\n".join(["Text."] * 8 + ["By Joy Cho"]), {}, id="far-below"),
    ],
)
def test_what_the_text_does_not_state_is_not_found(text, kinds):
    make_source(text, kinds=kinds)
    assert found(RULE) == []


def test_what_is_recorded_is_not_found():
    make_source("Reforms\nBy Joy Cho\n© The Korea Post", kinds=HEADING, title="Reforms", author="Joy Cho", rights="©")
    assert told(RULE) == ["a-source: Its publisher is empty, and paragraph 3 prints “The Korea Post”."]
