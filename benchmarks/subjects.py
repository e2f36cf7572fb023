"""What the claims of a synthetic base are about, and what rests on them."""

from benchmarks.claims import Claims, kind_of
from benchmarks.sources import TOPICS, dated
from benchmarks.texts import name, sentence
from reforms.models import Actor, Claim, Discrepancy, Event, Law, LawDate, LawLink
from reforms.stages import ACTS, Stage


def chosen(choices, at):
    """Return one of `choices`, each in its turn."""
    return choices.values[at % len(choices.values)]


class Base(Claims):
    """The whole base. `KINDS` says in which order its rows can be stored."""

    KINDS = (
        *("source", "paragraph", "claim", "citation", "topic", "actor", "actoralias", "reform", "reformtopic", "law"),
        *("claimreform", "event", "claimlaw", "claimevent", "claimactor", "lawdate", "lawlink", "milestone"),
        *("package", "packageitem", "parameter", "parameterchange", "discrepancy", "discrepancyclaim", "noclaim"),
    )

    def named_records(self, kind):
        """Key, slug and name of each record of `kind`."""
        for at in range(1, self.count(kind) + 1):
            yield at, f"{kind}-{name(at)}", f"{kind.capitalize()} {name(at)}"

    def topic(self):
        for at in range(1, TOPICS + 1):
            yield {"id": at, "slug": f"topic-{name(at)}", "name": f"Topic {name(at)}", "summary": "About it."}

    def actor(self):
        for at, slug, called in self.named_records("actor"):
            yield {"id": at, "slug": slug, "name": called, "kind": chosen(Actor.Kind, at)}

    def actoralias(self):
        for at in range(1, self.count("actoralias") + 1):
            yield {"id": at, "actor_id": at, "name": f"Alias {name(at)}"}

    def reform(self):
        rng = self.rng("reform")
        for at, slug, called in self.named_records("reform"):
            yield {"id": at, "slug": slug, "title": f"{called}: {sentence(rng, 3)}", "summary": sentence(rng, 9)}

    def reformtopic(self):
        pairs = [(at, 1 + (at + step) % TOPICS) for at in range(1, self.count("reform") + 1) for step in (0, 5)]
        for at, (reform, topic) in enumerate(pairs, start=1):
            yield {"id": at, "reform_id": reform, "topic_id": topic}

    def law(self):
        rng = self.rng("law")
        for at, slug, called in self.named_records("law"):
            told = {"title": sentence(rng, 10), "number": f"No. {at}", "status": chosen(Law.Status, at)}
            yield {"id": at, "slug": slug, "name": called, "rank": chosen(Law.Rank, at), **told}

    def event(self):
        rng = self.rng("event")
        for at, slug, called in self.named_records("event"):
            claim, _ = self.resting(at, self.count("event"))
            yield {
                "id": at, "slug": slug, "title": called, "kind": chosen(Event.Kind, at), "claim_id": claim,
                **dated(rng),
            }  # fmt: skip

    def lawdate(self):
        rng, count = self.rng("lawdate"), self.count("lawdate")
        for at in range(1, count + 1):
            claim, _ = self.resting(at, count)
            law = 1 + at % self.count("law")
            days = {"date": "2020-05-25", "date_earliest": "2020-05-25", "date_latest": "2020-05-25"}
            yield {"id": at, "law_id": law, "kind": rng.choice(LawDate.Kind.values), "claim_id": claim, **days}

    def lawlink(self):
        count = self.count("lawlink")
        for at in range(1, count + 1):
            claim, reform = self.resting(at, count)
            law = 1 + at % self.count("law")
            effect = chosen(LawLink.Effect, at)
            yield {"id": at, "law_id": law, "reform_id": reform, "effect": effect, "claim_id": claim}

    def milestone(self):
        rng, count = self.rng("milestone"), self.count("milestone")
        for at in range(1, count + 1):
            claim, reform = self.resting(at, count)
            stages = [stage for stage in Stage.values if kind_of(claim) not in Claim.INTENTIONS or stage not in ACTS]
            law, event = (1 + at % self.count(kind) if at % 3 == 0 else None for kind in ("law", "event"))
            yield {
                "id": at, "ref": f"M{at:04d}", "reform_id": reform, "stage": stages[at % len(stages)],
                "claim_id": claim, "law_id": law, "event_id": event, **dated(rng),
            }  # fmt: skip

    def package(self):
        for at, slug, called in self.named_records("package"):
            claim, _ = self.resting(at, self.count("package"))
            told = {"event_id": at, "stated_count": 11, "stated_count_claim_id": claim}
            yield {"id": at, "slug": slug, "name": called, "summary": "A package.", **told}

    def packageitem(self):
        """Eleven to a package."""
        count, key = self.count("package"), 0
        for package in range(1, count + 1):
            seen = set()
            for position in range(1, 12):
                claim, reform = self.resting((package - 1) * 11 + position, count * 11)
                if reform not in seen:
                    seen.add(reform)
                    key, place = key + 1, {"position": position, "number": str(position)}
                    yield {"id": key, "package_id": package, "reform_id": reform, "claim_id": claim, **place}

    def parameter(self):
        for at, slug, called in self.named_records("parameter"):
            yield {"id": at, "slug": slug, "name": called, "reform_id": 1 + at % self.count("reform")}

    def parameterchange(self):
        rng, count = self.rng("parameterchange"), self.count("parameter")
        for at in range(1, 2 * count + 1):
            claim, _ = self.resting(at, 2 * count)
            values = {"before": str(at), "after": str(at // 2), "unit": "members"}
            yield {"id": at, "parameter_id": 1 + at % count, "claim_id": claim, **values, **dated(rng)}

    def discrepancy(self):
        rng = self.rng("discrepancy")
        for at in range(1, self.count("discrepancy") + 1):
            told = {"title": sentence(rng, 6), "explanation": sentence(rng, 22)}
            yield {"id": at, "ref": f"D{at:04d}", "kind": chosen(Discrepancy.Kind, at), "state": "open", **told}

    def discrepancyclaim(self):
        rng, key = self.rng("discrepancyclaim"), 0
        for discrepancy in range(1, self.count("discrepancy") + 1):
            for claim in sorted({rng.randint(1, self.count("claim")) for _ in range(rng.choice((2, 3, 3, 5)))}):
                key += 1
                yield {"id": key, "discrepancy_id": discrepancy, "claim_id": claim}

    def noclaim(self):
        bearing = set(self.bearing)
        others = (at for at, text in enumerate(self.texts, start=1) if at not in bearing and text.endswith("."))
        for at, paragraph in enumerate(others, start=1):
            yield {"id": at, "paragraph_id": paragraph, "reason": "rhetoric"}
