"""What each resource shows: the rows that readers may see, with everything that its serializer reads at hand.

One function for each resource, in the order of the other modules. The number of queries does not grow with
the rows. A link to something that readers may not see is left out, or is None where it is a single one.
"""

from django.db.models import Case, CharField, DateField, F, OuterRef, Prefetch, Q, Subquery, TextField, Value, When

from reforms.coverage import CITED, paragraph_coverage, source_coverage, with_spans
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
    Event,
    Law,
    LawDate,
    LawLink,
    Milestone,
    Package,
    PackageItem,
    Parameter,
    ParameterChange,
    Reform,
    ReformTopic,
    Topic,
)
from sources.models import Paragraph, Source

PUBLISHED = Claim.State.PUBLISHED


def public(kind):
    """Return the records of `kind` ("reform", "paragraph" …) that readers see, with nothing added."""
    return {
        "package": Package.objects.public,
        "reform": Reform.objects.public,
        "law": Law.objects.public,
        "claim": Claim.objects.public,
        "citation": lambda: Citation.objects.public().filter(paragraph__source__accepted=True),
        "source": Source.objects.accepted,
        "paragraph": lambda: Paragraph.objects.filter(source__accepted=True),
        "discrepancy": Discrepancy.objects.public,
        "milestone": Milestone.objects.public,
        "parameter": Parameter.objects.public,
        "event": Event.objects.public,
        "actor": Actor.objects.public,
        "topic": Topic.objects.browsed,
    }[kind]()


# What a related record is called, and what its addresses hold: all that is read of it within another.
CALLED = {
    "claim": ["ref"],
    "paragraph": ["number"],
    "paragraph__source": ["slug", "name"],
    "source": ["slug"],
    "section": ["number"],
    "reform": ["slug", "title"],
    "law": ["slug", "name"],
    "event": ["slug", "title", "taint"],
    "actor": ["slug", "name"],
    "topic": ["slug", "name"],
    "package": ["slug", "name"],
    "carries": ["number"],
    "carried_by": ["number"],
}


def naming(rows, *relations, also=()):
    """With each of the related records at hand, but only what it is called, and the columns in `also`."""
    own = [field.name for field in rows.model._meta.concrete_fields]
    called = [f"{relation}__{column}" for relation in relations for column in CALLED[relation]]
    return rows.select_related(*relations).only(*own, *called, *also)


def many(relation, rows):
    """Fetch `rows` as the list `shown_<relation>` of each record: a queryset for each would cost more than the rows."""
    return Prefetch(relation, rows, to_attr=f"shown_{relation}")


def packages():
    """Packages with their event; the items come with the day, see `packages_as_of`."""
    shown = {"stated_count_claim__state": PUBLISHED}
    count = Case(When(**shown, then=F("stated_count")))
    taint = Case(When(**shown, then=F("taint")), default=Value(""), output_field=TextField())
    return (
        public("package")
        .annotate(public_count=count, public_taint=taint)
        .prefetch_related(
            Prefetch("event", public("event")), Prefetch("stated_count_claim", public("claim").only("ref"))
        )
    )


def packages_as_of(queryset, day):
    """With `as_of`, and the public items in order, each with its reform's stage on `day`."""
    items = naming(PackageItem.objects.public(), "claim").order_by("position")
    staged = items.prefetch_related(Prefetch("reform", public("reform").with_stage(day)))
    return queryset.annotate(as_of=Value(day, DateField())).prefetch_related(many("items", staged))


def reforms():
    """Reforms with topics, packages, milestones, parameters and laws; the stage comes with the day."""
    return public("reform").prefetch_related(
        many("topic_links", naming(ReformTopic.objects, "topic").order_by("topic__slug")),
        many(
            "package_items",
            naming(PackageItem.objects.public(), "package", "claim").order_by("package__slug", "position"),
        ),
        many("milestones", milestones().order_by("ref")),
        many("parameters", parameters().order_by("slug")),
        many(
            "law_links",
            naming(LawLink.objects.public(), "law", "claim").order_by("law__slug", "effect", "claim__ref"),
        ),
    )


