"""One entry of the knowledge: a record together with all that it owns, as one edits, proposes and restores it."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

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
from sources.models import Paragraph, Source

# What owns what: the model of each owned record, and the field that names its owner.
OWNED: dict[Any, dict[Any, str]] = {
    Source: {Paragraph: "source"},
    Topic: {},
    Actor: {ActorAlias: "actor"},
    Claim: {
        Citation: "claim", ClaimReform: "claim", ClaimLaw: "claim", ClaimEvent: "claim", ClaimActor: "claim",
    },
    Event: {},
    Reform: {ReformTopic: "reform", Milestone: "reform"},
    Law: {LawDate: "law", LawLink: "law"},
    Package: {PackageItem: "package"},
    Parameter: {ParameterChange: "parameter"},
    Discrepancy: {DiscrepancyClaim: "discrepancy"},
    NoClaim: {},
    AnsweredFinding: {},
    RetiredSlug: {},
    Proposal: {},
}  # fmt: skip
# Of a source only its name is needed, not its whole text; of a paragraph its source, in the same query.
SLIM: dict[Any, Any] = {
    Source: Source.objects.defer("text", "received"),
    Paragraph: Paragraph.objects.select_related("source").defer("source__text", "source__received"),
}
OWNER = {part: (root, name) for root, parts in OWNED.items() for part, name in parts.items()}


@dataclass
class Rows:
    """The records of one entry: its root, and those that it owns by model."""

    root: Any
    owned: dict = field(default_factory=dict)

    def of(self, model):
        return self.owned.get(model, [])

    def all(self):
        return [self.root, *(record for records in self.owned.values() for record in records)]


def root_of(record):
    """Return the record that owns `record`, or itself."""
    return getattr(record, OWNER[type(record)][1]) if type(record) in OWNER else record


def stored(roots):
    """Return the Rows of each of `roots` (records of one model) as they are stored now, in a few queries."""
    roots = list(roots)
    if not roots:
        return []
    model = type(roots[0])
    owned = OWNED.get(model, {})
    entries = {root.pk: Rows(root, {part: [] for part in owned}) for root in roots}
    for part, owner in owned.items():
        records = part._default_manager.filter(**{f"{owner}__in": list(entries)}).order_by("pk")
        if part is Paragraph:  # its words follow from the source's text
            records = records.defer("text")
        for record in records:
            entries[getattr(record, f"{owner}_id")].owned[part].append(record)
    with_names(list(entries.values()))
    return list(entries.values())


def with_names(entries):
    """Fetch what the records of `entries` (Rows) point at, in one query for each kind of relation."""
    by_model: dict[Any, list] = {}
    for rows in entries:
        _with_carried(rows.of(Citation))
        for record in rows.all():
            by_model.setdefault(type(record), []).append(record)
            if record is not rows.root:
                setattr(record, OWNER[type(record)][1], rows.root)
    for model, records in by_model.items():
        if model is Paragraph:
            continue
        _, owner = OWNER.get(model, (None, None))
        names = {
            f.name: f.related_model for f in model._meta.fields
            if f.is_relation and f.name != owner and (model, f.name) != (Citation, "carries")
        }  # fmt: skip
        deeper = {"paragraph__source": Source} if "paragraph" in names else {}
        for name, related in (names | deeper).items():
            prefetch_related_objects(records, Prefetch(name, SLIM[related].all()) if related in SLIM else name)


def _with_carried(citations):
    """Let each citation of one claim know the one that it carries, which may be no longer stored: it is among them."""
    by_key = {citation.pk: citation for citation in citations}
    for citation in citations:
        if citation.carries_id in by_key:
            citation.carries = by_key[citation.carries_id]


def kind_of(record_or_model):
    """Name the kind of an entry: `claim`, `reform`, `noclaim`."""
    return record_or_model._meta.model_name


def name_of(record):
    """The public name of an entry: its reference, slug or paragraph (`source#20`)."""
    if isinstance(record, NoClaim):
        return record.paragraph.ref
    return "/".join(str(part) for part in record.natural_key())


def find(kind, name):
    """Return the root record of this kind and name as it is stored now, or None."""
    model = next(model for model in OWNED if kind_of(model) == kind)
    key = name.split("#") if model is NoClaim else name.split("/")
    try:
        return model._default_manager.get_by_natural_key(*key)
    except model.DoesNotExist:
        return None


def is_public(root):
    """Whether readers see anything of the entry now. A paragraph marked as carrying no claim is seen at once."""
    question = getattr(type(root)._default_manager, "public", None)
    return question().filter(pk=root.pk).exists() if question else isinstance(root, NoClaim)


# Which claims an entry is public by.
CLAIMS_OF: dict[Any, str] = {
    Reform: "claim_links__claim", Law: "claim_links__claim", Event: "claim", Package: "items__claim",
    Parameter: "changes__claim", Discrepancy: "claims", Actor: "claim_links__claim",
}  # fmt: skip


def was_public(root):
    """Whether readers see or ever saw anything of the entry: a claim of its may be retracted, and come back."""
    if is_public(root):
        return True
    if isinstance(root, Claim):
        return Claim.objects.filter(pk=root.pk).ever_public().exists()
    if type(root) not in CLAIMS_OF:
        return False
    claims = Claim.objects.filter(pk__in=type(root)._default_manager.filter(pk=root.pk).values(CLAIMS_OF[type(root)]))
    seen = claims.ever_public().count()
    return seen > 0 and (not isinstance(root, Discrepancy) or seen == claims.count())
