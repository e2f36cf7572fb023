"""What is stored, as text: one form for the same knowledge, so that git shows what changed and nothing else."""

from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command

from reforms.curated.compiling import compile_fixture
from reforms.curated.dumping import files
from reforms.curated.emitting import emit
from reforms.loading import load
from reforms.models import AnsweredFinding, Claim, Counter, NoClaim, Proposal, Reform, RetiredSlug
from tests.curated.small import curated
from tests.factories import cite, make_claim, make_milestone, make_reform, make_source

pytestmark = pytest.mark.django_db


def dump(folder, **options):
    """What the command says."""
    said = StringIO()
    call_command("dump_knowledge", to=str(folder), stdout=said, stderr=said, **options)
    return said.getvalue().splitlines()


def written(folder):
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.yaml")}


def entry(ref, *places):
    """A claim's entry that cites words of these places."""
    cites = [{"at": place, "number": str(number), "quote": "words"} for number, place in enumerate(places, start=1)]
    return {"ref": ref, "text": "A text.", "kind": "done"} | ({"cites": cites} if cites else {})


def heads(data):
    """What the entries of a file are called, in their order."""
    entries = yaml.safe_load(data)
    return [
        "/".join(list(one.values())[:2]) if {"now", "rule"} & one.keys() else next(iter(one.values()))
        for one in entries
    ]


@pytest.mark.parametrize(
    ("model", "given", "expected"),
    [
        (Reform, [{"slug": slug, "title": "T"} for slug in ("b", "a-c", "a")], {"reforms.yaml": ["a", "a-c", "b"]}),
        (
            Claim,
            [entry("C10000", "b#2"), entry("C9999", "b#2"), entry("C0001", "b#10"), entry("C0002", "a#3")],
            {"claims/a.yaml": ["C0002"], "claims/b.yaml": ["C9999", "C10000", "C0001"]},
        ),
        (
            Claim,
            [entry("C0003", "uncited#1"), entry("C0002"), entry("C0001")],
            {"claims/uncited.yaml": ["C0001", "C0002", "C0003"]},
        ),
        (
            NoClaim,
            [{"at": at, "reason": "other"} for at in ("b#1", "a#10", "a#2")],
            {"no_claims.yaml": ["a#2", "a#10", "b#1"]},
        ),
        (
            AnsweredFinding,
            [{"rule": rule, "record": record, "reason": "R"} for rule, record in (("b", "a"), ("a", "c"), ("a", "b"))],
            {"answers.yaml": ["a/b", "a/c", "b/a"]},
        ),
        (
            RetiredSlug,
            [{"kind": kind, "slug": slug, "now": "x"} for kind, slug in (("law", "a"), ("actor", "b"), ("actor", "a"))],
            {"retired_slugs.yaml": ["actor/a", "actor/b", "law/a"]},
        ),
        (
            Counter,
            [{"name": name, "last": "7"} for name in ("M", "C0001", "C")],
            {"counters.yaml": ["C", "C0001", "M"]},
        ),
        (
            Proposal,
            [{"ref": ref, "kind": "reform", "name": "a", "proposed": {}} for ref in ("P10000", "P0002")],
            {"proposals.yaml": ["P0002", "P10000"]},
        ),
    ],
)
def test_entries_stand_in_their_file_in_their_order(model, given, expected):
    found = files((model, one) for one in given)
    assert {name: heads(data) for name, data in found.items()} == expected


def test_an_entry_is_written_line_by_line():
    cites = [
        {"at": "a#1", "number": "1", "quote": "one"},
        {"at": "a#1", "number": "4", "quote": "yes", "prefix": " "},
        {"at": "a#2", "number": "5", "quote": "five\ttabs", "stance": "context"},
    ]
    given = {
        "ref": "C0001",
        "text": "A text – of “words”.",
        "kind": "done",
        "note": "",
        "reforms": ["a"],
        "cites": cites,
    }
    assert files([(Claim, given)])["claims/a.yaml"].decode() == (
        "- ref: C0001\n"
        "  text: A text – of “words”.\n"
        "  kind: done\n"
        '  note: ""\n'
        "  reforms:\n"
        "    - a\n"
        "  cites:\n"
        "    - at: a#1\n"
        "      quote: one\n"
        "    - at: a#1\n"
        '      number: "4"\n'
        '      quote: "yes"\n'
        '      prefix: " "\n'
        "    - at: a#2\n"
        '      quote: "five\\ttabs"\n'
        "      stance: context\n"
    )


PLAIN = ["20,000", "it's", "a “b” c", "a#b", "a:b", "2022-2023", "Қ", "😀", "ny", "1.2.3", "2020-05~"]
QUOTED = [
    *(
        "yes",
        "No",
        "on",
        "y",
        "N",
        "null",
        "~",
        "true",
        "",
        " a",
        "a ",
        "a: b",
        "a #b",
        "- a",
        "# a",
        "[a]",
        "'a'",
        "*a",
    ),
    *(
        "1",
        "007",
        "1e3",
        "0o17",
        "0x1F",
        "1_000",
        ".5",
        "5.",
        "+1",
        "1:30",
        ".inf",
        "2020-05-25",
        "2022",
        "a\tb",
        "\ufeff",
    ),
]


@pytest.mark.parametrize(("words", "quoted"), [(words, False) for words in PLAIN] + [(words, True) for words in QUOTED])
def test_words_are_quoted_where_a_reader_might_take_them_for_something_else(words, quoted):
    line = emit({"key": words}).removesuffix("\n")
    assert line.startswith('- key: "') if quoted else line == f"- key: {words}"


