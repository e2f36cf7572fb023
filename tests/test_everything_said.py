"""What the five texts say is in the ledger: whole lists, as printed, and what does not fit together in them."""

import pytest

from reforms.coverage import source_coverage
from reforms.models import Citation, Claim, Discrepancy, Law, LawDate, Milestone, Package, ParameterChange, Reform
from sources.models import Source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge")]

SOURCES = {
    "000": "riots-and-democracy-article",
    "001": "korea-post-reforms",
    "002": "press-service-key-reforms",
    "003": "hearing-state-article",
    "004": "kazinform-three-packages",
}


def test_no_paragraph_of_any_source_is_open():
    counted = {source.slug: source.open_count for source in source_coverage(Source.objects.all())}
    assert counted == dict.fromkeys(SOURCES.values(), 0)


def test_a_quote_is_short_or_says_why_it_is_not():
    long = [citation.ref for citation in Citation.objects.filter(note="") if len(citation.quote) > 300]
    assert long == []


PACKAGES = {
    "first-package": ["1", "2", "3", "4", "5", "5", "6"],
    "second-package": ["1", "2", "3", "3", "5", "6", "7"],
    "third-package": ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    "measures-after-first-meetings": ["1", "2"],
    "human-rights-measures-of-the-address": ["1", "2", "3", "4", "5", "6", "7"],
    "human-rights-measures-of-the-fifth-meeting": ["1", "2", "3", "4", "5"],
    "directions-of-the-human-rights-plan": ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    "nine-before-and-after": ["1", "2", "3", "4", "4", "5", "6", "7", "7", "7", "8", "9", "9", "9"],
    "programme-of-the-democracy-article": [""] * 19,
    "press-service-list": [""] * 34,
    "penalties-of-the-hearing-state-article": [""] * 8,
}


def test_every_list_of_the_texts_is_a_package_with_its_numbers_as_printed():
    printed = {
        package.slug: list(package.items.order_by("position").values_list("number", flat=True))
        for package in Package.objects.all()
    }
    assert printed == PACKAGES


def test_one_reform_stands_in_the_lists_of_several_texts():
    reform = Reform.objects.get(slug="party-registration-threshold")
    assert set(reform.package_items.values_list("package__slug", "number")) == {
        ("first-package", "3"),
        ("nine-before-and-after", "2"),
        ("programme-of-the-democracy-article", ""),
        ("press-service-list", ""),
    }


@pytest.mark.parametrize(
    ("law", "number", "kind", "date"),
    [
        ("order-on-video-surveillance", "No. 233", "dated", "2021-04-20"),
        ("order-on-units-for-women-and-children", "No. 64", "dated", "2021-03-19"),
        ("order-on-investigative-groups", "No. 198", "dated", "2021-04-07"),
        ("amendments-on-road-traffic", "", "dated", "[2021-01-02,2021-02-01]"),
        ("decree-on-further-human-rights-measures", "", "dated", "2021-06-09"),
        ("amendments-on-serious-crimes", "", "signed", "2019-12-30"),
        ("law-on-local-administration-and-self-government", "", "dated", "2021-01-23"),
    ],
)
def test_an_act_has_its_number_and_its_date_as_printed(law, number, kind, date):
    assert Law.objects.get(slug=law).number == number
    assert LawDate.objects.get(law__slug=law).date == date
    assert LawDate.objects.get(law__slug=law).kind == kind


@pytest.mark.parametrize(
    ("parameter", "before", "after", "unit"),
    [
        ("maximum-sentence-for-poaching", "5", "12", "years in prison"),
        ("sentence-for-human-trafficking", "", "7 to 12", "years"),
        ("staff-of-the-womens-unit", "", "248", "personnel"),
        ("staff-for-the-protection-of-children", "", "1,150", "personnel"),
        ("judges-appointed-by-parliament", "", "six", "Of the eleven judges"),
        ("form-of-the-council", "National Council of Public Trust", "National Kurultai", ""),
    ],
)
def test_a_value_is_as_printed_and_a_before_that_is_not_printed_stays_empty(parameter, before, after, unit):
    change = ParameterChange.objects.get(parameter__slug=parameter)
    assert (change.before, change.after, change.unit) == (before, after, unit)


def test_this_year_is_the_year_of_the_report_and_says_so():
    told = Claim.objects.filter(citations__quote__icontains="this year", text__contains="2021").distinct()
    assert {"C0146", "C0234", "C0264", "C0265"} <= set(told.values_list("ref", flat=True))
    assert not told.filter(note="").exists()


def test_a_reform_of_which_the_texts_tell_no_step_has_no_milestone_but_its_announcement():
    silent = Milestone.objects.filter(reform__slug="concepts-of-offences").values_list("stage", "date")
    assert list(silent) == [("announced", "2020-09-01")]


CONFLICTS = {
    "the first package is finished in 2020 with a law of 2021": ["004#9", "004#39"],
    "laws dated before the initiative that they carry out": ["004#44", "004#48"],
    "in force before it was announced": ["004#99", "004#105"],
    "seven initiatives under six numbers": ["004#42", "004#20", "004#39"],
    "the number 3 is printed twice": ["004#70", "004#74"],
    "one law told twice with other words": ["004#38", "004#125"],
    "which akims": ["004#48", "004#50", "004#58"],
    "district akims and regional akims": ["004#107", "004#108"],
    "a unit reinstated that was increased": ["004#140"],
    "notes that are missing, repeated and out of order": ["004#118", "004#126", "004#135", "004#172"],
    "the mechanism is coordinated already": ["004#83", "004#88"],
    "one committee or two": ["004#33", "004#34"],
    "dismissal of akims: law or still a plan": ["004#56", "004#64"],
    "the word that reverses the sense": ["004#31"],
    "excitement and incitement": ["004#37"],
    "a year with five digits": ["004#25"],
    "how the death penalty stands": ["004#40", "002#34", "000#19"],
    "members to register a party": ["001#10", "000#15", "002#14", "003#14", "004#29"],
    "whom the quota covers": ["001#12", "002#18", "003#15", "004#27"],
    "rural akims before the reforms": ["001#13", "004#58"],
    "the office that was lacking": ["001#24", "004#112"],
    "killed": ["000#4", "001#41"],
    "suspects": ["000#3", "001#41"],
    "nine packages or three": ["001#6", "004#9"],
    "reforms since 2019 or after the events": ["000#6", "001#3", "003#21"],
    "who may apply to the court": ["000#20", "002#26"],
    "the trial that may be one by jury": ["000#21", "002#24"],
    "civil functions that may be medical": ["002#34", "004#159"],
    "three new regions or four": ["000#12", "002#20"],
    "elections in five years": ["003#16"],
    "the council under two names": ["003#3", "003#21", "004#12"],
    "a monument of the same month": ["001#44", "001#35"],
    "with any prejudice": ["001#48"],
}


@pytest.mark.parametrize("places", CONFLICTS.values(), ids=CONFLICTS.keys())
def test_what_does_not_fit_together_stands_side_by_side_in_one_discrepancy(places):
    found = Discrepancy.objects.public()
    for place in places:
        name, number = place.split("#")
        cited = Citation.objects.filter(paragraph__source__slug=SOURCES[name], paragraph__number=number)
        found = found.filter(claims__in=cited.values("claim"))
    assert found.exists()
