"""Whole lists in one answer, as CSV and as JSON Lines, sent while they are read: memory holds one chunk of rows."""

import csv
import io
from contextlib import closing
from itertools import islice

import orjson
from django.http import StreamingHttpResponse
from rest_framework.exceptions import ValidationError

from api.cells import flattener, header
from api.formats import Format

CHUNK = 500
NO_PAGES = "A list in this form is whole: it has no pages."
PAGES = ("count", "cursor", "page_size")


class WholeList(Format):
    """A list with all its rows. `writer` gives what begins the file and a function that writes rows as bytes.

    Should reading fail on the way, the connection is cut, so that the part that was sent does not pass for the whole.
    """

    content_type: str

    def writer(self, view):
        """Return (bytes, function from an iterable of what is shown of records to bytes)."""
        raise NotImplementedError

    def of_list(self, view, rows):
        """Errors: ValidationError naming each parameter that asks for a page."""
        if given := [name for name in PAGES if name in view.request.query_params]:
            raise ValidationError({name: [NO_PAGES] for name in given})
        sent = () if view.request.method == "HEAD" else self._streamed(view, rows)
        file_name = f'attachment; filename="{view.basename}.{self.format}"'
        return StreamingHttpResponse(sent, content_type=self.content_type, headers={"Content-Disposition": file_name})

    def _streamed(self, view, rows):
        """Yield the file chunk by chunk, within the snapshot that holds all of an answer."""
        shape = view.shaper()
        beginning, write = self.writer(view)
        with closing(rows.iterator(chunk_size=CHUNK)) as found:  # a cursor is gone with its transaction
            yield beginning
            while chunk := [*islice(found, CHUNK)]:
                yield write(map(shape, chunk))


class CSV(WholeList):
    """A table with one line for each record.

    Without a byte order mark: programs would take it for a part of the first column's name.
    Source: https://www.rfc-editor.org/rfc/rfc4180
    """

    media_type, format = "text/csv", "csv"
    content_type = "text/csv; charset=utf-8; header=present"

    def writer(self, view):
        fields = view.shown_fields()
        flatten = flattener(fields)
        return as_csv([header(fields)]), lambda shown: as_csv(map(flatten, shown))


class JSONLines(WholeList):
    """A JSON object on each line: the records as the list in pages has them.

    Source: https://jsonlines.org
    """

    media_type, format, charset = "application/jsonl", "jsonl", None
    content_type = media_type

    def writer(self, view):
        return b"", lambda shown: b"".join(orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in shown)


class NDJSON(JSONLines):
    """The same under the other name by which it is asked for."""

    media_type = content_type = "application/x-ndjson"


def as_csv(lines):
    """Return `lines`, each an iterable of cells, as CSV in UTF-8."""
    written = io.StringIO()
    csv.writer(written).writerows(lines)
    return written.getvalue().encode()
