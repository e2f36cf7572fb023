"""The curated data has one form: --check insists on it, --tidy writes it, and neither loses a remark."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reforms.curated.folders import comments
from tests.curated.small import curated

pytestmark = pytest.mark.django_db
MEND = "\nThe curated data has one form, in which it is written by `make fixtures`."


@pytest.fixture
def fixtures(tmp_path, settings):
    """The folder of the small curated data, which is right but not in its one form."""
    settings.BASE_DIR = tmp_path
    curated(tmp_path)
    return tmp_path / "fixtures"


def build(**how):
    said = StringIO()
    call_command("build_fixtures", stdout=said, **how)
    return said.getvalue().splitlines()


def refusal(**how):
    with pytest.raises(CommandError) as refused:
        build(**how)
    return str(refused.value)


def replace(path, old, new):
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


def test_tidy_writes_the_one_form_and_compiles_the_same(fixtures):
    build()
    compiled = (fixtures / "knowledge_base.json").read_text()
    assert "actors.yaml:1: this line should be “- slug: a-minister”." in refusal(check=True)
    said = build(tidy=True)
    assert said[0].startswith("Wrote actors.yaml, claims/a-source.yaml, ")
    assert said[0].endswith("; 1 file unchanged.")
    assert said[1] == "Wrote fixtures/knowledge_base.json: 31 records."
    assert (fixtures / "knowledge_base.json").read_text() == compiled
    assert build(check=True) == ["fixtures/curated is in its one form, and fixtures/knowledge_base.json is up to date."]
    assert build(tidy=True)[0] == "10 files unchanged."


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("topics", "  name: Parties\n", "  name: 'Parties'\n", "topics.yaml:2: this line should be “  name: Parties”."),
        ("topics", "their members.\n", "their\n    members.\n",
         "topics.yaml:3: this line should be “  summary: Parties and their members.”."),
        ("topics", "members.\n", "members.\n\n", "topics.yaml:5: the file should end before this line."),
        ("topics", "members.\n", "members.", "topics.yaml:4: this line should be “”."),
        ("topics", "- slug", "\ufeff- slug", "topics.yaml:1: this line should be “- slug: parties”."),
        ("actors", "    - Minister A\n", "  - Minister A\n", "actors.yaml:5: this line should be “    - Minister A”."),
        ("actors", "  kind: person\n", "  kind: person\n  note: ''\n",
         "actors.yaml:4: this line should be “  aliases:”."),
        ("claims/a-source", "  kind: adopted\n", "  kind: adopted\n  state: published\n",
         "claims/a-source.yaml:4: this line should be “  reforms:”."),
        ("claims/a-source", "quote: The law was adopted\n", 'quote: The law was adopted\n      number: "1"\n',
         "claims/a-source.yaml:17: this line should be “    - at: a-source#2”."),
        ("packages", 'position: "1"', 'position: "01"',
         "packages.yaml:7: this line should be “    - position: \"1\"”."),
        ("parameters", "after: 20,000", 'after: "20,000"',
         "parameters.yaml:5: this line should be “    - after: 20,000”."),
    ],
)  # fmt: skip
def test_another_form_is_refused_with_file_and_line_and_mended_by_tidy(fixtures, name, old, new, told):
    build(tidy=True)
    path = fixtures / "curated" / f"{name}.yaml"
    right = path.read_bytes()
    replace(path, old, new)
    assert refusal(check=True) == f"fixtures/curated/{told}{MEND}"
    build(tidy=True)
    assert path.read_bytes() == right


def test_line_ends_of_another_system_are_refused(fixtures):
    build(tidy=True)
    path = fixtures / "curated" / "topics.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert refusal(check=True) == f"fixtures/curated/topics.yaml:1: this line should be “- slug: parties”.{MEND}"


def test_entries_out_of_order_are_refused(fixtures):
    build(tidy=True)
    path = fixtures / "curated" / "claims" / "a-source.yaml"
    first, second = path.read_text().split("- ref: C0002")
    path.write_text(f"- ref: C0002{second}{first}")
    assert refusal(check=True).startswith(
        "fixtures/curated/claims/a-source.yaml:1: this line should be “- ref: C0001”."
    )


def test_a_claim_stands_in_the_file_of_its_first_source(fixtures):
    build(tidy=True)
    right = fixtures / "curated" / "claims" / "a-source.yaml"
    wrong = right.with_name("other.yaml")
    right.rename(wrong)
    assert refusal(check=True).splitlines()[:2] == [
        "fixtures/curated/claims/a-source.yaml:1: this file is missing.",
        "fixtures/curated/claims/other.yaml:1: there is no entry for this file.",
    ]
    assert build(tidy=True)[0] == "Wrote claims/a-source.yaml; deleted claims/other.yaml; 9 files unchanged."
    assert right.exists()
    assert not wrong.exists()


def test_a_counter_that_counts_nothing_more_is_left_out(fixtures):
    build(tidy=True)
    path = fixtures / "curated" / "counters.yaml"
    path.write_text('- name: C\n  last: "2"\n- name: M\n  last: "3"\n')
    assert refusal(check=True).startswith("fixtures/curated/counters.yaml:1: this line should be “- name: M”.")
    build(tidy=True)
    assert path.read_text() == '- name: M\n  last: "3"\n'


def test_a_stale_fixture_is_refused(fixtures):
    build(tidy=True)
    replace(fixtures / "knowledge_base.json", "A law was adopted.", "The law was adopted.")
    assert "knowledge_base.json is stale: run `make fixtures`" in refusal(check=True)


COMMENTS = [
    ("# A remark.\n- slug: a\n", [1]),
    ("- slug: a # a remark\n", [1]),
    ("- slug: a#no-remark\n  name: 'no # remark'\n  note: \"no # remark\"\n", []),
    ('- slug: a\n  list: [a, b]# a remark\n  name: "ä"# a remark\n', [2, 3]),
    ("- note: |  # a remark\n    no # remark\n  # a remark\n  name: a\n# a remark", [1, 3, 5]),
    ("- note: >\n    # no remark\n\n- slug: a\n", []),
    ("\ufeff# a remark\r\n- slug: 😀 😀 # a remark\r\n  name: |\n    a # b", [1, 2]),
    ("- at: source#20\n  quote: C# is\n", []),
    ("a: 'no YAML # at all\n", []),
]


@pytest.mark.parametrize(("text", "lines"), COMMENTS)
def test_comments_are_told_from_words(tmp_path, text, lines):
    folder = tmp_path / "fixtures" / "curated"
    folder.mkdir(parents=True)
    (folder / "one.yaml").write_bytes(text.encode())
    assert [place.split(": ")[0] for place in comments(folder)] == [f"fixtures/curated/one.yaml:{n}" for n in lines]


def test_tidy_does_not_lose_a_comment(fixtures):
    path = fixtures / "curated" / "topics.yaml"
    path.write_text("# A remark.\n" + path.read_text())
    before = path.read_text()
    told = "fixtures/curated/topics.yaml:1: a comment would be lost; what is to be kept goes in `note:`."
    assert refusal(tidy=True) == f"{told}\nNothing was written."
    assert refusal(check=True).startswith(told)
    assert path.read_text() == before
    assert not (fixtures / "knowledge_base.json").exists()
