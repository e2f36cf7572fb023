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
