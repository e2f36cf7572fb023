"""The timeline: everything dated as precisely as it is, what has no date apart, and no more than is public."""

import re

import pytest
from django.db.models import Q

from reforms.dated import HAS_NO_DATE, Dated
from reforms.models import Claim, Event, Milestone, ParameterChange, ReformTopic, Topic
from tests.factories import make_claim, make_event, make_milestone, make_reform

pytestmark = pytest.mark.django_db

ALL = "/timeline/?from=1900"


def plain(text):
    return " ".join(re.sub("<[^>]+>", " ", text).split())


def entries(text):
    """The rows of the list as (date, title, kind)."""
    body = text.partition('<table class="told dated"')[2].partition("</table>")[0]
    found = re.findall(
        r'data-label="Date"><span>(.*?)</span>.*?<a href="[^"]+">(.*?)</a><small>(.*?)</small>', body, re.S
    )
    return [(date, title, kind) for date, title, kind in found]


def marks(text):
    """The marks of the chart in words."""
    chart = text.partition('<svg class="chart timeline"')[2].partition("</svg>")[0]
    return re.findall(r'<a href="([^"]+)" class="mark[^"]*" aria-label="([^"]+)"', chart)


def facet(text, title):
    nav = text.partition('<nav class="facets"')[2].partition("</nav>")[0]
    section = next(section for section in nav.split("<section>") if f"<h2>{title}</h2>" in section)
    return [
        (label.partition("<")[0], number)
        for label, number in re.findall(r"<a [^>]*>(.*?)</a> <small>(\d+)</small>", section)
    ]


def test_everything_dated_stands_in_order_with_its_kind_and_leads_to_its_record(world, read):
    text = read(ALL)
    assert entries(text) == [
        ("1 September 2020", "Election of akims", "Announced"),
        ("1 September 2020", "Address of the President", "Event: other"),
        ("25 May 2021", "Election of akims", "Adopted: Law on akims"),
        ("25 May 2021", "Law on akims", "Date of a law: dated"),
        ("25 May 2021", "Members of a party: 40,000 → 20,000 people", "Change of value"),
    ]
    for address in ("/reforms/election-of-akims/#M0002", "/laws/law-on-akims/", "/parameters/members/"):
        assert f'<a href="{address}">' in text
    assert f'href="/sources/report/?claim={world.adopted.ref}#p3"' in text


def test_what_is_drawn_is_what_is_listed(world, read):
    assert [words for _address, words in marks(read(ALL))] == [
        "Event, 1 September 2020: 1",
        "Announced, 1 September 2020: 1",
        "Adopted, 25 May 2021: 1",
        "Date of a law, 25 May 2021: 1",
        "Change of value, 25 May 2021: 1",
    ]


def test_entries_at_one_date_are_one_mark_that_leads_to_them(world, read):
    for claim in (world.adopted, world.force):
        make_milestone(world.reform, claim, "implemented", "2021")
    [address] = [address for address, words in marks(read(ALL)) if words == "Implemented, 2021: 2"]
    assert address == "?kind=implemented&amp;date=2021"
    assert entries(read("/timeline/?kind=implemented&date=2021")) == [("2021", "Election of akims", "Implemented")] * 2


def test_what_is_only_planned_is_a_kind_of_its_own(world, read):
    idea = make_claim(world.note.paragraphs.get(), kind="planned", reforms=[world.reform])
    ParameterChange.objects.create(parameter=world.members, claim=idea, after="100", date="2022/2025")
    assert (
        "2022 to 2025",
        "Members of a party: not stated → 100",
        "Change of value, only proposed or planned",
    ) in entries(read(ALL))


def test_what_has_no_date_is_counted_and_named_and_never_placed(world, read):
    text = read(ALL)
    below = text.partition('<h2 id="undated">')[2].partition("</section>")[0]
    assert "<p>1 in force</p>" in below
    assert "1 entry that no source dates" in below
    assert "/reforms/election-of-akims/#M0003" in below
    assert "#M0003" not in text.partition('<h2 id="undated">')[0]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("from=2021", ["Election of akims", "Law on akims", "Members of a party: 40,000 → 20,000 people"]),
        ("to=2020", ["Election of akims", "Address of the President"]),
        ("from=2020-09-01&to=2020-09-01", ["Election of akims", "Address of the President"]),
        ("from=2020-10&to=2021-04", []),
        ("from=1900&kind=event&kind=law", ["Address of the President", "Law on akims"]),
        ("from=1900&q=law%20akims", ["Law on akims"]),
        ("from=1900&source=report&kind=event", ["Address of the President"]),
        ("from=1900&package=second-package&kind=law", ["Law on akims"]),
        ("from=1900&reform=election-of-akims&kind=value", ["Members of a party: 40,000 → 20,000 people"]),
        ("date=2021-05-25&kind=adopted", ["Election of akims"]),
        ("date=2021", []),
    ],
)
def test_the_address_narrows_the_list(world, read, query, titles):
    assert [title for _date, title, _kind in entries(read(f"/timeline/?{query}"))] == titles


