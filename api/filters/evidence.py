"""What can be asked of claims, and of what they stand on."""

from django.db.models import Q

from api.filtering import Filters, Link
from api.filters.links import ACTORS, CITED_FROM, TAINTED
from api.lookups import Choice, Date, Exact, Has, Name, Number, Text, Until, Words
from api.querysets import public
from reforms.coverage import CITED, NO_CLAIM, OPEN
from reforms.models import (
    Citation,
    Claim,
    ClaimActor,
    ClaimEvent,
    ClaimLaw,
    ClaimReform,
    Discrepancy,
    NoClaim,
    ParameterChange,
)
from reforms.stages import Stage
from sources.models import Paragraph, Source


class ClaimFilter(Filters):
    """What can be asked of claims."""

    REFORMS, CITATIONS = Link(lambda: ClaimReform.objects, "claim"), Link(lambda: public("citation"), "claim")
    ACTORS, MILESTONES = (
        Link(lambda: ClaimActor.objects, "claim"),
        Link(lambda: public("milestone").with_days(), "claim"),
    )
    DISCREPANCIES = Link(lambda: public("discrepancy"), "claims")
    orderings = {"ref": ("ref",), "kind": ("kind",), "support": ("support",)}

    ref = Name("claim", "Claims with this reference.", "pk")
    q = Words("Words of its text.", pk="claim")
    text = Text("Its text.")
    note = Text("Its note.", none=True)
    kind = Choice(Claim.Kind, "Claims of this kind.")
    tainted = Has(TAINTED, "taint")
    support = Number("How many sources support it.")
    reform = Name("reform", "Claims about this reform.", link=REFORMS, none=True)
    package = Name(
        "package",
        "Claims about a reform in this package.",
        "reform__package_items__package",
        link=REFORMS,
        resting="reform__package_items",
    )
    topic = Name("topic", "Claims about a reform under this topic.", "reform__topic_links__topic", link=REFORMS)
    law = Name("law", "Claims about this law.", link=Link(lambda: ClaimLaw.objects, "claim"), none=True)
    event = Name("event", "Claims about this event.", link=Link(lambda: ClaimEvent.objects, "claim"), none=True)
    actor = Name("actor", "Claims that name this actor.", link=ACTORS, none=True)
    part = Choice(ClaimActor.Part, "Claims in which an actor has this part.", link=ACTORS)
    office = Text("The office of an actor that it names, as printed.", link=ACTORS)
    source = Name("source", "Claims cited from this source.", "paragraph__source", link=CITATIONS)
    paragraph = Name("paragraph", "Claims cited from this paragraph.", link=CITATIONS)
    stance = Choice(Citation.Stance, "Claims with a citation of this stance.", link=CITATIONS)
    strength = Choice(Citation.Strength, "Claims with a citation of this strength.", link=CITATIONS)
    discrepancy = Name("discrepancy", "Claims in this discrepancy.", "pk", link=DISCREPANCIES)
    has_discrepancy = Has("Whether the claim stands in a discrepancy.", link=DISCREPANCIES)
    milestone = Name("milestone", "The claim on which this milestone rests.", "pk", link=MILESTONES, none=True)
    stage = Choice(
        Stage,
        "Claims on which a milestone of this stage rests; with `by`, one that had happened by then.",
        link=MILESTONES,
    )
    by = Until(
        "Claims on which a milestone rests that had certainly happened by this day, YYYY-MM-DD.",
        "by_day",
        link=MILESTONES,
    )
    parameter = Name(
        "parameter", "Claims that tell a change of this parameter.",
        link=Link(lambda: ParameterChange.objects, "claim"), none=True,
    )  # fmt: skip


