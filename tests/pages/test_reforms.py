"""Reforms, packages, laws and claims: what is shown, on what it rests, and as of which day."""

import re

import pytest

from reforms.models import Claim, ParameterChange
from sources.dates import bounds
from tests.factories import cite, make_milestone

pytestmark = pytest.mark.django_db

REFORM = "/reforms/election-of-akims/"


def standing(text):
    """The stage in words, as the head of a reform's page gives it."""
    head = re.search(r'<p class="standing">(.*?)</p>', text, re.DOTALL).group(1)
    return " ".join(re.sub("<[^>]+>", " ", head).split())


def steps(text):
    """The words at each stage of the track."""
    track = text.partition('<ol class="track">')[2].partition("</ol>")[0]
    found = re.findall(r"<li.*?<b>(.*?)</b>(.*?)</li>", track, re.DOTALL)
    return {stage: " ".join(re.sub("<[^>]+>", " ", words).split()) for stage, words in found}


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        ("2020-08-31", "No dated stage"),
        ("2020-09-01", "Announced"),
        ("2021-05-24", "Announced"),
        ("2021-05-25", "Adopted"),
        ("2021-06-29", "Adopted"),
        ("2021-06-30", "In force"),
    ],
)
def test_the_stage_is_that_of_the_day(world, read, day, stage):
    assert standing(read(f"{REFORM}?as_of={day}")) == stage
    cell = f"Election of akims: {stage.split(' perhaps')[0].lower()}"
    for url in ("/", "/packages/", "/packages/second-package/"):
        assert cell in read(f"{url}?as_of={day}")
    assert stage.split(" perhaps")[0] in read(f"/reforms/?as_of={day}")


def test_what_may_have_happened_by_the_day_is_said_to_be_perhaps(world, read):
    make_milestone(world.reform, world.halved, "implemented", "2021-08")
    assert standing(read(f"{REFORM}?as_of=2021-08-15")) == "In force perhaps implemented"
    assert "perhaps by this day" in read(f"{REFORM}?as_of=2021-08-15")
    assert standing(read(f"{REFORM}?as_of=2021-08-31")) == "Implemented"


def test_today_is_the_day_unless_another_is_asked_for(world, read):
    assert standing(read(REFORM)) == "In force"
    assert 'class="banner"' not in read(REFORM)


@pytest.mark.parametrize("url", ["/", "/reforms/", REFORM, "/packages/", "/packages/second-package/"])
def test_a_banner_names_the_day_and_leads_back_to_today(world, read, url):
    text = read(f"{url}?as_of=2021-06-30")
    assert "As of <b>30 June 2021</b>" in text
    assert re.search(r'<p class="banner"[^>]*>.*?<a href="\?">Show today</a>', text, re.DOTALL)


def test_the_day_goes_along_to_other_pages_and_filters_are_kept(world, read):
    assert f'href="{REFORM}?as_of=2021-06-30"' in read("/?as_of=2021-06-30")
    text = read("/reforms/?topic=elections&as_of=2021-06-30")
    assert 'type="hidden" name="topic" value="elections"' in text
    assert 'type="hidden" name="as_of" value="2021-06-30"' in text


def test_a_change_of_value_after_the_day_is_marked_so(world, read):
    assert "after 30 June 2020" in read(f"{REFORM}?as_of=2020-06-30")
    assert "after 30 June 2021" not in read(f"{REFORM}?as_of=2021-06-30")
    assert "40,000" not in read("/?as_of=2020-06-30").partition("What changed")[2].partition("Where sources")[0]


def test_each_reached_stage_leads_to_its_claim_and_its_words(world, read):
    track = read(REFORM).partition('<ol class="track">')[2].partition("</ol>")[0]
    announced = track.partition("</li>")[0]
    assert "<b>Announced</b>" in announced
    assert f'<a href="/claims/{world.told.ref}/">The election was announced.</a>' in announced
    assert f'href="/sources/report/?claim={world.told.ref}#p2"' in track
    assert "not stated in the sources" in track


def test_a_milestone_without_a_date_says_so_and_from_which_day_it_counts(world, read):
    text = read(REFORM)
    assert "no date in the sources" in text
    assert "Counts from 30 June 2021, the latest day on which its source can have been published." in text


def test_a_milestone_of_an_undated_source_counts_for_no_day(world, read):
    make_milestone(world.reform, world.halved, "implemented")
    text = read(REFORM)
    assert "Counts for no day: it is not known by which day its source was published." in text
    assert steps(text)["Implemented"].startswith("told without a date The note ¶1")
    assert "no date in the sources" not in steps(text)["Implemented"]
    assert "no date in the sources" in steps(text)["In force"]
    assert standing(read(REFORM)) == "In force told without a date: implemented"


