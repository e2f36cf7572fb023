"""Before and after: each change as its source states it, drawn where there are numbers, and never anything else."""

import re

import pytest

from reforms.models import Claim, Parameter, ParameterChange
from tests.factories import make_claim, make_discrepancy, make_reform, make_source

pytestmark = pytest.mark.django_db

MEMBERS = "/parameters/members/"


@pytest.fixture
def chain(world):
    """A second change of the members, from 20,000 to 5,000, by the note, and a third that is only proposed."""
    about = {"reforms": [world.reform], "laws": [world.law]}
    paragraph = world.note.paragraphs.get()
    done = make_claim(paragraph, "The members", text="Members fell to 5,000.", kind="done", **about)
    idea = make_claim(paragraph, "members fell", text="They should be 100.", kind="proposed", **about)
    ParameterChange.objects.create(parameter=world.members, claim=done, before="20,000", after="5,000", unit="members")
    ParameterChange.objects.create(parameter=world.members, claim=idea, after="100", date="2022~", scope="all parties")
    return done, idea


def make_parameter(world, slug, kind="done", **fields):
    paragraph = world.note.paragraphs.get()
    claim = make_claim(paragraph, text=f"About {slug}.", kind=kind, reforms=[world.reform])
    parameter = Parameter.objects.create(slug=slug, name=slug.replace("-", " ").capitalize(), reform=world.reform)
    ParameterChange.objects.create(parameter=parameter, claim=claim, **fields)
    return claim


def plain(text):
    return " ".join(re.sub("<[^>]+>", " ", text).split())


def headings(text):
    return re.findall(r'<article class="sheet" id="([^"]+)"', text)


def rows(text):
    """The rows of the table, in words."""
    body = text.partition('<table class="told"')[2].partition("<tbody")[2].partition("</tbody>")[0]
    return [plain(re.sub(r'<div class="evidence">.*?</div>', "", row, flags=re.S)) for row in body.split("<tr ")[1:]]


def test_each_change_stands_in_the_table_with_all_that_is_stated(world, chain, read):
    assert [row.partition(">")[2].strip() for row in rows(read(MEMBERS))] == [
        "1 40,000 20,000 people 25 May 2020 The report ¶4 : the words of C0004".replace("2020", "2021"),
        "2 not stated in the sources 100 all parties only proposed about 2022 The note ¶1 : the words of C0007",
        "3 20,000 5,000 members no date in the sources The note ¶1 : the words of C0006",
    ]


def test_the_steps_of_a_chain_lead_to_the_rows(world, chain, read):
    tellers = read(MEMBERS).partition('<ul class="tellers">')[2].partition("</ul>")[0]
    steps = [(row, plain(words)) for row, words in re.findall(r'<a href="#([^"]+)">(.*?)</a>', tellers)]
    assert steps == [("members-1", "1: 40,000 → 20,000"), ("members-3", "3: 20,000 → 5,000")]


def test_nothing_is_read_together_where_nothing_meets(world, read):
    assert '<div class="chain">' not in read(MEMBERS)


def test_marks_are_links_to_the_rows_and_say_all_in_words(world, chain, read):
    chart = read("/parameters/").partition('<svg class="chart"')[2].partition("</svg>")[0]
    assert re.findall(r'<a href="([^"]+)" class="([^"]+)" aria-label="([^"]+)"', chart) == [
        ("#members-1", "mark", "1: 40,000 → 20,000, people, 25 May 2021, The report"),
        ("#members-2", "mark intended", "2: not stated → 100, about 2022, only proposed, The note"),
        ("#members-3", "mark", "3: 20,000 → 5,000, members, no date in the sources, The note"),
    ]
    assert '<rect class="band about"' in chart
    assert "no date in the sources</text>" in chart


def test_sources_have_shapes_of_their_own_and_their_names(world, chain, read):
    keys = read("/parameters/").partition('<ul class="keys">')[2].partition("</ul>")[0]
    assert plain(keys) == "The note The report hollow: only proposed or planned"
    forms = re.findall(r'<svg class="([^"]+)".*?<path d="([^"]+)"', keys)
    assert [form for form, _path in forms] == ["shape", "shape intended", "shape"]
    (_, note), (_, hollow_note), (_, report) = forms
    assert note == hollow_note != report


