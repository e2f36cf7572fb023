"""An answer costs the same number of queries however many rows it shows, and however many each is linked to."""

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
        return {path.replace(f"page_size={rows}", ""): count_queries(API + path) for path in lists + records}

    make_world(2, each=1)
    few = costs(2)
    make_world(18)
    assert costs(20) == few
    assert max(few.values()) <= MOST
