"""What the OpenAPI description says beyond what the serializers and filters say themselves."""

from functools import cache
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.relations import ManyRelatedField
from rest_framework.serializers import ListSerializer

from api.choosing import PARAMETERS, possible
from api.expansions import EXPANSIONS
from api.formats import JSON
from api.problems import MEDIA_TYPE
from api.references import NAMES

REFUSALS = {
    400: "A parameter is unknown or cannot be read; `errors` names each.",
    406: "Nothing here is in a form that was asked for.",
    414: "The address is too long.",
    429: "Too much was asked for from one address; `retry_after` says how long to wait.",
    500: "Something went wrong on our side.",
}
NO_RECORD = {404: "There is no such record."}
GONE = {410: "The claim was retracted, for the `reason` given."}


class Problem(serializers.Serializer):
    """What every refusal says: problem details, with members of our own where the type has some."""

    type = serializers.CharField(help_text="The address of what this type of problem means, or about:blank.")
    title = serializers.CharField(help_text="The type in a few words.")
    status = serializers.IntegerField(help_text="The status of the answer.")
    detail = serializers.CharField(help_text="What is wrong, in sentences.")
    instance = serializers.CharField(required=False, help_text="The path that was asked for.")
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()), required=False, help_text="Each refused parameter."
    )
    reason = serializers.CharField(required=False, help_text="Why the claim was retracted.")
    retry_after = serializers.IntegerField(required=False, help_text="How many seconds to wait.")


class LedgerSchema(AutoSchema):
    """Documents refusals, what can be asked, each form of an answer, and what is shown of each record."""

    def get_filter_backends(self):
        return self.view.filter_backends  # type: ignore[attr-defined]

    def map_renderers(self, attribute):
        """What is not said to be in another form is in JSON."""
        return super().map_renderers(attribute) if attribute == "format" else [JSON.media_type]

    def get_response_serializers(self):
        view, refusals = self.view, REFUSALS
        others = [form for form in view.get_renderers() if form.format != JSON.format]
        responses: dict[Any, Any] = {"200": super().get_response_serializers()}
        responses |= {("200", form.media_type): form.described for form in others}  # type: ignore[attr-defined]
        if view.action == "retrieve":  # type: ignore[attr-defined]
            refusals = refusals | NO_RECORD | (GONE if hasattr(view, "claim_name") else {})
            responses["301"] = OpenApiResponse(None, "The name is a former one: follow `Location`.")
        said = {(str(code), MEDIA_TYPE): OpenApiResponse(Problem, meaning) for code, meaning in refusals.items()}
        return responses | said

    def get_override_parameters(self):
        view = self.view
        if not view.choosing:  # type: ignore[attr-defined]
            return []
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
        view: Any = self.view
        if whole.name is None or not view.choosing or whole.object is not view.serializer_class:
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
