"""A citation that stands in the place of another one goes along with every way in which an entry is changed."""

import io
import json

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from config import rows
from reforms.curated.compiling import CuratedDataInvalid, compile_fixture
from reforms.curated.writing import written
from reforms.differences import differences
from reforms.histories import versions
from reforms.loading import load, update
from reforms.models import Citation, Claim
from reforms.opened import changed_since, seal
from reforms.proposing import approve, propose
from reforms.restoring import restore
from reforms.undoing import UndoRefused, undo
from sources.changes import change_set
from sources.models import ChangeSet, Source
from tests.curated.small import GOOD, curated
from tests.factories import cite, make_claim, make_source, rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    """A draft that cites two places of one edition, and the newer edition; C0001.3 stands in the place of C0001.1."""
    first = make_source("It is so.\nIt was so.", slug="first")
    second = make_source("It is so.\nIt was so!\nEnd.", slug="second", supersedes=first)
    claim = make_claim(first.paragraphs.get(number=1), published=False)
    cite(claim, first.paragraphs.get(number=2), "It was so.", not_carried="It asks now.")
    cite(claim, second.paragraphs.get(number=1), "It is so.", carries=claim.citations.get(number=1))
    return claim


def carried():
    """Number of each citation to the number of the one that it carries."""
    return dict(Citation.objects.order_by("number").values_list("number", "carries__number"))


def keys():
    return dict(Citation.objects.values_list("number", "pk"))


FIRST = {"at": "first#1", "number": "1", "quote": "It is so."}
SECOND = {"at": "first#2", "number": "2", "quote": "It was so.", "not_carried": "It asks now."}
THIRD = {"at": "second#1", "number": "3", "quote": "It is so.", "carries": "1"}
FOURTH = {"at": "second#2", "number": "4", "quote": "It was so"}


def test_it_is_written_with_the_number_of_the_one_that_it_carries(claim):
    assert written(claim)["cites"] == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("cites", "expected"),
    [
        ([FIRST, SECOND, THIRD, FOURTH | {"carries": "2"}], {1: None, 2: None, 3: 1, 4: 2}),
        ([FIRST, SECOND, THIRD | {"carries": ""}, FOURTH | {"carries": "1"}], {1: None, 2: None, 3: None, 4: 1}),
        ([FIRST | {"carries": "4"}, SECOND, THIRD, FOURTH], {1: 4, 2: None, 3: 1, 4: None}),
        ([FIRST, SECOND | {"carries": "1"}, THIRD | {"carries": "2"}], {1: None, 2: 1, 3: 2}),
        ([SECOND, THIRD | {"carries": "2"}], {2: None, 3: 2}),
        ([SECOND, THIRD | {"carries": ""}], {2: None, 3: None}),
        ([SECOND, FOURTH | {"carries": "2"}], {2: None, 4: 2}),
        ([FIRST, SECOND], {1: None, 2: None}),
        ([SECOND], {2: None}),
    ],
)
def test_an_entry_is_stored_with_what_its_citations_carry(claim, cites, expected):
    before = keys()
    rewrite(claim, cites=[{key: value for key, value in one.items() if value} for one in cites])
    assert carried() == expected
    assert {number: key for number, key in keys().items() if number in before}.items() <= before.items()
    assert written(Claim.objects.get())["cites"] == [
        {key: value for key, value in one.items() if value} for one in cites
    ]


@pytest.mark.parametrize("carries", ["3", "9", "0", "second", "(no longer here)"])
def test_a_citation_carries_another_one_of_its_claim(claim, carries):
    words = f"Citation 3 cannot stand in the place of “{carries}”: that is no other one of its claim."
    with pytest.raises(ValidationError, match=words[:40]) as refused:
        rewrite(claim, cites=[FIRST, SECOND, THIRD | {"carries": carries}])
    assert refused.value.messages == [words]
    assert carried() == {1: None, 2: None, 3: 1}


