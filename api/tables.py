"""The tables of the data package: what readers see, in a relational form, under public names.

Each table comes after those that it refers to, its rows in the order of its key. What a table refers to is always
there: a row whose other end readers do not see is left out, or refers to nothing where it need not.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Case, CharField, F, Q, When
from django.db.models.fields import DateField, IntegerField

from api.querysets import PUBLISHED, packages, paragraphs, public
from reforms.models import (
    ActorAlias,
    Claim,
    ClaimActor,
    ClaimEvent,
    ClaimLaw,
    ClaimReform,
    DiscrepancyClaim,
    LawDate,
    LawLink,
    PackageItem,
    ParameterChange,
    ReformTopic,
    RetiredSlug,
)

DATE = "date date_earliest date_latest"
TYPES = {IntegerField: "integer", DateField: "date"}


@dataclass(frozen=True)
class Column:
    """One column: where it is read, its type in Table Schema, and what is always so."""

    name: str
    lookup: str
    type: str
    description: str
    required: bool
    enum: list


class Table:
    """One table. `queryset`: its rows. `columns`: names, with the lookup after a colon where it is another one.

    `key`: the names of the columns that are unique together and never empty. `order`: those that are unique
    together where some may be empty. `refers`: columns, separated by spaces, to the table
    whose key they hold. `about`: what a row is, where the model does not say it.
    """

    def __init__(self, name, queryset, columns, key, *, order="", about="", **refers):
        self.name, self.queryset, self.key = name, queryset, key.split()
        self.about = about or queryset.model.__doc__.partition("\n")[0]
        self.refers = refers
        self.columns = [self._column(*word.partition(":")[::2]) for word in columns.split()]
        lookups = {column.name: column.lookup for column in self.columns}
        self.order = [lookups[name] for name in (key or order).split()]

    def rows(self, chunk_size):
        """Yield the rows as tuples, read `chunk_size` at a time."""
        lookups = [column.lookup for column in self.columns]
        return self.queryset.order_by(*self.order).values_list(*lookups).iterator(chunk_size)

    def _column(self, name, lookup):
        field, always = self._field(lookup or name)
        kind = next((kind for base, kind in TYPES.items() if isinstance(field, base)), "string")
        values = [value for value, _ in field.choices or ()]
        return Column(name, lookup or name, kind, str(field.help_text), always, values)

    def _field(self, lookup):
        """The model field to which `lookup` leads, and whether the database always has a value there."""
        if lookup in self.queryset.query.annotations:
            return self.queryset.query.annotations[lookup].output_field, False
        model, always = self.queryset.model, True
        for step in lookup.split("__"):
            field = model._meta.get_field(step)
            always = always and not field.null and (field.related_model is not None or _filled(field))
            model = field.related_model
        return field, always


def _filled(field):
    """Whether the database holds no empty text in `field`."""
    if isinstance(field, (IntegerField, DateField)) or field.unique:
        return True
    kept = (f"_{field.name}_filled",) if field.blank else (f"_{field.name}_filled", f"_{field.name}_known")
    return any(constraint.name.endswith(kept) for constraint in field.model._meta.constraints)


def seen(**kinds):
    """Return the annotations `seen_<name>`: the public name of what a field leads to, None where nobody sees it."""
    return {
        f"seen_{name}": Case(
            When(**{f"{name}__in": public(kind)}, then=F(f"{name}__{'ref' if kind == 'claim' else 'slug'}")),
            output_field=CharField(),
        )
        for name, kind in kinds.items()
    }


def ends(rows, **kinds):
    """Return those of `rows` whose ends of these kinds readers see."""
    return rows.filter(**{f"{name}__in": public(kind) for name, kind in kinds.items()})


def link(name, model, kind, more="", key=""):
    """The table of the links from claims to records of `kind`."""
    rows = ends(model.objects.all(), claim="claim", **{kind: kind})
    columns = f"claim:claim__ref {kind}:{kind}__slug {more}"
    return Table(name, rows, columns, f"claim {kind} {key}", claim="claims", **{kind: f"{kind}s"})


former = [Q(kind=kind, now__in=public(kind).values("slug")) for kind in RetiredSlug.Kind.values]
onwards = Case(When(merged_into__state__in=Claim.HIDDEN, then=None), default=F("merged_into__ref"))
TABLES = [
    Table(
        "sources",
        public("source").annotate(**seen(supersedes="source")),
        "slug name file_name received_as:format sha256 text_sha256 title author publisher language published "
        "published_earliest published_latest published_note type interested_party rights show "
        "supersedes:seen_supersedes note",
        "slug",
        supersedes="sources",
    ),
    Table(
        "paragraphs",
        paragraphs().prefetch_related(None),
        "source:source__slug number kind level text:shown_text start end section:section__number coverage "
        "no_claim_reason",
        "source number",
        about="One line of a source that is not blank. Its text is empty where the source's rights keep it back.",
        source="sources",
        **{"source section": "paragraphs"},
    ),
    Table("topics", public("topic"), "slug name summary", "slug"),
    Table("claims", public("claim").with_support(), "ref text kind support taint note", "ref"),
    Table(
        "citations",
        public("citation"),
        "claim:claim__ref number source:paragraph__source__slug paragraph:paragraph__number start end quote stance "
        "strength carries:carries__number not_carried note",
        "claim number",
        claim="claims",
        **{"source paragraph": "paragraphs", "claim carries": "citations"},
    ),
    Table("reforms", public("reform"), "slug title summary note", "slug"),
    Table(
        "reform_topics",
        ends(ReformTopic.objects.all(), reform="reform"),
        "reform:reform__slug topic:topic__slug",
        "reform topic",
        reform="reforms",
        topic="topics",
    ),
    Table("laws", public("law"), "slug name title rank status number note", "slug"),
    Table(
        "law_dates",
        ends(LawDate.objects.public(), law="law"),
        f"law:law__slug kind {DATE} claim:claim__ref taint",
        "law kind claim",
        law="laws",
        claim="claims",
    ),
    Table(
        "law_links",
        ends(LawLink.objects.public(), law="law", reform="reform"),
        "law:law__slug reform:reform__slug effect claim:claim__ref taint",
        "law reform effect claim",
        law="laws",
        reform="reforms",
        claim="claims",
    ),
    Table("events", public("event"), f"slug title kind {DATE} claim:claim__ref taint note", "slug", claim="claims"),
    Table(
        "packages",
        packages().prefetch_related(None).annotate(**seen(event="event", stated_count_claim="claim")),
        "slug name summary event:seen_event stated_count:public_count stated_count_claim:seen_stated_count_claim "
        "taint:public_taint note",
        "slug",
        event="events",
        stated_count_claim="claims",
    ),
    Table(
        "package_items",
        ends(PackageItem.objects.public(), package="package", reform="reform"),
        "package:package__slug position number reform:reform__slug claim:claim__ref taint note",
        "package position",
        package="packages",
        reform="reforms",
        claim="claims",
    ),
    Table("actors", public("actor"), "slug name kind note", "slug"),
    Table(
        "aliases",
        ends(ActorAlias.objects.all(), actor="actor"),
        "actor:actor__slug name",
        "actor name",
        actor="actors",
    ),
    link("claim_reforms", ClaimReform, "reform"),
    link("claim_laws", ClaimLaw, "law"),
    link("claim_events", ClaimEvent, "event"),
    link("claim_actors", ClaimActor, "actor", "part office", "part"),
    Table(
        "milestones",
        ends(public("milestone"), reform="reform").annotate(**seen(law="law", event="event")),
        f"ref reform:reform__slug stage {DATE} claim:claim__ref law:seen_law event:seen_event taint note",
        "ref",
        reform="reforms",
        claim="claims",
        law="laws",
        event="events",
    ),
    Table(
        "parameters",
        ends(public("parameter"), reform="reform"),
        "slug name reform:reform__slug note",
        "slug",
        reform="reforms",
    ),
    Table(
        "parameter_changes",
        ends(ParameterChange.objects.public(), parameter__reform="reform"),
        f"parameter:parameter__slug claim:claim__ref before after unit scope {DATE} taint note",
        "",
        order="parameter claim after scope",
        parameter="parameters",
        claim="claims",
    ),
    Table(
        "discrepancies",
        public("discrepancy").annotate(**seen(resolved_by="claim")),
        "ref title kind state explanation resolved_by:seen_resolved_by",
        "ref",
        resolved_by="claims",
    ),
    Table(
        "discrepancy_claims",
        DiscrepancyClaim.objects.filter(discrepancy__in=public("discrepancy"), claim__state=PUBLISHED),
        "discrepancy:discrepancy__ref claim:claim__ref",
        "discrepancy claim",
        discrepancy="discrepancies",
        claim="claims",
    ),
    Table("former_slugs", RetiredSlug.objects.filter(reduce(or_, former)), "kind slug now", "kind slug"),
    Table(
        "former_claims",
        Claim.objects.once_public().exclude(state=PUBLISHED).annotate(onwards=onwards),
        "ref state merged_into:onwards reason:retraction_reason",
        "ref",
        about="A claim that was public once: merged into another one, or retracted for the reason given.",
    ),
]


def references(table):
    """Yield (columns, name of the table that they refer to, its key that they hold) for each reference of `table`."""
    keys = {one.name: one.key for one in TABLES}
    for columns, to in table.refers.items():
        yield columns.split(), to, keys[to]
