"""Records for tests: plain functions, no randomness. What is not given gets a plain value."""

from django.db.models import Max

from reforms.curated.storing import store
from reforms.curated.writing import written
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
    Topic,
)
from reforms.publishing import publish, submit
from sources.acceptance import accept
from sources.anchoring import anchor
from sources.models import Source

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def word(number):
    """A slug part without digits: 0 → a, 25 → z, 26 → ba."""
    return LETTERS[number] if number < 26 else word(number // 26) + LETTERS[number % 26]


def make_source(text="Heading\n\nFirst paragraph.\nSecond paragraph.\n", slug="a-source", kinds=None, **fields):
    """An accepted source with its paragraphs."""
    source = Source(slug=slug, name=fields.pop("name", slug.replace("-", " ").capitalize()), **fields)
    source.receive(text.encode())
    return accept(source, kinds=kinds)


def cite(claim, paragraph, quote, *, prefix="", suffix="", **fields):
    """Store a citation of `claim` on `quote` in `paragraph`. `fields`: stance, strength, note.

    Errors: AnchorError where the quote does not stand there exactly once; ValidationError.
    """
    citation = Citation(claim=claim, paragraph=paragraph, quote=quote, **fields)
    citation.start, citation.end = anchor(quote, paragraph.text, prefix=prefix, suffix=suffix)
    citation.take_number()
    citation.full_clean()
    citation.save()
    return citation


def make_claim(paragraph=None, quote="", *, published=True, reforms=(), laws=(), events=(), actors=(), **fields):
    """A claim; with a paragraph it cites `quote` (or the whole paragraph) and is published."""
    fields.setdefault("text", "Something was decided.")
    fields.setdefault("kind", Claim.Kind.ADOPTED)
    claim = Claim(ref=fields.pop("ref", None) or Claim.next_ref(), **fields)
    claim.full_clean()
    claim.save()
    for reform in reforms:
        ClaimReform.objects.create(claim=claim, reform=reform)
    for law in laws:
        ClaimLaw.objects.create(claim=claim, law=law)
    for event in events:
        ClaimEvent.objects.create(claim=claim, event=event)
    for actor in actors:
        ClaimActor.objects.create(claim=claim, actor=actor, part="says", office="Minister")
    if paragraph is not None:
        cite(claim, paragraph, quote or paragraph.text)
        if published:
            submit(claim)
            publish(claim)
    return claim


def make_reform(slug="a-reform", **fields):
    return Reform.objects.create(slug=slug, title=fields.pop("title", slug.replace("-", " ").capitalize()), **fields)


def make_law(slug="a-law", **fields):
    fields = {"name": slug.replace("-", " ").capitalize(), "rank": "law", "status": "adopted"} | fields
    return Law.objects.create(slug=slug, **fields)


def make_event(claim, slug="an-event", **fields):
    fields = {"title": slug.replace("-", " ").capitalize(), "kind": "other", "date": "2020-01-01"} | fields
    return Event.objects.create(slug=slug, claim=claim, **fields)


def make_milestone(reform, claim, stage="announced", date="", **fields):
    return Milestone.objects.create(
        ref=Milestone.next_ref(), reform=reform, claim=claim, stage=stage, date=date, **fields
    )


def make_discrepancy(*claims, **fields):
    fields = {"title": "They differ", "kind": "contradiction", "explanation": "They do not fit."} | fields
    discrepancy = Discrepancy.objects.create(ref=Discrepancy.next_ref(), **fields)
    for claim in claims:
        DiscrepancyClaim.objects.create(discrepancy=discrepancy, claim=claim)
    return discrepancy


def rewrite(record, **changes):
    """Make the stored entry of `record` what it is with `changes`; None takes a key away."""
    entry = {key: value for key, value in (written(record) | changes).items() if value is not None}
    return store(type(record), entry, record=record)


def make_each():
    """One public record of every kind, each with one of everything that it can own. Return kind to record.

    C0001 stands on `a-source#2`, C0002 on `a-source#3`; both name `a-reform` and `a-law`, and all else rests on C0001.
    """
    source = make_source("Heading\nThe law was adopted, the law.\nIt is in force, they say.\nThey clap.")
    second, third, fourth = source.paragraphs.filter(number__gte=2)
    topic = Topic.objects.create(slug="a-topic", name="A topic", summary="About it.")
    actor = Actor.objects.create(slug="an-actor", name="An actor", kind="person")
    reform, law = make_reform(), make_law()
    claim = make_claim(second, "The law was adopted", reforms=[reform], laws=[law], actors=[actor])
    make_claim(third, "It is in force", text="It is in force.", reforms=[reform], laws=[law])
    event = make_event(claim)
    ClaimEvent.objects.create(claim=claim, event=event)
    ActorAlias.objects.create(actor=actor, name="Another spelling")
    ReformTopic.objects.create(reform=reform, topic=topic)
    make_milestone(reform, claim, "adopted", "2020-05-25", law=law, event=event)
    LawDate.objects.create(law=law, kind="signed", date="2020-05-25", claim=claim)
    LawLink.objects.create(law=law, reform=reform, effect="implements", claim=claim)
    counted = {"stated_count": 1, "stated_count_claim": claim}
    package = Package.objects.create(slug="a-package", name="A package", event=event, **counted)
    PackageItem.objects.create(package=package, position=1, number="1", reform=reform, claim=claim)
    parameter = Parameter.objects.create(slug="a-parameter", name="Members", reform=reform)
    ParameterChange.objects.create(parameter=parameter, claim=claim, before="40", after="20", unit="people")
    discrepancy = make_discrepancy(claim, kind="misprint")
    mark = NoClaim.objects.create(paragraph=fourth, reason="rhetoric")
    records = [source, topic, actor, claim, event, reform, law, package, parameter, discrepancy, mark]
    return {record._meta.model_name: record for record in records}


def make_world(rows, each=3):
    """A base of `rows` records of every kind, each with `each` of every relation it can have.

    Slugs are `source-a`, `reform-b`, `law-c`, `package-d` …; references count up from C0001.
    For measuring that a page costs the same number of queries however many rows it shows.
    """
    start = Source.objects.aggregate(n=Max("pk"))["n"] or 0
    names = [word(start + number) for number in range(rows)]
    text = "Heading\n" + "\n".join(
        f"Sentence {word(n)} about a reform, said in full." for n in range(max(rows, 2) * each)
    )
    sources = [
        make_source(text + f"\nEnd of {name}.", f"source-{name}", {1: ("heading", 1)}, published="2021-06~")
        for name in names
    ]
    paragraphs = [list(source.paragraphs.all()) for source in sources]
    reforms = [make_reform(f"reform-{name}") for name in names]
    laws = [make_law(f"law-{name}") for name in names]
    actors = [Actor.objects.create(slug=f"actor-{name}", name=f"Actor {name}", kind="person") for name in names]
    topics = [Topic.objects.create(slug=f"topic-{name}", name=f"Topic {name}", summary="A topic.") for name in names]
    first = make_claim(paragraphs[0][1], text="The events took place.")
    events = [make_event(first, f"event-{name}") for name in names]
    packages = [
        Package.objects.create(
            slug=f"package-{name}",
            name=f"Package {name}",
            event=event,
            stated_count=each,
            stated_count_claim=first,
        )
        for name, event in zip(names, events, strict=True)
    ]
    some = lambda records, at: [records[(at + step) % rows] for step in range(min(each, rows))]  # noqa: E731
    for at in range(rows):
        claims = [
            make_claim(
                paragraphs[at][1 + step],
                text=f"Statement {names[at]} {step}.",
                reforms=some(reforms, at),
                laws=some(laws, at),
                events=some(events, at),
                actors=some(actors, at),
            )
            for step in range(each)
        ]
        for claim in claims:
            for step in range(1, each):
                cite(claim, paragraphs[(at + step) % rows][1 + each + step], "Sentence")
        for number, claim in enumerate(claims):
            stage = ["announced", "drafted", "adopted"][number % 3]
            make_milestone(reforms[at], claim, stage, f"202{number % 10}-01-01", law=laws[at], event=events[at])
            LawDate.objects.create(law=laws[at], kind="dated", date=f"202{number % 10}-05-25", claim=claim)
            LawLink.objects.create(law=laws[at], reform=reforms[at], effect="implements", claim=claim)
            parameter = Parameter.objects.create(
                slug=f"parameter-{names[at]}-{word(number)}", name="Members", reform=reforms[at]
            )
            for other, after in zip(claims, ("5", "6", "7"), strict=False):
                ParameterChange.objects.create(
                    parameter=parameter, claim=other, before="9", after=after, unit="members"
                )
            make_discrepancy(*claims, title=f"Discrepancy {names[at]} {number}")
        for position, reform in enumerate(some(reforms, at), start=1):
            PackageItem.objects.create(
                package=packages[at], position=position, number=str(position), reform=reform, claim=claims[0]
            )
        for topic in some(topics, at):
            ReformTopic.objects.create(reform=reforms[at], topic=topic)
    return sources
