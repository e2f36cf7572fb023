"""One reform: chains of values, groups of claims, what each source says, what is related, and what is folded."""

import re

import pytest

from reforms.models import Actor, Claim, LawLink, PackageItem, Parameter, ParameterChange
from tests.factories import make_claim, make_discrepancy, make_reform, make_source

pytestmark = pytest.mark.django_db
REFORM = "/reforms/election-of-akims/"


def plain(text):
    return " ".join(re.sub("<[^>]+>", " ", text).split())


def section(text, name):
    """The part of the page under the heading with the id `name`."""
    return text.partition(f'id="{name}"')[2].partition("</section>")[0]


@pytest.fixture
def second_step(world):
    """The note tells what the members fell to after that."""
    later = make_claim(
        make_source("Then to 5,000.", "other", name="The other").paragraphs.get(),
        text="Members fell to 5,000.",
        kind="done",
        reforms=[world.reform],
    )
    ParameterChange.objects.create(
        parameter=world.members, claim=later, before="20,000", after="5,000", unit="members", date="2022"
    )
    return later


def test_a_chain_names_the_source_of_each_step(world, second_step, read):
    text = plain(section(read(REFORM), "changes"))
    values = "before 40,000 → after 20,000 people → after 5,000 members"
    assert values in text
    assert "40,000 → 20,000 The report ¶4" in text
    assert "20,000 → 5,000 The other ¶1" in text
    assert "Put together here from the words of 2 sources: The other, The report." in text


def test_a_single_change_is_no_chain(world, read):
    assert "Put together here" not in read(REFORM)


def test_what_is_only_intended_is_a_card_of_its_own_and_marked(world, second_step, read):
    Claim.objects.filter(pk=second_step.pk).update(kind="planned")
    text = plain(section(read(REFORM), "changes"))
    assert "before 20,000 → after, only intended 5,000 members" in text
    assert "Put together here" not in text


def test_a_step_after_the_day_is_marked_so(world, second_step, read):
    text = plain(section(read(f"{REFORM}?as_of=2021-12-31"), "changes"))
    assert text.count("after 31 December 2021") == 1
    assert "after 31 December 2021" in text.partition("The other ¶1")[2]


def test_claims_stand_in_four_groups_each_with_its_kind(world, read):
    speaker = Actor.objects.create(slug="speaker", name="A speaker", kind="person")
    for number, kind in enumerate(Claim.Kind):
        make_claim(
            make_source(f"Words of {kind}.", f"source-{kind}").paragraphs.get(),
            text=f"Told as {kind}.",
            kind=kind,
            reforms=[world.reform],
            actors=[speaker],
            ref=f"C1{number:03}",
        )
    text = read(REFORM)
    groups = {
        name: re.findall(
            r"Told as (\w+)\.</a></p>\s*<div class=\"meta\">.*?<b><a[^>]*>(\w+)</a></b>", section(text, name), re.DOTALL
        )
        for name in ("announced", "decided", "done", "said")
    }
    assert groups == {
        "announced": [("proposed", "Proposed"), ("planned", "Planned")],
        "decided": [("adopted", "Adopted"), ("provision", "Provision")],
        "done": [("done", "Done")],
        "said": [("figure", "Figure"), ("assessment", "Assessment"), ("allegation", "Allegation")],
    }


def test_what_is_folded_is_still_on_the_page(world, read):
    for number in range(8):
        paragraph = make_source(f"Sentence {number}.", f"source-{'abcdefgh'[number]}").paragraphs.get()
        claim = make_claim(paragraph, text=f"Claim {number}.", kind="done", reforms=[world.reform])
        make_discrepancy(claim, kind="misprint", title=f"Misprint {number}")
    text = read(REFORM)
    done, differ = section(text, "done"), section(text, "differ")
    shown, folded = done.split('<details class="more">')
    assert (shown.count('<article class="claim">'), folded.count('<article class="claim">')) == (5, 3)
    assert "<mark>Sentence 7.</mark>" in folded
    assert "3 more claims" in folded
    shown, folded = differ.split('<details class="more">')
    assert (shown.count('<article class="dispute"'), folded.count('<article class="dispute"')) == (3, 6)
    assert "By how much members fell" in shown.partition("</article>")[0]


def test_the_list_of_contents_counts_what_stands_on_the_page(world, read):
    jump = re.search(r'<nav class="jump".*?</nav>', read(REFORM), re.DOTALL).group()
    assert re.findall(r'href="#(\w+)">[^<]+</a> <small>(\d+)</small>', jump) == [
        ("changes", "1"), ("decided", "3"), ("said", "2"), ("differ", "1"), ("sources", "2"), ("milestones", "3"),
    ]  # fmt: skip
    text = read(REFORM)
    for name in re.findall(r'href="#(\w+)"', jump):
        assert f'id="{name}"' in text, name


