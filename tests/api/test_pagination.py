"""Pages, walked both ways, give every row exactly once."""

import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.urls import RESOURCES
from reforms.models import Claim, ClaimReform, Milestone
from tests.api.test_filters import key
from tests.factories import cite, make_claim, make_milestone, make_reform, make_source, make_world

LINES = [f"{source}/{number}" for source in ("source-a", "source-b", "source-c") for number in range(1, 12)]


@pytest.fixture
def three_sources(db):
    """Three sources of eleven lines each: more than nine, so that 10 comes after 9 and not after 1."""
    text = "\n".join(["A line."] * 11)
    return [make_source(f"{text} {name}", f"source-{name}") for name in "cab"]


def walk(get, path, link="next"):
    """The pages from `path` on, each its path and names, following `link`; 100 pages would be going in a circle."""
    for _ in range(100):
        page = get(path)
        yield path, [key(row) for row in page["results"]]
        if page[link] is None:
            return
        path = page[link].split("/api/v1/")[1]
    raise AssertionError("the pages do not end")


@pytest.mark.parametrize("size", [1, 2, 5, 11, 32, 33, 500])
def test_a_walk_gives_every_paragraph_once_forwards_and_backwards(three_sources, get, size):
    forwards = list(walk(get, f"paragraphs/?page_size={size}"))
    assert [name for _, page in forwards for name in page] == LINES
    assert {len(page) for _, page in forwards[:-1]} <= {size}
    backwards = list(walk(get, forwards[-1][0], "previous"))
    assert [name for _, page in backwards[::-1] for name in page] == LINES


def test_the_first_page_has_no_previous_and_the_last_no_next(three_sources, get):
    first = get("paragraphs/?page_size=32")
    assert first["previous"] is None
    last = get(first["next"].split("/api/v1/")[1])
    assert last["next"] is None
    again = get(last["previous"].split("/api/v1/")[1])
    assert (again["results"], again["previous"], again["next"]) == (first["results"], None, first["next"])


def test_citations_of_one_claim_are_not_split_wrongly_between_pages(db, get):
    paragraph = make_source("One two three four five six seven eight nine ten eleven.").paragraphs.get()
    for words in (
        ["One", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"],
        ["One", "two"],
    ):
        claim = make_claim(paragraph, words[0])
        for word in words[1:]:
            cite(claim, paragraph, word)
    expected = [f"C0001.{number}" for number in range(1, 12)] + ["C0002.1", "C0002.2"]
    for size in (1, 2, 3, 5):
        assert [name for _, page in walk(get, f"citations/?page_size={size}") for name in page] == expected


def test_a_walk_keeps_its_filters(three_sources, get):
    pages = list(walk(get, "paragraphs/?source=source-b&page_size=4"))
    assert [name for _, page in pages for name in page] == LINES[11:22]


def test_a_row_that_is_added_or_hidden_between_pages_moves_no_other(db, get):
    paragraph = make_source().paragraphs.first()
    for ref in ("C0002", "C0004", "C0006"):
        make_claim(paragraph, ref=ref)
    second = get("claims/?page_size=1")["next"].split("/api/v1/")[1]
    make_claim(paragraph, ref="C0001")
    make_claim(paragraph, ref="C0003")
    Claim.objects.filter(ref="C0002").update(state="draft")
    assert [name for _, page in walk(get, second) for name in page] == ["C0003", "C0004", "C0006"]


def test_a_page_holds_50_rows_unless_asked_and_500_at_most(db, get):
    for number in range(52):
        slug = "reform-" + "".join(chr(ord("a") + int(digit)) for digit in str(number))
        reform = make_reform(slug)
        make_claim_once(reform)
    assert len(get("reforms/")["results"]) == 50
    assert len(get("reforms/?page_size=500")["results"]) == 52


def make_claim_once(reform):
    """One claim names every reform."""
    claim = Claim.objects.first() or make_claim(make_source().paragraphs.first())
    ClaimReform.objects.create(claim=claim, reform=reform)


@pytest.mark.parametrize("size", ["0", "501", "-1", "many", "1.5", "1e2", "٣", "99999999999999999999", "%00"])
def test_a_page_size_that_is_no_number_from_1_to_500_is_refused_by_name(db, get, size):
    assert get(f"claims/?page_size={size}", 400) == {"page_size": ["Give a number from 1 to 500."]}


@pytest.mark.parametrize("cursor", ["x", "W10", "W2ZhbHNlLFtdXQ:AAAA", "%00", "ы", "W2ZhbHNlLFsiQzAwMDEiXV0%3D"])
def test_a_cursor_made_by_hand_is_refused_by_name(db, get, cursor):
    message = "This cursor was not given out here: follow `next` and `previous`."
    assert get(f"claims/?cursor={cursor}", 400) == {"cursor": [message]}


def test_a_cursor_of_another_resource_is_refused(three_sources, get):
    cursor = get("paragraphs/?page_size=1")["next"].split("cursor=")[1].split("&")[0]
    assert list(get(f"sources/?cursor={cursor}", 400)) == ["cursor"]
    assert list(get(f"citations/?cursor={cursor}", 400)) == ["cursor"]


def test_the_same_page_gives_the_same_cursor_each_time(three_sources, get):
    assert get("paragraphs/?page_size=2") == get("paragraphs/?page_size=2")


DAYS = st.none() | st.sampled_from([datetime.date(2020, 5, day) for day in (1, 2, 3)])
ORDERS = st.lists(
    st.sampled_from(["date_earliest", "date_latest", "stage", "reform"]), min_size=1, max_size=3, unique=True
).flatmap(lambda names: st.tuples(*(st.sampled_from([name, f"-{name}"]) for name in names)))


@pytest.fixture
def milestones(db):
    """Eight milestones of one claim: of four stages in two reforms."""
    claim = make_claim(make_source().paragraphs.first(), reforms=[make_reform("reform-a"), make_reform("reform-b")])
    for link in claim.reform_links.all():
        for stage in ("announced", "drafted", "adopted", "in_force"):
            make_milestone(link.reform, claim, stage)
    return list(Milestone.objects.order_by("ref"))


def place(record, order):
    """Where a milestone belongs in an order, as something that can be compared: what has no value comes last."""
    values = {"reform": record.reform.slug, "stage": record.stage}
    values |= {name: (day := getattr(record, name)) and day.toordinal() for name in ("date_earliest", "date_latest")}
    key = []
    for name in order:
        value = values[name.removeprefix("-")]
        if isinstance(value, str):
            value = sorted({"announced", "drafted", "adopted", "in_force", "reform-a", "reform-b"}).index(value)
        key.append((value is None, (-value if name.startswith("-") else value) if value is not None else 0))
    return [*key, record.ref]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])  # it rolls back itself
