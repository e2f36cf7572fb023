"""The resources of the API."""

from functools import partial
from tempfile import SpooledTemporaryFile

from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from api import data_package, filters, problems, querysets, serializers
from api.backends import refuse_unknown
from api.formats import JSON
from api.names import name_in_use
from api.resources import ClaimResource, Gone, Resource
from api.standards import CITED, JSONLD, Annotations, Words
from reforms.tombstones import tombstone

DESCRIPTION = settings.BASE_DIR / "docs/openapi.json"
FORMAT = OpenApiParameter("format", str, enum=["json"], description="The form: there is one.")
ANY_OBJECT = {"type": "object", "required": ["openapi", "info", "paths"], "additionalProperties": True}
TEXT = {"type": "string"}
MEANING = {
    "type": "object",
    "required": ["type", "status", "title", "meaning"],
    "properties": {"type": TEXT, "status": {"type": "integer"}, "title": TEXT, "meaning": TEXT},
}
SPOOLED = 8 * 1024 * 1024  # bytes of a file that are kept in memory, before it goes to the disk
PART = 64 * 1024  # bytes of it that are sent at once


class Packages(Resource):
    """Sets of reforms as sources announce or list them, with the stage of each reform on a day."""

    queryset, ordering, retired = querysets.packages(), ("slug",), {"slug": "package"}
    serializer_class = serializers.PackageSerializer
    filterset_class, detail_filterset_class = filters.PackageFilter, filters.PackageDay


class Reforms(Resource):
    """Initiatives that can be followed over time, with their stage on a day."""

    queryset, ordering, retired = querysets.reforms(), ("slug",), {"slug": "reform"}
    serializer_class = serializers.ReformSerializer
    filterset_class, detail_filterset_class = filters.ReformFilter, filters.ReformDay


class Laws(Resource):
    """Legal acts of any rank, draft or adopted, with their dates and what they do to reforms."""

    queryset, ordering, retired = querysets.laws(), ("slug",), {"slug": "law"}
    serializer_class, filterset_class = serializers.LawSerializer, filters.LawFilter
    record_formats = (JSON, JSONLD)
    list_formats = (*Resource.list_formats, JSONLD)


class Claims(ClaimResource):
    """Atomic statements, each with the words on which it stands and what it is about."""

    queryset, ordering, lookups = querysets.claims(), ("ref",), {"ref": "ref"}
    serializer_class, filterset_class = serializers.ClaimSerializer, filters.ClaimFilter
    record_formats = (JSON, JSONLD, Annotations, *CITED)
    list_formats = (*Resource.list_formats, JSONLD, Annotations, *CITED)

    def moved_to(self):
        """As for all that is named after a claim. Errors: Gone, also where what made it public was taken back."""
        path, ref = super().moved_to(), name_in_use("claim", self.kwargs["ref"])
        if path is None and (reason := tombstone(ref)):
            raise Gone(ref, reason)
        return path


class Citations(ClaimResource):
    """Spans of paragraphs on which claims stand, each with its quote."""

    queryset, ordering = querysets.citations(), ("claim__ref", "number")
    lookups, claim_name = {"claim": "claim__ref", "number": "number"}, "claim"
    serializer_class, filterset_class = serializers.CitationSerializer, filters.CitationFilter
    record_formats = (JSON, Annotations)
    list_formats = (*Resource.list_formats, Annotations)


class Sources(Resource):
    """Documents as received, with how much of each the ledger answers for."""

    queryset, ordering, retired = querysets.sources(), ("slug",), {"slug": "source"}
    serializer_class, filterset_class = serializers.SourceSerializer, filters.SourceFilter
    record_formats = (JSON, JSONLD, *CITED)
    list_formats = (*Resource.list_formats, JSONLD, *CITED)


class Paragraphs(Resource):
    """Lines of sources that are not blank: cited, carrying no claim, or open."""

    queryset, ordering = querysets.paragraphs(), ("source__slug", "number")
    lookups, retired = {"source": "source__slug", "number": "number"}, {"source": "source"}
    serializer_class, filterset_class = serializers.ParagraphSerializer, filters.ParagraphFilter
    record_formats = (JSON, Words)


