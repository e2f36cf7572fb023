"""What differs between two states of an entry, in words, and two changes put together."""

import pytest

from reforms.differences import Difference, differences, rebased, word_runs


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        pytest.param("A law.", "A law.", [("same", "A law.")], id="the-same"),
        pytest.param("", "A law.", [("added", "A law.")], id="added"),
        pytest.param("A law.", "", [("removed", "A law.")], id="removed"),
        pytest.param("", "", [], id="nothing"),
        pytest.param(
            "A law was adopted.",
            "A code was adopted.",
            [("same", "A "), ("removed", "law"), ("added", "code"), ("same", " was adopted.")],
            id="one-word-for-another",
        ),
        pytest.param(
            "40,000 people",
            "20,000 people",
            [("removed", "40"), ("added", "20"), ("same", ",000 people")],
            id="a-number-is-cut-at-its-comma",
        ),
        pytest.param(
            "The law",
            "The new law.",
            [("same", "The "), ("added", "new "), ("same", "law"), ("added", ".")],
            id="words-and-a-full-stop-added",
        ),
        pytest.param(
            "a\u00a0b", "a b", [("same", "a"), ("removed", "\u00a0"), ("added", " "), ("same", "b")], id="white-space"
        ),
        pytest.param("Қазақ", "қазақ", [("removed", "Қазақ"), ("added", "қазақ")], id="letters-of-every-script"),
    ],
)
def test_two_texts_are_compared_word_by_word(before, after, runs):
    assert word_runs(before, after) == runs


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "x"), ("a b c", "c b a"), ("One. Two.", "Two. One. Two."), ("a\n b", "a b"), ("_x-y", "x_y")],
)
def test_nothing_of_either_text_is_lost_in_the_runs(before, after):
    runs = word_runs(before, after)
    assert "".join(text for act, text in runs if act != "added") == before
    assert "".join(text for act, text in runs if act != "removed") == after
    assert all(text for _, text in runs)


CITE = {"at": "a-source#2", "number": "1", "quote": "The law"}
MORE = {"at": "a-source#3", "number": "2", "quote": "in force", "stance": "disputes", "strength": "implies"}
CASES = {
    "text": ({"text": "Old."}, {"text": "New."}, [("text", "Old.", "New.")]),
    "key-of-two-words": ({}, {"retraction_reason": "Wrong."}, [("retraction reason", "", "Wrong.")]),
    "text-taken-away": ({"note": "As printed."}, {}, [("note", "As printed.", "")]),
    "link": ({"reforms": ["a", "b"]}, {"reforms": ["b", "c"]}, [("reform", "a", ""), ("reform", "", "c")]),
    "first-link": ({}, {"laws": ["a-law"]}, [("law", "", "a-law")]),
    "alias": ({"aliases": ["Old"]}, {}, [("alias", "Old", "")]),
    "claims-of-a-discrepancy": (
        {"claims": ["C0001"]}, {"claims": ["C0001", "C0002"]}, [("claim", "", "C0002")],
    ),
    "citation-added": (
        {"cites": [CITE]}, {"cites": [CITE, MORE]},
        [("citation 2", "", "“in force” (a-source#3 disputes implies)")],
    ),
    "citation-removed": ({"cites": [CITE]}, {"cites": []}, [("citation 1", "“The law” (a-source#2)", "")]),
    "citation-changed": (
        {"cites": [CITE]}, {"cites": [CITE | {"quote": "law", "prefix": "The "}]},
        [("citation 1: quote", "The law", "law"), ("citation 1: prefix", "", "The ")],
    ),
    "citation-moved": (
        {"cites": [CITE]}, {"cites": [CITE | {"at": "a-source#9"}]},
        [("citation 1: paragraph", "a-source#2", "a-source#9")],
    ),
    "actor-gets-an-office": (
        {"actors": [{"actor": "mary", "part": "says"}]},
        {"actors": [{"actor": "mary", "part": "says", "office": "MP"}]},
        [("actor mary says: office", "", "MP")],
    ),
    "milestone-date": (
        {"milestones": [{"ref": "M0001", "stage": "adopted", "date": "2020", "claim": "C0001"}]},
        {"milestones": [{"ref": "M0001", "stage": "adopted", "date": "2021", "claim": "C0001"}]},
        [("milestone M0001: date", "2020", "2021")],
    ),
    "date-of-a-law": (
        {"dates": [{"kind": "signed", "date": "2020", "claim": "C0001"}]},
        {"dates": [{"kind": "signed", "date": "2021", "claim": "C0001"}]},
        [("date signed C0001: date", "2020", "2021")],
    ),
    "another-kind-of-date": (
        {"dates": [{"kind": "signed", "date": "2020", "claim": "C0001"}]},
        {"dates": [{"kind": "adopted", "date": "2020", "claim": "C0001"}]},
        [("date signed C0001", "signed, 2020, C0001", ""), ("date adopted C0001", "", "adopted, 2020, C0001")],
    ),
    "link-of-a-law": (
        {"reforms": [{"reform": "a", "effect": "amends", "claim": "C0001"}]},
        {"reforms": [{"reform": "a", "effect": "amends", "claim": "C0002"}]},
        [("reform a amends C0001", "a, amends, C0001", ""), ("reform a amends C0002", "", "a, amends, C0002")],
    ),
    "item-of-a-package": (
        {"items": [{"position": "1", "reform": "a", "claim": "C0001"}]},
        {"items": [{"position": "1", "reform": "b", "claim": "C0001"}]},
        [("item 1: reform", "a", "b")],
    ),
    "change-of-value": (
        {"changes": [{"before": "40", "after": "20", "claim": "C0001"}]},
        {"changes": [{"before": "50", "after": "20", "claim": "C0001"}]},
        [("change of value C0001 20: before", "40", "50")],
    ),
    "kinds-of-a-source": (
        {"kinds": {"2": "heading 1"}}, {"kinds": {"2": "heading 2", "5": "notice"}},
        [("kinds 2", "heading 1", "heading 2"), ("kinds 5", "", "notice")],
    ),
    "what-a-proposal-proposes": (
        {"proposed": {"text": "Old."}}, {"proposed": {"text": "New."}}, [("proposed text", "Old.", "New.")],
    ),
    "everything-of-a-new-one": (None, {"ref": "C0001", "cites": [CITE]}, [
        ("ref", "", "C0001"), ("citation 1", "", "“The law” (a-source#2)"),
    ]),
    "everything-of-one-that-is-gone": ({"ref": "C0001"}, None, [("ref", "C0001", "")]),
    "nothing": ({"ref": "C0001", "cites": [CITE]}, {"ref": "C0001", "cites": [CITE]}, []),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), CASES.values(), ids=CASES)
