"""The list of reforms: how it is narrowed and ordered, and what a row tells."""

import re

import pytest

from reforms.models import Claim, LawLink, Milestone
from tests.factories import make_claim, make_discrepancy, make_law, make_milestone, make_reform, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(world):
    """A second reform, with one claim of its own source and nothing else."""
    reform = make_reform("undated", title="Undated")
    world.undated = make_claim(make_source("Words.", "other").paragraphs.get(), reforms=[reform])
    return reform


def names(text):
    return re.findall(r'<a class="name" href="/reforms/[^"]+">([^<]+)</a>', text)


def row(text, title):
    """The words of the row of one reform."""
    found = next(li for li in re.findall(r"<li>\s*<div class=\"what\">.*?</li>", text, re.DOTALL) if title in li)
    return " ".join(re.sub("<[^>]+>", " ", found).split())


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Election of akims", "Undated"]),
        ("stage=in_force", ["Election of akims"]),
        ("stage=announced", []),
        ("stage=none", ["Undated"]),
        ("stage=none&stage=in_force", ["Election of akims", "Undated"]),
        ("stage=in_force&as_of=2020-10-01", []),
        ("topic=elections", ["Election of akims"]),
        ("package=second-package", ["Election of akims"]),
        ("source=other", ["Undated"]),
        ("source=note&source=other", ["Election of akims", "Undated"]),
        ("law=law", ["Election of akims"]),
        ("law=decree", []),
        ("differs=yes", ["Election of akims"]),
        ("differs=no", ["Undated"]),
        ("differs=no&source=report", []),
        ("q=akims", ["Election of akims"]),
        ("q=akims&differs=no", []),
    ],
)
def test_reforms_are_narrowed(other, read, query, titles):
    assert names(read(f"/reforms/?{query}")) == titles


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("title", ["Election of akims", "Undated", "Youth"]),
        ("stage", ["Youth", "Election of akims", "Undated"]),
        ("latest", ["Youth", "Election of akims", "Undated"]),
        ("latest&as_of=2021-12-31", ["Election of akims", "Undated", "Youth"]),
        ("claims", ["Election of akims", "Undated", "Youth"]),
    ],
)
def test_reforms_are_ordered(other, world, read, sort, titles):
    youth = make_reform("youth", title="Youth")
    claim = make_claim(world.note.paragraphs.get(), "The members", kind="done", reforms=[youth])
    make_milestone(youth, claim, "implemented", "2022-03")
    assert names(read(f"/reforms/?sort={sort}")) == titles


def test_a_row_tells_stage_last_milestone_claims_discrepancies_and_packages(world, read):
    text = row(read("/reforms/"), "Election of akims")
    for words in ("Elections", "5 claims", "1 discrepancy", "In force", "Second package"):
        assert words in text, words
    assert "latest milestone: adopted, 25 May 2021" in text
    assert "latest milestone: announced, 1 September 2020" in row(
        read("/reforms/?as_of=2021-05-24"), "Election of akims"
    )


def test_the_latest_milestone_is_named_where_it_is_not_the_stage(world, read):
    Milestone.objects.filter(stage="adopted").update(
        date="2020-05-25", date_earliest="2020-05-25", date_latest="2020-05-25"
    )
    text = row(read("/reforms/?as_of=2021-05-24"), "Election of akims")
    assert "Adopted latest milestone: announced, 1 September 2020" in text


def test_the_choice_of_reforms_without_a_dated_stage_is_named_as_they_are(other, read):
    assert re.search(r"no dated stage", read("/reforms/").partition('class="reform-rows"')[0], re.IGNORECASE)
    assert "No dated stage" in row(read("/reforms/"), "Undated")


def test_oddities_of_print_are_counted_apart(world, read):
    make_discrepancy(world.told, world.halved, kind="different_scope")
    make_discrepancy(world.told, kind="misprint")
    make_discrepancy(world.told, kind="numbering")
    make_discrepancy(make_claim(text="A draft."), world.told, kind="misprint")
    assert "2 discrepancies · 2 oddities of print" in row(read("/reforms/"), "Election of akims")
    jump = read("/reforms/election-of-akims/").partition('href="#differ">Sources differ</a> ')[2]
    assert jump.startswith("<small>2 · 2 of print</small>")


def test_a_row_without_milestone_or_discrepancy_says_so_or_nothing(other, read):
    text = row(read("/reforms/"), "Undated")
    assert "1 claim " in text
    assert "No dated stage" in text
    assert "discrepanc" not in text


def test_claims_and_discrepancies_of_a_row_are_public_ones(world, read):
    Claim.objects.filter(pk=world.halved.pk).update(state="draft")
    text = row(read("/reforms/"), "Election of akims")
    assert "4 claims" in text
    assert "discrepanc" not in text


def test_the_kind_of_a_law_counts_only_by_a_public_link(world, other, read):
    LawLink.objects.create(law=make_law("a-decree", rank="decree"), reform=other, effect="amends", claim=world.undated)
    assert names(read("/reforms/?law=decree")) == ["Undated"]
    Claim.objects.filter(pk=world.adopted.pk).update(state="draft")
    assert names(read("/reforms/?law=law")) == []


def test_the_form_for_a_day_keeps_every_value_of_a_facet(other, read):
    form = re.search(r'<form class="as-of".*?</form>', read("/reforms/?source=note&source=other"), re.DOTALL).group()
    assert re.findall(r'name="source" value="(\w+)"', form) == ["note", "other"]
