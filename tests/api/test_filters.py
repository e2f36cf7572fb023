"""Each filter of each resource gives what it names, once, and leaves one row out."""

from pathlib import Path

import pytest
from django.utils import timezone

from api.urls import RESOURCES
from reforms.models import (
    Actor,
    ActorAlias,
    Citation,
    Claim,
    ClaimActor,
    Discrepancy,
    Event,
    Law,
    LawLink,
    Milestone,
    Package,
    PackageItem,
    Parameter,
    ParameterChange,
    Reform,
    RetiredSlug,
    Topic,
)
from sources.models import Source
from tests.factories import make_claim, make_milestone, make_source, make_world

ANSWERS_TOLD = (Path(__file__).parent / "answers.txt").read_text()
A, B, C = "C0001", "C0002", "C0003"
PARAGRAPHS_A, PARAGRAPHS_B = ([f"source-{name}/{number}" for number in (1, 2, 3, 4)] for name in "ab")

# Query: the records it gives, in order. The ledger holds more of each.
ANSWERS = {
    "packages": {
        "event=event-a": ["package-a"],
        "reform=reform-b": ["package-b"],
        "as_of=2020-01-01": ["package-a", "package-b"],
    },
    "reforms": {
        "topic=topic-a": ["reform-a"],
        "package=package-b": ["reform-b"],
        "law=law-a": ["reform-a"],
        "source=source-a": ["reform-a"],
        "source=source-b": ["reform-b", "reform-c"],
        "actor=actor-b": ["reform-b"],
        "claim=C0003": ["reform-c"],
        "stage=adopted": ["reform-a"],
        "stage=announced&as_of=2021-06-29": [],
        "stage=announced&as_of=2021-06-30": ["reform-b"],
        "has_discrepancy=true": ["reform-a", "reform-b"],
        "has_discrepancy=false": ["reform-c"],
        "as_of=2020-01-01": ["reform-a", "reform-b", "reform-c"],
    },
    "laws": {
        "reform=reform-a": ["law-a"],
        "source=source-b": ["law-b"],
        "claim=C0001": ["law-a"],
        "rank=code": ["law-b"],
        "status=adopted": ["law-a"],
    },
    "claims": {
        "ref__in=C0003,C0001": [A, C],
        "ref__in=C0002": [B],
        "kind=provision": [A],
        "reform=reform-c": [C],
        "law=law-a": [A],
        "event=event-b": [B],
        "actor=actor-a": [A],
        "package=package-b": [B],
        "topic=topic-a": [A],
        "source=source-b": [B, C],
        "paragraph=source-b/2": [B],
        "discrepancy=D0001": [A],
        "has_discrepancy=true": [A, B],
        "has_discrepancy=false": [C],
        "stage=adopted": [A],
        "by=2021-06-29": [A],
        "by=2021-06-30": [A, B],
        "stage=announced&by=2021-06-29": [],
        "stage=adopted&by=2020-05-25": [A],
        "tainted=true": [A],
        "tainted=false": [B, C],
        "source=source-b&has_discrepancy=true": [B],
        "topic=topic-a&kind=figure": [],
    },
    "citations": {
        "claim=C0002": ["C0002.1", "C0002.2"],
        "source=source-a": ["C0001.1"],
        "paragraph=source-b/4": ["C0003.1"],
        "reform=reform-a": ["C0001.1"],
        "law=law-b": ["C0002.1", "C0002.2"],
        "topic=topic-a": ["C0001.1"],
        "actor=actor-a": ["C0001.1"],
        "stance=context": ["C0002.2"],
        "strength=implies": ["C0002.2"],
    },
    "sources": {
        "claim=C0001": ["source-a"],
        "reform=reform-c": ["source-b"],
        "type=press": ["source-a"],
        "show=cited": ["source-b"],
    },
    "paragraphs": {
        "source=source-a": PARAGRAPHS_A,
        "claim=C0002": ["source-b/2"],
        "reform=reform-c": ["source-b/4"],
        "kind=byline": ["source-b/1"],
        "coverage=cited": ["source-a/2", "source-b/2", "source-b/4"],
        "coverage=no_claim": ["source-a/1", "source-a/3", "source-b/1", "source-b/3"],
        "coverage=open": ["source-a/4"],
        "source=source-b&coverage=cited": ["source-b/2", "source-b/4"],
    },
    "discrepancies": {
        "claim=C0001": ["D0001"],
        "reform=reform-b": ["D0002"],
        "source=source-a": ["D0001"],
        "kind=numbering": ["D0002"],
        "state=explained": ["D0002"],
    },
    "milestones": {
        "reform=reform-a": ["M0001"],
        "package=package-b": ["M0002"],
        "topic=topic-a": ["M0001"],
        "law=law-b": ["M0002"],
        "event=event-a": ["M0001"],
        "claim=C0002": ["M0002"],
        "stage=adopted": ["M0001"],
        "by=2021-06-29": ["M0001"],
        "by=2021-06-30": ["M0001", "M0002"],
        "tainted=true": ["M0001"],
        "tainted=false": ["M0002"],
    },
    "parameters": {"reform=reform-a": ["parameter-a"], "claim=C0002": ["parameter-b"]},
    "events": {"claim=C0001": ["event-a"], "kind=unrest": ["event-b"]},
    "actors": {"claim=C0002": ["actor-b"], "kind=person": ["actor-a"]},
    "topics": {"reform=reform-a": ["topic-a"]},
}


