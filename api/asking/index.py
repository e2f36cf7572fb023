"""The index: what there is, where, and in which forms."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from api.backends import refuse_unknown
from api.resources import Resource

GUIDE = "docs/api.md, in the code of Reform Ledger"
RIGHTS = (
    "Each source keeps its own rights: see `rights` and `show` of sources. Quotes are short passages, given with "
    "their source."
)

TEXT, LINK = {"type": "string"}, {"type": "string", "format": "uri"}
FORMS = {"type": "array", "items": TEXT}
ENTRY = {"name": TEXT, "description": TEXT, "url": LINK, "formats": FORMS, "record": TEXT, "record_formats": FORMS}
WHOLE = {
    **dict.fromkeys(("name", "version", "description"), TEXT),
    "resources": {
        "type": "array",
        "items": {"type": "object", "required": ["name", "description", "url", "formats"], "properties": ENTRY},
    },
    **dict.fromkeys(("schema", "docs", "data_package"), LINK),
    **dict.fromkeys(("guide", "rights"), TEXT),
}
DESCRIBED = {"type": "object", "required": [*WHOLE], "properties": WHOLE}


class Index(APIView):
    """What is here: each resource with its addresses and forms.

    `resources`: name to viewset; `named`: how the names of records are written; by the URLs.
    """

    resources: dict[str, type[Resource]] = {}
    named: dict[str, str] = {}

    @extend_schema(operation_id="index", summary="Say what there is", responses={200: DESCRIBED})
    def get(self, request):
        refuse_unknown(request.query_params, allowed=set())
        root = request.build_absolute_uri(reverse("api-index"))
        about = {
            "name": "Reform Ledger",
            "version": "1",
            "description": "Political reforms of Kazakhstan, each claim on the words of its source. Read-only.",
            "resources": [self.entry(root, name, view) for name, view in self.resources.items()],
            "schema": request.build_absolute_uri(reverse("api-schema")),
            "docs": request.build_absolute_uri(reverse("api-docs")),
            "data_package": request.build_absolute_uri(reverse("api-data-package")),
            "guide": GUIDE,
            "rights": RIGHTS,
        }
        return Response(about)

    def entry(self, root, name, view):
        """Return what is said of one resource."""
        said = {
            "name": name,
            "description": " ".join(view.__doc__.split()),
            "url": f"{root}{name}/",
            "formats": list(dict.fromkeys(form.format for form in view.list_formats)),
        }
        if view.has_records:
            said |= {
                "record": root + f"{name}/{self.template(name)}/",
                "record_formats": [form.format for form in view.record_formats],
            }
        return said

    def template(self, name):
        """How the name of a record is written, as a URI template."""
        parts = self.named.get(name, "<slug:slug>").replace("<slug:", "{").replace("<int:", "{")
        return parts.replace(">", "}")
