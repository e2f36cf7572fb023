"""What the API says of each record. Text that is not stated is ""; other things not stated are null."""

from rest_framework import serializers

from api import references
from api.fields import APIURL, EDTFDate, Name, OfSameClaim, PageURL, RecordSerializer, ref, slug
from reforms.coverage import CITED, NO_CLAIM, OPEN, characters
from reforms.models import (
    Actor,
    Citation,
    Claim,
    Discrepancy,
    Event,
    Law,
    LawDate,
    Milestone,
    Package,
    PackageItem,
    Parameter,
    Reform,
    Topic,
)
from sources.models import Paragraph, Source


class PackageItemSerializer(RecordSerializer):
    """A reform's place in a package, with its number as printed."""

    reform = references.StagedReform()
    claim = ref()

    class Meta:
        model = PackageItem
        fields = ["position", "number", "reform", "claim", "taint", "note"]


class PackageSerializer(RecordSerializer):
    """A set of reforms as a source announces or lists it."""

    event = references.EventReference(allow_null=True)
    stated_count = serializers.IntegerField(
        source="public_count", allow_null=True, help_text="How many items the source says there are."
    )
    stated_count_claim = ref(allow_null=True)
    taint = serializers.CharField(source="public_taint", help_text=f"Of `stated_count`: {references.TAINT_HELP}")
    as_of = serializers.DateField(help_text="The day on which the stages are asked for.")
    items = PackageItemSerializer(many=True, source="shown_items")
    url = PageURL("packages")
    api_url = APIURL("packages")

    class Meta:
        model = Package
        fields = [
            "slug", "name", "summary", "event", "stated_count", "stated_count_claim", "taint", "note", "as_of",
            "items", "url", "api_url",
        ]  # fmt: skip


class ReformSerializer(RecordSerializer):
    """One initiative that can be followed over time."""

    stage = references.StageField(help_text=references.STAGE_HELP)
    perhaps = references.StageField(help_text=references.PERHAPS_HELP)
    as_of = serializers.DateField(help_text="The day on which the stage is asked for.")
    topics = references.TopicOfReform(many=True, source="shown_topic_links")
    packages = references.PackageOfReform(many=True, source="shown_package_items")
    milestones = references.MilestoneOfReform(many=True, source="shown_milestones")
    parameters = references.ParameterOfReform(many=True, source="shown_parameters")
    laws = references.LawOfReform(many=True, source="shown_law_links")
    url = PageURL("reforms")
    api_url = APIURL("reforms")

    class Meta:
        model = Reform
        fields = [
            "slug", "title", "summary", "stage", "perhaps", "as_of", "topics", "packages", "milestones",
            "parameters", "laws", "note", "url", "api_url",
        ]  # fmt: skip


class LawDateSerializer(RecordSerializer):
    """One date of a law, and the claim that gives it."""

    date = EDTFDate()
    claim = ref()

    class Meta:
        model = LawDate
        fields = ["kind", "date", "claim", "taint"]


class LawSerializer(RecordSerializer):
    """A legal act of any rank, draft or adopted."""

    dates = LawDateSerializer(many=True, source="shown_dates")
    reforms = references.ReformOfLaw(many=True, source="shown_reform_links")
    url = PageURL("laws")
    api_url = APIURL("laws")

    class Meta:
        model = Law
        fields = [
            "slug", "name", "title", "rank", "status", "number", "dates", "reforms", "note", "url", "api_url",
        ]  # fmt: skip


class ClaimSerializer(RecordSerializer):
    """One atomic statement in the curator's own words."""

    support = serializers.IntegerField(help_text="How many sources (not citations) support the claim.")
    reforms = references.ReformOfClaim(many=True, source="shown_reform_links")
    laws = references.LawOfClaim(many=True, source="shown_law_links")
    events = references.EventOfClaim(many=True, source="shown_event_links")
    actors = references.ActorOfClaim(many=True, source="shown_actor_links")
    citations = references.CitationOfClaim(many=True, source="shown_citations")
    discrepancies = ref(many=True, source="shown_discrepancies")
    url = PageURL("claims")
    api_url = APIURL("claims")

    class Meta:
        model = Claim
        fields = [
            "ref", "text", "kind", "state", "taint", "note", "support", "reforms", "laws", "events", "actors",
            "citations", "discrepancies", "url", "api_url",
        ]  # fmt: skip


class CitationSerializer(references.CitationOfClaim):
    """A span of one paragraph on which a claim stands; its quote equals the span's text."""

    claim = ref()
    prefix = serializers.CharField(source="selector.prefix", help_text="The text directly before the quote.")
    suffix = serializers.CharField(source="selector.suffix", help_text="The text directly after the quote.")
    carries = OfSameClaim(
        "carries", help_text="The citation of an edition before, in whose place this one stands: C0142.1."
    )
    carried_by = OfSameClaim(
        "carried_by", help_text="The citation of a newer edition that stands in its place: C0142.3."
    )

    class Meta:
        model = Citation
        fields = [
            "ref", "title", "claim", "source", "paragraph", "start", "end", "quote", "prefix", "suffix", "stance",
            "strength", "carries", "carried_by", "not_carried", "note", "url", "api_url",
        ]  # fmt: skip


