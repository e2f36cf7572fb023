"""An answer costs the same number of queries however many rows it shows, and however many each is linked to."""

from api.expansions import EXPANSIONS
from api.urls import RESOURCES
from tests.api.conftest import API
from tests.factories import make_world

DETAILS = {
    "packages": "package-a",
    "reforms": "reform-a",
    "laws": "law-a",
    "claims": "C0002",
    "citations": "C0002.1",
    "sources": "source-a",
    "paragraphs": "source-a/2",
    "discrepancies": "D0001",
    "milestones": "M0001",
    "parameters": "parameter-a-a",
    "events": "event-a",
    "actors": "actor-a",
    "topics": "topic-a",
}
FILTERED = [
    "claims/?topic=topic-b&kind=adopted&has_discrepancy=true",
    "claims/?ref__in=C0002,C0003",
    "reforms/?stage=adopted&package=package-b&as_of=2021-06-30",
    "paragraphs/?source=source-b&coverage=cited",
]
MOST = 14


def test_every_answer_costs_the_same_for_2_rows_and_20(db, count_queries):
    def costs(rows):
        lists = [f"{name}/?page_size={rows}" for name in RESOURCES]
        lists += [f"{path}&page_size={rows}" for path in FILTERED]
        records = [f"{name}/{DETAILS[name]}/" for name in RESOURCES]
        plain = {path.replace(f"page_size={rows}", ""): count_queries(API + path) for path in lists + records}
        assert max(plain.values()) <= MOST
        in_full = {
            f"{name} {each}": count_queries(f"{API}{name}/?page_size={rows}&expand={each}")
            for name, expansions in EXPANSIONS.items()
            for each in expansions
        }
        at_once = {
            f"{name} at once": count_queries(f"{API}{name}/{DETAILS[name]}/?expand={','.join(expansions)}")
            for name, expansions in EXPANSIONS.items()
            if expansions
        }
        return plain | in_full | at_once

    make_world(2, each=1)
    few = costs(2)
    make_world(18)
    assert costs(20) == few


def test_what_is_not_shown_is_not_fetched(ledger, count_queries):
    """One query for the rows, and one more for each kind of what is shown beside them."""
    assert count_queries(f"{API}claims/?fields=ref,text,url") == 1
    assert count_queries(f"{API}claims/?fields=ref,citations") == 2
    assert count_queries(f"{API}claims/") - count_queries(f"{API}claims/?omit=citations,reforms") == 2
    assert count_queries(f"{API}sources/?omit=coverage,supersedes,superseded_by") == 1
    assert count_queries(f"{API}reforms/reform-a/?fields=slug,stage") == 1
