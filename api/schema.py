"""What the OpenAPI description says beyond what the serializers and filters say themselves."""

from functools import cache
from inspect import getdoc
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, force_instance
from drf_spectacular.utils import OpenApiParameter
from rest_framework.relations import ManyRelatedField
from rest_framework.serializers import ListSerializer

from api.answers import Problem, headers, responses, shared
from api.bulk import CSV
from api.choosing import PARAMETERS, possible
from api.expansions import EXPANSIONS
from api.formats import JSON
from api.references import NAMES
from api.standards import JSONLD, Annotations, BibTeX

WHOLE = "A page, or the whole list in forms that have no pages."
SUMMARIES = {"search": "Search for words", "timeline": "List what has a date"}
IF_NONE_MATCH = "The tag of an answer that is at hand: 304 says that it still stands."
FORMAT = "The form of the answer. Without it the Accept header chooses, or else it is JSON."
ABOUT = "about"


class LedgerSchema(AutoSchema):
    """Documents refusals, what can be asked, each form of an answer, and what is shown of each record."""

    def get_filter_backends(self):
        return getattr(self.view, "filter_backends", [])

    def get_operation(self, *args, **kwargs):
        """The operation, with all that can be answered beside what was asked for."""
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        whole = operation["responses"]["200"]
        for form in self.view.get_renderers():
            whole["content"].setdefault(form.media_type, {"schema": form.described})  # type: ignore[attr-defined]
        whole["headers"] = headers(200, **{name: ... for name in self._headers_of_forms(whole["content"])})
        whole["description"] = whole["description"] or ("The record." if self._names() else WHOLE)
        self.resolve_serializer(Problem, "response")
        goes = bool(self._names()) and hasattr(self.view, "claim_name")
        moves = goes or bool(self._names() and self.view.retired)  # type: ignore[attr-defined]
        return operation | {"responses": responses(whole, named="{" in self.path, moves=moves, goes=goes)}

    def _headers_of_forms(self, content):
        if content.keys() & {CSV.media_type, BibTeX.media_type, "application/zip"}:
            yield "Content-Disposition"
        if content.keys() & {Annotations.media_type, JSONLD.media_type} and not self._names():
            yield "Link"

    def _names(self):
        """The names in the address of a record; none for a list."""
        return getattr(self.view, "lookups", {}) if getattr(self.view, "action", "") == "retrieve" else {}

    def get_description(self):  # type: ignore[override]
        """What the view is for: the first paragraph of what it says of itself."""
        return " ".join((getdoc(self.view) or "").partition("\n\n")[0].split())

    def get_operation_id(self):
        return super().get_operation_id().replace("_._", "_")

    def get_tags(self):
        return [getattr(self.view, "basename", ABOUT)]

    def get_summary(self):
        name = self.get_tags()[0]
        return SUMMARIES.get(name) or (f"Get one of {name}" if self._names() else f"List {name}")

    def _get_format_parameters(self):
        return [one | {"description": FORMAT} for one in super()._get_format_parameters()]

    def map_renderers(self, attribute):
        """What is not said to be in another form is in JSON."""
        return super().map_renderers(attribute) if attribute == "format" else [JSON.media_type]

    def _path_parameters(self):
        for name in self._names():
            if name == "number":
                yield OpenApiParameter(name, {"type": "integer", "minimum": 1}, "path", description="Its number.")
            else:
                kind = name if name in ("claim", "source") else self.view.queryset.model._meta.model_name  # type: ignore[attr-defined]
                named = {"type": "string", "format": f"{kind}-name"}
                yield OpenApiParameter(name, named, "path", description=f"The public name of the {kind}.")

    def get_override_parameters(self):
        view = self.view
        tag = OpenApiParameter("If-None-Match", str, "header", description=IF_NONE_MATCH)
        if not getattr(view, "choosing", False):
            return [tag, *self._path_parameters()]
        return [tag, *self._path_parameters(), *self._choosing()]

    def _choosing(self):
        view = self.view
        return [
            OpenApiParameter(
                parameter,
                {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1},
                description=PARAMETERS[parameter],
                style="form",
                explode=False,
            )
            for parameter, names in possible(view.basename, view.serializer_class).items()  # type: ignore[attr-defined]
            if names
        ]

    def resolve_serializer(self, serializer, direction, bypass_extensions=False):
        """What a resource answers is a whole record, or what `fields` and `omit` left of one."""
        whole = super().resolve_serializer(serializer, direction, bypass_extensions)
        view: Any = self.view
        shown_here = getattr(view, "choosing", False) and type(force_instance(serializer)) is view.serializer_class
        if whole.name is None or not shown_here:
            return whole
        properties = whole.schema["properties"]
        less = {"type": "object", "properties": properties, "maxProperties": len(properties) - 1}
        shown = ResolvedComponent(
            name=f"Shown{whole.name}",
            type=ResolvedComponent.SCHEMA,
            schema={"anyOf": [whole.ref, less], "description": "A record, or what `fields` or `omit` left of one."},
            object=f"shown {whole.name}",
        )
        self.registry.register_on_missing(shown)
        return shown

    def _map_serializer_field(self, field, direction, bypass_extensions=False):
        """A relation that `expand` shows in full is described both ways."""
        plain = super()._map_serializer_field(field, direction, bypass_extensions)
        if (expansion := expandable().get((type(field.parent), field.field_name))) is None:
            return plain
        whole = super().resolve_serializer(expansion.serializer_class, direction).ref
        if not isinstance(field, ManyRelatedField | ListSerializer):
            return {"anyOf": [plain, whole]}
        if isinstance(field, ListSerializer):
            whole = {"allOf": [whole, self._says(field.child, direction)]}
        return plain | {"items": {"anyOf": [plain["items"], whole]}}

    def _says(self, reference, direction):
        """What the link to a record says beside it."""
        schema = self._map_basic_serializer(reference, direction)
        said = {name: part for name, part in schema["properties"].items() if name not in NAMES}
        return {"type": "object", "properties": said}


@cache
def expandable():
    """Serializer class and name of a field, to the Expansion that can show in full what the field leads to."""
    from api.urls import RESOURCES

    found = {}
    for resource, expansions in EXPANSIONS.items():
        for path, expansion in expansions.items():
            serializer: Any = RESOURCES[resource].serializer_class()
            *steps, name = path.split(".")
            for step in steps:
                field = serializer.fields[step]
                serializer = getattr(field, "child", field)
            found[type(serializer), name] = expansion
    return found


def complete(result, generator, request, public):
    """Add, to the description as drf-spectacular makes it, what operations share: components, and what tags mean."""
    from api.urls import QUESTIONS, RESOURCES

    said = {name: " ".join((view.__doc__ or "").split()) for name, view in (RESOURCES | QUESTIONS).items()}
    said[ABOUT] = "What the API says of itself, and the whole base in one file."
    result["tags"] = [{"name": name, "description": words} for name, words in said.items()]
    result["components"] |= shared()
    return result
