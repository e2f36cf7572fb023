"""Curated data to fixture: everything wrong is told in one run, with file, line and name."""

import json
import re
from collections import defaultdict

import pytest

from reforms.curated.compiling import CuratedDataInvalid, compile_fixture
from tests.curated.small import curated

pytestmark = pytest.mark.django_db


def problems(tmp_path, **changed):
    with pytest.raises(CuratedDataInvalid) as refused:
        compile_fixture(*curated(tmp_path, **changed))
    return refused.value.problems


def test_quotes_become_spans_and_names_natural_keys(tmp_path):
    items = json.loads(compile_fixture(*curated(tmp_path)))
    citations = [item["fields"] for item in items if item["model"] == "reforms.citation"]
    names = ("claim", "number", "paragraph", "start", "end", "quote")
    assert [tuple(one[name] for name in names) for one in citations] == [
        (["C0001"], 1, ["a-source", 2], 0, 19, "The law was adopted"),
        (["C0001"], 2, ["a-source", 2], 21, 28, "The law"),
        (["C0002"], 1, ["a-source", 3], 14, 28, "20,000 members"),
    ]  # fmt: skip
    assert all("pk" not in item for item in items)


def test_the_same_data_gives_the_same_bytes(tmp_path):
    folders = curated(tmp_path)
    assert compile_fixture(*folders) == compile_fixture(*folders)


C = "fixtures/curated/claims/a-source.yaml"
S = "fixtures/curated/sources.yaml"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"a_source": [("quote: The law was adopted", "quote: The lav was adopted")]},
            f"{C}:10: C0001: Quote not found: the paragraph does not hold these words, character for character. "
            "a-source#2: “The lav was adopted”",
        ),
        (
            {"a_source": [('      suffix: " is"\n', "")]},
            f"{C}:12: C0001: Quote found 2 times: add the words directly before (prefix) or after (suffix). "
            "a-source#2: “The law”",
        ),
        ({"a_source": [("a-source#3", "a-source#4")]}, f"{C}:20: C0002: There is no paragraph “a-source#4”."),
        ({"a_source": [("ref: C0002", "ref: C0001")]}, f"{C}:15: C0001: This ref is given twice. First: {C}:1."),
        ({"a_source": [("kind: figure", "kind: fact")]}, f"{C}:15: C0002: kind: Value 'fact' is not a valid choice."),
        ({"a_source": [("a-minister", "a-ministre")]}, f"{C}:8: C0001: No actor is called “a-ministre”."),
        ({"a_source": [("ref: C0002", "ref: K2")]}, f"{C}:15: K2: ref: A reference here is C and at least four"),
        (
            {"a_source": [("kind: adopted\n", "kind: adopted\n  state: retracted\n")]},
            f"{C}:1: C0001: A retracted claim has a reason, and no other claim has one.",
        ),
        (
            {"a_source": [("kind: adopted\n", "kind: adopted\n  state: merged\n  merged_into: C0009\n")]},
            f"{C}:1: C0001: No claim is called “C0009”.",
        ),
        (
            {"reforms": [("stage: adopted", "stage: done")]},
            "fixtures/curated/reforms.yaml:5: M0001: stage: Value 'done' is not a valid choice.",
        ),
        (
            {"reforms": [("2020-02-06,", "2020-13-06,")]},
            "fixtures/curated/reforms.yaml:5: M0001: date: “[2020-13-06,2020-06-02]” is not an EDTF date.",
        ),
        (
            {"reforms": [("topics: [parties]", "topics: [parties, courts]")]},
            "fixtures/curated/reforms.yaml:1: party-threshold: No topic is called “courts”.",
        ),
        (
            {"reforms": [("topics: [parties]", "topics: [parties, parties]")]},
            "fixtures/curated/reforms.yaml:1: party-threshold: The reform is under this topic already. "
            "First: fixtures/curated/reforms.yaml:1.",
        ),
        (
            {"reforms": [("slug: party-threshold", "slug: party-law-of-2020")]},
            "fixtures/curated/reforms.yaml:1: party-law-of-2020: slug: A slug is lower-case words joined by “-”: "
            "no year, no number, nothing that could be corrected.",
        ),
        (
            {"laws": [("rank: law\n", "rank: law\n  rang: law\n")]},
            "fixtures/curated/laws.yaml:1: a-law: Unknown key “rang”. "
            "Known here: dates, name, note, number, rank, reforms, slug, status, title.",
        ),
        ({"laws": [("  name: A law\n", "")]}, "fixtures/curated/laws.yaml:1: a-law: The key “name” is missing."),
        ({"laws": [("- slug: a-law", "- slug: [a-law]")]}, "fixtures/curated/laws.yaml:1: “slug” must be a text."),
        (
            {"laws": [("rank: law\n", "rank: law\n  rank: code\n")]},
            "fixtures/curated/laws.yaml:4: The key “rank” stands"),
        ({"topics": [("- {", "- {{")]}, "fixtures/curated/topics.yaml:2: This is no YAML:"),
        (
            {"sources": [('"1": heading 1', '"900": notice')]},
            "fixtures/curated/sources.yaml:1: a-source: There is no paragraph 900 to be a notice.",
        ),
        (
            {"a_source": [("quote: \"20,000 members\"", "quote: \"20,000 members\", stance: context")]},
            f"{C}:15: C0002: A published claim needs at least one supporting citation.",
        ),
        (
            {"a_source": [("kind: figure", "kind: allegation")]},
            f"{C}:15: C0002: An allegation needs an actor who says it.",
        ),
        ({"topics": [("- {slug", "- {[a]: b, slug")]}, "fixtures/curated/topics.yaml:1: A key must be a word."),
        ({"topics": [("- {", "- &a {"), ("}\n", "}\n- *a\n")]}, "fixtures/curated/topics.yaml:2: Aliases (*name) are"),
        ({"topics": [("}\n", "}\n- words\n")]}, "fixtures/curated/topics.yaml:2: This is no entry"),
        ({"topics": [("- {", "a: {")]}, "fixtures/curated/topics.yaml:1: The file must be a list of entries."),
        ({"sources": [("a.txt", "b.txt")]}, "fixtures/curated/sources.yaml:1: a-source: There is no text “b.txt”."),
        ({"sources": [("a.txt", "../a.txt")]}, "fixtures/curated/sources.yaml:1: a-source: There is no text “../a"),
        (
            {"sources": [("heading 1", "headline 1")]},
            "fixtures/curated/sources.yaml:1: a-source: “1: headline 1” is no paragraph and kind.",
        ),
        (
            {"discrepancies": [("C0001, C0002", "C0001")]},
            "fixtures/curated/discrepancies.yaml:1: D0001: A discrepancy of the kind “contradiction” needs 2 or more",
        ),
        (
            {"packages": [('  stated_count: "1"\n', "")]},
            "fixtures/curated/packages.yaml:1: a-package: A stated count rests on a claim.",
        ),
        (
            {"parameters": [('after: "20,000", ', "")]},
            "fixtures/curated/parameters.yaml:5: members: A change has a before or an after.",
        ),
        ({"sources": [("  name", "  accepted: maybe\n  name")]}, f"{S}:1: a-source: “accepted” must be yes or no."),
        ({"sources": [("  name", "  accepted: no\n  name")]}, f"{S}:1: a-source: There is no paragraph 1 to be a"),
        ({"sources": [("  file_name: a.txt\n", "")]}, f"{S}:1: a-source: There is no text “a-source.txt”."),
        ({"sources": [("  name: A", "  supersedes: b\n  name: A")]}, f"{S}:1: a-source: No source is called “b”."),
        ({"sources": [('"1": heading 1', '"1": [heading]')]}, f"{S}:1: a-source: “1: ['heading']” is no paragraph and"),
        ({"sources": [("name: A source", 'name: "\\0A"')]}, f"{S}:3: A NUL character stands here, which no database"),
        ({"a_source": [("at: a-source#3,", 'at: a-source#3, number: "0",')]}, f"{C}:20: C0002: “0” is no number of a"),
        ({"a_source": [("at: a-source#3,", "at: a-source#3, number: ²,")]}, f"{C}:20: C0002: “²” is no number of a"),
    ],
    ids=lambda value: str(value)[:60] if isinstance(value, dict) else "",
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_line_and_name(tmp_path, changed, expected):
    assert any(problem.startswith(expected) for problem in problems(tmp_path, **changed)), problems(tmp_path, **changed)


