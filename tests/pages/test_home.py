"""The first page: what the ledger holds, what changed, where sources differ, and how late its evidence is."""

import re

from reforms.models import Claim, Parameter, ParameterChange
from tests.factories import make_claim, make_discrepancy, make_source


def part(text, name):
    """The section of the page under the heading `name`."""
    return text.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]


def parameters(text):
    return re.findall(r'<h3><a href="/parameters/([a-z-]+)/">', part(text, "changed"))


def told_again(world, slug, before, after, kind="figure", date="", source="third"):
    """A change of the parameter `slug`, told by a claim of one more source."""
    claim = make_claim(
        make_source(f"It fell, says the {source}.", source).paragraphs.get(), kind=kind, reforms=[world.reform]
    )
    parameter, _ = Parameter.objects.get_or_create(slug=slug, name=slug.capitalize(), reform=world.reform)
    return ParameterChange.objects.create(parameter=parameter, claim=claim, before=before, after=after, date=date)


def test_what_changed_begins_with_what_most_sources_tell(world, read):
    told_again(world, "age", "20", "18")
    told_again(world, "age", "20", "18", source="fourth")
    text = read("/")
    assert parameters(text) == ["age", "members"]
    assert part(text, "changed").count("<strong>20</strong>") == 1  # the same values once
    assert "told by 2 sources" in part(text, "changed")
    assert "told by 1 source<" in part(text, "changed")


def test_what_is_only_proposed_or_half_told_has_not_changed(world, read):
    told_again(world, "age", "20", "18", kind="proposed")
    told_again(world, "fee", "", "5", source="fourth")
    assert parameters(read("/")) == ["members"]


def test_a_change_that_need_not_have_come_by_the_day_is_left_out(world, read):
    told_again(world, "age", "20", "18")
    assert parameters(read("/?as_of=2021-05-25")) == ["members"]
    assert parameters(read("/?as_of=2021-05-24")) == []
    assert "No change of value is known by this day." in read("/?as_of=2021-05-24")


def test_a_change_whose_claim_is_not_public_is_not_told(world, read):
    Claim.objects.filter(pk=world.fewer.pk).update(state="draft")
    assert parameters(read("/")) == []


def test_contradictions_between_most_sources_stand_first(world, read):
    make_discrepancy(world.told, title="A printed slip", kind="misprint")
    make_discrepancy(world.told, world.adopted, title="One text against itself", kind="contradiction")
    titles = re.findall(r"<h3><a href=\"/discrepancies/[^>]+>([^<]+)</a></h3>", part(read("/"), "differ"))
    assert titles == ["By how much members fell", "One text against itself", "A printed slip"]


def test_the_latest_evidence_is_named_with_its_date(world, read):
    make_source("Later words.", "later", name="The later note", published="2022-03-01")
    assert "The later note</a>, 1 March 2022. What came after it is not known here." in read("/")


def test_topics_lead_to_their_reforms(world, read):
    assert "Elections</a>" in read("/").partition('class="topics"')[2].partition("</ul>")[0]
