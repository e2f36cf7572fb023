"""What each resource shows: the rows that readers may see, with everything that its serializer reads at hand.

One function for each resource, in the order of the other modules. The number of queries does not grow with
the rows. A link to something that readers may not see is left out, or is None where it is a single one.
"""

from django.db.models import Case, CharField, DateField, F, Prefetch, Q, TextField, Value, When

from reforms.coverage import CITED, paragraph_coverage, source_coverage, with_spans
from reforms.models import (
    Actor,
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


def packages():
    """Packages with their event; the items come with the day, see `packages_as_of`."""
    shown = {"stated_count_claim__state": PUBLISHED}
    count = Case(When(**shown, then=F("stated_count")))
    taint = Case(When(**shown, then=F("taint")), default=Value(""), output_field=TextField())
    return (
        public("package")
        .annotate(public_count=count, public_taint=taint)
        .prefetch_related(Prefetch("event", public("event")), Prefetch("stated_count_claim", public("claim")))
    )


def packages_as_of(queryset, day):
    """With `as_of`, and the public items in order, each with its reform's stage on `day`."""
    items = PackageItem.objects.public().select_related("claim").order_by("position")
    staged = items.prefetch_related(Prefetch("reform", public("reform").with_stage(day)))
    return queryset.annotate(as_of=Value(day, DateField())).prefetch_related(Prefetch("items", staged))


def reforms():
    """Reforms with topics, packages, milestones, parameters and laws; the stage comes with the day."""
    return public("reform").prefetch_related(
        Prefetch("topic_links", ReformTopic.objects.select_related("topic").order_by("topic__slug")),
        Prefetch(
            "package_items",
            PackageItem.objects.public().select_related("package", "claim").order_by("package__slug", "position"),
        ),
        Prefetch("milestones", milestones().order_by("ref")),
        Prefetch("parameters", parameters().order_by("slug")),
        Prefetch(
            "law_links",
            LawLink.objects.public().select_related("law", "claim").order_by("law__slug", "effect", "claim__ref"),
        ),
    )


def reforms_as_of(queryset, day):
    """With `as_of`, `stage` and `perhaps` on `day`."""
    return queryset.with_stage(day).annotate(as_of=Value(day, DateField()))


def laws():
    """Laws with their dates and reforms, each with its claim."""
    dates = LawDate.objects.public().select_related("claim")
    links = LawLink.objects.public().select_related("reform", "claim")
    return public("law").prefetch_related(
        Prefetch("dates", dates.order_by(F("date_earliest").asc(nulls_last=True), "kind", "claim__ref")),
        Prefetch("reform_links", links.order_by("reform__slug", "effect", "claim__ref")),
    )


def claims():
    """Claims with their support, citations, discrepancies and what they are about."""
    events = ClaimEvent.objects.filter(event__claim__state=PUBLISHED)
    return (
        public("claim")
        .with_support()
        .prefetch_related(
            Prefetch("reform_links", ClaimReform.objects.select_related("reform").order_by("reform__slug")),
            Prefetch("law_links", ClaimLaw.objects.select_related("law").order_by("law__slug")),
            Prefetch("event_links", events.select_related("event").order_by("event__slug")),
            Prefetch("actor_links", ClaimActor.objects.select_related("actor").order_by("actor__slug", "part")),
            Prefetch("citations", citations().order_by("number")),
            Prefetch("discrepancies", public("discrepancy").order_by("ref")),
        )
    )


def citations():
    """Citations with claim, paragraph and source."""
    return (
        public("citation")
        .select_related("claim", "paragraph__source")
        .defer("paragraph__source__text", "paragraph__source__received")
    )


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
            Prefetch("citations", public("citation").select_related("claim").order_by("claim__ref", "number"))
        )
    )


def discrepancies():
    """Discrepancies with their claims."""
    return public("discrepancy").prefetch_related(
        Prefetch("claims", public("claim").order_by("ref")), Prefetch("resolved_by", public("claim"))
    )


def milestones():
    """Milestones with reform and claim, and with law and event where readers see them."""
    return (
        public("milestone")
        .select_related("reform", "claim")
        .prefetch_related(Prefetch("law", public("law")), Prefetch("event", public("event")))
    )


def parameters():
    """Parameters with their changes."""
    changes = ParameterChange.objects.public().select_related("claim")
    return (
        public("parameter")
        .select_related("reform")
        .prefetch_related(Prefetch("changes", changes.order_by("claim__ref", "after", "scope")))
    )


def events():
    """Events with their claim."""
    return public("event").select_related("claim")


def actors():
    """Actors with the other spellings of their names."""
    return public("actor").prefetch_related("aliases")


def topics():
    """Topics."""
    return public("topic")
