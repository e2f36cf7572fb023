"""Pages that neither skip nor repeat a row, however many rows come and go between two requests."""

import datetime
import re
from operator import attrgetter

from django.core.signing import BadSignature, Signer
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from api.ordering import ORDERING, arranged, beyond, columns
from api.values import Unreadable, YesNoValue

PAGE_SIZE = 50
LARGEST_PAGE = 500
SIZE_HELP = f"How many results to a page, 1 to {LARGEST_PAGE}; {PAGE_SIZE} unless given."
COUNT_HELP = "`true`: with the page comes `count`, how many results there are on all pages. It is one query more."
CURSOR_HELP = "Where the page begins: taken from `next` or `previous`, never made by hand."


class KeysetPagination(BasePagination):
    """Pages by the last row's place in the order of the list, whose columns are unique together.

    A cursor is signed: it holds the values of a row, and is good only for the order it was made for.
    """

    query_parameters = frozenset({"cursor", "page_size", "count"})
    count: int | None = None

    def paginate_queryset(self, queryset, request, view=None):
        """Return the rows of one page, in the order asked for whichever way the cursor looks.

        Errors: ValidationError naming `page_size`, `count`, `cursor` or `ordering`.
        """
        self.url, self.rows, self.view = request.build_absolute_uri(), queryset, view
        self.signer = Signer(salt=f"api.pagination {self.way(request)}")
        size = self._page_size(request)
        backward, key = self._cursor(request)
        self.count = queryset.order_by().count() if self._counts(request) else None
        found = self.after_key(key, size + 1, backward=backward)
        more, rows = len(found) > size, found[:size]
        if backward:
            rows.reverse()
        self.after = self._link(False, rows[-1]) if rows and (more or backward) else None
        self.before = self._link(True, rows[0]) if rows and (more if backward else key) else None
        if backward and not rows:
            self.after = remove_query_param(self.url, "cursor")
        return rows

    def way(self, request):
        """Return what tells the order of these rows from others: a cursor is good for no other."""
        self.order = columns(self.view, request.query_params.get(ORDERING))
        return " ".join([self.rows.model._meta.label, *("-" * one.descending + one.path for one in self.order)])

    def after_key(self, key, at_most, *, backward):
        """Return at most so many rows that come after `key`, or before it, the nearest first."""
        ordered = arranged(self.rows, self.view, self.order, backward=backward)
        return list((ordered.filter(beyond(self.order, key, backward=backward)) if key else ordered)[:at_most])

    def key_of(self, row):
        """Return what stands for a row in a cursor."""
        return [_plain(attrgetter(one.path.replace("__", "."))(row)) for one in self.order]

    def get_paginated_response(self, data):
        count = {} if self.count is None else {"count": self.count}
        return Response(count | {"results": data, "next": self.after, "previous": self.before})

    def _counts(self, request):
        if "count" not in self.query_parameters:  # it is another's
            return False
        try:
            return YesNoValue()(request.query_params.get("count", "false"))
        except Unreadable as error:
            raise ValidationError({"count": error.messages}) from error

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
        return replace_query_param(self.url, "cursor", self.signer.sign_object([backward, self.key_of(row)]))

    def get_schema_operation_parameters(self, view):
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE}
        count = {"type": "boolean", "default": False}
        described = [
            {"name": "count", "in": "query", "description": COUNT_HELP, "schema": count},
            {
                "name": "cursor",
                "in": "query",
                "description": CURSOR_HELP,
                "schema": {"type": "string", "format": "cursor"},
            },
            {"name": "page_size", "in": "query", "description": SIZE_HELP, "schema": size},
        ]
        return [one for one in described if one["name"] in self.query_parameters]

    def get_paginated_response_schema(self, schema):
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {
                "count": {"type": "integer", "minimum": 0, "description": "Where it was asked for."},
                "results": schema,
                "next": link,
                "previous": link,
            },
        }


def _plain(value):
    """A value as JSON holds it: a day as it is written."""
    return value.isoformat() if isinstance(value, datetime.date) else value