def test_a_form_that_is_not_drawn_is_not_explained(world, read):
    idea = make_claim(world.note.paragraphs.get(), kind="proposed", reforms=[world.reform])
    ParameterChange.objects.create(parameter=world.members, claim=idea, after="100")
    keys = read("/parameters/").partition('<ul class="keys">')[2].partition("</ul>")[0]
    assert re.findall(r'<svg class="([^"]+)"', keys) == ["shape intended", "shape"]


def test_a_change_in_words_is_a_card_without_a_chart(world, read):
    make_parameter(world, "assembly", before="permission", after="notification")
    text = read("/parameters/assembly/")
    assert '<svg class="chart"' not in text
    card = text.partition('<ol class="change-cards">')[2].partition("</ol>")[0]
    assert "<strong>permission</strong>" in card
    assert "<strong>notification</strong>" in card


def test_the_page_has_the_claims_the_discrepancies_and_the_reform(world, read):
    text = read(MEMBERS)
    assert "Members fell to 20,000." in text
    assert 'id="D0001"' in text
    assert 'href="/reforms/election-of-akims/"' in text
    other = make_claim(world.note.paragraphs.get(), "fell")
    make_discrepancy(other, title="About something else")
    assert "About something else" not in read(MEMBERS)


def test_only_what_is_public_is_shown(world, chain, read):
    Claim.objects.filter(pk=chain[0].pk).update(state="draft")
    assert "5,000" not in read(MEMBERS) + read("/parameters/")
    Claim.objects.filter(pk__in=[world.fewer.pk, chain[1].pk]).update(state="draft")
    read(MEMBERS, status=404)
    assert headings(read("/parameters/")) == []


@pytest.mark.parametrize("url", ["/parameters/", MEMBERS])
def test_doubt_is_shown_beside_the_change(world, read, url):
    ParameterChange.objects.update(taint="The date was changed.")
    Claim.objects.filter(pk=world.fewer.pk).update(taint="The words were changed.")
    text = read(url).partition("<tbody")[2].partition("</tbody>")[0]
    assert "The date was changed." in text
    assert "its claim is in doubt" in text


def test_the_list_is_narrowed_by_form_kind_of_claim_topic_and_source(world, read):
    make_parameter(world, "assembly", kind="planned", before="permission", after="notification")
    make_parameter(world, "share", after="5,8%")
    other = make_reform("another-reform")
    claim = make_claim(make_source("It was so.", "third").paragraphs.get(), reforms=[other])
    far = Parameter.objects.create(slug="far", name="Far", reform=other)
    ParameterChange.objects.create(parameter=far, claim=claim, after="2,000 to 7,000")
    assert headings(read("/parameters/")) == ["assembly", "far", "members", "share"]
    assert headings(read("/parameters/?form=numbers")) == ["members", "share"]
    assert headings(read("/parameters/?form=words")) == ["assembly", "far"]
    assert headings(read("/parameters/?said=intended")) == ["assembly"]
    assert headings(read("/parameters/?said=so")) == ["far", "members", "share"]
    assert headings(read("/parameters/?topic=elections")) == ["assembly", "members", "share"]
    assert headings(read("/parameters/?source=third")) == ["far"]
    assert headings(read("/parameters/?source=note&form=numbers")) == ["share"]
    assert headings(read("/parameters/?q=memb")) == ["members"]
    assert headings(read("/parameters/?sort=latest"))[0] == "members"


def test_facets_say_how_many_each_would_leave(world, read):
    make_parameter(world, "assembly", kind="planned", before="permission", after="notification")
    facets = plain(read("/parameters/").partition('<nav class="facets"')[2].partition("</nav>")[0])
    assert facets.partition("> ")[2] == (
        "Form In numbers 1 In words 1 What is said What happened or holds 1 Only proposed or planned 1 "
        "Topic Elections 2 Source The note 1 The report 1"
    )


def test_they_come_twenty_at_a_time(world, read):
    claim = world.fewer
    for number in range(21):
        own = Parameter.objects.create(slug=f"p-{chr(97 + number)}", name=f"P {number:02}", reform=world.reform)
        ParameterChange.objects.create(parameter=own, claim=claim, after="x")
    assert len(headings(read("/parameters/"))) == 20
    assert len(headings(read("/parameters/?page=2"))) == 2
