"""Pages of rows of several tables put together, by the place of a row in their order."""

from api.pagination import KeysetPagination


class PlacePagination(KeysetPagination):
    """As for lists of one kind. Rows come from `rows.page(at_most, place, backward=…)`, in their order whichever way
    is looked; `rows.place(row)` is what stands in a cursor. No row is counted, none before the page is read.
    """

    query_parameters = frozenset({"cursor", "page_size"})

    def way(self, request):
        return f"places {self.view.basename}"

    def after_key(self, key, at_most, *, backward):
        found = self.rows.page(at_most, key, backward=backward)
        return found[::-1] if backward else found

    def key_of(self, row):
        return self.rows.place(row)

    def get_paginated_response_schema(self, schema):
        described = super().get_paginated_response_schema(schema)
        del described["properties"]["count"]
        return described