class CitationFilter(Filters):
    """What can be asked of citations."""

    REFORMS = Link(lambda: ClaimReform.objects, "claim", of="claim")
    orderings = {
        "ref": ("claim__ref", "number"), "source": ("paragraph__source__slug", "paragraph__number", "start"),
    }  # fmt: skip

    ref = Name("citation", "Citations with this reference.", "pk")
    q = Words("Words of its paragraph.", paragraph="paragraph")
    quote = Text("Its quote.")
    note = Text("Its note.", none=True)
    stance = Choice(Citation.Stance, "Citations with this stance.")
    strength = Choice(Citation.Strength, "Citations of this strength.")
    carries = Name("citation", "The citation in whose place this one stands.", none=True)
    carried_by = Name("citation", "The citation that stands in the place of this one.", none=True)
    not_carried = Text("Why no words of a newer edition stand in its place.", none=True)
    source = Name("source", "Citations from this source.", "paragraph__source")
    paragraph = Name("paragraph", "Citations from this paragraph.")
    start = Number("The offset of its first character in the paragraph.")
    end = Number("The offset after its last character in the paragraph.")
    claim = Name("claim", "Citations of this claim.")
    claim_kind = Choice(Claim.Kind, "Citations of claims of this kind.", "claim__kind")
    reform = Name("reform", "Citations of claims about this reform.", link=REFORMS)
    topic = Name(
        "topic", "Citations of claims about a reform under this topic.", "reform__topic_links__topic", link=REFORMS
    )
    law = Name("law", "Citations of claims about this law.", link=Link(lambda: ClaimLaw.objects, "claim", of="claim"))
    event = Name(
        "event", "Citations of claims about this event.", link=Link(lambda: ClaimEvent.objects, "claim", of="claim")
    )
    actor = Name("actor", "Citations of claims that name this actor.", link=ACTORS)


class SourceFilter(Filters):
    """What can be asked of sources."""

    CITATIONS = Link(lambda: public("citation"), "paragraph__source")
    orderings = {
        "slug": ("slug",), "name": ("name",), "title": ("title",), "published_earliest": ("published_earliest",),
        "published_latest": ("published_latest",), "paragraph_count": ("paragraph_count",),
    }  # fmt: skip

    slug = Name("source", "Sources with this slug.", "pk")
    q = Words("Words of its name, title, author and publisher.", pk="source")
    name = Text("Our own short label.")
    title = Text("Its title as printed.", none=True)
    author = Text("Its author as printed.", none=True)
    publisher = Text("Its publisher as printed.", none=True)
    interested_party = Text("The interested party, where stated.", none=True)
    rights = Text("The rights statement as printed.", none=True)
    published_note = Text("From what its date was inferred.", none=True)
    note = Text("Its note.", none=True)
    language = Exact("Its language, where stated.", none=True)
    file_name = Exact("The name of its file.", none=True)
    received_as = Choice(Source.Format, "Sources that were received as this.", "format")
    sha256 = Exact("The SHA-256 of what was received.")
    text_sha256 = Exact("The SHA-256 of its text.")
    published = Date("The date on which it was published.", none=True)
    type = Choice(Source.Type, "Sources of this type.", none=True)
    show = Choice(Source.Show, "Sources of whose text this much may be shown.")
    paragraph_count = Number("How many paragraphs it has.")
    supersedes = Name("source", "The source that supersedes this one.", none=True)
    superseded_by = Name("source", "The source that this one supersedes.", none=True)
    claim = Name("claim", "Sources from which this claim is cited.", link=CITATIONS, none=True)
    stance = Choice(Citation.Stance, "Sources from which a claim is cited with this stance.", link=CITATIONS)
    reform = Name(
        "reform",
        "Sources from which a claim about this reform is cited.",
        "claim__reform_links__reform",
        link=CITATIONS,
    )
    topic = Name(
        "topic", "Sources from which a claim about a reform under this topic is cited.",
        "claim__reform_links__reform__topic_links__topic", link=CITATIONS,
    )  # fmt: skip
    law = Name("law", "Sources from which a claim about this law is cited.", "claim__law_links__law", link=CITATIONS)
    actor = Name(
        "actor", "Sources from which a claim naming this actor is cited.", "claim__actor_links__actor", link=CITATIONS
    )
    has_discrepancy = Has(
        "Whether a claim cited from it stands in a discrepancy.",
        link=Link(lambda: public("discrepancy"), f"claims__{CITED_FROM}"),
    )


