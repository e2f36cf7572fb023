"""Pages that neither skip nor repeat a row, however many rows come and go between two requests."""

import re
from operator import attrgetter

from django.core.signing import BadSignature, Signer
from django.db.models import Q
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

PAGE_SIZE = 50
LARGEST_PAGE = 500
SIZE_HELP = f"How many results to a page, 1 to {LARGEST_PAGE}; {PAGE_SIZE} unless given."
CURSOR_HELP = "Where the page begins: taken from `next` or `previous`, never made by hand."


def beyond(ordering, key, *, backward=False):
    """Return the condition for rows that come after `key` (or before it) in `ordering`.

    `ordering` and `key`: lookups, together unique, and the values of one row; compared as tuples.
    """
    condition = Q()
    for at, lookup in enumerate(ordering):
        tied = dict(zip(ordering[:at], key[:at], strict=True))
        condition |= Q(**tied, **{f"{lookup}__{'lt' if backward else 'gt'}": key[at]})
    return condition


class KeysetPagination(BasePagination):
    """Pages by the last row's place in the view's `ordering`, whose fields are unique together.

    A cursor is signed: it holds the values of a row, and is good only for the ordering it was made for.
    """

    query_parameters = frozenset({"cursor", "page_size"})

    def paginate_queryset(self, queryset, request, view=None):
        """Return the rows of one page, in the view's ordering whichever way the cursor looks.

        Errors: ValidationError naming `page_size` or `cursor`.
        """
        self.url, self.ordering = request.build_absolute_uri(), view.ordering
        self.signer = Signer(salt=f"api.pagination {queryset.model._meta.label} {' '.join(view.ordering)}")
        size = self._page_size(request)
        backward, key = self._cursor(request)
        signs = "-" if backward else ""
        ordered = queryset.order_by(*(signs + lookup for lookup in view.ordering))
        if key:
            ordered = ordered.filter(beyond(view.ordering, key, backward=backward))
        found = list(ordered[: size + 1])
        more, rows = len(found) > size, found[:size]
        if backward:
            rows.reverse()
        self.after = self._link(False, rows[-1]) if rows and (more or backward) else None
        self.before = self._link(True, rows[0]) if rows and (more if backward else key) else None
        if backward and not rows:
            self.after = remove_query_param(self.url, "cursor")
        return rows

    def get_paginated_response(self, data):
        return Response({"results": data, "next": self.after, "previous": self.before})

    def _page_size(self, request):
        given = request.query_params.get("page_size", str(PAGE_SIZE))
        if not re.fullmatch(r"[0-9]{1,4}", given) or not 1 <= int(given) <= LARGEST_PAGE:
            raise ValidationError({"page_size": [f"Give a number from 1 to {LARGEST_PAGE}."]})
        return int(given)

    def _cursor(self, request):
        """Whether the cursor looks backward, and the key of the row it starts from."""
        if (given := request.query_params.get("cursor")) is None:
            return False, None
        try:
            return self.signer.unsign_object(given)
        except BadSignature as error:
            message = "This cursor was not given out here: follow `next` and `previous`."
            raise ValidationError({"cursor": [message]}) from error

    def _link(self, backward, row):
        key = [attrgetter(lookup.replace("__", "."))(row) for lookup in self.ordering]
        return replace_query_param(self.url, "cursor", self.signer.sign_object([backward, key]))

    def get_schema_operation_parameters(self, view):
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE}
        return [
            {"name": "cursor", "in": "query", "description": CURSOR_HELP, "schema": {"type": "string"}},
            {"name": "page_size", "in": "query", "description": SIZE_HELP, "schema": size},
        ]

    def get_paginated_response_schema(self, schema):
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {"results": schema, "next": link, "previous": link},
        }