def test_a_year_may_have_been_on_each_of_its_days(world, read):
    make_event(world.told, "year", title="A year", date="2021")
    assert "A year" in read("/timeline/?from=2021-03-01&to=2021-03-01")
    assert "A year" not in read("/timeline/?from=2022")


def test_an_open_end_reaches_into_every_later_year(world, read):
    make_event(world.told, "open", title="Since then", date="2021-03-01/..")
    assert ("from 1 March 2021 on", "Since then", "Event: other") in entries(read("/timeline/?from=2030&to=2031"))
    assert "Since then" not in read("/timeline/?to=2020")


def test_the_topic_is_that_of_the_reform_and_counts_what_is_left(world, read):
    other = make_reform("another")
    topic = Topic.objects.create(slug="courts", name="Courts", summary="x")
    ReformTopic.objects.create(reform=other, topic=topic)
    claim = make_claim(world.note.paragraphs.get(), "The members", reforms=[other])
    make_milestone(other, claim, "adopted", "2022-03")
    assert facet(read(ALL), "Topic") == [("Elections", "5"), ("Courts", "1")]
    assert facet(read(f"{ALL}&kind=adopted"), "Topic") == [("Courts", "1"), ("Elections", "1")]
    assert facet(read("/timeline/?from=2022"), "Topic") == [("Courts", "1")]
    assert entries(read(f"{ALL}&topic=courts")) == [("March 2022", "Another", "Adopted")]


def test_a_value_that_leaves_nothing_here_is_kept_and_not_refused(world, read):
    text = read("/timeline/?from=1990&to=1999&topic=elections&source=report&package=second-package")
    assert facet(text, "Topic") == [("Elections", "0")]
    assert "Nothing dated matches this choice." in text


def test_a_value_beyond_the_most_frequent_is_counted_as_it_is(world, read, monkeypatch):
    monkeypatch.setattr("reforms.views.timeline.OPTIONS", 1)
    other = make_claim(world.note.paragraphs.get(), "The members", reforms=[world.reform])
    make_milestone(world.reform, other, "adopted", "2022-03")
    assert facet(read(ALL), "Source") == [("The report", "5")]
    assert facet(read(f"{ALL}&source=note"), "Source") == [("The note", "1"), ("The report", "5")]


def test_the_years_with_most_are_shown_unless_others_are_asked_for(world, read):
    make_event(world.told, "old", title="Long ago", date="1984")
    text = read("/timeline/")
    assert "1 January 2017 to 31 December 2021" in text
    assert "Long ago" not in text
    assert "Long ago" in read(ALL)


def test_each_year_with_entries_is_a_link_that_opens_it(world, read):
    years = read(f"{ALL}&kind=event&kind=law").partition('<nav class="years"')[2].partition("</nav>")[0]
    assert re.findall(r'<a href="([^"]+)"(?: class="shown")? aria-label="([^"]+)"', years) == [
        ("?kind=event&amp;kind=law&amp;from=2020&amp;to=2020", "2020: 1"),
        ("?kind=event&amp;kind=law&amp;from=2021&amp;to=2021", "2021: 1"),
    ]


def test_what_is_chosen_can_be_taken_out_again(world, read):
    chips = read("/timeline/?from=2021&kind=law").partition('<ul class="chips"')[2].partition("</ul>")[0]
    assert re.findall(r'href="([^"]+)"', chips) == ["?kind=law", "?from=2021", "?"]


def test_only_what_is_public_is_shown_and_counted(world, read):
    Claim.objects.filter(pk=world.adopted.pk).update(state="draft")
    text = read(ALL)
    assert [kind for _date, _title, kind in entries(text)] == ["Announced", "Event: other", "Change of value"]
    assert facet(text, "Kind") == [("Event", "1"), ("Announced", "1"), ("Change of value", "1")]


def test_a_package_that_is_not_public_narrows_nothing(world, read):
    world.package.items.update(claim=make_claim(text="A draft."))
    assert "Second package" not in read(ALL)
    read(f"{ALL}&package=second-package", status=400)


def test_doubt_is_shown_where_the_record_stands(world, read):
    Event.objects.update(taint="The date was changed.")
    Milestone.objects.filter(date="").update(taint="The stage was changed.")
    Claim.objects.filter(pk=world.told.pk).update(taint="The words were changed.")
    text = read(ALL)
    assert "The date was changed." in text
    assert "The stage was changed." in text.partition('<h2 id="undated">')[2]
    assert text.count("its claim is in doubt") == 2


def test_each_entry_is_counted_once_however_many_sources_and_reforms_its_claim_has(world):
    second = make_reform("second")
    claim = make_claim(world.report.paragraphs.get(number=2), "the President", reforms=[world.reform, second])
    make_event(claim, "twice", date="2020-03")
    dated = Dated()
    assert dated.by_kind(~HAS_NO_DATE)["event"] == 2
    assert dated.entries(~HAS_NO_DATE).count() == 6
    assert dated.of("source", ["report"], ~HAS_NO_DATE) == {"report": ("The report", 6)}
    assert dated.of("reform", ["second"], Q()) == {"second": ("Second", 1)}
    assert dated.by_year() == {2020: 3, 2021: 3}
