"""A synthetic base, as rows: how large it is, and its sources. `subjects.py` and `claims.py` have the rest.

A method of a Base yields one dict to a row of the model that it is named after: the fields that are not left as they
are by default. Keys are 1, 2, 3 … The same seed and size give the same rows on every machine.
"""

from dataclasses import dataclass, field
from random import Random

from benchmarks.texts import name, paragraph, sentence
from sources.dates import bounds
from sources.models import Source, propose_paragraphs

PARAGRAPHS = 40  # of each source
HEADINGS = {1: ("heading", 1), 14: ("heading", 2), 27: ("heading", 2)}
# What the shipped base holds beside its 312 paragraphs.
SHIPPED = {
    "claim": 761, "reform": 87, "law": 70, "actor": 88, "event": 43, "package": 11, "parameter": 72,
    "milestone": 185, "discrepancy": 284, "lawdate": 33, "lawlink": 69, "actoralias": 55,
}  # fmt: skip
TOPICS = 16  # as many in a large base as in a small one
DATES = ["", "2019-12-20", "2020-05-25", "2021-06~", "2022", "2020-09", "2021-41", "2022-06-05", "2023-03-19"]


def some(rng, mean):
    """Return a number of things, `mean` of them on average."""
    return int(0.5 + rng.random() * 2 * mean)


def dated(rng):
    """Return a date with the days between which it lies."""
    edtf = rng.choice(DATES)
    earliest, latest = (str(day) if day else None for day in bounds(edtf))
    return {"date": edtf, "date_earliest": earliest, "date_latest": latest}


@dataclass
class Sources:
    """What is received: `sources` sources. Rows of a kind can be asked for once those that they rest on were taken."""

    sources: int
    seed: int = 1
    texts: list[str] = field(default_factory=list)  # of paragraphs, by key less one
    bearing: list[int] = field(default_factory=list)  # keys of paragraphs that claims stand on
    about: list[tuple[int, int]] = field(default_factory=list)  # a claim and a reform that it names

    def count(self, kind):
        """Return how many records of `kind` there are, as many to a paragraph as shipped, and one at least."""
        return max(3, SHIPPED[kind] * self.sources * PARAGRAPHS // 312)

    def rng(self, kind):
        return Random(f"{self.seed} {kind}")  # noqa: S311 nothing is secret here

    def pick(self, rng, kind, at, most):
        """Return up to `most` different keys of `kind`; some are picked often. The first records name each once."""
        count = self.count(kind)
        keys = {at} if at <= count else set()
        return sorted(keys | {1 + int(count * rng.random() ** 2) for _ in range(most - len(keys))})

    def resting(self, at, count):
        """Return (key of a claim, key of a reform that it names) for the record `at` of `count`, each another one."""
        return self.about[(at - 1) * len(self.about) // count]

    def source(self):
        rng = self.rng("source")
        for at in range(1, self.sources + 1):
            lines = [paragraph(rng) for _ in range(PARAGRAPHS - 1)]
            source = Source(pk=at, text="\n".join([f"Source {name(at)}", *lines]))
            source.receive(source.text.encode())
            told = {key: getattr(source, key) for key in ("text", "received", "sha256", "text_sha256")}
            days = {key.replace("date", "published"): value for key, value in dated(rng).items()}
            show = "cited" if at % 20 == 0 else "full"
            yield {
                "id": at, "slug": f"source-{name(at)}", "name": f"Source {name(at)}", "accepted": True, "show": show,
                "title": sentence(rng, 8), "publisher": f"Publisher {name(at % 30)}", "type": "press", **told, **days,
            }  # fmt: skip

    def paragraph(self):
        for at, row in enumerate(self.source()):
            source, first = Source(pk=row["id"], text=row["text"]), at * PARAGRAPHS
            for one in propose_paragraphs(source, HEADINGS):
                self.texts.append(one.text)
                if one.kind != "heading" and one.number % 12:
                    self.bearing.append(first + one.number)
                yield {
                    "id": first + one.number, "source_id": source.pk, "number": one.number, "start": one.start,
                    "end": one.end, "text": one.text, "kind": one.kind, "level": one.level,
                    "section_id": one.section and first + one.section.number,
                }  # fmt: skip
