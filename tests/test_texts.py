"""The five texts, byte for byte, and every paragraph of them."""

import hashlib
from pathlib import Path

import pytest

from reforms.coverage import source_coverage
from sources.models import Paragraph, Source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge")]

TEXTS = Path(__file__).parents[1] / "fixtures" / "texts"
FIVE = {
    "riots-and-democracy-article": (
        "000_c7d88eaf7459d0b7.txt", 28, "47ef37cf72e826f84a09594d291245c126db5a685555f69eaa65f61babd75ea1"
    ),
    "korea-post-reforms": (
        "001_6ff0ff056692afa2.txt", 50, "47d7b15bfae2c5b26ae90b9ee673b02cc9636e40100aa6d61c9435ade85cc4a5"
    ),
    "press-service-key-reforms": (
        "002_98bce859225f7d13.txt", 39, "d3e73dc1ab21eabea0a953c9d85539603a9e995aa592e32158ec0d6a25247cca"
    ),
    "hearing-state-article": (
        "003_f2ff46be66320372.txt", 21, "7f3e807b9ff3a39dce5f0ad18892b14dc251688437fd11d10fff1c3f14c5a37b"
    ),
    "kazinform-three-packages": (
        "004_c777e4ee9eee4908.txt", 174, "f7086dea2957a110953a483a6ea626b5b981e5aacf688ce00b392f8c526b8807"
    ),
}  # fmt: skip
# Every paragraph's kind, in runs; a number that is not named is a plain paragraph.
KINDS = {
    "riots-and-democracy-article": {
        "heading 1": "1 5", "list_item": "7-24", "navigation": "27-28",
    },
    "korea-post-reforms": {
        "heading 1": "1", "byline": "2", "caption": "4-5 35-38 42-46", "list_item": "7-26", "heading 2": "27",
        "notice": "50",
    },
    "press-service-key-reforms": {
        "navigation": "3-6", "heading 2": "10", "heading 3": "11 23 31", "list_item": "8-9 12-22 24-30 32-39",
    },
    "hearing-state-article": {"heading 2": "11", "quotation": "3 18-19"},
    "kazinform-three-packages": {
        "heading 1": "1", "notice": "2-3", "heading 2": "5 11 43 98 123 163", "navigation": "174",
        "quotation": "18 46 101 136",
        "list_item": "20 24-25 27 29 32 35 39 48 50-57 59 61-67 70 74 78 82 86-89 91-95 103-104 107 110-111 115 "
        "119-121 125-126 128-130 132-135 138-141 143-146 148-161",
    },
}  # fmt: skip
# The heading that each paragraph stands under, in runs; a number that is not named stands under none.
SECTIONS = {
    "riots-and-democracy-article": {1: "2-4", 5: "6-28"},
    "korea-post-reforms": {1: "2-27", 27: "28-50"},
    "press-service-key-reforms": {10: "11 23 31", 11: "12-22", 23: "24-30", 31: "32-39"},
    "hearing-state-article": {11: "12-21"},
    "kazinform-three-packages": {
        1: "2-5 11 43 98 123 163", 5: "6-10", 11: "12-42", 43: "44-97", 98: "99-122", 123: "124-162", 163: "164-174",
    },
}  # fmt: skip
OFFSETS = [
    ("riots-and-democracy-article", 28, 5431, 5628, "Biden advises India: It i"),
    ("korea-post-reforms", 50, 6797, 6832, "저작권자 © The Korea Post 무단전"),
    ("korea-post-reforms", 7, 692, 790, "1. Before the reforms was"),
    ("press-service-key-reforms", 18, 2390, 2541, "- A quota has been introd"),
    ("hearing-state-article", 14, 4065, 4259, "Tokaev said that the numb"),
    ("kazinform-three-packages", 2, 104, 108, "None"),
    ("kazinform-three-packages", 20, 6120, 6753, "1.The Law of the Republic"),
    ("kazinform-three-packages", 174, 56413, 56430, "Currently reading"),
]


