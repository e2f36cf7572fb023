"""Random bases, made through the models and their rules: every kind of record, every state, odd characters."""

import itertools

from reforms.audit import RULES
from reforms.curated.writing import written
from reforms.models import (
    Actor,
    ActorAlias,
    AnsweredFinding,
    Citation,
    Claim,
    ClaimActor,
    ClaimEvent,
    ClaimLaw,
    ClaimReform,
    Counter,
    Discrepancy,
    DiscrepancyClaim,
    Event,
    Law,
    LawDate,
    LawLink,
    Milestone,
    NoClaim,
    Package,
    PackageItem,
    Parameter,
    ParameterChange,
    Proposal,
    Reform,
    ReformTopic,
    RetiredSlug,
    Topic,
)
from reforms.publishing import refusals
from reforms.stages import ACTS
from tests.curated.documents import Documents
from tests.curated.drawing import DATES
from tests.factories import word


class World(Documents):
    """Makes one base out of what a chooser (see `drawing`) chooses."""

    def __init__(self, chooser):
        self.text, self.yes, self.number = chooser.text, chooser.yes, chooser.number
        self.one, self.some, self.shuffled = chooser.one, chooser.some, chooser.shuffled
        self.count = 0
        self.sources()
        self.subjects()
        self.claims()
        self.events()
        self.what_rests_on_claims()
        self.states()
        self.discrepancies()
        self.around()
        self.answers()

    def maybe(self, longest=1000):
        return self.text(longest) if self.yes() else ""

    def slug(self):
        self.count += 1
        return f"{self.one(['a', 'no', 'uncited', 'a-b', 'null'])}-{word(self.count)}"

    def put(self, record):
        """Store a record by the rules of its model; its constraints are kept by the database."""
        record.full_clean(validate_constraints=False)
        record.save()
        return record

    def subjects(self):
        self.topics = [self.put(Topic(slug=self.slug(), name=self.text(100), summary=self.text())) for _ in range(2)]
        self.reforms = [
            self.put(Reform(slug=self.slug(), title=self.text(200), summary=self.maybe(), note=self.maybe()))
            for _ in range(2)
        ]
        self.laws = [
            self.put(
                Law(
                    slug=self.slug(), name=self.text(200), title=self.maybe(), rank=self.one(Law.Rank.values),
                    status=self.one(Law.Status.values), number=self.maybe(50), note=self.maybe(),
                )
            )
            for _ in range(2)
        ]  # fmt: skip
        self.actors = [
            self.put(Actor(slug=self.slug(), name=self.text(200), kind=self.one(Actor.Kind.values), note=self.maybe()))
            for _ in range(2)
        ]
        for name in sorted({self.text(200) for _ in range(2)}):
            self.put(ActorAlias(actor=self.one(self.actors), name=name))
        for topic in self.some(self.topics):
            self.put(ReformTopic(reform=self.reforms[0], topic=topic))

    def claims(self):
        self.all_claims = []
        for _ in range(self.number(4, 7)):
            claim = self.put(
                Claim(ref=Claim.next_ref(), text=self.text(), kind=self.one(Claim.Kind.values), note=self.maybe())
            )
            for _ in range(self.number(0, 4)):
                self.cite(claim)
            if claim.citations.count() > 1 and self.yes():
                self.one(list(claim.citations.all())).delete()
            self.carry(self.shuffled(claim.citations.all()))
            self.links(claim)
            self.all_claims.append(claim)

    def cite(self, claim):
        paragraph = self.one(self.paragraphs)
        start = self.number(0, len(paragraph.text) - 1)
        end = self.number(start + 1, min(len(paragraph.text), start + 6))
        if claim.citations.filter(paragraph=paragraph, start=start, end=end).exists():
            return
        citation = Citation(
            claim=claim, paragraph=paragraph, start=start, end=end, quote=paragraph.text[start:end], note=self.maybe(),
            stance=self.one(["supports", *Citation.Stance.values]), strength=self.one(Citation.Strength.values),
        )  # fmt: skip
        citation.take_number()
        self.put(citation)

    def carry(self, citations):
        """Let some citations of one claim stand in the place of another, in whichever order they are numbered."""
        for before, after in itertools.pairwise(citations):
            if self.yes():
                after.carries = before
                self.put(after)
            else:
                before.not_carried = self.maybe()
                self.put(before)

    def links(self, claim):
        for reform in self.some(self.reforms):
            self.put(ClaimReform(claim=claim, reform=reform))
        for law in self.some(self.laws):
            self.put(ClaimLaw(claim=claim, law=law))
        for actor, part in self.some((actor, part) for actor in self.actors for part in ClaimActor.Part.values):
            self.put(ClaimActor(claim=claim, actor=actor, part=part, office=self.maybe(200)))

    def events(self):
        self.all_events = [
            self.put(
                Event(
                    slug=self.slug(), title=self.text(200), kind=self.one(Event.Kind.values), date=self.one(DATES),
                    claim=self.one(self.all_claims), taint=self.maybe(), note=self.maybe(),
                )
            )
            for _ in range(2)
        ]  # fmt: skip
        for event in self.some(self.all_events):
            self.put(ClaimEvent(claim=self.one(self.all_claims), event=event))

    def about(self, claim, *, reform=None, law=None):
        """Let `claim` name what rests on it, and return it."""
        if reform:
            ClaimReform.objects.get_or_create(claim=claim, reform=reform)
        if law:
            ClaimLaw.objects.get_or_create(claim=claim, law=law)
        return claim

    def what_rests_on_claims(self):
        for _ in range(self.number(1, 3)):
            self.milestone()
        for law in self.laws:
            claim, reform = self.about(self.one(self.all_claims), law=law), self.one(self.reforms)
            if self.yes():
                kind, date = self.one(LawDate.Kind.values), self.one(DATES[1:])
                self.put(LawDate(law=law, kind=kind, date=date, claim=claim, taint=self.maybe()))
                self.about(claim, reform=reform)
                effect = self.one(LawLink.Effect.values)
                self.put(LawLink(law=law, reform=reform, effect=effect, claim=claim, taint=self.maybe()))
        self.package()
        self.parameter()

    def milestone(self):
        reform, claim, stage = self.one(self.reforms), self.one(self.all_claims), self.one(Milestone.Stage.values)
        if claim.kind in Claim.INTENTIONS and stage in ACTS:
            stage = "announced"
        if not Milestone.objects.filter(reform=reform, claim=claim, stage=stage).exists():
            milestone = Milestone(
                ref=Milestone.next_ref(), reform=reform, stage=stage, date=self.one(DATES),
                claim=self.about(claim, reform=reform), law=self.one([None, *self.laws]),
                event=self.one([None, *self.all_events]), taint=self.maybe(), note=self.maybe(),
            )  # fmt: skip
            self.put(milestone)
            if self.number(0, 3) == 0:
                milestone.delete()

    def package(self):
        claim = self.one([None, *self.all_claims])
        package = Package(
            slug=self.slug(), name=self.text(200), summary=self.maybe(), event=self.one([None, *self.all_events]),
            stated_count=self.number(0, 12) if claim else None, stated_count_claim=claim, taint=self.maybe(),
            note=self.maybe(),
        )  # fmt: skip
        self.put(package)
        for position, reform in zip((2, 10), self.some(self.reforms), strict=False):
            claim = self.about(self.one(self.all_claims), reform=reform)
            item = PackageItem(package=package, position=position, reform=reform, claim=claim, number=self.maybe(20))
            item.taint, item.note = self.maybe(), self.maybe()
            self.put(item)

    def parameter(self):
        reform = self.one(self.reforms)
        parameter = self.put(Parameter(slug=self.slug(), name=self.text(200), reform=reform, note=self.maybe()))
        for claim in self.some(self.all_claims):
            before = self.maybe(300)
            change = ParameterChange(
                parameter=parameter, claim=self.about(claim, reform=reform), before=before, unit=self.maybe(100),
                after=self.maybe(300) if before else self.text(300), scope=self.maybe(300), date=self.one(DATES),
                taint=self.maybe(), note=self.maybe(),
            )  # fmt: skip
            self.put(change)

    def states(self):
        """Give each claim a state that its rules allow; one is merged only into one that came before it here."""
        settled = []
        for claim in self.shuffled(self.all_claims):
            claim.state, claim.taint = (
                self.one([*Claim.State.values, "published", "published", "merged", "merged"]),
                self.maybe(),
            )
            if claim.state == Claim.State.PUBLISHED and refusals(claim):
                claim.state = Claim.State.DRAFT
            if claim.state == Claim.State.MERGED and settled:
                claim.merged_into = self.one([settled[-1], *settled])
            elif claim.state == Claim.State.MERGED:
                claim.state = Claim.State.IN_REVIEW
            if claim.state == Claim.State.RETRACTED:
                claim.retraction_reason = self.text()
            settled.append(self.put(claim))

    def discrepancies(self):
        for _ in range(self.number(1, 2)):
            named = self.some(self.all_claims, 2)
            others = [one for one in self.all_claims if one.state == Claim.State.PUBLISHED and one not in named]
            state = self.one(["resolved", *Discrepancy.State.values] if others else ["open", "explained"])
            discrepancy = Discrepancy(
                ref=Discrepancy.next_ref(), title=self.text(200), kind=self.one(Discrepancy.Kind.values),
                explanation=self.text(), state=state, resolved_by=self.one(others) if state == "resolved" else None,
            )  # fmt: skip
            self.put(discrepancy)
            for claim in named:
                self.put(DiscrepancyClaim(discrepancy=discrepancy, claim=claim))

    def around(self):
        """What is known of paragraphs and names, what only waits, and what was given out and is gone."""
        cited = set(Citation.objects.public().values_list("paragraph", flat=True))
        for paragraph in self.some(one for one in self.paragraphs if one.pk not in cited):
            self.put(NoClaim(paragraph=paragraph, reason=self.one(NoClaim.Reason.values), note=self.text()))
        for record in self.some([*self.all_sources, *self.reforms, *self.laws, *self.actors, *self.topics]):
            kind = record._meta.model_name
            self.put(RetiredSlug(kind=kind, slug=self.slug(), now=record.slug))
        for record in self.some([*self.all_claims, *self.reforms, *self.laws, *self.all_events], 2):
            self.proposal(record)
        gone = self.put(Claim(ref=Claim.next_ref(), text=self.text(), kind="figure"))
        self.cite(gone)
        gone.delete()
        if self.yes():  # as in a base that was loaded: only the history knows what was given out
            Counter.objects.all().delete()
        for name in self.some(["C", "M", "D", "P", *(claim.ref for claim in self.all_claims)]):
            Counter.keep(name, self.number(1, 20))

    def answers(self):
        for rule in self.some([rule.name for rule in RULES if rule.answerable], 1):
            self.put(AnsweredFinding(rule=rule, record=self.text(), about=self.maybe(), reason=self.text()))

    def proposal(self, record):
        """A change of a record, or a new one like it, whose keys a database may have put in another order."""
        public = written(record)
        proposed = dict(self.shuffled((public | {"note": self.text() + "."}).items()))
        state, new = self.one(Proposal.State.values), self.yes()
        if new and isinstance(record, Claim):
            proposed["ref"] = Claim.next_ref()
        proposal = Proposal(
            ref=Proposal.next_ref(), kind=record._meta.model_name, name=proposed.get("ref") or record.slug,
            public=None if new else public, proposed=proposed, state=state, reason=self.maybe(),
            answer=self.text() if state == "sent_back" else self.maybe(),
        )  # fmt: skip
        self.put(proposal)
        if new and isinstance(record, Claim):
            Counter.keep(proposed["ref"], 3)
