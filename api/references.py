"""Records within other records: slug or reference, title, page and API URL, with what the link itself says.

The title is what the record is called: its name, where it has one.
"""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import APIURL, EDTFDate, Joined, PageURL, RecordSerializer, ref, slug
from reforms.models import (
    Citation,
    Claim,
    ClaimActor,
    ClaimEvent,
    ClaimLaw,
    ClaimReform,
    Event,
    LawLink,
    Milestone,
    PackageItem,
    Parameter,
    ParameterChange,
    Reform,
    ReformTopic,
)
from reforms.stages import Stage

NAMES = ("slug", "ref", "title", "url", "api_url")  # what stands for the record; the rest is what the link says
STAGE_HELP = "The furthest stage certainly reached by `as_of`; empty where none was."
TAINT_HELP = Claim._meta.get_field("taint").help_text
PERHAPS_HELP = "The furthest stage beyond it that may have been reached by `as_of`; empty where there is none."


@extend_schema_field({"type": "string", "anyOf": [{"enum": Stage.values}, {"const": ""}]})
class StageField(serializers.CharField):
    """A stage, or the empty string."""


class EventReference(RecordSerializer):
    """An event."""

    url = PageURL("events")
    api_url = APIURL("events")

    class Meta:
        model = Event
        fields = ["slug", "title", "taint", "url", "api_url"]


class StagedReform(RecordSerializer):
    """A reform and how far it had come."""

    stage = StageField(help_text=STAGE_HELP)
    perhaps = StageField(help_text=PERHAPS_HELP)
    url = PageURL("reforms")
    api_url = APIURL("reforms")

    class Meta:
        model = Reform
        fields = ["slug", "title", "stage", "perhaps", "url", "api_url"]


class ReformOfClaim(RecordSerializer):
    """A reform that a claim is about."""

    slug = serializers.CharField(source="reform.slug")
    title = serializers.CharField(source="reform.title")
    url = PageURL("reforms", "reform")
    api_url = APIURL("reforms", "reform")

    class Meta:
        model = ClaimReform
        fields = ["slug", "title", "url", "api_url"]


class LawOfClaim(RecordSerializer):
    """A law that a claim is about."""

    slug = serializers.CharField(source="law.slug")
    title = serializers.CharField(source="law.name")
    url = PageURL("laws", "law")
    api_url = APIURL("laws", "law")

    class Meta:
        model = ClaimLaw
        fields = ["slug", "title", "url", "api_url"]


class EventOfClaim(RecordSerializer):
    """An event that a claim is about."""

    slug = serializers.CharField(source="event.slug")
    title = serializers.CharField(source="event.title")
    taint = serializers.CharField(source="event.taint", help_text=TAINT_HELP)
    url = PageURL("events", "event")
    api_url = APIURL("events", "event")

    class Meta:
        model = ClaimEvent
        fields = ["slug", "title", "taint", "url", "api_url"]


class ActorOfClaim(RecordSerializer):
    """An actor's part in a claim."""

    slug = serializers.CharField(source="actor.slug")
    title = serializers.CharField(source="actor.name")
    url = PageURL("actors", "actor")
    api_url = APIURL("actors", "actor")

    class Meta:
        model = ClaimActor
        fields = ["slug", "title", "part", "office", "url", "api_url"]


class ReformOfLaw(ReformOfClaim):
    """What a law does to a reform, and the claim that says so."""

    claim = ref()

    class Meta:
        model = LawLink
        fields = ["slug", "title", "effect", "claim", "taint", "url", "api_url"]


class LawOfReform(LawOfClaim):
    """What a law does to a reform, and the claim that says so."""

    claim = ref()

    class Meta:
        model = LawLink
        fields = ["slug", "title", "effect", "claim", "taint", "url", "api_url"]


class TopicOfReform(RecordSerializer):
    """A topic under which a reform is browsed."""

    slug = serializers.CharField(source="topic.slug")
    title = serializers.CharField(source="topic.name")
    url = PageURL("topics", "topic")
    api_url = APIURL("topics", "topic")

    class Meta:
        model = ReformTopic
        fields = ["slug", "title", "url", "api_url"]


class PackageOfReform(RecordSerializer):
    """A reform's place in a package."""

    slug = serializers.CharField(source="package.slug")
    title = serializers.CharField(source="package.name")
    claim = ref()
    url = PageURL("packages", "package")
    api_url = APIURL("packages", "package")

    class Meta:
        model = PackageItem
        fields = ["slug", "title", "position", "number", "claim", "taint", "url", "api_url"]


class MilestoneOfReform(RecordSerializer):
    """A dated event that moves the stage of a reform, within the reform."""

    title = serializers.CharField(help_text="The reform and the stage.")
    date = EDTFDate()
    claim = ref()
    law = slug(allow_null=True)
    event = slug(allow_null=True)
    url = PageURL("milestones")
    api_url = APIURL("milestones")

    class Meta:
        model = Milestone
        fields = ["ref", "title", "stage", "date", "claim", "law", "event", "taint", "note", "url", "api_url"]


class ChangeOfParameter(RecordSerializer):
    """One change of a parameter as one claim tells it."""

    date = EDTFDate()
    claim = ref()

    class Meta:
        model = ParameterChange
        fields = ["before", "after", "unit", "scope", "date", "claim", "taint", "note"]


class ParameterOfReform(RecordSerializer):
    """Something that a reform changed, within the reform."""

    title = serializers.CharField(source="name")
    changes = ChangeOfParameter(many=True, source="shown_changes")
    url = PageURL("parameters")
    api_url = APIURL("parameters")

    class Meta:
        model = Parameter
        fields = ["slug", "title", "changes", "note", "url", "api_url"]


class CitationOfClaim(RecordSerializer):
    """The words on which a claim stands, within the claim."""

    ref = Joined("%s.%s", "claim.ref", "number", help_text="Claim and number: C0142.2.")
    title = Joined("%s ¶%s", "paragraph.source.name", "paragraph.number", help_text="The source and the paragraph.")
    source = serializers.CharField(source="paragraph.source.slug", help_text="Slug of the source.")  # type: ignore[assignment]
    paragraph = serializers.IntegerField(source="paragraph.number", help_text="Number of the paragraph.")
    start = serializers.IntegerField(help_text="Offset in the paragraph, in Unicode code points.")
    end = serializers.IntegerField(help_text="End of the span, exclusive.")
    url = PageURL("citations")
    api_url = APIURL("citations")

    class Meta:
        model = Citation
        fields = [
            "ref", "title", "source", "paragraph", "start", "end", "quote", "stance", "strength", "url", "api_url",
        ]  # fmt: skip