def test_each_thing_that_differs_is_named_with_its_text_before_and_after(before, after, expected):
    assert differences(before, after) == [Difference(*one) for one in expected]


@pytest.mark.parametrize(("before", "after", "act"), [("a", "b", "changed"), ("", "b", "added"), ("a", "", "removed")])
def test_a_difference_says_what_was_done(before, after, act):
    assert Difference("text", before, after).act == act


PUBLIC = {"ref": "C0001", "text": "Old.", "note": "N.", "reforms": ["a", "b"], "cites": [CITE, MORE]}
REBASED = {
    "what-only-the-proposal-changed-is-the-proposals": ({"text": "Mine."}, {}, {"text": "Mine."}),
    "what-only-others-changed-is-theirs": ({}, {"text": "Theirs."}, {"text": "Theirs."}),
    "two-fields": ({"text": "Mine."}, {"note": "Theirs."}, {"text": "Mine.", "note": "Theirs."}),
    "where-both-changed-the-proposals-words": ({"text": "Mine."}, {"text": "Theirs."}, {"text": "Mine."}),
    "a-text-taken-away": ({"note": None}, {"text": "Theirs."}, {"text": "Theirs.", "note": None}),
    "a-text-taken-away-by-others": ({"text": "Mine."}, {"note": None}, {"text": "Mine.", "note": None}),
    "links": ({"reforms": ["a", "b", "c"]}, {"reforms": ["b", "d"]}, {"reforms": ["b", "d", "c"]}),
    "a-link-taken-away-by-both": ({"reforms": ["a"]}, {"reforms": ["a"]}, {"reforms": ["a"]}),
    "every-link-taken-away": ({"reforms": None}, {}, {"reforms": None}),
    "two-fields-of-one-citation": (
        {"cites": [CITE | {"quote": "law"}, MORE]}, {"cites": [CITE | {"note": "Theirs."}, MORE]},
        {"cites": [CITE | {"quote": "law", "note": "Theirs."}, MORE]},
    ),
    "one-field-of-one-citation": (
        {"cites": [CITE | {"quote": "law"}, MORE]}, {"cites": [CITE | {"quote": "The"}, MORE]},
        {"cites": [CITE | {"quote": "law"}, MORE]},
    ),
    "a-citation-added-by-each": (
        {"cites": [CITE, MORE, CITE | {"number": "3"}]}, {"cites": [CITE, MORE, CITE | {"number": "4"}]},
        {"cites": [CITE, MORE, CITE | {"number": "4"}, CITE | {"number": "3"}]},
    ),
    "a-citation-that-others-removed-stays-removed": (
        {"text": "Mine."}, {"cites": [MORE]}, {"text": "Mine.", "cites": [MORE]},
    ),
    "a-citation-changed-here-and-removed-there-comes-back-whole": (
        {"cites": [CITE | {"note": "Mine."}, MORE]}, {"cites": [MORE]}, {"cites": [MORE, CITE | {"note": "Mine."}]},
    ),
    "a-citation-removed-here-and-changed-there-goes": (
        {"cites": [MORE]}, {"cites": [CITE | {"note": "Theirs."}, MORE]}, {"cites": [MORE]},
    ),
    "a-citation-removed-by-both": ({"cites": [MORE]}, {"cites": [MORE]}, {"cites": [MORE]}),
}  # fmt: skip


def changed(entry, changes):
    """`entry` with `changes`; None takes a key away."""
    return {key: value for key, value in (entry | changes).items() if value is not None}


@pytest.mark.parametrize(("mine", "theirs", "both"), REBASED.values(), ids=REBASED)
def test_a_change_is_put_on_what_others_changed_meanwhile(mine, theirs, both):
    public, proposed, now = PUBLIC, changed(PUBLIC, mine), changed(PUBLIC, theirs)
    assert rebased(public, proposed, now) == changed(PUBLIC, both)
    assert (public, now) == (PUBLIC, changed(PUBLIC, theirs)), "what was given is left as it was"


def test_a_new_entry_is_put_on_nothing():
    assert rebased({}, PUBLIC, {}) == PUBLIC


def test_inner_entries_are_known_again_by_their_own_names():
    public = {"milestones": [{"ref": "M0001", "date": "2020", "note": "N."}, {"ref": "M0002", "date": "2021"}]}
    mine = {"milestones": [{"ref": "M0001", "date": "2020-05", "note": "N."}, {"ref": "M0002", "date": "2021"}]}
    theirs = {"milestones": [{"ref": "M0002", "date": "2022"}, {"ref": "M0001", "date": "2020"}]}
    assert rebased(public, mine, theirs) == {
        "milestones": [{"ref": "M0002", "date": "2022"}, {"ref": "M0001", "date": "2020-05"}]
    }