class Discrepancies(Resource):
    """Claims that do not fit together, or one that does not fit itself."""

    queryset, ordering, lookups = querysets.discrepancies(), ("ref",), {"ref": "ref"}
    serializer_class, filterset_class = serializers.DiscrepancySerializer, filters.DiscrepancyFilter


class Milestones(Resource):
    """Dated events in the lives of reforms that move their stages."""

    queryset, ordering, lookups = querysets.milestones(), ("ref",), {"ref": "ref"}
    serializer_class, filterset_class = serializers.MilestoneSerializer, filters.MilestoneFilter


class Parameters(Resource):
    """What reforms changed, before and after, as the sources print it."""

    queryset, ordering, retired = querysets.parameters(), ("slug",), {"slug": "parameter"}
    serializer_class, filterset_class = serializers.ParameterSerializer, filters.ParameterFilter


class Events(Resource):
    """What happened on a date: council meetings, addresses, elections."""

    queryset, ordering, retired = querysets.events(), ("slug",), {"slug": "event"}
    serializer_class, filterset_class = serializers.EventSerializer, filters.EventFilter


class Actors(Resource):
    """Persons, bodies, parties and organisations that claims name."""

    queryset, ordering, retired = querysets.actors(), ("slug",), {"slug": "actor"}
    serializer_class, filterset_class = serializers.ActorSerializer, filters.ActorFilter


class Topics(Resource):
    """Subjects under which reforms are browsed."""

    queryset, ordering, retired = querysets.topics(), ("slug",), {"slug": "topic"}
    serializer_class, filterset_class = serializers.TopicSerializer, filters.TopicFilter


class OpenAPI(JSON):
    """JSON under the name of what it describes."""

    media_type, described = "application/vnd.oai.openapi+json", ANY_OBJECT


class Schema(APIView):
    """This API in OpenAPI 3.1, as it was written with the code: see `describe_api`."""

    renderer_classes = (JSON, OpenAPI)

    @extend_schema(
        operation_id="schema", summary="Get this description", parameters=[FORMAT], responses={200: ANY_OBJECT}
    )
    def get(self, request):
        refuse_unknown(request.query_params, allowed={"format"})
        return HttpResponse(DESCRIPTION.read_bytes(), request.accepted_media_type)


class Zip(JSON):
    """One file that holds many. A refusal is in JSON."""

    media_type, format = "application/zip", "zip"


class DataPackage(APIView):
    """The whole base as one file: tables as CSV, described as a Frictionless data package, in a zip."""

    renderer_classes = (Zip,)

    @extend_schema(
        operation_id="data_package",
        summary="Take the whole base home",
        parameters=[OpenApiParameter("format", str, enum=["zip"], description="The form: there is one.")],
        responses={(200, Zip.media_type): OpenApiTypes.BINARY},
    )
    def get(self, request):
        refuse_unknown(request.query_params, allowed={"format"})
        file_name = f'attachment; filename="{data_package.NAME}"'
        return StreamingHttpResponse(written(), Zip.media_type, headers={"Content-Disposition": file_name})


def written():
    """Yield the data package in parts, of which the first comes when all of it is written.

    Where that fails, nothing is sent that looks like a file; where nobody reads, nothing is written.
    """
    with SpooledTemporaryFile(max_size=SPOOLED) as package:
        data_package.write(package)
        package.seek(0)
        yield from iter(partial(package.read, PART), b"")


class Problems(APIView):
    """What a type of problem means, at the address that is its name."""

    @extend_schema(
        operation_id="problem",
        summary="Say what a type of problem means",
        parameters=[OpenApiParameter("name", str, "path", enum=[*problems.TYPES], description="The name of the type.")],
        responses={200: MEANING},
    )
    def get(self, request, name):
        refuse_unknown(request.query_params, allowed=set())
        if name not in problems.TYPES:
            raise Http404
        return Response(problems.described(name))
