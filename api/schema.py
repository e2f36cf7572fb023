"""What the OpenAPI description says beyond what the serializers and filters say themselves."""

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse

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
    """Documents refusals, and the parameters of single records."""

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
