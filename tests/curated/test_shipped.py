"""The shipped curated data: whole, compiled, loaded, dumped again, and unforgiving."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reforms.curated.compiling import Compilation, compile_fixture
from reforms.curated.reading import Problems, folder
from reforms.models import Claim
from sources.models import Source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge")]
FIXTURES = Path(__file__).parents[2] / "fixtures"


def dump(to, **options):
    """What the command says."""
    said = StringIO()
    call_command("dump_knowledge", to=str(to), stdout=said, **options)
    return said.getvalue().splitlines()


def written(to):
    return {path.relative_to(to).as_posix(): path.read_text() for path in to.rglob("*.yaml")}


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


def test_it_leaves_as_the_files_that_it_was_compiled_from(tmp_path):
    """And so, by the test above, compiles into the same fixture."""
    dump(tmp_path)
    for kind in ("curated", "texts"):
        shipped = {path.relative_to(FIXTURES): path for path in (FIXTURES / kind).rglob("*.*")}
        assert len(shipped) > 4
        assert {path.relative_to(tmp_path) for path in (tmp_path / kind).rglob("*.*")} == shipped.keys()
        for name, path in shipped.items():
            assert (tmp_path / name).read_bytes() == path.read_bytes(), name


def test_what_is_right_already_is_not_written_again(tmp_path):
    dump(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")}
    assert dump(tmp_path) == [f"{len(before)} files unchanged."]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")} == before


def test_one_changed_claim_changes_its_own_lines_only(tmp_path):
    dump(tmp_path)
    before = written(tmp_path)
    claim = Claim.objects.get(ref="C0372")
    claim.text, claim.note = "It is: another text.", "Looked at again."
    claim.save()
    assert dump(tmp_path)[0].startswith("Wrote claims/korea-post-reforms.yaml; ")
    after = written(tmp_path)
    assert [name for name in after if after[name] != before[name]] == ["curated/claims/korea-post-reforms.yaml"]
    old, new = (one["curated/claims/korea-post-reforms.yaml"].splitlines() for one in (before, after))
    assert [line for line in new if line not in old] == [
        '  text: "It is: another text."',
        "  note: Looked at again.",
    ]
    assert [line for line in old if line not in new] == [
        "  text: Before the reforms permission from the authorities was needed to hold a peaceful assembly; after them "
        "it was enough to notify the authorities."
    ]
    assert len(new) == len(old) + 1
    assert "- ref: C0372" in new


def test_check_names_what_would_change_and_writes_nothing(tmp_path):
    dump(tmp_path)
    assert dump(tmp_path, check=True) == ["A dump would change nothing."]
    Source.objects.filter(slug="korea-post-reforms").update(note="Another.")
    (tmp_path / "texts" / "001_6ff0ff056692afa2.txt").unlink()
    before = written(tmp_path)
    with pytest.raises(CommandError) as refused:
        dump(tmp_path, check=True)
    assert str(refused.value).split("\n  ") == [
        "A dump would change these files:", "sources.yaml", "texts/001_6ff0ff056692afa2.txt"
    ]  # fmt: skip
    assert written(tmp_path) == before
    assert len(list((tmp_path / "texts").iterdir())) == 4


def test_a_dump_takes_no_query_for_each_claim(tmp_path, django_assert_max_num_queries):
    assert Claim.objects.count() > 390
    with django_assert_max_num_queries(120):
        dump(tmp_path)
