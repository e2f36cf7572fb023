"""What the OpenAPI description says beyond what the serializers and filters say themselves."""

from functools import cache

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.relations import ManyRelatedField
from rest_framework.serializers import ListSerializer

from api.choosing import PARAMETERS, possible
from api.expansions import EXPANSIONS
from api.references import NAMES

DETAIL = {
    "type": "object",
    "required": ["detail"],
    "properties": {"detail": {"type": "string"}},
}
REFUSED = {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
GONE = {
    "type": "object",
    "required": ["detail", "reason"],
    "properties": {"detail": {"type": "string"}, "reason": {"type": "string"}},
}


class LedgerSchema(AutoSchema):
    """Documents refusals, the parameters of single records, and what is shown of each record."""

    def get_filter_backends(self):
        return self.view.filter_backends  # type: ignore[attr-defined]

    def get_response_serializers(self):
        responses = {
            "200": super().get_response_serializers(),
            "400": OpenApiResponse(REFUSED, "A parameter is unknown or cannot be read; each is named."),
        }
        if self.view.action == "retrieve":  # type: ignore[attr-defined]
            responses["404"] = OpenApiResponse(DETAIL, "There is no such record.")
            responses["301"] = OpenApiResponse(None, "The name is a former one: follow `Location`.")
            if hasattr(self.view, "claim_name"):
                responses["410"] = OpenApiResponse(GONE, "The claim was retracted, for the reason given.")
        return responses

    def get_override_parameters(self):
        view = self.view
        return [
            OpenApiParameter(
                parameter,
                {"type": "array", "items": {"type": "string", "enum": names}},
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
        if whole.name is None or whole.object is not self.view.serializer_class:  # type: ignore[attr-defined]
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
            serializer = RESOURCES[resource].serializer_class()
            *steps, name = path.split(".")
            for step in steps:
                field = serializer.fields[step]
                serializer = getattr(field, "child", field)
            found[type(serializer), name] = expansion
    return found
