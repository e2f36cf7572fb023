"""Candidates: what is there already that speaks of the same, found by words that are near, on both databases."""

import pytest

from reforms.merging import merge
from reforms.models import Claim, Reform
from reforms.near import near_claims, near_reforms, near_sources
from reforms.publishing import retract
from tests.factories import cite, make_claim, make_reform, make_source

TEXT = """Voters elect the akims of villages directly since 2021.
The death penalty was abolished when the protocol was ratified.
Parties are registered with 5,000 members instead of 20,000.
The weather was fine in the capital.
"""
ARTICLE = """The Parliament of the country adopted a law on peaceful assemblies in the spring of the year.
Organisers notify the local executive body five days before a demonstration takes place in the city.
Observers from abroad welcomed the amendments, though some journalists remained doubtful about their use.
"""


def refs(near):
    return [one.record.ref for one in near]


@pytest.fixture
def akims(db):
    """Three claims on a report of four paragraphs, and a reform that one is about."""
    report = make_source(TEXT, "report")
    first, second, third, _ = report.paragraphs.order_by("number")
    reform = make_reform("election-of-akims", title="How heads of villages are chosen", summary="By vote.")
    make_claim(first, text="Voters elect akims of villages directly.", reforms=[reform])
    make_claim(second, text="Capital punishment is gone.")
    make_claim(third, text="A party needs 5,000 members to be registered.")
    return report


def test_claims_stand_in_the_order_of_how_near_their_words_are(akims):
    make_claim(text="Akims travel.")
    assert refs(near_claims("In villages, akims are elected directly by voters.")) == ["C0001", "C0004"]


def test_the_same_words_are_nearest_of_all(akims):
    (nearest,) = near_claims("A party needs 5,000 members to be registered.")[:1]
    assert (nearest.record.ref, nearest.score) == ("C0003", 100)


def test_a_rare_word_weighs_more_than_frequent_ones(db):
    for number in range(6):
        make_claim(text=f"The law of the country was adopted in part {number}.")
    make_claim(text="Torture is prosecuted.")
    assert refs(near_claims("The law on torture was not in force in the country."))[0] == "C0007"


def test_a_word_that_stands_in_very_many_claims_is_looked_up_only_where_no_rarer_one_is(db, monkeypatch):
    monkeypatch.setattr("reforms.near.MANY", 2)
    for text in ("A law on parties.", "A law on courts.", "Courts are bound by law."):
        make_claim(text=text)
    assert refs(near_claims("The law on parties.")) == ["C0001"]
    assert refs(near_claims("The law.")) == ["C0001", "C0002"]


def test_a_claim_that_cites_near_words_is_a_candidate(akims):
    assert refs(near_claims("The death penalty was abolished as the protocol was ratified.")) == ["C0002"]


def test_words_of_the_claim_itself_count_for_more_than_its_quotes(akims):
    make_claim(text="The death penalty is abolished.")
    assert refs(near_claims("The death penalty was abolished.")) == ["C0004", "C0002"]


def test_drafts_are_candidates_and_retracted_and_merged_claims_are_not(akims):
    draft = make_claim(text="Villages elect akims.")
    retract(Claim.objects.get(ref="C0001"), reason="It is wrong.")
    assert refs(near_claims("Voters elect akims of villages directly.")) == [draft.ref]
    last = make_claim(akims.paragraphs.get(number=4), text="Akims are elected in villages.")
    merge(last, Claim.objects.get(ref="C0002"), reason="They say the same.")
    assert refs(near_claims("Voters elect akims of villages directly.")) == [draft.ref]


def test_claims_are_left_out_and_no_more_are_given_than_asked_for(akims):
    other = make_claim(akims.paragraphs.get(number=1), text="Akims of villages.")
    text = "Voters elect akims of villages directly."
    assert refs(near_claims(text, leaving_out=[Claim.objects.get(ref="C0001").pk])) == [other.ref]
    assert refs(near_claims(text, at_most=1)) == ["C0001"]


def test_a_citation_that_is_taken_away_is_no_help(akims):
    claim = Claim.objects.get(ref="C0002")
    cite(claim, akims.paragraphs.get(number=4), "The weather")
    claim.citations.get(number=1).delete()
    assert refs(near_claims("The death penalty was abolished.")) == []


def test_reforms_are_near_by_their_own_words_and_by_those_of_claims_about_them(akims):
    make_reform("weather", title="Weather of the capital")
    assert [one.record.slug for one in near_reforms("Voters elect akims directly.")] == ["election-of-akims"]
    assert [one.record.slug for one in near_reforms("Fine weather in the capital")] == ["weather"]
    assert [one.record.slug for one in near_reforms("Heads of villages")] == ["election-of-akims"]


def test_a_document_is_near_the_source_that_holds_most_of_it(db):
    source = make_source(ARTICLE, "article")
    make_source(TEXT, "report")
    changed = ARTICLE.replace("welcomed", "praised").replace("Parliament", "parliament")
    assert [(one.record.slug, one.score) for one in near_sources(ARTICLE)] == [("article", 100)]
    assert [(one.record.slug, one.score) for one in near_sources(changed)] == [("article", 100)]
    assert near_sources(ARTICLE, leaving_out=[source.pk]) == []


def test_a_document_whose_paragraphs_are_cut_otherwise_is_near_all_the_same(db):
    make_source(ARTICLE, "article")
    joined = " ".join(ARTICLE.splitlines())
    halves = ARTICLE.replace(" of the year", "\nof the year").replace(", though", ",\nthough")
    assert [one.record.slug for one in near_sources(joined)] == ["article"]
    assert [one.record.slug for one in near_sources(halves)] == ["article"]


def test_a_document_that_shares_a_sentence_with_a_source_is_not_near_it(db):
    make_source(ARTICLE, "article")
    other = " ".join(f"Quite another matter number{n} was told in chapter{n} by somebody{n} else." for n in range(9))
    assert near_sources(f"{ARTICLE.splitlines()[0]}\n{other}\n") == []


HOSTILE = {
    "nothing": "",
    "blanks": " \n\t\r\n",
    "long word": "x" * 100_000,
    "long text": " ".join(f"word{number}" for number in range(12_000)),
    "long lines": "a\n" * 50_000,
    "stop words": "the of and to in a is",
    "punctuation": "!!! — ??? «»",
    "Cyrillic": "Президент подписал закон о митингах.",
    "emoji": "😀🎉 👩‍👩‍👧",
    "NUL": "Voters\0elect",
    "operators": """NEAR(akims villages) AND OR NOT "elect* ^title: {title} : + - ( ) ' ; -- \\ % %s {0} | & ! :*""",
    "lone surrogate": "\ud800 akims \udfff",
    "slashes": "a/b/c" * 1_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_any_text_is_looked_up_without_an_error(akims, text):
    assert len(near_claims(text)) <= 3
    assert len(near_reforms(text)) <= 1
    assert near_sources(text) == []


def test_a_text_without_a_word_costs_no_query(akims, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert (near_claims(" — "), near_reforms(""), near_sources("!")) == ([], [], [])


def test_the_number_of_queries_is_the_same_for_few_claims_and_many(akims, django_assert_num_queries):
    text = TEXT.splitlines()[0]

    def costs():
        with django_assert_num_queries(8):
            near_claims(text)
        with django_assert_num_queries(12):
            near_reforms(text)

    costs()
    for _ in range(20):
        make_claim(akims.paragraphs.get(number=4), text="Voters elect akims.", reforms=[Reform.objects.get()])
    costs()