@pytest.mark.parametrize(("day", "stage"), [("2020-08-31", "no dated stage"), ("2021-06-30", "in force")])
def test_what_is_told_without_a_date_stands_beside_the_stage_on_every_day(world, read, day, stage):
    make_milestone(world.reform, world.halved, "implemented")
    assert standing(read(f"{REFORM}?as_of={day}")) == f"{stage.capitalize()} told without a date: implemented"
    for url in ("/", "/packages/", "/packages/second-package/"):
        text = read(f"{url}?as_of={day}")
        words = f"Election of akims: {stage}, told without a date: implemented"
        assert f'title="{words}"' in text
        assert f'<span class="visually-hidden">{words}</span>' in text
        assert f'class="step {stage.replace("no dated stage", "unknown").replace(" ", "_")} told-implemented"' in text
        assert "Told without a date, up to its height" in text
    for url in ("/reforms/", "/packages/second-package/", "/topics/elections/"):
        assert "told without a date: implemented</span>" in read(f"{url}?as_of={day}")


@pytest.mark.parametrize(
    ("announced", "adopted", "words"),
    [
        ("2020-09-01", "2020-05-25", "25 May 2020 earlier than the announcement, as told"),
        ("2020-09-01", "2020-09-01", "1 September 2020 The report"),
        ("2020-09", "2020-09-01", "1 September 2020 The report"),
        ("2020", "2020-05-25", "25 May 2020 The report"),
        ("2020-09-01", "", "no date in the sources The report"),
        ("", "2020-05-25", "25 May 2020 The report"),
    ],
)
def test_a_stage_that_is_dated_before_an_earlier_one_says_so(world, read, announced, adopted, words):
    for stage, day in (("announced", announced), ("adopted", adopted)):
        earliest, latest = bounds(day)
        world.reform.milestones.filter(stage=stage).update(date=day, date_earliest=earliest, date_latest=latest)
    track = steps(read(REFORM))
    assert track["Adopted"].startswith(words)
    assert "as told" not in track["Announced"] + track["In force"]


def test_a_stage_names_the_nearest_of_those_that_it_is_dated_before(world, read):
    make_milestone(world.reform, world.halved, "implemented", "2020-01-01")
    make_milestone(world.reform, world.halved, "stalled", "2019-01-01")
    track = steps(read(REFORM))
    assert "1 January 2020 earlier than the adoption, as told" in track["Implemented"]
    assert "as told" not in track["Stalled"]


def test_a_stage_that_its_sources_only_imply_says_so(world, read):
    world.told.citations.update(strength="implies")
    track = steps(read(REFORM))
    assert track["Announced"].startswith("1 September 2020 implied The report")
    assert track["Adopted"].startswith("25 May 2021 The report")
    cite(world.told, world.report.paragraphs.get(number=3), "The law of 25 May 2021", stance="disputes")
    assert "2020 implied" in steps(read(REFORM))["Announced"]
    cite(world.told, world.report.paragraphs.get(number=3), "voters elect akims")
    assert "2020 implied" not in steps(read(REFORM))["Announced"]


@pytest.mark.parametrize("stop", ["stalled", "withdrawn"])
def test_a_stop_stands_on_the_track_only_where_it_was_met(world, read, stop):
    assert stop not in read(REFORM)
    make_milestone(world.reform, world.halved, stop, "2022-01-01")
    assert standing(read(REFORM)) == stop.capitalize()
    assert standing(read(f"{REFORM}?as_of=2021-12-31")) == "In force"


def test_a_change_shows_before_after_unit_date_and_source(world, read):
    text = read(REFORM).partition('id="members"')[2].partition("</section>")[0]
    for words in ("40,000", "20,000", "people", "25 May 2021", f"/sources/report/?claim={world.fewer.ref}#p4"):
        assert words in text


def test_a_value_that_no_source_states_is_said_to_be_so(world, read):
    ParameterChange.objects.update(before="", date="")
    text = read(REFORM).partition('id="members"')[2].partition("</section>")[0]
    assert "not stated in the sources" in text
    assert "no date in the sources" in text


def test_a_reform_page_leads_to_laws_packages_sources_claims_and_discrepancies(world, read):
    text = read(REFORM)
    for address in (
        "/laws/law-on-akims/",
        "/packages/second-package/",
        "/sources/report/",
        f"/claims/{world.halved.ref}/",
        "/discrepancies/D0001/",
    ):
        assert f'href="{address}"' in text, address
    assert "as printed no. 3" in text
    assert "Address of the President" in text
    assert "Supported by 1 of 2 sources" in text


