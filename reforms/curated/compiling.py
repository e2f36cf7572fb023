"""Entries to records: names are resolved, and each quote is found in its paragraph."""

import re
from pathlib import Path

from django.core.exceptions import ValidationError

from reforms.curated.counting import PREFIXES, ahead, entries, used_in
from reforms.curated.proposed import HELD, check_held
from reforms.curated.reading import Problems, folder
from reforms.curated.receiving import NUMBER, Reception
from reforms.curated.schema import check_shapes
from reforms.curated.serialising import to_json
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
from reforms.publishing import NO_SUPPORT, NOBODY_SAYS_IT
from sources.anchoring import AnchorError, anchor
from sources.models import Source

AT = re.compile(rf"(?P<source>[a-z-]+)#(?P<number>{NUMBER})")
ANSWERED = (Proposal.State.APPROVED, Proposal.State.WITHDRAWN)


class CuratedDataInvalid(Exception):
    """The curated data cannot be compiled; `problems` holds one line for each thing that is wrong."""

    def __init__(self, problems):
        self.problems = problems
        super().__init__("\n".join(problems))


def compile_fixture(curated, texts):
    """Return the knowledge base as JSON text, the same bytes for the same data.

    `curated`, `texts`: the folders of YAML files and of source texts.
    Errors: CuratedDataInvalid with all problems of all files.
    """
    compilation = compile_folders(curated, texts)
    return to_json(compilation.records.made, compilation.counters())


def compile_folders(curated, texts):
    """Return the Compilation of all files, as `compile_fixture` does it, with everything that it made."""
    problems = Problems()
    files = folder(curated, problems)
    if problems.unreadable:  # everything else would follow from that
        raise CuratedDataInvalid(problems.lines())
    check_shapes(files, problems)
    compilation = Compilation(files, Path(texts), problems)
    compilation.run()
    if problems.found:
        raise CuratedDataInvalid(problems.lines())
    return compilation