@given(
    days=st.lists(st.tuples(DAYS, DAYS), min_size=8, max_size=8), order=ORDERS, size=st.integers(1, 9), gone=st.data()
)
def test_pages_in_any_order_give_the_whole_list_both_ways_also_when_rows_go(milestones, get, days, order, size, gone):
    with transaction.atomic():
        for record, (earliest, latest) in zip(milestones, days, strict=True):
            record.date_earliest, record.date_latest = earliest, latest
            Milestone.objects.filter(pk=record.pk).update(date_earliest=earliest, date_latest=latest)
        expected = [record.ref for record in sorted(milestones, key=lambda one: place(one, order))]
        first = f"milestones/?ordering={','.join(order)}&page_size={size}"
        forwards = list(walk(get, first))
        assert [name for _, page in forwards for name in page] == expected
        backwards = list(walk(get, forwards[-1][0], "previous"))
        assert [name for _, page in backwards[::-1] for name in page] == expected
        if len(forwards) > 1:  # what goes between two pages, of those seen or not, moves no other
            lost = gone.draw(st.sampled_from(expected))
            Milestone.objects.filter(ref=lost).delete()
            left = [name for name in expected[size:] if name != lost]
            assert [name for _, page in walk(get, forwards[1][0]) for name in page] == left
        transaction.set_rollback(True)


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_order_of_every_resource_gives_every_row_once_both_ways(db, get, resource):
    make_world(2)
    whole = sorted(key(row) for row in get(f"{resource}/?page_size=500")["results"])
    for name in RESOURCES[resource].filterset_class.orderings:
        up, down = ([key(row) for row in get(f"{resource}/?ordering={sign}{name}")["results"]] for sign in ("", "-"))
        assert sorted(up[:50]) == sorted(whole)[:50] if len(whole) <= 50 else len(up) == 50
        forwards = list(walk(get, f"{resource}/?ordering=-{name}&page_size={len(whole) // 2 + 1}"))
        assert [one for _, page in forwards for one in page][:50] == down
        backwards = list(walk(get, forwards[-1][0], "previous"))
        assert sorted(one for _, page in backwards for one in page) == whole


def test_an_order_says_what_comes_first(three_sources, get):
    assert [row["slug"] for row in get("sources/?ordering=-slug")["results"]] == ["source-c", "source-b", "source-a"]
    last = get("paragraphs/?ordering=-source&page_size=1")["results"]
    assert [key(row) for row in last] == ["source-c/11"]


def test_a_cursor_of_another_order_is_refused(three_sources, get):
    cursor = get("sources/?page_size=1&ordering=name")["next"].split("cursor=")[1].split("&")[0]
    assert get(f"sources/?page_size=1&ordering=name&cursor={cursor}")["results"]
    assert list(get(f"sources/?ordering=-name&cursor={cursor}", 400)) == ["cursor"]


def test_how_many_there_are_is_said_only_on_request_and_costs_one_query(three_sources, get, count_queries):
    assert get("paragraphs/?source=source-b&count=true&page_size=2")["count"] == 11
    assert "count" not in get("paragraphs/?page_size=2")
    assert "count" not in get("paragraphs/?page_size=2&count=false")
    plain = count_queries("/api/v1/paragraphs/?page_size=2")
    assert count_queries("/api/v1/paragraphs/?page_size=2&count=true") == plain + 1
    second = get("paragraphs/?count=true&page_size=32")["next"].split("/api/v1/")[1]
    assert get(second)["count"] == 33