class ParagraphCountsSerializer(serializers.Serializer):
    """How many paragraphs are cited, carry no claim, or are open. Together they are all of them."""

    cited = serializers.IntegerField(source="cited_count")
    no_claim = serializers.IntegerField(source="no_claim_count")
    open = serializers.IntegerField(source="open_count")


class CharactersSerializer(serializers.Serializer):
    """How many characters the cited paragraphs hold, and how many of these some citation covers."""

    claim_bearing = serializers.SerializerMethodField()
    cited = serializers.SerializerMethodField()

    def get_claim_bearing(self, paragraphs) -> int:
        return characters(paragraphs)[0]

    def get_cited(self, paragraphs) -> int:
        return characters(paragraphs)[1]


class CoverageSerializer(serializers.Serializer):
    """How much of a source the ledger answers for."""

    paragraphs = ParagraphCountsSerializer(source="*")
    characters = CharactersSerializer(source="cited_paragraphs")


class SourceSerializer(RecordSerializer):
    """One document, as received."""

    supersedes = slug(allow_null=True)
    superseded_by = slug(allow_null=True)
    received_as = serializers.ChoiceField(source="format", choices=Source.Format.choices)
    published = EDTFDate("published")
    type = serializers.ChoiceField(choices=Source.Type.choices, allow_blank=True)
    paragraph_count = serializers.IntegerField()
    coverage = CoverageSerializer(source="*")
    url = PageURL("sources")
    api_url = APIURL("sources")

    class Meta:
        model = Source
        fields = [
            "slug", "name", "file_name", "received_as", "sha256", "text_sha256", "title", "author", "publisher",
            "language", "published", "published_note", "type", "interested_party", "rights", "show", "supersedes",
            "superseded_by", "note", "paragraph_count", "coverage", "url", "api_url",
        ]  # fmt: skip


class ParagraphSerializer(RecordSerializer):
    """One line of a source that is not blank."""

    source = slug()
    text = serializers.CharField(
        source="shown_text",
        allow_null=True,
        help_text="Null where the source's `show` is `cited` and no published claim cites the paragraph.",
    )
    section = serializers.IntegerField(
        source="section.number", allow_null=True, help_text="Number of the heading under which it stands."
    )
    coverage = serializers.ChoiceField(choices=[CITED, NO_CLAIM, OPEN])
    no_claim_reason = serializers.CharField(
        help_text="The reason given, or the kind that carries no claim; empty unless `coverage` is `no_claim`."
    )
    citations = serializers.StringRelatedField(
        many=True, read_only=True, source="shown_citations", help_text="References of the citations of its words."
    )
    url = PageURL("paragraphs")
    api_url = APIURL("paragraphs")

    class Meta:
        model = Paragraph
        fields = [
            "source", "number", "kind", "level", "text", "start", "end", "section", "coverage", "no_claim_reason",
            "citations", "url", "api_url",
        ]  # fmt: skip


class DiscrepancySerializer(RecordSerializer):
    """Claims that do not fit together, or one that does not fit itself."""

    claims = ref(many=True, source="shown_claims")
    resolved_by = ref(allow_null=True)
    url = PageURL("discrepancies")
    api_url = APIURL("discrepancies")

    class Meta:
        model = Discrepancy
        fields = ["ref", "title", "kind", "state", "explanation", "claims", "resolved_by", "url", "api_url"]


class MilestoneSerializer(references.MilestoneOfReform):
    """A dated event in a reform's life that moves its stage."""

    reform = slug()

    class Meta:
        model = Milestone
        fields = [
            "ref", "title", "reform", "stage", "date", "claim", "law", "event", "taint", "note", "url", "api_url",
        ]  # fmt: skip


class ParameterSerializer(RecordSerializer):
    """Something that a reform changed, with each change."""

    reform = slug()
    changes = references.ChangeOfParameter(many=True, source="shown_changes")
    url = PageURL("parameters")
    api_url = APIURL("parameters")

    class Meta:
        model = Parameter
        fields = ["slug", "name", "reform", "changes", "note", "url", "api_url"]


class EventSerializer(RecordSerializer):
    """Something that happened on a date."""

    date = EDTFDate()
    claim = ref()
    url = PageURL("events")
    api_url = APIURL("events")

    class Meta:
        model = Event
        fields = ["slug", "title", "kind", "date", "claim", "taint", "note", "url", "api_url"]


class ActorSerializer(RecordSerializer):
    """A person, body, party or organisation."""

    aliases = Name(many=True, read_only=True, slug_field="name", source="shown_aliases")
    url = PageURL("actors")
    api_url = APIURL("actors")

    class Meta:
        model = Actor
        fields = ["slug", "name", "kind", "aliases", "note", "url", "api_url"]


class TopicSerializer(RecordSerializer):
    """A subject under which reforms are browsed."""

    url = PageURL("topics")
    api_url = APIURL("topics")

    class Meta:
        model = Topic
        fields = ["slug", "name", "summary", "url", "api_url"]