def test_two_citations_do_not_carry_the_same_one(claim):
    with pytest.raises(ValidationError, match="Citation with this Carries already exists"):
        rewrite(claim, cites=[FIRST, SECOND, THIRD, FOURTH | {"carries": "1"}])


def test_a_citation_of_another_claim_is_not_carried(claim):
    other = make_claim(Source.objects.get(slug="second").paragraphs.get(number=1), published=False)
    citation = other.citations.get()
    for carries in (claim.citations.get(number=2), citation):
        citation.carries = carries
        with pytest.raises(ValidationError, match="in the place of another citation of the same claim"):
            citation.clean()


def test_a_proposal_carries_it_to_the_public_entry(claim):
    now = written(claim)
    proposed = now | {"cites": [FIRST, SECOND | {"not_carried": ""}, THIRD, FOURTH | {"carries": "2"}]}
    proposal = propose("claim", claim.ref, now, proposed, by=User.objects.create(username="ann"))
    approve(proposal, by=User.objects.create(username="mary"))
    assert carried() == {1: None, 2: None, 3: 1, 4: 2}
    assert Citation.objects.get(number=2).not_carried == ""


def test_the_history_tells_it_and_brings_it_back_with_citations_that_are_gone(claim):
    ann = User.objects.create(username="ann")
    rewrite(claim, cites=[SECOND])
    assert versions(claim)[-2].entry["cites"] == [FIRST, SECOND, THIRD]
    restore(Claim.objects.get(), versions(claim)[-2], by=ann)
    assert carried() == {1: None, 2: None, 3: 1}


def test_what_differs_is_said_in_words(claim):
    before = written(claim)
    rewrite(claim, cites=[FIRST, SECOND | {"carries": "1", "not_carried": ""}, THIRD | {"carries": "2"}])
    found = [(one.what, one.before, one.after) for one in differences(before, written(Claim.objects.get()))]
    assert found == [
        ("citation 2: nothing in its place", "It asks now.", ""),
        ("citation 2: in the place of citation", "", "1"),
        ("citation 3: in the place of citation", "1", "2"),
    ]


def test_who_opened_it_before_is_stopped(claim):
    sealed = seal(claim)
    rewrite(claim, cites=[FIRST, SECOND, THIRD, FOURTH | {"carries": "2"}])
    assert [one.what for one in changed_since(sealed, claim)] == ["citation 4"]


def last():
    return ChangeSet.objects.order_by("pk").last()


def test_citations_that_carry_each_other_are_taken_back_and_made_again_together(claim):
    ann = User.objects.create(username="ann")
    with change_set(reason="All at once."):
        rewrite(claim, cites=[SECOND | {"carries": "4"}, THIRD | {"carries": "2"}, FOURTH])
    done = undo(last(), by=ann, reason="It was right.")
    assert carried() == {1: None, 2: None, 3: 1}
    undo(done, by=ann, reason="It was not.")
    assert carried() == {2: 4, 3: 2, 4: None}


def test_what_two_citations_trade_is_traded_back(claim):
    rewrite(claim, cites=[FIRST, SECOND, THIRD, FOURTH | {"carries": "2"}])
    rewrite(claim, cites=[FIRST, SECOND, THIRD | {"carries": "2"}, FOURTH | {"carries": "1"}])
    assert carried() == {1: None, 2: None, 3: 2, 4: 1}
    undo(last(), by=None, reason="Not so.")
    assert carried() == {1: None, 2: None, 3: 1, 4: 2}


def test_the_making_of_what_is_carried_is_not_taken_back_alone(claim):
    rewrite(claim, cites=[FIRST, SECOND, THIRD, FOURTH])
    made = last()
    rewrite(claim, cites=[FIRST, SECOND | {"carries": "4"}, THIRD, FOURTH])
    with pytest.raises(UndoRefused) as refused:
        undo(made, by=None, reason="Not so.")
    assert refused.value.messages == ["What would be gone is still in use: citation C0001.4 by citation C0001.2."]


def test_a_claim_goes_with_citations_that_carry_each_other(claim):
    claim.delete()
    assert not Citation.objects.exists()