def test_each_source_has_a_row_of_what_it_says(world, read):
    rows = re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", section(read(REFORM), "sources"), re.DOTALL)
    assert [plain(row) for row in rows] == [
        "The report about June 2021 nothing 3 adopted nothing 1 figure 25 May 2021",
        "The note not dated nothing nothing nothing 1 figure none",
    ]
    assert 'href="/claims/?reform=election-of-akims&amp;source=report&amp;kind=adopted"' in rows[0]
    assert read("/claims/?reform=election-of-akims&source=report&kind=adopted").count('class="claim"') == 3


def test_values_stand_side_by_side_where_several_sources_tell_of_them(world, second_step, read):
    text = plain(section(read(REFORM), "sources"))
    assert "Members of a party: what each source gives" in text
    assert "C0004.1: The report ¶4 40,000 20,000 people none" in text
    second_step.parameterchange_set.all().delete()
    assert "Members of a party: what each source gives" not in plain(section(read(REFORM), "sources"))


def related(text):
    return re.findall(r'<a href="/reforms/([\w-]+)/">[^<]+</a>\s*<small>(.*?)</small>', section(text, "related"))


def test_related_reforms_say_what_they_share_and_the_nearest_come_first(world, read):
    assert 'id="related"' not in read(REFORM)
    quota, youth, list_only = make_reform("quota"), make_reform("youth"), make_reform("apart")
    paragraph = make_source("One. Two. Three.", "other").paragraphs.get()
    for quote in ("One.", "Two."):
        make_claim(paragraph, quote, reforms=[world.reform, quota])
    only = make_claim(paragraph, "Three.", reforms=[youth, list_only], laws=[world.law])
    LawLink.objects.create(law=world.law, reform=youth, effect="amends", claim=only)
    LawLink.objects.create(law=world.law, reform=youth, effect="drafts", claim=only)
    for position, reform in enumerate((quota, youth, list_only), start=2):
        PackageItem.objects.create(package=world.package, position=position, reform=reform, claim=only)
    text = read(REFORM)
    assert [(slug, plain(why)) for slug, why in related(text)] == [
        ("quota", "2 claims name both · in one package: Second package"),
        ("youth", "in one act: Law on akims · in one package: Second package"),
        ("apart", "in one package: Second package"),
    ]
    Claim.objects.filter(pk=only.pk).update(state="draft")
    assert [(slug, plain(why)) for slug, why in related(read(REFORM))] == [("quota", "2 claims name both")]


def test_the_page_leads_to_topics_events_people_and_packages(world, read):
    world.told.event_links.create(event=world.event)
    text = read(f"{REFORM}?as_of=2021-06-30")
    for address in ("/topics/elections/", "/events/address/", "/packages/second-package/?as_of=2021-06-30"):
        assert f'href="{address}"' in text, address
    assert "as printed no. 3" in text.partition("<h1>")[0]


def test_what_no_source_dates_is_no_value_of_the_day_that_was_asked(world, read):
    ParameterChange.objects.update(date="")
    values = read(f"{REFORM}?as_of=2021-06-30").partition('id="members"')[2].partition("</ul>")[0]
    assert '<div class="later"><small>after, by which day is not stated</small><strong>20,000</strong>' in values
    assert "<div><small>after</small><strong>20,000</strong>" in read(REFORM)


def test_what_happened_stands_before_what_was_intended_and_whole_changes_before_open_ends(world, read):
    for name, before, after, kind in (
        ("A plan", "1", "2", "planned"),
        ("An open end", "", "2", "done"),
        ("Whole", "1", "2", "done"),
    ):
        claim = make_claim(world.report.paragraphs.first(), text=f"{name}.", kind=kind, reforms=[world.reform])
        parameter = Parameter.objects.create(slug=name.lower().replace(" ", "-"), name=name, reform=world.reform)
        for one in ((before, after), ("", "3")):
            ParameterChange.objects.create(parameter=parameter, claim=claim, before=one[0], after=one[1])
    text = read(REFORM).partition('id="changes"')[2].partition("</section>")[0]
    assert re.findall(r'<h3><a href="/parameters/([a-z-]+)/">', text) == ["members", "whole", "an-open-end", "a-plan"]
    whole = text.partition('id="whole"')[2].partition('id="an-open-end"')[0]
    values = re.findall(r"(before|after) (\w+)", plain(whole))
    assert values == [("before", "1"), ("after", "2"), ("before", "not"), ("after", "3")]
