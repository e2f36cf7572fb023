"""Narrowing a list: by values of facets with their counts, by words, in an order; and all of it in the address."""

import re

import pytest
from django.test import RequestFactory

from reforms.models import Claim, ClaimReform, ReformTopic, Topic
from reforms.views.facets import AT_MOST, Facet, Narrowing
from reforms.views.refusals import BadQuestion
from tests.factories import make_claim, make_reform

pytestmark = pytest.mark.django_db
KINDS = {"done": "done", "planned": "planned", "figure": "figure"}
SORTS = {"ref": ("By reference", ("ref",)), "last": ("Last first", ("-ref",))}


@pytest.fixture
def claims():
    """Four claims: C9001 done on north, C9002 done on both, C9003 planned on south, C9004 planned on nothing."""
    north, south = make_reform("north", title="The north"), make_reform("south", title="The south")
    for ref, kind, text, reforms in (
        ("C9001", "done", "A road of 100% gravel.", [north]),
        ("C9002", "done", "A bridge and a road.", [north, south]),
        ("C9003", "planned", "A tunnel.", [south]),
        ("C9004", "planned", "A harbour.", []),
    ):
        make_claim(ref=ref, kind=kind, text=text, reforms=reforms)
    return Claim.objects.filter(ref__startswith="C90")


def narrowing(claims, query="", **given):
    facets = [
        Facet("kind", "Kind", claims, "kind", words=KINDS),
        Facet("reform", "Reform", ClaimReform.objects, "reform__slug", entry="claim", label="reform__title"),
    ]
    given = {"search": ("text",), "sorts": SORTS} | given
    return Narrowing(RequestFactory().get(f"/claims/?{query}"), claims, facets, **given)


def refs(narrowed):
    return [claim.ref for claim in narrowed.entries]


def offered(narrowed):
    """Facet → its values with their counts, those chosen with a star."""
    return {
        title: [f"{option.value} {option.count}{'*' * option.chosen}" for option in options]
        for title, options in narrowed.facets
    }


@pytest.mark.parametrize(
    ("query", "left", "kinds", "reforms"),
    [
        ("", ["C9001", "C9002", "C9003", "C9004"], ["done 2", "planned 2"], ["north 2", "south 2"]),
        ("kind=done", ["C9001", "C9002"], ["done 2*", "planned 2"], ["north 2", "south 1"]),
        ("reform=south", ["C9002", "C9003"], ["done 1", "planned 1"], ["south 2*", "north 2"]),
        ("reform=south&reform=north", ["C9001", "C9002", "C9003"], ["done 2", "planned 1"], ["north 2*", "south 2*"]),
        ("kind=planned&reform=north", [], ["done 2", "planned 0*"], ["north 0*", "south 1"]),
        ("q=road", ["C9001", "C9002"], ["done 2"], ["north 2", "south 1"]),
        ("kind=figure", [], ["done 2", "planned 2", "figure 0*"], []),
        ("kind=&reform=&q=", ["C9001", "C9002", "C9003", "C9004"], ["done 2", "planned 2"], ["north 2", "south 2"]),
    ],
)
def test_each_value_is_counted_under_the_other_facets_and_the_words(claims, query, left, kinds, reforms):
    narrowed = narrowing(claims, query)
    assert refs(narrowed) == left
    assert offered(narrowed) == {"Kind": kinds, "Reform": reforms}


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("ROAD", ["C9001", "C9002"]),
        ("road bridge", ["C9002"]),
        ("road tunnel", []),
        ("100%", ["C9001"]),
        ("%", ["C9001"]),
        ("_", []),
        ("%00road%00", ["C9001", "C9002"]),
        (" road ", ["C9001", "C9002"]),
    ],
)
def test_every_word_must_stand_there_and_no_sign_means_anything_else(claims, words, left):
    assert refs(narrowing(claims, f"q={words.replace('%', '%25') if words != '%00road%00' else words}")) == left


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("kind=rumour", "There is no kind called “rumour” here."),
        ("kind=done&kind=rumour", "There is no kind called “rumour” here."),
        ("reform=west", "There is no reform called “west” here."),
        ("reform=%00", "There is no reform called “\x00” here."),
        ("kind=%00done", "There is no kind called “\x00done” here."),
        ("sort=size", "This list has no order called “size”."),
        ("sort=%00", "This list has no order called “\x00”."),
        ("knid=done", "Nothing here can be asked by “knid”."),
        ("kind=done&%00=", "Nothing here can be asked by “\x00”."),
    ],
)
def test_what_there_is_not_is_refused_by_its_name(claims, query, words):
    with pytest.raises(BadQuestion) as refused:
        narrowing(claims, query)
    assert str(refused.value) == words


FORWARD = ["C9001", "C9002", "C9003", "C9004"]


@pytest.mark.parametrize(("query", "order"), [("", FORWARD), ("sort=", FORWARD), ("sort=last", FORWARD[::-1])])
def test_the_first_order_holds_unless_another_is_asked_for(claims, query, order):
    assert refs(narrowing(claims, query)) == order


