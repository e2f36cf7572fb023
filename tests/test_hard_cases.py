"""The hard cases of the five texts, literally: what the curated data says of each, and what it does not say.

Outside knowledge fills no gap, and a misprint stays as printed beside a discrepancy that says so.
"""

import datetime

import pytest

from reforms.models import Citation, Claim, Discrepancy, Law, LawDate, Milestone, PackageItem, ParameterChange, Reform
from sources.models import Paragraph

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge")]

REPORT, KOREA_POST = "kazinform-three-packages", "korea-post-reforms"
PRESS_SERVICE, HEARING_STATE = "press-service-key-reforms", "hearing-state-article"


def claims_at(source, *numbers):
    """Published claims that cite a paragraph, in the order of their references."""
    cited = {"citations__paragraph__source__slug": source, "citations__paragraph__number__in": numbers}
    return Claim.objects.public().filter(**cited).distinct().order_by("ref")


def claim_quoting(words, source, number):
    """The one published claim that stands on exactly these words of this paragraph."""
    citation = Citation.objects.public().get(quote=words, paragraph__source__slug=source, paragraph__number=number)
    return citation.claim


def printed(source, number):
    return Paragraph.objects.get(source__slug=source, number=number).text


def discrepancies_of(claims, kind):
    return Discrepancy.objects.public().filter(kind=kind, claims__in=claims).distinct()


PAIRS = [
    (7, 8, "peaceful assembly", "notification-of-assemblies"),
    (9, 10, "political party", "party-registration-threshold"),
    (11, 12, "women and youth", "quota-on-party-lists"),
    (13, 14, "akims", "direct-election-of-rural-akims"),
    (16, 17, "lower house", "threshold-to-enter-the-mazhilis"),
    (18, 19, "ballots", "option-against-all"),
    (20, 21, "libel", "decriminalisation-of-libel"),
    (22, 23, "online petition", "online-petitions"),
    (24, 25, "office of the commission", "separate-law-on-the-ombudsman"),
]


@pytest.mark.parametrize(("before", "after", "words", "reform"), PAIRS, ids=[pair[3] for pair in PAIRS])
def test_001_each_before_and_after_pair_is_one_claim_on_two_paragraphs(before, after, words, reform):
    assert words in printed(KOREA_POST, before)
    pair = [
        claim
        for claim in claims_at(KOREA_POST, before)
        if set(claim.citations.values_list("paragraph__number", flat=True)) == {before, after}
    ]
    assert len(pair) == 1
    (claim,) = pair
    assert claim.reform_links.filter(reform__slug=reform).exists()
    assert Claim.objects.with_support().get(pk=claim.pk).support == 1, "two paragraphs of one source are one source"
    change = ParameterChange.objects.public().get(claim=claim)
    assert change.before
    assert change.after
    assert change.date == ""


def test_001_the_pair_on_parties_gives_the_values_as_printed():
    change = ParameterChange.objects.get(claim__in=claims_at(KOREA_POST, 9))
    assert (change.before, change.after, change.unit) == ("40,000", "5,000", "members")


def test_004_20_a_law_its_date_and_two_principles():
    law = Law.objects.get(slug="law-on-peaceful-assemblies")
    assert law.title == "On the Procedure for Organizing and Conducting Peaceful Assemblies in Kazakhstan"
    date = law.dates.get()
    assert (date.kind, date.date) == ("dated", "2020-05-25")
    principle = claim_quoting(
        "it introduced a ‘notification’ principle for organizing and holding relevant events, "
        "which replaced the previous ‘permission’ principle",
        REPORT,
        20,
    )
    assert principle.pk != date.claim_id, "the date and the principles are two claims"
    assert principle.kind == "provision"
    change = ParameterChange.objects.get(claim=principle)
    assert (change.before, change.after) == ("permission", "notification")
    adopted = Milestone.objects.get(claim=date.claim)
    assert (adopted.reform.slug, adopted.stage, adopted.date) == ("notification-of-assemblies", "adopted", "2020-05-25")


def test_004_25_an_impossible_year_is_kept_as_printed_and_gives_no_date():
    assert "a rally and a march of feminists (8.03.20201)" in printed(REPORT, 25)
    citation = Citation.objects.public().get(paragraph__source__slug=REPORT, quote__contains="8.03.20201")
    claim = citation.claim
    assert "8.03.20201" in claim.text
    assert "2021" not in claim.text.replace("8.03.20201", "")
    assert [link.event.date for link in claim.event_links.all()] == [""]
    misprint = discrepancies_of([claim], "misprint").get()
    assert misprint.state == "open"
    assert "not corrected" in misprint.explanation


def test_004_31_words_that_seem_to_miss_a_not_are_not_turned_round():
    assert "It is known whether the applications were submitted" in printed(REPORT, 31)
    claim = Citation.objects.public().get(quote__startswith="It is known whether").claim
    misprint = discrepancies_of([claim], "misprint").get()
    assert "It is recorded as printed" in misprint.explanation