def test_what_a_proposal_holds_is_written_in_the_order_of_its_kind():
    """PostgreSQL keeps the keys of JSON in an order of its own."""
    claim = {"cites": [{"quote": "q", "number": "1", "at": "a#1"}], "kind": "done", "text": "T", "ref": "C0001"}
    proposal = {"ref": "P0001", "kind": "claim", "name": "C0001", "public": claim, "proposed": {"note": "N"} | claim}
    lines = files([(Proposal, proposal)])["proposals.yaml"].decode().splitlines()
    assert [line.strip("- ").split(":")[0] for line in lines] == [
        *("ref", "kind", "name"),
        *("public", "ref", "text", "kind", "cites", "at", "number", "quote"),
        *("proposed", "ref", "text", "kind", "note", "cites", "at", "number", "quote"),
    ]


def base():
    """A source, a claim with three citations of which the second went, and a milestone that is gone."""
    source = make_source("The law was adopted. The law is in force.\nNobody said so.")
    first = source.paragraphs.get(number=1)
    claim = make_claim(first, "The law was adopted", reforms=[make_reform()])
    cite(claim, first, "is in force").delete()
    cite(claim, first, "in force", stance="context")
    make_milestone(Reform.objects.get(), claim).delete()
    return claim


def test_a_file_whose_last_entry_went_is_deleted(tmp_path):
    base()
    claim = make_claim(published=False)
    assert dump(tmp_path)[0].startswith("Wrote claims/a-source.yaml, claims/uncited.yaml, counters.yaml, reforms.yaml")
    claim.delete()
    assert dump(tmp_path) == ["Wrote counters.yaml; deleted claims/uncited.yaml; 4 files unchanged."]
    assert not (tmp_path / "curated" / "claims" / "uncited.yaml").exists()


def test_numbers_that_were_given_out_and_are_gone_are_carried(tmp_path):
    base()
    Claim(ref="C0007", text="Deleted.", kind="done").save()
    Claim.objects.get(ref="C0007").delete()  # which only its history knows
    Counter.objects.all().delete()
    Counter.keep("D", 4)
    Counter.keep("C0001", 9)
    Counter.keep("C0007", 9)  # counts nothing any more
    dump(tmp_path)
    counters = yaml.safe_load(written(tmp_path)["curated/counters.yaml"])
    assert {one["name"]: one["last"] for one in counters} == {"C": "7", "C0001": "9", "D": "4", "M": "1"}


def test_the_numbers_of_answered_proposals_and_of_proposed_claims_are_carried(tmp_path):
    new = {"ref": "C0002", "text": "T", "kind": "done"}
    for ref, state in (("P0001", "waiting"), ("P0002", "approved")):
        Proposal(ref=ref, kind="claim", name="C0002", proposed=new, state=state).save()
    Counter.keep("C0002", 3)
    dump(tmp_path)
    found = written(tmp_path)
    assert heads(found["curated/proposals.yaml"]) == ["P0001"]
    assert heads(found["curated/counters.yaml"]) == ["C0002", "P"]


def test_texts_are_written_where_they_are_not_there_as_they_were_received(tmp_path):
    make_source("One.\r\n", slug="a", file_name="x y.txt")
    make_source("Two.", slug="b")
    assert dump(tmp_path) == ["Wrote sources.yaml, texts/b.txt, texts/x y.txt; 0 files unchanged."]
    assert (tmp_path / "texts" / "x y.txt").read_bytes() == b"One.\r\n"
    (tmp_path / "texts" / "b.txt").write_text("Another.")
    (tmp_path / "texts" / "c.txt").touch()
    said = ["Wrote texts/b.txt; 2 files unchanged.", "No source has texts/c.txt; it was left there."]
    assert dump(tmp_path) == said


def test_two_texts_that_need_the_same_file_are_refused(tmp_path):
    make_source("One.", slug="a", file_name="b.txt")
    make_source("Two.", slug="b")
    with pytest.raises(CommandError, match=r"the texts of the sources a and b would both be the file texts/b\.txt"):
        dump(tmp_path)
    assert written(tmp_path) == {}


def test_a_dump_of_an_empty_base_deletes_nothing(tmp_path):
    curated(tmp_path)
    before = written(tmp_path / "fixtures")
    with pytest.raises(CommandError, match="Nothing is stored here"):
        dump(tmp_path / "fixtures")
    assert written(tmp_path / "fixtures") == before


def test_a_dump_does_not_lose_comments(tmp_path):
    base()
    dump(tmp_path)
    path = tmp_path / "curated" / "reforms.yaml"
    path.write_text(path.read_text() + "# A remark.\n")
    with pytest.raises(CommandError, match=r"curated/reforms\.yaml:3: a comment would be lost"):
        dump(tmp_path)


def test_a_dump_says_what_it_takes_back(tmp_path):
    """Somebody pulled newer knowledge, and edits here before loading it."""
    curated(tmp_path)
    folder = tmp_path / "fixtures"
    fixture = folder / "knowledge_base.json"
    fixture.write_text(compile_fixture(folder / "curated", folder / "texts"))
    load(fixture)
    assert len(dump(folder)) == 1
    fixture.write_text(fixture.read_text().replace("A law was adopted.", "The law was adopted."))
    assert dump(folder)[0] == (
        'The fixture says of 1 record what was never loaded here, such as reforms.claim ["C0001"]: '
        "this dump takes it back, as `git diff` shows."
    )
