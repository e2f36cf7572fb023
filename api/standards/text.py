"""Plain text: how a claim or a source is cited, and a paragraph as it stands."""

from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from api.formats import Format
from api.standards.cited import Cited
from api.standards.whole import choose_nothing
from reforms import citing


class Text(Cited):
    """A claim or source as it is cited in a text, one to a line."""

    media_type, format = "text/plain", "text"

    def entry(self, work):
        return citing.text(work) + "\n"


class Words(Format):
    """A paragraph, character for character: what the positions of its citations count in."""

    media_type, format = "text/plain", "text"

    def fetched(self, view, rows):
        choose_nothing(view)
        return rows

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return data.encode()

    def of_record(self, view, record):
        """Errors: NotFound where the text may not be shown."""
        text = record.shown_text
        if text is None:
            raise NotFound("The text of this paragraph may not be shown: its source shows cited paragraphs only.")
        return Response(text)