class Compilation(Reception):
    """One run over all files. Each method takes the entries of one file, in an order that names allow."""

    def run(self):
        sources = self.files.get("sources.yaml", [])
        self.no_strays(sources)
        self.in_turn(sources, self.named(Source, "supersedes"), self.source)
        self.each("topics.yaml", lambda entry: self.plain(Topic, entry))
        self.each("actors.yaml", self.actor)
        claims = [entry for name in sorted(self.files) if name.startswith("claims/") for entry in self.files[name]]
        self.in_turn(claims, self.named(Claim, "merged_into"), self.claim)
        self.each("events.yaml", lambda entry: self.resting(Event, entry))
        self.each("reforms.yaml", self.reform)
        self.each("laws.yaml", self.law)
        self.each("reforms.yaml", self.milestones)
        self.each("packages.yaml", self.package)
        self.each("parameters.yaml", self.parameter)
        for entry in claims:
            self.claim_links(entry)
        self.each("discrepancies.yaml", self.discrepancy)
        self.each("no_claims.yaml", self.no_claim)
        self.each("answers.yaml", lambda entry: self.plain(AnsweredFinding, entry))
        self.each("retired_slugs.yaml", lambda entry: self.plain(RetiredSlug, entry))
        self.each("proposals.yaml", self.proposal)
        self.each("counters.yaml", self.counter)

    def counters(self):
        """The entries of the counters that are ahead of what is in use here."""
        return entries(ahead(self.counted, used_in(self.records.made)), self.counted)

    def each(self, name, take):
        for entry in self.files.get(name, []):
            take(entry)

    def in_turn(self, waiting, there, take):
        """Take each entry when what it names is `there`; what is left names nothing."""
        while waiting:
            ready, later = [], []
            for entry in waiting:
                (ready if there(entry) else later).append(entry)
            for entry in ready or later:
                take(entry)
            waiting = later if ready else []

    def named(self, model, key):
        """Whether the record of `model` that an entry names under `key` was made already, or it names none."""
        return lambda entry: not entry.text(key) or (model, entry[key]) in self.records.named

    def resting(self, model, entry, *, without=(), **fields):
        """A record that rests on the claim that the entry names."""
        claim = self.records.find(Claim, entry.text("claim"), entry)
        return self.plain(model, entry, without=without, claim=claim, **fields)

    def at(self, entry):
        """The paragraph that `source#20` names, or None with the problem noted."""
        place = AT.fullmatch(entry["at"])
        paragraph = place and self.paragraphs.get((place["source"], int(place["number"])))
        if not paragraph:
            self.problems.add(entry, f"There is no paragraph “{entry['at']}”.")
        return paragraph

    def actor(self, entry):
        actor = self.plain(Actor, entry)
        for name in entry.get("aliases", []):
            self.records.add(ActorAlias, entry, actor=actor, name=name)

    def claim(self, entry):
        state = entry.text("state") or Claim.State.PUBLISHED
        claim = self.plain(Claim, entry, state=state, **self.records.optional(Claim, entry, "merged_into"))
        if state == Claim.State.PUBLISHED:
            self.may_be_public(entry)
        self.citations(claim, entry.get("cites", []))

    def citations(self, claim, cites):
        """Each citation after the one in whose place it stands."""
        number, waiting, made = 0, [], {}
        for cite in cites:
            number = self.number(cite, number + 1)
            waiting.append((number, cite))

        def take(one):
            number, cite = one
            made[str(number)] = self.citation(claim, number, cite, made)

        self.in_turn(waiting, lambda one: one[1].text("carries") in {"", *made}, take)

    def number(self, cite, following):
        """The number that a citation gives itself, else the one that follows."""
        given = cite.text("number")
        if given and not re.fullmatch(NUMBER, given):
            self.problems.add(cite, f"“{given}” is no number of a citation.")
        return int(given) if re.fullmatch(NUMBER, given) else following

    def may_be_public(self, entry):
        """Note what a published claim lacks, in the words of the writer that publishes."""
        if not any(cite.text("stance") in ("", Citation.Stance.SUPPORTS) for cite in entry.get("cites", [])):
            self.problems.add(entry, NO_SUPPORT)
        says = any(item["part"] == ClaimActor.Part.SAYS for item in entry.get("actors", []))
        if entry["kind"] == Claim.Kind.ALLEGATION and not says:
            self.problems.add(entry, NOBODY_SAYS_IT)

    def citation(self, claim, number, cite, others):
        """`others`: those of the claim that were made before, None for what was refused, by number as text."""
        if (carries := cite.text("carries")) and carries not in others:
            words = f"Citation {number} cannot stand in the place of “{carries}”: that is no other one of its claim."
            return self.problems.add(cite, words)
        paragraph = self.at(cite)
        if paragraph is None:
            return None
        try:
            start, end = anchor(cite["quote"], paragraph.text, prefix=cite.text("prefix"), suffix=cite.text("suffix"))
        except AnchorError as error:
            return self.problems.add(cite, f"{error} {cite['at']}: “{cite['quote']}”")
        return self.plain(
            Citation, cite, without=("at", "prefix", "suffix", "carries"),
            claim=claim, number=number, paragraph=paragraph, start=start, end=end,
            **({"carries": others[carries]} if carries else {}),
        )  # fmt: skip

    def claim_links(self, entry):
        claim = self.records.find(Claim, entry["ref"], entry)
        for key, model, link in (
            ("reforms", Reform, ClaimReform), ("laws", Law, ClaimLaw), ("events", Event, ClaimEvent)
        ):  # fmt: skip
            for name in entry.get(key, []):
                found = self.records.find(model, name, entry)
                self.records.add(link, entry, claim=claim, **{key.removesuffix("s"): found})
        for item in entry.get("actors", []):
            actor = self.records.find(Actor, item["actor"], item)
            self.plain(ClaimActor, item, claim=claim, actor=actor)

    def reform(self, entry):
        reform = self.plain(Reform, entry)
        for name in entry.get("topics", []):
            self.records.add(ReformTopic, entry, reform=reform, topic=self.records.find(Topic, name, entry))

    def milestones(self, entry):
        reform = self.records.find(Reform, entry["slug"], entry)
        for item in entry.get("milestones", []):
            law, event = (self.records.optional(*one) for one in ((Law, item, "law"), (Event, item, "event")))
            self.resting(Milestone, item, reform=reform, **law, **event)

    def law(self, entry):
        law = self.plain(Law, entry)
        for item in entry.get("dates", []):
            self.resting(LawDate, item, law=law)
        for item in entry.get("reforms", []):
            self.resting(LawLink, item, law=law, reform=self.records.find(Reform, item["reform"], item))

    def package(self, entry):
        package = self.plain(
            Package, entry,
            **self.records.optional(Event, entry, "event"),
            **self.records.optional(Claim, entry, "stated_count_claim"),
        )  # fmt: skip
        for item in entry.get("items", []):
            self.resting(PackageItem, item, package=package, reform=self.records.find(Reform, item["reform"], item))

    def parameter(self, entry):
        parameter = self.plain(Parameter, entry, reform=self.records.find(Reform, entry["reform"], entry))
        for item in entry.get("changes", []):
            self.resting(ParameterChange, item, parameter=parameter)

    def discrepancy(self, entry):
        discrepancy = self.plain(Discrepancy, entry, **self.records.optional(Claim, entry, "resolved_by"))
        for name in entry["claims"]:
            claim = self.records.find(Claim, name, entry)
            self.records.add(DiscrepancyClaim, entry, discrepancy=discrepancy, claim=claim)
        if discrepancy is not None:
            try:
                discrepancy.check_claims(len(entry["claims"]))
            except ValidationError as error:
                self.problems.add(entry, error.messages[0])

    def no_claim(self, entry):
        self.plain(NoClaim, entry, without=("at",), paragraph=self.at(entry))

    def proposal(self, entry):
        """Its names are not looked up: what it was made for may have changed since."""
        if entry.text("state") in ANSWERED:
            self.problems.add(entry, "An answered proposal is history: leave it out.")
        check_held(entry, self.problems)
        self.plain(Proposal, entry, **{key: entry[key] for key in HELD if entry.get(key)})

    def counter(self, entry):
        name, last = entry["name"], entry["last"]
        proposed = any(proposal.name == name for proposal in self.records.made[Proposal])
        if name not in PREFIXES and (Claim, name) not in self.records.named and not proposed:
            self.problems.add(entry, f"Nothing is counted as “{name}”: a counter is called C, M, D, P or as a claim.")
        if name in self.counted:
            self.problems.add(entry, f"The counter “{name}” is given twice.")
        if not re.fullmatch(NUMBER, last):
            self.problems.add(entry, f"“{last}” is no number.")
        else:
            self.counted[name] = int(last)