NOTE = "Ескерту: Әкім."
# Lookups that find one record of the ledger, and what is told of it that may be left out.
TOLD = {
    Package: ({"slug": "package-a"}, {"summary": "Қысқа мазмұны.", "note": NOTE}),
    Reform: ({"slug": "reform-a"}, {"summary": "Қысқа мазмұны.", "note": NOTE}),
    Law: ({"slug": "law-a"}, {"title": "Әкімдер туралы", "number": "100-VI", "note": NOTE}),
    Claim: ({"ref": A}, {"note": NOTE}),
    ClaimActor: ({"claim__ref": A}, {"part": "says", "office": "Премьер-министр"}),
    Citation: ({"claim__ref": A}, {"note": NOTE, "not_carried": "Ол жерде табылмады."}),
    Source: (
        {"slug": "source-a"},
        {
            "title": "Жаңа Қазақстан", "author": "Тұран", "publisher": "Әділ баспасы", "interested_party": "Үкімет",
            "rights": "Құқықтар", "published_note": NOTE, "note": NOTE, "language": "kk", "file_name": "a.txt",
            "format": "html",
        },
    ),
    Milestone: ({"ref": "M0001"}, {"note": NOTE}),
    Parameter: ({"slug": "parameter-a"}, {"note": NOTE}),
    ParameterChange: (
        {"claim__ref": A}, {"before": "40 адам", "after": "20 адам", "unit": "мүше", "scope": "Қала"}
    ),
    Event: ({"slug": "event-a"}, {"title": "Ұлттық жиналыс", "note": NOTE}),
    Actor: ({"slug": "actor-a"}, {"note": NOTE}),
    ActorAlias: ({"actor__slug": "actor-a"}, {"name": "Тоқаев"}),
    Topic: ({"slug": "topic-a"}, {"summary": "Тақырып."}),
    Discrepancy: ({"ref": "D0001"}, {"explanation": "Түсіндірме."}),
}  # fmt: skip


@pytest.fixture
def told(ledger):
    """The ledger, where all that may be left out is told of what is called “a”. C0003 resolves D0002, and C0002.2
    stands in the place of C0002.1.
    """
    for model, (found, fields) in TOLD.items():
        assert model.objects.filter(**found).update(**fields) == 1
    Topic.objects.filter(slug="topic-b").update(summary="")
    Discrepancy.objects.filter(ref="D0002").update(state="resolved", resolved_by=Claim.objects.get(ref=C))
    Source.objects.filter(slug="source-b").update(supersedes=Source.objects.get(slug="source-a"))
    first, second = Citation.objects.filter(claim__ref=B).order_by("number")
    Citation.objects.filter(pk=second.pk).update(carries=first)


def key(row):
    """The public name of a row."""
    if {"source", "number"} <= row.keys():
        return f"{row['source']}/{row['number']}"
    return row.get("ref") or row["slug"]


@pytest.mark.parametrize("resource", ANSWERS)
def test_a_filter_gives_these_rows_and_no_others(ledger, get, resource):
    found = {query: [key(row) for row in get(f"{resource}/?{query}")["results"]] for query in ANSWERS[resource]}
    assert found == ANSWERS[resource]


def lines(resource):
    """Query to the names that it gives where all is `told`: the lines of answers.txt about a resource."""
    found = [line.partition(" gives") for line in ANSWERS_TOLD.splitlines() if line.startswith(f"{resource}/?")]
    return {path.removeprefix(f"{resource}/?"): names.strip() for path, _, names in found}


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_filter_of_what_may_be_left_out_gives_these_rows_and_no_others(told, get, resource):
    sha256, expected = Source.objects.get(slug="source-a").sha256, lines(resource)
    found = {
        query: " ".join(key(row) for row in get(f"{resource}/?{query.replace('{a}', sha256)}")["results"])
        for query in expected
    }
    assert found == expected


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_filter_is_tried(resource):
    tried = {part.split("=")[0] for query in [*ANSWERS[resource], *lines(resource)] for part in query.split("&")}
    filters = set(RESOURCES[resource].filterset_class.base_filters)
    assert filters, "swept nothing"
    assert tried == filters