def test_004_32_two_laws_under_one_number_and_a_date_that_may_be_read_two_ways():
    assert printed(REPORT, 32).startswith("4. Laws «On amendments")
    assert printed(REPORT, 32).count("2.06.2020") == 2
    laws = Law.objects.filter(dates__claim__in=claims_at(REPORT, 32)).distinct()
    assert set(laws.values_list("slug", flat=True)) == {
        "amendments-to-the-law-on-committees-and-commissions",
        "amendments-to-the-law-on-the-parliament",
    }
    dates = LawDate.objects.filter(law__in=laws)
    assert [date.date for date in dates] == ["[2020-02-06,2020-06-02]"] * 2
    assert len({date.claim_id for date in dates}) == 2, "each law has a claim of its own"
    bounds = (datetime.date(2020, 2, 6), datetime.date(2020, 6, 2))
    assert {(date.date_earliest, date.date_latest) for date in dates} == {bounds}
    claims = [date.claim for date in dates]
    assert discrepancies_of(claims, "numbering").filter(title="Two laws under the number 4").exists()
    assert discrepancies_of(claims, "date_anomaly").filter(title__startswith="2.06.2020").exists()
    item = PackageItem.objects.get(package__slug="first-package", reform__slug="parliamentary-opposition")
    assert (item.position, item.number) == (4, "4")
    reform = Reform.objects.filter(slug="parliamentary-opposition")
    early, between, late = (reform.with_stage(datetime.date(2020, month, 15)).get() for month in (1, 3, 7))
    assert [(row.stage, row.perhaps) for row in (early, between)] == [("announced", "implemented")] * 2
    assert late.stage == "adopted"


def test_004_38_and_125_one_law_told_twice_is_one_law_with_two_provisions():
    law = Law.objects.get(dates__date="2020-05-13")
    date = law.dates.get()
    where = date.claim.citations.values_list("paragraph__source__slug", "paragraph__number")
    assert set(where) == {(REPORT, 38), (REPORT, 125)}
    provisions = Claim.objects.public().filter(law_links__law=law, kind="provision")
    feedback = [claim for claim in provisions if "feedback" in claim.text]
    assert len(feedback) == 2
    assert discrepancies_of(feedback, "different_scope").get().claims.count() == 2


def test_004_48_two_laws_one_date_and_no_verb_are_implied_not_stated():
    assert "dated May 25, 2020 and the Law of Kazakhstan" in printed(REPORT, 48)
    adopted = Milestone.objects.filter(reform__slug="direct-election-of-rural-akims", stage="adopted")
    assert [(one.date, one.law.slug) for one in adopted] == [
        ("2020-05-25", "amendments-and-additions-to-the-law-on-elections"),
        ("2020-05-25", "amendments-on-election-issues"),
    ]
    for one in adopted:
        strengths = one.claim.citations.filter(paragraph__number=48, stance="supports").values_list(
            "strength", flat=True
        )
        assert set(strengths) == {"implies"}
    announced = Milestone.objects.get(reform__slug="direct-election-of-rural-akims", stage="announced")
    assert announced.date == "2020-09-01", "after the laws that are to carry it out"
    assert (
        discrepancies_of([one.claim for one in adopted], "date_anomaly").filter(title__startswith="Laws dated").exists()
    )


def test_004_74_a_number_printed_twice_stands_at_its_own_position():
    items = PackageItem.objects.filter(package__slug="second-package").order_by("position")
    assert [(item.position, item.number) for item in items] == [
        (1, "1"), (2, "2"), (3, "3"), (4, "3"), (5, "5"), (6, "6"), (7, "7"),
    ]  # fmt: skip
    third, fourth = items[2], items[3]
    assert (third.reform.slug, fourth.reform.slug) == ("public-control", "online-petitions")
    assert discrepancies_of([fourth.claim], "numbering").filter(claims=third.claim).exists()


def test_004_105_a_law_in_force_before_its_reform_was_announced_is_shown_as_printed():
    assert "which entered into force on May 25, 2020" in printed(REPORT, 105)
    for slug in ("threshold-to-enter-the-mazhilis", "option-against-all"):
        reform = Reform.objects.get(slug=slug)
        assert reform.milestones.get(stage="announced").date == "2021-01-15"
        in_force = reform.milestones.exclude(law=None).get(stage="in_force")
        assert (in_force.date, in_force.law.slug) == ("2020-05-25", "amendments-and-additions-to-the-law-on-elections")
        assert Reform.objects.with_stage(datetime.date(2020, 6, 1)).get(slug=slug).stage == "in_force"
        assert discrepancies_of([in_force.claim], "date_anomaly").filter(title__contains="before they were announced")


def test_003_14_a_proposal_is_no_act_and_its_before_is_not_filled_in():
    assert "should be halved, that is, up to 20,000" in printed(HEARING_STATE, 14)
    change = ParameterChange.objects.get(claim__in=claims_at(HEARING_STATE, 14))
    assert (change.before, change.after, change.claim.kind) == ("", "20,000", "proposed")
    assert "40,000" not in change.claim.text
    assert not Milestone.objects.filter(claim=change.claim, stage__in=["adopted", "in_force", "implemented"]).exists()
    speaker = change.claim.actor_links.get(part="says")
    assert speaker.actor.slug == "tokayev"
    assert speaker.actor.aliases.filter(name="Tokaev").exists()


def test_002_18_a_quota_without_a_share_is_not_given_one():
    change = ParameterChange.objects.get(claim__in=claims_at(PRESS_SERVICE, 18))
    claim = change.claim
    assert "persons with special needs" in claim.text + change.scope + change.after
    assert "30" not in claim.text + change.before + change.after
    discrepancy = discrepancies_of([claim], "different_scope").get(title__startswith="The quota: 30%")
    quotas = ParameterChange.objects.filter(claim__in=discrepancy.claims.all(), parameter=change.parameter)
    assert {one.claim.citations.first().paragraph.source.slug for one in quotas} >= {REPORT, KOREA_POST, PRESS_SERVICE}


def test_the_threshold_is_one_parameter_with_every_source_side_by_side():
    changes = ParameterChange.objects.filter(parameter__slug="people-to-register-a-party")
    assert {(one.before, one.after, one.claim.citations.first().paragraph.source.slug) for one in changes} == {
        ("40,000", "20,000", REPORT),
        ("", "20,000", HEARING_STATE),
        ("20,000", "5,000", "riots-and-democracy-article"),
        ("20,000", "5,000", PRESS_SERVICE),
        ("40,000", "5,000", KOREA_POST),
    }
