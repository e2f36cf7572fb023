"""Figures and dates of a text in one form, however they are printed."""

import pytest

from reforms.audit.dates import numeric_dates, printed_dates
from reforms.audit.figures import figures, readings


def stands(claim, quote):
    """Which figures of a claim do not stand in a quote."""
    return [figure.printed for figure in figures(claim) if not figure.readings & readings(quote)]


SAME = [
    ("40,000 members", "40\u00a0000 members"),
    ("40,000 members", "40000 members"),
    ("5.8%", "5,8% voted"),
    ("5.8 per cent", "5.8% voted"),
    ("7% to 5%", "from 7 to 5%"),
    ("30", "a 30% quota"),
    ("17.6 billion tenge", "about 17.6 billion tenge"),
    ("17.6 billion", "17,600 million"),
    ("2 million", "two million"),
    ("4 years", "for four years"),
    ("four years", "for 4 years"),
    ("twenty-three", "23 members"),
    ("206", "two hundred and six"),
    ("a hundred", "100 people"),
    ("a dozen", "12 groups"),
    ("twelve groups", "12 organized criminal groups"),
    ("fourfold", "reduced four times"),
    ("twice", "two times"),
    ("halved", "by half"),
    ("one third", "a third of it"),
    ("two thirds", "two-thirds"),
    ("a third reading", "the 3rd reading"),
    ("in 2020", "in 2020 third parties joined"),
    ("two states", "two third states"),
    ("the second session", "the 2nd session"),
    ("the seventh convocation", "the VII convocation"),
    ("the VII convocation", "the 7th convocation"),
    ("the twenty-first time", "the 21st time"),
    ("the thirtieth article", "the 30th article"),
    ("the first reason", "Firstly, the law"),
    ("the fourth measure", "4. Creation of a service"),
    ("at least once", "at least one time"),
    ("One party was registered", "a single party"),
    ("two measures", "Both these measures"),
    ("Article 39-7", "in accordance with Article 39-7"),
    ("25 May 2020", "May 25, 2020"),
    ("25 May 2020", "05.25.2020"),
    ("25 May 2020", "25.05.2020"),
    ("25 May 2020", "25th May 2020"),
    ("25 May 2020", "5/25/2020"),
    ("25 May 2020", "2020-05-25"),
    ("May 25", "25 May 2020"),
    ("in May 2020", "on 25.05.2020"),
    ("in May", "on May 25, 2020"),
    ("in 2020", "dated 05.25.2020"),
    ("2 June 2020", "dated 2.06.2020"),
    ("2.06.2020", "dated 2.06.2020"),
    ("8.03.20201", "feminists (8.03.20201)"),
    ("10 November 2020 to 4 December 2020", "from November 10 to December 4, 2020"),
    ("from 10 November to 4 December 2020", "from November 10 to December 4, 2020"),
    ("in March 2019", "in March-October 2019"),
    ("27 March 2021 and 15 May 2021", "27.03. and 15.05.2021"),
    ("on 10 May and 15 May 2020", "10-15 May 2020"),
    ("29 January", "on Jan. 29"),
    ("in 2021 and 2024", "in 2021-2024"),
]
OTHER = [
    ("40,000", "4,000", ["40,000"]),
    ("5.8%", "58%", ["5.8%"]),
    ("30% quota", "30 parties", ["30%"]),
    ("4.8 billion", "4.8 million", ["4.8 billion"]),
    ("four", "fourth", ["four"]),
    ("fourth", "four", ["fourth"]),
    ("25 May 2020", "May 25", ["25 May 2020"]),
    ("25 May 2020", "May 2020, on day 25", ["25 May 2020"]),
    ("25 May 2020", "25 June 2020", ["25 May 2020"]),
    ("in May 2020", "in May 2021", ["May 2020"]),
    ("5 May 2020", "5.12.2020", ["5 May 2020"]),
    ("in May", "it may be", ["May"]),
    ("in 2020", "20,201", ["2020"]),
    ("two thirds", "one third", ["two thirds"]),
    ("10-15 May 2020", "10 May 2020", ["10-15 May 2020"]),
    ("on 1 May 2020 and 2 May 2020", "on 1 May 2020", ["2 May 2020"]),
]
IDLE = [
    "one of the laws",
    "It was an opposition one.",
    "one or another format",
    "no one said so",
    "the one that passed",
    "at first nobody came",
    "once adopted, it holds",
    "a single term, both chambers",
    "the COVID-19 pandemic",
    "the G-20",
    "May nobody forget. March on!",
    "hundreds and thousands of people, dozens of laws",
    "he may march, they said",
]


@pytest.mark.parametrize(("claim", "quote"), SAME)
def test_a_figure_stands_where_it_is_printed_in_another_form(claim, quote):
    assert figures(claim)
    assert stands(claim, quote) == []


@pytest.mark.parametrize(("claim", "quote", "missing"), OTHER)
def test_another_figure_does_not_stand_for_it(claim, quote, missing):
    assert stands(claim, quote) == missing


@pytest.mark.parametrize("claim", IDLE)
def test_what_only_looks_like_a_figure_is_none(claim):
    assert figures(claim) == []


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on 2.06.2020.", [("2.06.2020", {(2020, 6, 2), (2020, 2, 6)})]),
        ("on 09/13/2020", [("09/13/2020", {(2020, 9, 13)})]),
        ("on 5.05.2020", [("5.05.2020", {(2020, 5, 5)})]),
        ("on 8.03.20201", [("8.03.20201", set())]),
        ("on 13.13.2020", [("13.13.2020", set())]),
        ("paid 1,250.50 at 12.30, see 1/2", []),
    ],
)
def test_a_date_in_numbers_is_every_day_that_it_can_mean(text, dates):
    assert [(date.printed, set(date.days)) for date in numeric_dates(text)] == dates


def test_dates_know_their_place_in_the_text():
    text = "From 10 November to 4 December 2020, and on 05.25.2020."
    assert [(date.printed, text[date.start : date.end]) for date in printed_dates(text)] == [
        ("10 November", "10 November"), ("4 December 2020", "4 December 2020"), ("05.25.2020", "05.25.2020")
    ]  # fmt: skip