def test_a_backup_brings_back_citations_in_whichever_order_they_carry(claim):
    rewrite(claim, cites=[FIRST | {"carries": "3"}, SECOND, THIRD | {"carries": ""}])
    Source.objects.filter(slug="second").update(draft={"b": [1, {"ä": None}], "a": 1.5})
    stream = io.StringIO()
    rows.write(stream)
    Citation.objects.filter(number=1).update(carries=None)
    Source.objects.update(draft={})
    stream.seek(0)
    rows.replace(stream)
    assert carried() == {1: 3, 2: None, 3: None}
    assert Source.objects.get(slug="second").draft == {"b": [1, {"ä": None}], "a": 1.5}
    again = io.StringIO()
    rows.write(again)
    assert again.getvalue() == stream.getvalue()


def compiled(tmp_path, name, *changes):
    path = tmp_path / name
    path.write_text(compile_fixture(*curated(tmp_path, a_source=list(changes))), encoding="utf-8")
    return path


def cites(*given):
    """A change that gives C0002 citations of these words, each with the number of the one that it carries."""
    lines = [f'    - {{at: a-source#3, number: "{at}", quote: {words}, carries: "{carries}"}}\n'
             for at, words, carries in given]  # fmt: skip
    return '    - {at: a-source#3, quote: "20,000 members"}\n', "".join(lines)


def test_a_fixture_has_each_citation_after_the_one_that_it_carries(tmp_path):
    path = compiled(tmp_path, "a.json", cites((1, "members", 3), (2, "party", ""), (3, "needs", 2)))
    fields = [item["fields"] for item in json.loads(path.read_text()) if item["model"] == "reforms.citation"]
    assert [(one["claim"], one["number"], one.get("carries")) for one in fields] == [
        (["C0001"], 1, None), (["C0001"], 2, None), (["C0002"], 2, None), (["C0002"], 3, ["C0002", 2]),
        (["C0002"], 1, ["C0002", 3]),
    ]  # fmt: skip
    load(path)
    assert written(Claim.objects.get(ref="C0002"))["cites"][0]["carries"] == "3"


@pytest.mark.parametrize("given", [[(1, "members", 1)], [(1, "members", 2), (2, "party", 1)], [(1, "members", 7)]])
def test_curated_data_that_leads_round_or_nowhere_is_refused(tmp_path, given):
    with pytest.raises(CuratedDataInvalid, match="cannot stand in the place of"):
        compiled(tmp_path, "a.json", cites(*given))


def test_two_that_carry_the_same_one_are_refused(tmp_path):
    with pytest.raises(CuratedDataInvalid, match="This carries is given twice"):
        compiled(tmp_path, "a.json", cites((1, "members", ""), (2, "party", 1), (3, "needs", 1)))


STATES = [
    [(1, "members", ""), (2, "party", 1), (3, "needs", ""), (4, "A", 3)],
    [(1, "members", ""), (2, "party", 3), (3, "needs", ""), (4, "A", 1)],
    [(1, "party", ""), (2, "members", 1), (3, "A", ""), (4, "needs", 3)],
    [(1, "party", 2), (2, "members", "")],
    [(3, "members", 4), (4, "A", "")],
]


@pytest.mark.parametrize("newer", STATES[1:])
@pytest.mark.parametrize("older", STATES[:2])
def test_an_update_may_change_all_that_is_carried(tmp_path, older, newer):
    assert '"20,000 members"' in GOOD["claims/a-source.yaml"]
    load(compiled(tmp_path, "older.json", cites(*older)))
    update(compiled(tmp_path, "newer.json", cites(*newer)))
    claim = Claim.objects.get(ref="C0002")
    found = claim.citations.order_by("number").values_list("number", "quote", "carries__number")
    assert [(number, quote, carries or "") for number, quote, carries in found] == newer
    update(compiled(tmp_path, "older.json", cites(*older)))
    assert Citation.objects.filter(claim=claim).count() == len(older)
