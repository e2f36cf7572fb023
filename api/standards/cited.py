"""What the forms of citations share."""

from rest_framework.response import Response

from api.formats import Format
from api.standards.paging import linked, page_of
from api.standards.whole import whole
from reforms import citing
from reforms.models import Claim
from sources.models import Source

CITE = {Claim: citing.claim, Source: citing.source}


class Cited(Format):
    """A form of citations, for claims and sources: one after the other. `entry` writes a Work."""

    extension = ""

    def entry(self, work):
        """Return the citation of `work` as text that ends its line."""
        raise NotImplementedError

    def fetched(self, view, rows):
        return whole(view, rows)

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return "".join(map(self.entry, data)).encode()

    def of_list(self, view, rows):
        records, around = page_of(view, rows)
        return self.named(linked(works(view, records), around), view.basename)

    def of_record(self, view, record):
        (work,) = works(view, [record])
        return self.named(Response([work]), work.key)

    def named(self, response, name):
        """Give the answer a name to be kept under. It is of a slug or a reference, so it needs no quoting."""
        if self.extension:
            response["Content-Disposition"] = f'inline; filename="{name}.{self.extension}"'
        return response


def works(view, records):
    """Return what is cited of `records`."""
    return [CITE[type(record)](record, view.request.build_absolute_uri) for record in records]
