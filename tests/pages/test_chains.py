"""Changes of value as chains: what is joined, what stands apart, and that every page tells the same."""

import re
from types import SimpleNamespace

import pytest

from reforms.chains import chains
from reforms.models import ParameterChange
from sources.dates import bounds
from tests.factories import make_claim


def change(before, after, date="", kind="done", later=False):
    first, last = bounds(date)
    return SimpleNamespace(
        before=before,
        after=after,
        unit="people",
        date_earliest=first,
        date_latest=last,
        later=later,
        happened=kind not in ("proposed", "planned"),
    )


def drawn(*told):
    """Each chain as its values, with how many tell each of its arrows."""
    return [
        (
            " → ".join([chain.arrows[0].before or "?", *(arrow.after or "?" for arrow in chain.arrows)]),
            [len(arrow.changes) for arrow in chain.arrows],
        )
        for chain in chains([change(*one) for one in told])
    ]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([("40,000", "20,000"), ("20,000", "5,000")], [("40,000 → 20,000 → 5,000", [1, 1])]),
        ([("20,000", "5,000"), ("40,000", "20,000")], [("40,000 → 20,000 → 5,000", [1, 1])]),
        ([("1", "2"), ("2", "3"), ("3", "4")], [("1 → 2 → 3 → 4", [1, 1, 1])]),
        ([("7", "5"), ("7", "5")], [("7 → 5", [2])]),
        (
            [("40,000", "20,000"), ("20,000", "5,000"), ("20,000", "5,000"), ("40,000", "5,000")],
            [("40,000 → 20,000 → 5,000", [1, 2]), ("40,000 → 5,000", [1])],
        ),
        ([("40,000", "20000"), ("20 000", "5,000")], [("40,000 → 20000 → 5,000", [1, 1])]),
        ([("7", "5"), ("about 5", "3")], [("7 → 5", [1]), ("about 5 → 3", [1])]),
        ([("7", "5"), ("5%", "3%")], [("7 → 5", [1]), ("5% → 3%", [1])]),
        ([("a", "b"), ("B", "c")], [("a → b", [1]), ("B → c", [1])]),
        ([("", "20,000"), ("20,000", "5,000")], [("? → 20,000", [1]), ("20,000 → 5,000", [1])]),
        ([("40,000", ""), ("", "5,000")], [("40,000 → ?", [1]), ("? → 5,000", [1])]),
        ([("1", "2"), ("2", "3"), ("2", "4")], [("1 → 2", [1]), ("2 → 3", [1]), ("2 → 4", [1])]),
        ([("1", "3"), ("2", "3"), ("3", "4")], [("1 → 3", [1]), ("2 → 3", [1]), ("3 → 4", [1])]),
        ([("1", "2"), ("2", "1")], [("1 → 2", [1]), ("2 → 1", [1])]),
        ([("1", "1")], [("1 → 1", [1])]),
        ([("1", "2", "2021"), ("2", "3", "2020")], [("1 → 2", [1]), ("2 → 3", [1])]),
        (
            [("1", "2", "2022"), ("2", "3"), ("3", "4", "2020")],
            [("1 → 2", [1]), ("2 → 3", [1]), ("3 → 4", [1])],
        ),
        ([("1", "2"), ("1", "2", "2022"), ("2", "3", "2020")], [("1 → 2", [2]), ("2 → 3", [1])]),
        ([("5", "7", "2022"), ("7", "5", "2007")], [("7 → 5 → 7", [1, 1])]),
        ([("0", "1"), ("1", "2"), ("2", "1")], [("0 → 1", [1]), ("1 → 2", [1]), ("2 → 1", [1])]),
        ([("0", "1"), ("1", "1"), ("1", "2")], [("0 → 1", [1]), ("1 → 1", [1]), ("1 → 2", [1])]),
        ([("1", "2", "2020"), ("2", "3", "2020")], [("1 → 2 → 3", [1, 1])]),
        ([("1", "2", "2021"), ("2", "3")], [("1 → 2 → 3", [1, 1])]),
    ],
)
def test_one_change_leads_to_the_next_only_where_nothing_else_can_be_meant(told, expected):
    assert drawn(*told) == expected


def test_what_is_only_intended_stands_apart_and_is_no_way_on():
    told = [("7", "5"), ("5", "3", "", "planned"), ("5", "2"), ("5", "2", "", "proposed")]
    assert drawn(*told) == [("7 → 5 → 2", [1, 1]), ("5 → 3", [1]), ("5 → 2", [1])]
    found = chains([change(*one) for one in told])
    assert [chain.arrows[-1].intended for chain in found] == [False, True, True]


def test_a_step_is_later_only_where_all_who_tell_it_say_so():
    [both] = chains([change("1", "2", later=True), change("1", "2")])
    assert (both.arrows[0].later, both.arrows[0].units) == (False, ["people"])
    [one] = chains([change("1", "2", later=True)])
    assert one.arrows[0].later is True


def read_in(page):
    """Each joined chain of a page: its values, who tells which step, and what it says of itself."""
    found = [one.partition("</div>\n<ul")[::2] for one in page.split('<div class="chain">')[1:]]
    return [
        (
            re.findall(r"<strong>(.*?)</strong>", values),
            re.findall(r"<b>(.*?)</b>.*?<span class=\"cite\">(.*?)</span>", rest.partition("</ul>")[0], re.DOTALL),
            " ".join(rest.partition('</ul>\n<p class="note">')[2].partition("</p>")[0].split()),
        )
        for values, rest in found
        if values.count('class="to"') > 1
    ]


STEPS = [("40,000 → 20,000", "The report ¶4"), ("20 000 → 5,000", "The note ¶1")]
SAID = (
    "Put together here from the words of 2 sources: The note, The report. "
    "They name what is counted in different words: members, people."
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("besides", "joined"),
    [
        (("40,000", "5,000", "done"), True),
        (("20,000", "100", "planned"), True),
        (("20,000", "a few", "done"), False),
        (("half a village", "20,000", "done"), False),
    ],
)
def test_the_parameter_its_chart_the_list_and_the_reform_tell_the_same_chains(world, read, besides, joined):
    for before, after, kind in [("20 000", "5,000", "done"), besides]:
        claim = make_claim(world.note.paragraphs.get(), kind=kind, reforms=[world.reform])
        ParameterChange.objects.create(parameter=world.members, claim=claim, before=before, after=after, unit="members")
    pages = [read(url) for url in ("/parameters/members/", "/parameters/", "/reforms/election-of-akims/")]
    expected = [(["40,000", "20,000", "5,000"], STEPS, SAID)] if joined else []
    assert [read_in(page) for page in pages] == [expected] * 3
    assert [page.count('<line class="joint"') for page in pages] == [2 * joined, 1 * joined, 0]
