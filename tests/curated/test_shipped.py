"""The shipped curated data: whole, compiled, and unforgiving."""

from pathlib import Path

import pytest

from reforms.curated.compiling import Compilation, compile_fixture
from reforms.curated.reading import Problems, folder

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parents[2] / "fixtures"


def test_the_built_fixture_is_what_the_curated_data_says():
    built = (FIXTURES / "knowledge_base.json").read_text(encoding="utf-8")
    assert compile_fixture(FIXTURES / "curated", FIXTURES / "texts") == built


def test_one_changed_letter_in_any_quote_is_told_with_its_reference():
    problems = Problems()
    files = folder(FIXTURES / "curated", problems)
    changed = set()
    for name in (name for name in files if name.startswith("claims/")):
        for claim in files[name]:
            for cite in claim["cites"]:
                middle = len(cite["quote"]) // 2
                cite["quote"] = cite["quote"][:middle] + "§" + cite["quote"][middle + 1 :]
                changed.add((cite.file, cite.line, claim["ref"]))
    Compilation(files, FIXTURES / "texts", problems).run()
    assert len(changed) > 600
    told = {(file, line, ref) for file, line, ref, words in problems.found if words.startswith("Quote not found")}
    assert told == changed
