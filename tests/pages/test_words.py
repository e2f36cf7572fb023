"""All words of the interface go through gettext, so that a catalogue can be added."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from tests.pages.test_answers import PAGES
from tests.pages.unwrapped import data, unwrapped, wrapped

OTHERS = {"api-docs": ("/api/v1/docs/", 200), "404": ("/nothing/", 404), "400": ("/?as_of=yesterday", 400)}
ADDRESSES = {name: (url, 200) for name, url in PAGES.items()} | OTHERS


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_word_of_a_page_can_be_translated(world, client, monkeypatch, name):
    known = data()
    wrapped(monkeypatch)
    url, status = ADDRESSES[name]
    response = client.get(url)
    assert response.status_code == status
    assert unwrapped(response.content.decode(), known) == []


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("<p>⟦All claims⟧ Some data</p>", []),
        ("<p>All claims</p>", ["All claims"]),
        ("<p>⟦3 of <b>4</b> sources⟧ and more</p>", ["and more"]),
        ('<a title="Light ⟦these⟧ words">C0001 ¶3 · 2020</a>', ["Light words"]),
        ('<a title="⟦of ⟦two⟧ parts⟧">Some data, 5</a>', []),
        ("<blockquote>ome dat</blockquote><p>ome dat</p>", ["ome dat"]),
        ('<p class="words">ome <i>dat</i></p><p>ome</p>', ["ome"]),
        ("<script>let it = 1</script><input placeholder='Words'>", ["Words"]),
    ],
)
def test_what_stands_in_no_message_and_is_no_data_is_found(page, left):
    assert unwrapped(page, ["Some data"]) == left


def test_what_is_only_perhaps_so_or_in_doubt_is_said_in_messages(monkeypatch):
    wrapped(monkeypatch)
    far = {"stage": "adopted", "perhaps": "in_force", "told": "implemented"}
    items = [{"reform": SimpleNamespace(title="Data", get_absolute_url="/", **far), "taint": "Data"}]
    text = render_to_string("components/stage.html", far)
    text += render_to_string("components/progress.html", {"items": items, "query": ""})
    assert (text.count("⟦perhaps"), text.count("⟦told without a date")) == (3, 3)
    assert unwrapped(text, ["Data"]) == []