def test_a_value_is_put_into_the_address_or_taken_out_and_all_else_stays(claims):
    narrowed = narrowing(claims, "kind=done&reform=north&q=road&sort=last&as_of=2021-06-30&page=2")
    addresses = {option.value: option.address for _title, options in narrowed.facets for option in options}
    rest = "q=road&sort=last&as_of=2021-06-30"
    assert addresses["done"] == f"?reform=north&{rest}"
    assert "planned" not in addresses  # it would leave nothing
    assert addresses["south"] == f"?kind=done&reform=north&reform=south&{rest}"
    assert narrowed.chips == [
        ("Kind", "done", f"?reform=north&{rest}"),
        ("Reform", "The north", f"?kind=done&{rest}"),
        ("Words", "road", "?kind=done&reform=north&sort=last&as_of=2021-06-30"),
    ]
    assert narrowed.clear == "?sort=last&as_of=2021-06-30"
    assert narrowed.kept == [("kind", "done"), ("reform", "north"), ("as_of", "2021-06-30")]


def test_nothing_is_chosen_where_nothing_is_asked(claims):
    narrowed = narrowing(claims)
    assert (narrowed.chips, narrowed.words, narrowed.sort, narrowed.clear) == ([], "", "ref", "?")


@pytest.mark.parametrize("query", ["q=road", "sort=ref"])
def test_a_list_without_search_or_orders_cannot_be_asked_for_them(claims, query):
    assert refs(narrowing(claims, "page=1&as_of=2021-06-30", search=(), sorts=None)) == FORWARD
    with pytest.raises(BadQuestion):
        narrowing(claims, query, search=(), sorts=None)


def test_at_most_forty_values_are_offered_and_the_one_asked_for_is_always_among_them(db, django_assert_num_queries):
    for number in range(AT_MOST + 2):
        name = f"{chr(97 + number // 26)}{chr(97 + number % 26)}"
        make_claim(ref=f"C90{number:02}", reforms=[make_reform(f"reform-{name}")])
    claims = Claim.objects.filter(ref__startswith="C90")
    values = [option.value for option in narrowing(claims).facets[1][1]]
    assert len(values) == 40
    assert "reform-bp" not in values
    with django_assert_num_queries(2):
        narrowed = narrowing(claims, "reform=reform-bp")
    assert [option.value for option in narrowed.facets[1][1]][:2] == ["reform-bp", "reform-aa"]
    assert refs(narrowed) == ["C9041"]


def facet(text, title):
    """The values of one facet of a page, with their counts."""
    found = re.search(rf"<h2>{title}</h2>(.*?)</section>", text, re.DOTALL)
    return (
        re.findall(r">([^<>]+?)(?:<span[^>]*>[^<]*</span>)?</a> <small>(\d+)</small>", found.group(1)) if found else []
    )


def test_only_what_is_public_is_counted(world, read):
    assert facet(read("/reforms/"), "Topic") == [("Elections", "1")]
    assert facet(read("/reforms/"), "Package") == [("Second package", "1")]
    assert facet(read("/reforms/"), "Source") == [("The note", "1"), ("The report", "1")]
    assert facet(read("/claims/"), "Kind") == [("Adopted", "3"), ("Figure", "2")]
    hidden = make_reform("hidden", title="Hidden")
    ReformTopic.objects.create(reform=hidden, topic=Topic.objects.create(slug="secrets", name="Secrets", summary="-"))
    Claim.objects.filter(pk__in=[world.told.pk, world.halved.pk]).update(state="draft")
    text = read("/reforms/")
    assert facet(text, "Topic") == [("Elections", "1")]
    assert facet(text, "Package") == []
    assert facet(text, "Source") == [("The report", "1")]
    assert facet(text, "Discrepancy") == [("Has none", "1")]
    assert facet(read("/claims/"), "Kind") == [("Adopted", "2"), ("Figure", "1")]
    read("/reforms/?topic=secrets", status=400)
    read("/reforms/?package=second-package", status=400)


def test_a_page_shows_what_is_chosen_and_how_to_take_it_out(world, read):
    text = read("/reforms/?topic=elections&as_of=2021-06-30")
    assert 'href="?as_of=2021-06-30" rel="nofollow" aria-current="true">Elections' in text
    chips = re.search(r'<ul class="chips".*?</ul>', text, re.DOTALL).group()
    assert re.findall(r'href="([^"]+)"', chips) == ["?as_of=2021-06-30", "?as_of=2021-06-30"]


@pytest.mark.parametrize("path", ["/reforms/", "/claims/", "/discrepancies/"])
def test_a_list_that_nothing_is_left_of_leads_back_to_the_whole(world, read, path):
    text = read(f"{path}?q=zzzz")
    assert '<a href="?">Clear all, and see the whole list</a>' in text
    assert 'value="zzzz"' in text


LISTS = ["reforms", "laws", "parameters", "events", "actors", "actors/president", "claims", "sources", "search"]


@pytest.mark.parametrize("name", [*LISTS, "discrepancies", "timeline"])
def test_a_list_refuses_a_parameter_that_it_does_not_know_and_names_it(world, read, name):
    assert "Nothing here can be asked by “pakage”." in read(f"/{name}/?pakage=x", status=400)