def numbers(runs):
    """`1 3-5` → [1, 3, 4, 5]."""
    spans = [run.partition("-") for run in runs.split()]
    return [number for first, _, last in spans for number in range(int(first), int(last or first) + 1)]


@pytest.mark.parametrize("slug", FIVE)
def test_the_text_is_kept_byte_for_byte(slug):
    file_name, count, sha256 = FIVE[slug]
    received = (TEXTS / file_name).read_bytes()
    source = Source.objects.get(slug=slug)
    assert hashlib.sha256(received).hexdigest() == source.sha256 == source.text_sha256 == sha256
    assert bytes(source.received) == received
    assert source.text == received.decode()
    assert source.file_name == file_name
    assert source.paragraphs.count() == count


@pytest.mark.parametrize("slug", FIVE)
def test_its_paragraphs_are_its_lines_that_are_not_blank(slug):
    source = Source.objects.get(slug=slug)
    lines = [line for line in source.text.split("\n") if line.strip()]
    stored = list(source.paragraphs.order_by("number"))
    assert [paragraph.text for paragraph in stored] == lines
    assert [paragraph.number for paragraph in stored] == list(range(1, len(lines) + 1))
    assert [source.text[paragraph.start : paragraph.end] for paragraph in stored] == lines


@pytest.mark.parametrize("slug", FIVE)
def test_each_paragraph_has_the_kind_that_a_reader_decided(slug):
    expected = {number: kind for kind, runs in KINDS[slug].items() for number in numbers(runs)}
    kinds = {
        paragraph.number: f"{paragraph.kind} {paragraph.level or ''}".strip()
        for paragraph in Paragraph.objects.filter(source__slug=slug).exclude(kind="paragraph")
    }
    assert kinds == expected


@pytest.mark.parametrize("slug", FIVE)
def test_each_paragraph_stands_under_its_heading(slug):
    expected = {number: heading for heading, runs in SECTIONS[slug].items() for number in numbers(runs)}
    rows = Paragraph.objects.filter(source__slug=slug, section__isnull=False)
    assert dict(rows.values_list("number", "section__number")) == expected


@pytest.mark.parametrize(("slug", "number", "start", "end", "words"), OFFSETS)
def test_offsets_are_code_points_of_the_text(slug, number, start, end, words):
    paragraph = Paragraph.objects.get(source__slug=slug, number=number)
    assert (paragraph.start, paragraph.end, paragraph.text[:25]) == (start, end, words)


def test_every_paragraph_is_counted_once_as_cited_as_without_a_claim_or_as_open():
    for source in source_coverage(Source.objects.all()):
        counts = (source.cited_count, source.no_claim_count, source.open_count)
        assert sum(counts) == source.paragraph_count == FIVE[source.slug][1], source.slug
        assert source.cited_count > 0


def test_what_a_text_does_not_state_stays_empty():
    metadata = {
        source.slug: (source.title[:20], source.author, source.publisher, source.published, source.type)
        for source in Source.objects.all()
    }
    assert metadata == {
        "riots-and-democracy-article": ("", "", "", "", ""),
        "korea-post-reforms": ("Significant reforms ", "Joy Cho", "The Korea Post", "[2022-06-05..]", ""),
        "press-service-key-reforms": ("", "", "", "[2023-03..]", ""),
        "hearing-state-article": ("", "", "", "[2019-12-30..2021-01-20]", ""),
        "kazinform-three-packages": ("Political initiative", "Andrey Chebotarev", "Kazinform", "2021-06~", "analysis"),
    }
    for source in Source.objects.exclude(published=""):
        assert "paragraph" in source.published_note.lower(), source.slug
    assert Source.objects.get(slug="korea-post-reforms").rights == "저작권자 © The Korea Post 무단전재 및 재배포 금지"
