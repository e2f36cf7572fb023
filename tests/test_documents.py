"""What the documents say is what the code does, in both directions."""

import json
import re
from pathlib import Path

import pytest
from django.db import models

from reforms.curated.records import KNOWLEDGE
from reforms.curated.schema import CLAIMS, SHAPES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
CURATED = (ROOT / "docs" / "curated-data.md").read_text()
CURATING = (ROOT / "docs" / "curating.md").read_text()
DJANGO_SAYS = {"Users", "Staff status", "Add source", "Add claim", "Add another Citation", "Paragraph", "Quote", "Go"}


@pytest.mark.django_db
@pytest.mark.usefixtures("knowledge")
def test_the_answer_shown_in_the_readme_is_the_real_one(client):
    address = re.search(r"curl 'http://127\.0\.0\.1:8000(\S+)'", README)[1]
    shown = json.loads(re.search(r"```json\n(.*?)```", README, re.DOTALL)[1])
    assert client.get(address, headers={"host": "127.0.0.1:8000"}).json() == shown


def test_every_command_in_the_readme_exists():
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"make ([a-z]+)", README)) | {"dev", "admin", "backup", "restore", "lock", "clean"}
    assert named
    assert named <= targets
    assert targets - named == {"help"}


def test_every_place_in_the_readme_exists():
    places = re.findall(r"\]\(((?!http)[^)]+)\)", README) + re.findall(r"^\| `(\w+/)`", README, re.MULTILINE)
    assert len(places) > 6
    assert [place for place in places if not (ROOT / place).exists()] == []


def keys(shape):
    """Every key of a shape and of those inside it."""
    inner = {name for one in shape.inner.values() for name in keys(one)}
    return shape.names() | inner


def test_every_key_of_the_curated_data_is_documented_and_no_other():
    documented = set()
    for name, shape in [*SHAPES.items(), ("claims/<source slug>.yaml", CLAIMS)]:
        assert name.split("/")[0].removesuffix(".yaml") in CURATED, name
        for key in keys(shape):
            assert re.search(rf"\b{key}\b", CURATED), f"{name}: {key}"
            documented.add(key)
    table = {
        key for row in re.findall(r"^\| ([a-z_, *]+) \|", CURATED, re.MULTILINE) for key in re.findall(r"[a-z_]+", row)
    }
    assert table - {"key"} <= documented


def test_every_value_that_can_be_chosen_in_the_curated_data_is_documented():
    skipped = {"Paragraph.kind", "RetiredSlug.kind"}  # written as `heading 1`; named after the models
    for model in KNOWLEDGE:
        for field in model._meta.fields:
            if field.choices and f"{model.__name__}.{field.name}" not in skipped:
                assert isinstance(field, models.CharField)
                missing = [value for value, _ in field.choices if f"`{value}`" not in CURATED]
                assert missing == [], f"{model.__name__}.{field.name}"


def test_every_picture_that_a_document_shows_exists_and_no_other():
    shown = set()
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for words, place in re.findall(r"!\[(.*?)\]\((.+?)\)", document.read_text()):
            assert len(words) > 20, f"{document.name}: {place} is not described"
            shown.add((document.parent / place).resolve())
    assert shown == set((ROOT / "docs" / "screenshots").iterdir())


def test_every_place_that_curating_names_exists():
    places = re.findall(r"\]\(((?!http|#)[^)]+)\)", CURATING) + re.findall(r"`(tests/[^`]+)`", CURATING)
    assert places
    assert [place for place in places if not ((ROOT / "docs" / place).exists() or (ROOT / place).exists())] == []


def test_every_button_that_curating_names_is_one_of_the_desk():
    pages = [*(ROOT / "templates" / "admin").rglob("*.html"), *(ROOT / "templates" / "sources").rglob("*.html")]
    desk = [*pages, *(ROOT / "reforms" / "admin").glob("*.py")]
    said = "".join(path.read_text() for path in desk)
    named = set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", CURATING))
    assert len(named) > 15
    assert named >= DJANGO_SAYS
    assert {name for name in named - DJANGO_SAYS if name not in said} == set()
