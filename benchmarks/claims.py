"""The claims of a synthetic base, their citations, and what they are about."""

from benchmarks.sources import Sources, some
from benchmarks.texts import quoted, sentence
from reforms.models import Claim

CLAIM_KINDS = [*Claim.Kind.values, *["assessment", "done", "proposed"] * 4]
CITED = [("supports", "states")] * 11 + [("context", "states")] * 8 + [("supports", "implies")]


def kind_of(claim):
    """Return the kind of a claim by its key."""
    return CLAIM_KINDS[claim * 7 % len(CLAIM_KINDS)]


class Claims(Sources):
    """What is said: claims on the words of paragraphs. Paragraphs first, then claims, then the others."""

    def claim(self):
        rng = self.rng("claim")
        for at in range(1, self.count("claim") + 1):
            taint = "The kind was changed." if at % 100 == 0 else ""
            yield {
                "id": at, "ref": f"C{at:04d}", "text": sentence(rng, 18), "kind": kind_of(at),
                "state": "published", "taint": taint, "note": sentence(rng, 6) if at % 4 == 0 else "",
            }  # fmt: skip

    def citation(self):
        """Two to a claim: the first claims stand on the first paragraph, as they do where a text is read through."""
        rng, claims, key = self.rng("citation"), self.count("claim"), 0
        for claim in range(1, claims + 1):
            paragraphs = {self.bearing[(claim - 1) * len(self.bearing) // claims]}
            paragraphs |= {rng.choice(self.bearing) for _ in range(some(rng, 1))}
            for number, at in enumerate(sorted(paragraphs), start=1):
                key, text, (stance, strength) = key + 1, self.texts[at - 1], rng.choice(CITED)
                start, end = quoted(rng, text)
                yield {
                    "id": key, "claim_id": claim, "number": number, "paragraph_id": at, "start": start, "end": end,
                    "quote": text[start:end], "stance": stance, "strength": strength,
                }  # fmt: skip

    def named(self, kind, mean):
        """Which records of `kind` each claim names, `mean` on average: as (claim, key)."""
        rng = self.rng(f"claim {kind}")
        for claim in range(1, self.count("claim") + 1):
            for key in self.pick(rng, kind, claim, some(rng, mean)):
                yield claim, key

    def claimreform(self):
        for at, (claim, key) in enumerate(self.named("reform", 0.97), start=1):
            self.about.append((claim, key))
            yield {"id": at, "claim_id": claim, "reform_id": key}

    def claimlaw(self):
        for at, (claim, key) in enumerate(self.named("law", 0.37), start=1):
            yield {"id": at, "claim_id": claim, "law_id": key}

    def claimevent(self):
        for at, (claim, key) in enumerate(self.named("event", 0.25), start=1):
            yield {"id": at, "claim_id": claim, "event_id": key}

    def claimactor(self):
        for at, (claim, key) in enumerate(self.named("actor", 0.76), start=1):
            part = ("says", "does", "concerns")[claim % 3]
            yield {"id": at, "claim_id": claim, "actor_id": key, "part": part, "office": "Minister" * (claim % 2)}
