"""Lists in the forms of others: in pages as in JSON."""

from rest_framework.response import Response


def page_of(view, rows):
    """Return the records of the page of `rows` that was asked for, and the links to the pages around it.

    Shape: list of records; dictionary with `next` and `previous`, an address or None.
    """
    records = view.paginate_queryset(rows)
    around = view.get_paginated_response([]).data
    return records, {name: around[name] for name in ("next", "previous")}


def linked(data, around):
    """Return the answer with `data`, and in its Link header the pages around.

    Source: https://www.rfc-editor.org/rfc/rfc8288
    """
    relations = {"next": around["next"], "prev": around["previous"]}
    links = ", ".join(f'<{url}>; rel="{name}"' for name, url in relations.items() if url)
    return Response(data, headers={"Link": links} if links else None)