@pytest.mark.usefixtures("empty")
def test_a_filter_gives_each_row_once_where_it_has_many_links(db, get):
    make_world(3)
    choices = {"stage": "announced", "stance": "supports", "part": "says", "effect": "implements", "date_kind": "dated"}
    named = {"claim": "C0002", "discrepancy": "D0001", "paragraph": "source-a/2", "milestone": "M0001"}
    named |= {kind: f"{kind}-a" for kind in ("event", "reform", "topic", "package", "law", "source", "actor")}
    one = {name: value for name, value in named.items()} | choices | {"q": "a", "as_of": "2021-01-01", "number": "1"}
    several = {f"{name}__in": f"{value},{value[:-1]}b" if "-" in value else value for name, value in named.items()}
    there = {f"{name}__isnull": "false" for name in (*named, "parameter", "alias", "date")}
    dates = {"date__within": "2020/2025", "date__overlaps": "2020/2025", "has_discrepancy": "true"}
    swept = 0
    for resource, view in RESOURCES.items():
        for name, value in (one | several | there | dates).items():
            if name in view.filterset_class.base_filters:
                rows = get(f"{resource}/?{name}={value.replace('source-a/b', 'source-b/2')}&page_size=500")["results"]
                found = [key(row) for row in rows]
                assert len(found) == len(set(found)), (resource, name)
                swept += bool(found)
    assert swept > 150


def test_the_stage_is_that_of_the_day_asked_for(ledger, get):
    def stages(path):
        return [(row["slug"], row["stage"], row["perhaps"]) for row in get(path)["results"]]

    assert stages("reforms/?as_of=2020-05-24") == [("reform-a", "", ""), ("reform-b", "", ""), ("reform-c", "", "")]
    assert stages("reforms/?as_of=2021-06-10")[:2] == [("reform-a", "adopted", ""), ("reform-b", "", "announced")]
    assert stages("reforms/?as_of=2021-06-30")[1] == ("reform-b", "announced", "")
    item = get("packages/package-a/?as_of=2020-05-24")["items"][0]
    assert item["reform"]["stage"] == ""


def test_the_day_is_today_unless_given(ledger, get):
    today = timezone.localdate().isoformat()
    assert {row["as_of"] for path in ("reforms/", "packages/") for row in get(path)["results"]} == {today}


def test_stage_and_day_are_asked_of_the_same_milestone(ledger, get):
    """C0001 rests an adoption in 2020; had it also been announced in 2022, that is another milestone."""
    claim = Claim.objects.get(ref=A)
    make_milestone(claim.reform_links.get().reform, claim, "announced", "2022-01-01")
    assert [key(row) for row in get("claims/?stage=announced&by=2021-12-31")["results"]] == [B]
    assert [key(row) for row in get("claims/?stage=announced&by=2022-01-01")["results"]] == [A, B]


def test_a_former_name_still_filters(ledger, get):
    RetiredSlug.objects.create(kind="reform", slug="an-older-name", now="an-old-name")
    RetiredSlug.objects.create(kind="reform", slug="an-old-name", now="reform-a")
    RetiredSlug.objects.create(kind="source", slug="old-source", now="source-b")
    Claim.objects.create(
        ref="C0009", text="The same.", kind="done", state="merged", merged_into=Claim.objects.get(ref=A)
    )
    assert [key(row) for row in get("claims/?reform=an-older-name")["results"]] == [A]
    assert [key(row) for row in get("claims/?paragraph=old-source/4")["results"]] == [C]
    assert [key(row) for row in get("citations/?claim=C0009")["results"]] == ["C0001.1"]
    assert [key(row) for row in get("claims/?ref__in=C0009,C0003")["results"]] == [A, C]


def test_a_link_of_an_unpublished_claim_filters_nothing_in(ledger, get):
    """A draft says that reform-c too stands in package-a, under law-a and in source-a."""
    draft = make_claim(make_source("A draft.", "source-d").paragraphs.get(), published=False)
    here = Claim.objects.get(ref=A)
    package, law = PackageItem.objects.get(claim=here).package, LawLink.objects.get(claim=here).law
    reform_c = Claim.objects.get(ref=C).reform_links.get().reform
    PackageItem.objects.create(package=package, position=9, reform=reform_c, claim=draft)
    LawLink.objects.create(law=law, reform=reform_c, effect="amends", claim=draft)
    for path in ("reforms/?package=package-a", "reforms/?law=law-a"):
        assert [key(row) for row in get(path)["results"]] == ["reform-a"]
    assert get("claims/?package=package-a")["results"][1:] == []
    assert get("packages/?reform=reform-c")["results"] == []
    assert get("laws/?reform=reform-c")["results"] == []
