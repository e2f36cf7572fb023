"""Pages of rows of several tables put together, by the place of a row in their order."""

from django.core.signing import Signer
from rest_framework.utils.urls import remove_query_param, replace_query_param

from api.pagination import KeysetPagination


class PlacePagination(KeysetPagination):
    """As for lists of one kind. Rows come from `rows.page(at_most, place, backward=…)`, in their order whichever way
    is looked; `rows.place(row)` is what stands in a cursor. No row is counted, none before the page is read.
    """

    query_parameters = frozenset({"cursor", "page_size"})

    def paginate_queryset(self, rows, request, view=None):
        """Return the rows of one page. Errors: ValidationError naming `page_size` or `cursor`."""
        self.url = request.build_absolute_uri()
        self.signer = Signer(salt=f"api.places {view.basename}")
        size = self._page_size(request)
        backward, place = self._cursor(request)
        found = rows.page(size + 1, place, backward=backward)
        more = len(found) > size
        page = (found[1:] if backward else found[:-1]) if more else found
        self.after = self._to(rows, False, page[-1]) if page and (more or backward) else None
        self.before = self._to(rows, True, page[0]) if page and (more if backward else place) else None
        if backward and not page:
            self.after = remove_query_param(self.url, "cursor")
        return page

    def _to(self, rows, backward, row):
        return replace_query_param(self.url, "cursor", self.signer.sign_object([backward, rows.place(row)]))

    def get_paginated_response_schema(self, schema):
        described = super().get_paginated_response_schema(schema)
        del described["properties"]["count"]
        return described
