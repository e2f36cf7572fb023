"""The forms in which the API answers, and how one is chosen: by `format=`, or else by the Accept header."""

from typing import Any, ClassVar

import orjson
from rest_framework.exceptions import NotAcceptable, ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response

from api.accepting import most_wanted

PARAMETER = "format"


class Format(BaseRenderer):
    """One form of answers. `format`: its name in the address; `media_type`: its name in the Accept header.

    `described`: what it gives, as a JSON schema, where the serializer does not say it.

    A form for lists writes `of_list`, one for single records `of_record`; both return the response.
    """

    charset: ClassVar[Any] = "utf-8"
    described: ClassVar[dict[str, Any]] = {"type": "string"}

    def fetched(self, view, rows):
        """Return the queryset `rows` of `view` with what is shown of each record at hand."""
        return view.choice.fetched(rows, view.serializer_class) if view.choosing else rows

    def of_list(self, view, rows):
        """Return the answer for `rows`, the filtered queryset of `view`."""
        raise NotImplementedError

    def of_record(self, view, record):
        """Return the answer for one record of `view`."""
        raise NotImplementedError


class JSON(Format):
    """Plain JSON, a list in pages."""

    media_type, format, charset = "application/json", "json", None

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return b"" if data is None else orjson.dumps(data)

    def of_list(self, view, rows):
        page = view.paginate_queryset(rows)
        return view.get_paginated_response([*map(view.shaper(), page)])

    def of_record(self, view, record):
        return Response(view.shaper()(record))


class Negotiation(DefaultContentNegotiation):
    """What is asked for by `format=` comes before the Accept header."""

    def select_renderer(self, request, renderers, format_suffix=None):
        """Errors: ValidationError naming `format`; NotAcceptable naming what there is."""
        if (asked := request.query_params.get(PARAMETER)) is not None:
            for renderer in renderers:
                if renderer.format == asked:
                    return renderer, renderer.media_type
            names = ", ".join(dict.fromkeys(renderer.format for renderer in renderers))
            raise ValidationError({PARAMETER: [f"There is no such form here. Possible: {names}."]})
        media_types = tuple(renderer.media_type for renderer in renderers)
        at = most_wanted(media_types, request.META.get("HTTP_ACCEPT") or "*/*")
        if at is None:
            raise NotAcceptable(f"Nothing here is in a form that was asked for. Possible: {', '.join(media_types)}.")
        return renderers[at], media_types[at]
