"""Entries to records: names are resolved, and each quote is found in its paragraph."""

import json
import re
from pathlib import Path

from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder

from reforms.curated.reading import Problems, folder
from reforms.curated.records import KNOWLEDGE, Records
from reforms.curated.schema import check_shapes
from reforms.models import (
    Actor,
    ActorAlias,
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
    Reform,
    ReformTopic,
    RetiredSlug,
    Topic,
)
from reforms.publishing import NO_SUPPORT, NOBODY_SAYS_IT
from sources.anchoring import AnchorError, anchor
from sources.models import Paragraph, Source, propose_paragraphs

AT = re.compile(r"(?P<source>[a-z-]+)#(?P<number>[1-9]\d*)")
KIND = re.compile(r"(?P<kind>[a-z_]+)(?: (?P<level>[1-6]))?")
RANGE = re.compile(r"(?P<first>[1-9]\d*)(?:-(?P<last>[1-9]\d*))?")


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
    problems = Problems()
    files = folder(curated, problems)
    if problems.unreadable:  # everything else would follow from that
        raise CuratedDataInvalid(problems.lines())
    check_shapes(files, problems)
    compilation = Compilation(files, Path(texts), problems)
    compilation.run()
    if not problems.found:
        return to_json(compilation.records.made)
    raise CuratedDataInvalid(problems.lines())


def to_json(made):
    """Serialise records by natural keys, one line each, so that a diff shows what changed."""
    lines = []
    for model in KNOWLEDGE:
        objects = serializers.serialize(
            "python",
            sorted(made[model], key=_order),
            use_natural_foreign_keys=True,
            use_natural_primary_keys=True,
        )
        lines += [json.dumps(item, ensure_ascii=False, cls=DjangoJSONEncoder) for item in objects]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _order(record):
    """By natural key; a merged claim after the one it was merged into."""
    depth, onward = 0, getattr(record, "merged_into", None)
    while onward is not None and depth < 1000:
        depth, onward = depth + 1, onward.merged_into
    return depth, record.natural_key()


class Compilation:
    """One run over all files. Each method takes the entries of one file, in an order that names allow."""

    def __init__(self, files, texts, problems):
        self.files, self.texts, self.problems = files, texts, problems
        self.records = Records(problems)
        self.paragraphs = {}

    def run(self):
        self.each("sources.yaml", self.source)
        self.each("topics.yaml", lambda entry: self.plain(Topic, entry))
        self.each("actors.yaml", self.actor)
        claims = [entry for name in sorted(self.files) if name.startswith("claims/") for entry in self.files[name]]
        self.claims(claims)
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
        self.each("retired_slugs.yaml", lambda entry: self.plain(RetiredSlug, entry))

    def each(self, name, take):
        for entry in self.files.get(name, []):
            take(entry)

    def plain(self, model, entry, *, without=(), **fields):
        """A record whose fields are the entry's own texts."""
        given = {
            key: value for key, value in entry.items() if isinstance(value, str) and key not in (*without, *fields)
        }
        return self.records.add(model, entry, **given, **fields)

    def resting(self, model, entry, *, without=(), **fields):
        """A record that rests on the claim that the entry names."""
        claim = self.records.find(Claim, entry.text("claim"), entry)
        return self.plain(model, entry, without=without, claim=claim, **fields)

    def source(self, entry):
        path = self.texts / entry["file_name"]
        if path.parent != self.texts or not path.is_file():
            return self.problems.add(entry, f"There is no text “{entry['file_name']}”.")
        received = Source()
        try:
            received.receive(path.read_bytes())
        except ValidationError as error:
            return self.problems.add(entry, error.messages[0])
        names = ("received", "text", "sha256", "text_sha256")
        source = self.plain(Source, entry, accepted=True, **{name: getattr(received, name) for name in names})
        if source is None:
            return None
        kinds = self.kinds(entry)
        proposed = propose_paragraphs(source, kinds)
        for number in sorted(kinds.keys() - {paragraph.number for paragraph in proposed}):
            self.problems.add(entry, f"There is no paragraph {number} to be a {kinds[number][0]}.")
        for paragraph in proposed:
            section = paragraph.section and self.paragraphs[source.slug, paragraph.section.number]
            made = self.paragraph(entry, paragraph, section)
            self.paragraphs[source.slug, made.number] = made

    def paragraph(self, entry, proposed, section):
        level = proposed.level
        fields = {name: getattr(proposed, name) for name in ("source", "number", "start", "end", "text", "kind")}
        given = {"level": level} if level else {}
        return self.records.add(Paragraph, entry, **fields, **given, **({"section": section} if section else {}))

    def kinds(self, entry):
        """Paragraph number to (kind, level), from `"2-3": notice` and `"5": heading 2`."""
        kinds = {}
        for numbers, words in (entry.get("kinds") or {}).items():
            span, kind = RANGE.fullmatch(numbers), KIND.fullmatch(words)
            if not span or not kind or kind["kind"] not in Paragraph.Kind.values:
                self.problems.add(entry, f"“{numbers}: {words}” is no paragraph and kind.")
                continue
            for number in range(int(span["first"]), int(span["last"] or span["first"]) + 1):
                kinds[number] = (kind["kind"], int(kind["level"]) if kind["level"] else None)
        return kinds

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

    def claims(self, entries):
        """Merged claims come after the ones they were merged into; what is left then leads nowhere."""
        waiting = entries
        while waiting:
            ready = [e for e in waiting if not e.text("merged_into") or (Claim, e["merged_into"]) in self.records.named]
            for entry in ready or waiting:
                self.claim(entry)
            waiting = [entry for entry in waiting if entry not in ready] if ready else []

    def claim(self, entry):
        sources = [cite["at"].split("#")[0] for cite in entry["cites"]]
        if sources and not entry.file.endswith(f"/claims/{sources[0]}.yaml"):
            self.problems.add(entry, "A claim stands in the file of the source that it cites first.")
        state = entry.text("state") or Claim.State.PUBLISHED
        claim = self.plain(Claim, entry, state=state, **self.records.optional(Claim, entry, "merged_into"))
        if state == Claim.State.PUBLISHED:
            self.may_be_public(entry)
        number = 0
        for cite in entry["cites"]:
            number = int(cite["number"]) if cite.text("number").isdigit() else number + 1
            self.citation(claim, cite, number)

    def may_be_public(self, entry):
        """Note what a published claim lacks, in the words of the writer that publishes."""
        if not any(cite.text("stance") in ("", Citation.Stance.SUPPORTS) for cite in entry["cites"]):
            self.problems.add(entry, NO_SUPPORT)
        says = any(item["part"] == ClaimActor.Part.SAYS for item in entry.get("actors", []))
        if entry["kind"] == Claim.Kind.ALLEGATION and not says:
            self.problems.add(entry, NOBODY_SAYS_IT)

    def citation(self, claim, cite, number):
        paragraph = self.at(cite)
        if paragraph is None:
            return
        try:
            start, end = anchor(cite["quote"], paragraph.text, prefix=cite.text("prefix"), suffix=cite.text("suffix"))
        except AnchorError as error:
            return self.problems.add(cite, f"{error} {cite['at']}: “{cite['quote']}”")
        self.plain(
            Citation, cite, without=("at", "prefix", "suffix"),
            claim=claim, number=number, paragraph=paragraph, start=start, end=end,
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