@pytest.mark.parametrize(
    "url", ["/laws/law-on-akims/", "/packages/second-package/", "/claims/C0001/"], ids=["law", "package", "claim"]
)
def test_other_pages_lead_back_to_the_reform(world, read, url):
    assert f'href="{REFORM}' in read(url)


def test_a_package_tells_the_stated_count_beside_the_counted(world, read):
    text = " ".join(re.sub("<[^>]+>", " ", read("/packages/second-package/")).split())
    assert "Items stated 7 The report ¶2 : the words of C0001" in text
    assert "Items listed here 1" in text
    assert "As read." in text


def test_a_law_gives_its_title_as_printed_and_each_date_with_its_claim(world, read):
    text = read("/laws/law-on-akims/")
    assert "On the election of akims" in text
    assert re.search(rf"<b>Dated</b> 25 May 2021.*?/claims/{world.adopted.ref}/", text, re.DOTALL)


def test_a_claim_tells_all_that_rests_on_it(world, read):
    text = " ".join(re.sub("<[^>]+>", " ", read(f"/claims/{world.told.ref}/")).split())
    for words in ("Milestone M0001", "Item of a package", "Stated number of items", "Event Address of the President"):
        assert words in text
    text = " ".join(re.sub("<[^>]+>", " ", read(f"/claims/{world.adopted.ref}/")).split())
    assert "Date of a law Law on akims : dated 25 May 2021" in text
    assert "Link of a law Law on akims implements Election of akims" in text
    text = " ".join(re.sub("<[^>]+>", " ", read(f"/claims/{world.fewer.ref}/")).split())
    assert "Change of value Members of a party : 40,000 → 20,000 people" in text
    assert "Discrepancy By how much members fell" in text


def test_a_claim_lights_its_quote_inside_the_whole_paragraph(world, read):
    text = read(f"/claims/{world.adopted.ref}/")
    rest = "lets voters elect akims of villages. It entered into force later."
    assert f'<mark class="on">The law of 25 May 2021</mark> {rest}' in text
    assert "supports, states it" in text
    assert f'href="/api/v1/claims/{world.adopted.ref}/"' in text


HIDDEN = {
    "told": ["The election was announced.", "20 September", "Second package", "Address of the President", "M0001"],
    "adopted": ["A law was adopted.", "M0002", "dated 25 May 2021", "implements"],
    "fewer": ["Members fell to 20,000.", "Members of a party", "By how much members fell", "D0001"],
}


@pytest.mark.parametrize("state", ["draft", "in_review"])
@pytest.mark.parametrize("name", HIDDEN)
def test_what_rests_on_an_unpublished_claim_is_nowhere(world, client, name, state):
    claim = getattr(world, name)
    Claim.objects.filter(pk=claim.pk).update(state=state)
    urls = ["/", "/reforms/", REFORM, "/packages/", "/laws/", "/laws/law-on-akims/", "/sources/", "/discrepancies/"]
    urls += ["/sources/report/", f"/sources/report/?claim={claim.ref}", "/claims/", "/?as_of=2021-06-30"]
    urls += ["/events/", "/actors/", "/topics/", "/topics/elections/", "/parameters/", "/timeline/", "/feeds/changes/"]
    urls += [
        f"/claims/{other.ref}/" for other in (world.told, world.adopted, world.fewer, world.halved) if other != claim
    ]
    shown = "".join(client.get(url).content.decode() for url in urls)
    for words in [*HIDDEN[name], f"/claims/{claim.ref}/"]:
        assert words not in shown, words


def test_an_unpublished_claim_is_not_counted(world, read):
    def counts():
        found = re.search(r'<ul class="figures">(.*?)</ul>', read("/"), re.DOTALL).group(1)
        return [int(number) for number in re.findall(r"<b>(\d+)</b>", found)]

    assert counts() == [1, 1, 5, 5, 2]
    Claim.objects.filter(pk=world.halved.pk).update(state="draft")
    assert counts() == [1, 1, 4, 4, 2]
    Claim.objects.update(state="draft")
    assert counts() == [0, 0, 0, 0, 2]


def test_a_package_without_a_public_item_is_not_found(world, read):
    Claim.objects.filter(pk=world.told.pk).update(state="draft")
    read("/packages/second-package/", status=404)


def test_an_event_and_a_count_that_are_not_public_are_not_stated(world, read):
    from reforms.models import PackageItem

    PackageItem.objects.update(claim=world.adopted)
    Claim.objects.filter(pk=world.told.pk).update(state="draft")
    text = read("/packages/second-package/")
    assert "Address of the President" not in text
    assert text.count("not stated in the sources") == 2