def test_all_problems_are_told_in_one_run(tmp_path):
    found = problems(
        tmp_path,
        a_source=[
            ("The law was adopted", "Nobody said this"),
            ("kind: figure", "kind: fact"),
            ('"20,000 members"', "x"),
        ],
        topics=[("slug: parties", "slug: p")],
    )
    assert [line.split(": ")[:2] for line in found] == [
        [f"{C}:10", "C0001"],
        [f"{C}:15", "C0002"],
        [f"{C}:20", "C0002"],
        ["fixtures/curated/reforms.yaml:1", "party-threshold"],
    ]


def test_a_misshapen_entry_does_not_hide_what_is_wrong_elsewhere(tmp_path):
    found = problems(
        tmp_path, laws=[("rank: law", "rang: law")], a_source=[("The law was adopted", "Nobody said this")]
    )
    assert [line.split(": ")[2][:15] for line in found] == ["Quote not found", "The key “rank” ", "Unknown key “ra"]


def test_a_file_that_nobody_knows_is_refused(tmp_path):
    folders = curated(tmp_path)
    (folders[0] / "reform.yaml").write_text("- {slug: a}\n")
    with pytest.raises(CuratedDataInvalid, match=r"reform\.yaml:1: a: No such file is known"):
        compile_fixture(*folders)


