"""What all resources do alike: a list in pages, and a record under its public name."""

from typing import Any

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.generics import get_object_or_404
from rest_framework.viewsets import ReadOnlyModelViewSet

from api.bulk import CSV, NDJSON, JSONLines
from api.choosing import choose
from api.filtering import Filters
from api.formats import JSON, Format
from api.names import last_claim
from api.schema import LedgerSchema
from api.shaping import shaper
from reforms.models import Claim
from reforms.renaming import slug_in_use


class Gone(APIException):
    """The claim under `ref` was public once, and is not any more, for this reason."""

    status_code = status.HTTP_410_GONE

    def __init__(self, ref, reason):
        super().__init__(f"{ref} was retracted.")
        self.members = {"reason": reason}


class NoParameters(Filters):
    """For single records of which nothing can be asked."""


class Resource(ReadOnlyModelViewSet):
    """Rows of one kind.

    `lookups`: the names in the URL of a record, and the lookups that they stand for.
    `retired`: those of the names that may be retired slugs, and their kind.
    `has_records`: whether each row has an address of its own.
    `choosing`: whether `fields`, `omit` and `expand` choose what is shown.
    `list_formats`, `record_formats`: the forms in which it is given, the first one unless another is asked for.
    """

    schema = LedgerSchema()
    ordering: tuple[str, ...] = ("slug",)
    lookups = {"slug": "slug"}
    retired: dict[str, str] = {}
    filterset_class: type[Filters] = NoParameters
    detail_filterset_class: type[Filters] = NoParameters
    has_records, choosing = True, True
    list_formats: tuple[type[Format], ...] = (JSON, CSV, JSONLines, NDJSON)
    record_formats: tuple[type[Format], ...] = (JSON,)

    def get_renderers(self):
        return [form() for form in (self.list_formats if self.action == "list" else self.record_formats)]

    @property
    def default_response_headers(self):
        return super().default_response_headers | {"Vary": "Accept"}

    def shaper(self):
        """Return a function from a record to what is shown of it."""
        return shaper(self.serializer_class, self.request, self.choice)

    @cached_property
    def choice(self):
        """What of each record is shown. Errors: ValidationError naming what cannot be chosen."""
        return choose(self.request.query_params, self.basename, self.serializer_class)

    def filter_queryset(self, queryset):
        """The rows that were asked for, with what is shown of each at hand."""
        rows = super().filter_queryset(queryset)
        form: Any = self.request.accepted_renderer
        return form.fetched(self, rows)

    def says(self, name):
        """Whether the parameter `name`, which was read as a flag, is given as true."""
        return self.request.query_params.get(name, "").strip() == "true"

    def shown_fields(self):
        """Return name to serializer field, of what `shaper` shows of a record."""
        serializer: Any = self.serializer_class()
        return {name: field for name, field in serializer.fields.items() if name in self.choice.names}

    def get_object(self):
        named = {self.lookups[name]: value for name, value in self.kwargs.items()}
        return get_object_or_404(self.filter_queryset(self.get_queryset()), **named)

    def list(self, request, *args, **kwargs):
        return request.accepted_renderer.of_list(self, self.filter_queryset(self.get_queryset()))

    def retrieve(self, request, *args, **kwargs):
        try:
            return request.accepted_renderer.of_record(self, self.get_object())
        except Http404:
            if (path := self.moved_to()) is None:
                raise
            query = request.META["QUERY_STRING"]
            where = f"{path}?{query}" if query else path
            return HttpResponsePermanentRedirect(where, headers={"Cache-Control": "no-cache"})

    def moved_to(self):
        """Return the path of the record to which a former name leads, or None."""
        now = self.kwargs | {name: slug_in_use(kind, self.kwargs[name]) for name, kind in self.retired.items()}
        found = self.get_queryset().filter(**{self.lookups[name]: value for name, value in now.items()})
        if now == self.kwargs or not found.exists():
            return None
        return reverse(f"api-{self.basename}-one", kwargs=now)


class ClaimResource(Resource):
    """Claims, or what is named after its claim: a merged one leads on, a retracted one is gone."""

    claim_name = "ref"

    def moved_to(self):
        """Return the path of the claim into which this one was merged, or None. Errors: Gone."""
        ref = self.kwargs[self.claim_name]
        claim = last_claim(ref)
        if claim and claim.state == Claim.State.RETRACTED:
            raise Gone(claim.ref, claim.retraction_reason)
        if claim and claim.ref != ref and claim.state == Claim.State.PUBLISHED:
            return reverse("api-claims-one", args=[claim.ref])
        return None
