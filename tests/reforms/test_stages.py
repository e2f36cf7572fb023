"""How far a reform had come on a day."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reforms.models import Claim, Milestone, Reform
from reforms.stages import ORDER, STOPS
from sources.dates import bounds
from tests.factories import cite, make_claim, make_milestone, make_reform, make_source

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 15)


def reform_with(*milestones, published="2021-06"):
    """A reform with milestones (stage, EDTF date), each on its own claim from one source."""
    lines = [f"Sentence number {number} is here." for number in range(len(milestones))] or ["Nothing."]
    source = make_source("\n".join(lines), published=published)
    reform = make_reform()
    for paragraph, (stage, day) in zip(source.paragraphs.all(), milestones, strict=False):
        make_milestone(reform, make_claim(paragraph, reforms=[reform]), stage, day)
    return reform


def stage_on(day):
    row = Reform.objects.with_stage(day).get()
    return row.stage, row.perhaps


def told_on(day):
    return Reform.objects.with_stage(day).get().told


@pytest.mark.parametrize(
    ("milestones", "day", "expected"),
    [
        ([], DAY, ("", "")),
        ([("announced", "2020-01-01")], date(2019, 12, 31), ("", "")),
        ([("announced", "2020-01-01")], date(2020, 1, 1), ("announced", "")),
        ([("announced", "2020-01-01"), ("adopted", "2020-05-25")], DAY, ("adopted", "")),
        ([("adopted", "2020-05-25"), ("announced", "2020-09-01")], date(2020, 6, 1), ("adopted", "")),
        ([("adopted", "2020-05-25"), ("announced", "2020-09-01")], DAY, ("adopted", "")),
        ([("announced", "2020-01-01"), ("adopted", "2021")], DAY, ("announced", "adopted")),
        ([("announced", "2020-01-01"), ("adopted", "2021")], date(2021, 12, 31), ("adopted", "")),
        ([("announced", "2020"), ("adopted", "2021")], date(2020, 6, 1), ("", "announced")),
        ([("drafted", "2021"), ("adopted", "2021")], DAY, ("", "adopted")),
        ([("adopted", "2020-01-01"), ("announced", "2021")], DAY, ("adopted", "")),
        ([("announced", "[2021-03..]")], DAY, ("", "announced")),
        ([("announced", "2020-01-01"), ("stalled", "2020-05-01")], DAY, ("stalled", "")),
        ([("announced", "2020-01-01"), ("withdrawn", "2020-01-01")], DAY, ("withdrawn", "")),
        ([("adopted", "2020-06-01"), ("stalled", "2020-05-01")], DAY, ("adopted", "")),
        ([("adopted", "2020-01-01"), ("stalled", "2020-05-01"), ("adopted", "2021-01-01")], DAY, ("adopted", "")),
        ([("announced", "[..2021-12-31]")], DAY, ("", "announced")),
        ([("stalled", "2020-05-01")], DAY, ("stalled", "")),
        ([("announced", "2020-01-01"), ("withdrawn", "2021")], DAY, ("announced", "withdrawn")),
        ([("announced", "2020-01-01"), ("implemented", "")], DAY, ("announced", "")),
        ([("announced", "2020-01-01"), ("implemented", "")], date(2021, 6, 30), ("implemented", "")),
    ],
    ids=str,
)
def test_the_stage_is_the_furthest_milestone_that_had_certainly_happened(milestones, day, expected):
    reform_with(*milestones)
    assert stage_on(day) == expected


@pytest.mark.parametrize("published", ["", "[2021-03..]"])
def test_a_milestone_without_a_date_never_counts_where_its_source_has_no_latest_day(published):
    reform_with(("implemented", ""), published=published)
    assert stage_on(date(2100, 1, 1)) == ("", "")
    assert told_on(date(1900, 1, 1)) == told_on(date(2100, 1, 1)) == "implemented"


@pytest.mark.parametrize(
    ("milestones", "day", "expected"),
    [
        ([], DAY, ""),
        ([("adopted", "")], DAY, "adopted"),
        ([("announced", ""), ("in_force", ""), ("drafted", "")], DAY, "in_force"),
        ([("announced", "2020-09-01"), ("adopted", "")], date(2020, 8, 31), "adopted"),
        ([("announced", "2020-09-01"), ("adopted", "")], DAY, "adopted"),
        ([("adopted", "2020-05-25"), ("announced", "")], DAY, ""),
        ([("adopted", "2020-05-25"), ("announced", "")], date(2020, 5, 24), "announced"),
        ([("adopted", "2020-05-25"), ("adopted", "")], DAY, ""),
        ([("announced", "2020-01-01"), ("stalled", "2020-05-01"), ("adopted", "")], DAY, "adopted"),
        ([("adopted", "[2020-03..]")], DAY, ""),
        ([("adopted", "[..2022]")], DAY, ""),
    ],
    ids=str,
)
def test_what_is_told_without_any_day_is_named_where_it_lies_beyond_the_stage(milestones, day, expected):
    reform_with(*milestones, published="")
    assert told_on(day) == expected


def test_what_counts_from_the_day_of_its_source_is_not_told_without_a_day():
    reform_with(("adopted", ""), published="2021-06")
    assert told_on(date(2021, 5, 1)) == told_on(date(2021, 7, 1)) == ""


def test_what_is_told_without_a_day_is_not_named_while_its_claim_is_not_public():
    reform_with(("adopted", ""), published="")
    Claim.objects.update(state="draft")
    assert told_on(DAY) == ""


def test_a_milestone_without_a_date_counts_from_the_first_of_the_sources_that_support_it():
    first = make_source("It was done.", "first-source", published="2021-02")
    second = make_source("It was done!", "second-source", published="2022-02")
    reform = make_reform()
    claim = make_claim(second.paragraphs.get(), reforms=[reform])
    make_milestone(reform, claim, "implemented")
    assert stage_on(date(2021, 12, 1)) == ("", "")
    cite(claim, first.paragraphs.get(), "It was done", stance="disputes")
    assert stage_on(date(2021, 12, 1)) == ("", "")
    cite(claim, first.paragraphs.get(), "It was done.")
    assert stage_on(date(2021, 12, 1)) == ("implemented", "")


@pytest.mark.parametrize("state", ["draft", "in_review", "retracted"])
def test_a_milestone_moves_nothing_while_its_claim_is_not_public(state):
    reform = reform_with(("adopted", "2020-05-25"))
    reason = "Wrong." if state == "retracted" else ""
    Claim.objects.update(state=state, retraction_reason=reason)
    assert stage_on(DAY) == ("", "")
    assert reform.milestones.count() == 1


def oracle(milestones, day):
    """The rule once more, told as plainly as DESIGN tells it, over (stage, earliest, latest) tuples."""
    certain = [one for one in milestones if one[2] and one[2] <= day]
    begun = [one for one in milestones if (one[1] or one[2]) and (one[1] is None or one[1] <= day)]
    possible = [one for one in begun if one not in certain]
    moves = sorted((ORDER.index(stage), latest.toordinal()) for stage, _, latest in certain if stage in ORDER)
    rank, reached = moves[-1] if moves else (-1, 0)
    stage = ORDER[rank].value if moves else ""
    stops = [(latest, stop) for stop, _, latest in certain if stop in STOPS and latest.toordinal() >= reached]
    if stops:
        stage = max(stops)[1]
    beyond = [ORDER.index(one) for one, _, _ in possible if one in ORDER and ORDER.index(one) > rank]
    perhaps = ORDER[max(beyond)].value if beyond else next((s for s, _, _ in possible if s in STOPS), "")
    told = [ORDER.index(one) for one, *days in milestones if days == [None, None] and one in ORDER]
    return stage, perhaps, ORDER[max(told)].value if told and max(told) > rank else ""


dates = st.sampled_from(
    ["2020", "2021", "2020-06", "2020-05-25", "2021-41", "[2020-02-06,2020-06-02]", "[2020-03..]", "[..2021-02]", ""]
)
stages = st.sampled_from([*ORDER, STOPS[0]])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(stages, dates), max_size=5), st.dates(date(2019, 12, 1), date(2022, 2, 1)))
def test_the_query_says_what_the_rule_says(django_db_setup, milestones, day):
    reform, _ = Reform.objects.get_or_create(slug="a-reform", title="A reform")
    Milestone.objects.all().delete()
    for stage, edtf in milestones:
        claim = make_claim(state="published")
        make_milestone(reform, claim, stage.value, edtf)
    told = [(stage.value, *bounds(edtf)) for stage, edtf in milestones]
    assert (*stage_on(day), told_on(day)) == oracle(told, day)