class ShownWords(Words):
    """Only of what may be shown: nobody shall learn by asking what stands in the rest."""

    def found(self, sought):
        return super().found(sought) & Q(shown_text__isnull=False)


class ParagraphFilter(Filters):
    """What can be asked of paragraphs."""

    CITATIONS = Link(lambda: public("citation"), "paragraph")
    orderings = {"source": ("source__slug", "number")}

    paragraph = Name("paragraph", "Paragraphs with this name.", "pk")
    q = ShownWords("Words of its text.", pk="paragraph")
    text = Text("Its text, where it may be shown.", "shown_text", none=True)
    source = Name("source", "Paragraphs of this source.")
    number = Number("Its number in its source.")
    kind = Choice(Paragraph.Kind, "Paragraphs of this kind.")
    level = Number("The level of a heading.", none=True)
    section = Number("The number of the heading above it.", "section__number", none=True)
    start = Number("The offset of its first character in the source.")
    end = Number("The offset after its last character in the source.")
    coverage = Choice([CITED, NO_CLAIM, OPEN], "Paragraphs with this coverage.")
    no_claim_reason = Choice(
        [*NoClaim.Reason.values, *Paragraph.CARRY_NO_CLAIM],
        "Paragraphs that carry no claim for this reason.",
        none=True,
    )
    claim = Name("claim", "Paragraphs that this claim cites.", link=CITATIONS)
    stance = Choice(Citation.Stance, "Paragraphs that a claim cites with this stance.", link=CITATIONS)
    reform = Name(
        "reform", "Paragraphs cited by a claim about this reform.", "claim__reform_links__reform", link=CITATIONS
    )
    topic = Name(
        "topic", "Paragraphs cited by a claim about a reform under this topic.",
        "claim__reform_links__reform__topic_links__topic", link=CITATIONS,
    )  # fmt: skip
    law = Name("law", "Paragraphs cited by a claim about this law.", "claim__law_links__law", link=CITATIONS)
    actor = Name("actor", "Paragraphs cited by a claim naming this actor.", "claim__actor_links__actor", link=CITATIONS)


class DiscrepancyFilter(Filters):
    """What can be asked of discrepancies."""

    CLAIMS = Link(lambda: public("claim"), "discrepancies")
    orderings = {"ref": ("ref",), "title": ("title",), "kind": ("kind",), "state": ("state",)}

    ref = Name("discrepancy", "Discrepancies with this reference.", "pk")
    q = Words("Words of its title and explanation.", pk="discrepancy")
    title = Text("Its title.")
    explanation = Text("Its explanation.")
    kind = Choice(Discrepancy.Kind, "Discrepancies of this kind.")
    state = Choice(Discrepancy.State, "Discrepancies in this state.")
    resolved_by = Name("claim", "Discrepancies that this claim resolves.", none=True)
    claim = Name("claim", "Discrepancies in which this claim stands.", "pk", link=CLAIMS)
    reform = Name(
        "reform", "Discrepancies in which a claim about this reform stands.", "reform_links__reform", link=CLAIMS
    )
    topic = Name(
        "topic", "Discrepancies in which a claim about a reform under this topic stands.",
        "reform_links__reform__topic_links__topic", link=CLAIMS,
    )  # fmt: skip
    law = Name("law", "Discrepancies in which a claim about this law stands.", "law_links__law", link=CLAIMS)
    actor = Name("actor", "Discrepancies in which a claim naming this actor stands.", "actor_links__actor", link=CLAIMS)
    source = Name("source", "Discrepancies in which a claim cited from this source stands.", CITED_FROM, link=CLAIMS)