def test_merged_claims_may_come_before_their_target(tmp_path):
    merged = "kind: adopted\n  state: merged\n  merged_into: C0002\n"
    items = json.loads(
        compile_fixture(
            *curated(
                tmp_path,
                a_source=[("kind: adopted\n", merged)],
            )
        )
    )
    claims = [item["fields"]["ref"] for item in items if item["model"] == "reforms.claim"]
    assert claims == ["C0002", "C0001"]


def added(tmp_path, name, text):
    """The fixture of the good files and another one, by model."""
    folders = curated(tmp_path)
    (folders[0] / name).write_text(text, encoding="utf-8")
    found = defaultdict(list)
    for item in json.loads(compile_fixture(*folders)):
        found[item["model"]].append(item["fields"])
    return found


PROPOSAL = """\
- ref: P0001
  kind: claim
  name: C0009
  proposed:
    ref: C0009
    text: A text.
    kind: done
    reforms: [not-there-any-more]
"""


def test_a_proposal_is_kept_as_it_is_and_its_names_are_not_looked_up(tmp_path):
    (proposal,) = added(tmp_path, "proposals.yaml", PROPOSAL)["reforms.proposal"]
    held = {"ref": "C0009", "text": "A text.", "kind": "done", "reforms": ["not-there-any-more"]}
    assert (proposal["proposed"], proposal["public"], proposal["state"]) == (held, None, "waiting")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("text: A text.", "words: A text.", "5: C0009: The key “text” is missing."),
        ("[not-there-any-more]", "none", "5: C0009: “reforms” must be a list of words."),
        ("kind: claim", "kind: source", "1: P0001: kind: Value 'source' is not a valid choice."),
        ("name: C0009", "name: C0009\n  state: approved", "1: P0001: An answered proposal is history: leave it out."),
        ("name: C0009", "name: C0009\n  state: sent_back", "1: P0001: A proposal is sent back with a reason."),
        ("name: C0009", "name: C0009\n  public: nothing", "1: P0001: “public” must be an entry."),
        ("name: C0009", "name: C0009\n  public: {ref: C0009}", "4: C0009: The key “kind” is missing."),
    ],
)
def test_a_proposal_of_the_wrong_shape_is_refused(tmp_path, old, new, expected):
    assert old in PROPOSAL
    with pytest.raises(CuratedDataInvalid) as refused:
        added(tmp_path, "proposals.yaml", PROPOSAL.replace(old, new))
    assert f"fixtures/curated/proposals.yaml:{expected}" in refused.value.problems


def test_only_counters_that_are_ahead_are_in_the_fixture(tmp_path):
    counters = "\n".join(f"- {{name: {name}, last: {last}}}" for name, last in (("C", 2), ("C0001", 3), ("P", 1)))
    assert added(tmp_path, "counters.yaml", counters)["reforms.counter"] == [
        {"name": "C0001", "last": 3}, {"name": "P", "last": 1}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("counter", "expected"),
    [
        ("{name: X, last: 1}", "Nothing is counted as “X”: a counter is called C, M, D, P or as a claim."),
        ("{name: C0009, last: 1}", "Nothing is counted as “C0009”: a counter is called C, M, D, P or as a claim."),
        ("{name: C, last: one}", "“one” is no number."),
        ("{name: C, last: 9}\n- {name: C, last: 8}", "The counter “C” is given twice."),
    ],
)
def test_a_counter_of_nothing_is_refused(tmp_path, counter, expected):
    with pytest.raises(CuratedDataInvalid, match=re.escape(expected)):
        added(tmp_path, "counters.yaml", f"- {counter}\n")


def test_sources_may_wait_supersede_another_and_have_no_file_name(tmp_path):
    folders = curated(tmp_path, sources=[("  file_name: a.txt\n", "  supersedes: the-older\n")])
    (folders[1] / "a.txt").rename(folders[1] / "a-source.txt")
    (folders[1] / "the-older.txt").write_text("Older.\r\n")
    with (folders[0] / "sources.yaml").open("a") as file:
        file.write("- {slug: the-older, name: The older, accepted: no, show: cited}\n")
    items = json.loads(compile_fixture(*folders))
    sources = [item["fields"] for item in items if item["model"] == "sources.source"]
    told = [(one["slug"], one["accepted"], one["supersedes"], one["file_name"], one["text"][:5]) for one in sources]
    assert told == [("the-older", False, None, "", "Older"), ("a-source", True, ["the-older"], "", "Headi")]
    assert {item["fields"]["source"][0] for item in items if item["model"] == "sources.paragraph"} == {"a-source"}


def test_drafts_need_no_citation(tmp_path):
    text = "- {ref: C0003, text: Not looked up yet., kind: done, state: draft}\n"
    claims = added(tmp_path, "claims/uncited.yaml", text)["reforms.claim"]
    assert [(claim["ref"], claim["state"]) for claim in claims][-1] == ("C0003", "draft")
    with pytest.raises(CuratedDataInvalid, match="C0003: A published claim needs at least one supporting citation"):
        added(tmp_path, "claims/uncited.yaml", text.replace(", state: draft", ""))
