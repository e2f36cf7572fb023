"""Changes of value as chains: what is joined, and what stands apart."""

from types import SimpleNamespace

import pytest

from reforms.views.chains import chains
from sources.dates import bounds


def change(before, after, date="", kind="done", later=False):
    first, last = bounds(date)
    return SimpleNamespace(
        before=before,
        after=after,
        unit="people",
        date_earliest=first,
        date_latest=last,
        later=later,
        claim=SimpleNamespace(kind=kind),
    )


def drawn(*told):
    """Each chain as its values, with how many tell each of its arrows."""
    return [
        (
            " → ".join([chain[0].before or "?", *(arrow.after or "?" for arrow in chain)]),
            [len(a.changes) for a in chain],
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
        ([("40,000", "20000"), ("20,000", "5,000")], [("40,000 → 20000", [1]), ("20,000 → 5,000", [1])]),
        ([("", "20,000"), ("20,000", "5,000")], [("? → 20,000", [1]), ("20,000 → 5,000", [1])]),
        ([("40,000", ""), ("", "5,000")], [("40,000 → ?", [1]), ("? → 5,000", [1])]),
        ([("1", "2"), ("2", "3"), ("2", "4")], [("1 → 2", [1]), ("2 → 3", [1]), ("2 → 4", [1])]),
        ([("1", "3"), ("2", "3"), ("3", "4")], [("1 → 3", [1]), ("2 → 3", [1]), ("3 → 4", [1])]),
        ([("1", "2"), ("2", "1")], [("1 → 2", [1]), ("2 → 1", [1])]),
        ([("1", "1")], [("1 → 1", [1])]),
        ([("1", "2", "2021"), ("2", "3", "2020")], [("1 → 2", [1]), ("2 → 3", [1])]),
        ([("1", "2", "2020"), ("2", "3", "2020")], [("1 → 2 → 3", [1, 1])]),
        ([("1", "2", "2021"), ("2", "3")], [("1 → 2 → 3", [1, 1])]),
    ],
)
def test_one_change_leads_to_the_next_only_where_nothing_else_can_be_meant(told, expected):
    assert drawn(*told) == expected


def test_a_step_is_intended_or_later_only_where_all_who_tell_it_say_so():
    both = chains([change("1", "2", kind="proposed", later=True), change("1", "2", kind="done")])[0][0]
    assert (both.intended, both.later, both.units) == (False, False, ["people"])
    one = chains([change("1", "2", kind="planned", later=True)])[0][0]
    assert (one.intended, one.later) == (True, True)