def reforms_as_of(queryset, day):
    """With `as_of`, `stage` and `perhaps` on `day`."""
    return queryset.with_stage(day).annotate(as_of=Value(day, DateField()))


def laws():
    """Laws with their dates and reforms, each with its claim."""
    dates = naming(LawDate.objects.public(), "claim")
    links = naming(LawLink.objects.public(), "reform", "claim")
    return public("law").prefetch_related(
        many("dates", dates.order_by(F("date_earliest").asc(nulls_last=True), "kind", "claim__ref")),
        many("reform_links", links.order_by("reform__slug", "effect", "claim__ref")),
    )


def first_day_of_law():
    """The earliest day that a public date of a law allows, as an expression."""
    dates = LawDate.objects.public().filter(law=OuterRef("pk"))
    return Subquery(dates.order_by(F("date_earliest").asc(nulls_last=True)).values("date_earliest")[:1])


def claims():
    """Claims with their support, citations, discrepancies and what they are about."""
    events = ClaimEvent.objects.filter(event__claim__state=PUBLISHED)
    words = naming(public("citation"), "paragraph", "paragraph__source")  # the claim is at hand already
    return (
        public("claim")
        .with_support()
        .prefetch_related(
            many("reform_links", naming(ClaimReform.objects, "reform").order_by("reform__slug")),
            many("law_links", naming(ClaimLaw.objects, "law").order_by("law__slug")),
            many("event_links", naming(events, "event").order_by("event__slug")),
            many("actor_links", naming(ClaimActor.objects, "actor").order_by("actor__slug", "part")),
            many("citations", words.order_by("number")),
            many("discrepancies", public("discrepancy").only("ref").order_by("ref")),
        )
    )


def citations():
    """Citations with claim, paragraph and source, and the number of what each carries or is carried by."""
    named = ("claim", "paragraph", "paragraph__source", "carries", "carried_by")
    return naming(public("citation"), *named, also=["paragraph__text"])


def sources():
    """Sources with the counts of their paragraphs and the spans cited in them, without their text."""
    lean = public("source").defer("text", "received")
    others = (Prefetch("supersedes", lean), Prefetch("superseded_by", lean))
    return with_spans(source_coverage(lean)).prefetch_related(*others)


def paragraphs():
    """Paragraphs with coverage, citations and `shown_text`: the text where its source lets it be shown."""
    may_be_shown = Q(source__show=Source.Show.FULL) | Q(coverage=CITED)
    return (
        paragraph_coverage(public("paragraph"))
        .annotate(shown_text=Case(When(may_be_shown, then=F("text")), output_field=CharField()))
        .select_related("source", "section")
        .defer("text", "section__text", "source__text", "source__received")
        .prefetch_related(
            many(
                "citations",
                public("citation")
                .select_related("claim")
                .only("number", "paragraph", "claim__ref")
                .order_by("claim__ref", "number"),
            )
        )
    )


def discrepancies():
    """Discrepancies with their claims."""
    return public("discrepancy").prefetch_related(
        many("claims", public("claim").only("ref").order_by("ref")),
        Prefetch("resolved_by", public("claim").only("ref")),
    )


def milestones():
    """Milestones with reform and claim, and with law and event where readers see them."""
    return naming(public("milestone"), "reform", "claim").prefetch_related(
        Prefetch("law", public("law").only("slug")), Prefetch("event", public("event").only("slug"))
    )


def parameters():
    """Parameters with their changes."""
    changes = naming(ParameterChange.objects.public(), "claim")
    return naming(public("parameter"), "reform").prefetch_related(
        many("changes", changes.order_by("claim__ref", "after", "scope"))
    )


def events():
    """Events with their claim."""
    return naming(public("event"), "claim")


def actors():
    """Actors with the other spellings of their names."""
    return public("actor").prefetch_related(many("aliases", ActorAlias.objects.order_by("name")))


def topics():
    """Topics."""
    return public("topic")
