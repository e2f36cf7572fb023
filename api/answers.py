"""What every answer carries, and how every request can be refused, as the OpenAPI description says it."""

from http import HTTPStatus

from rest_framework import serializers

from api.problems import MEDIA_TYPE

REFUSALS = {
    400: "A parameter is unknown or cannot be read; `errors` names each.",
    404: "There is no such record.",
    405: "The method is another one than GET, HEAD or OPTIONS.",
    406: "Nothing here is in a form that was asked for.",
    410: "The claim was retracted, for the `reason` given.",
    414: "The address is too long.",
    429: "Too much was asked for from one address; `retry_after` says how long to wait.",
    500: "Something went wrong on our side.",
}
FRESHNESS = {
    "ETag": "Stands for this answer; weak where it may come packed.",
    "Cache-Control": "Whether the answer may be kept: `public, no-cache` asks to be asked each time whether it stands.",
    "Vary": "The headers of the request on which the answer depends.",
}
STANDING = {
    "RateLimit": 'How much is left, as in `"requests";r=599;t=42`: so many for so many seconds more.',
    "RateLimit-Policy": 'How much there is, as in `"requests";q=600;w=60`: so many in so many seconds.',
}
OWN = {
    301: {"Location": "The record in use."},
    405: {"Allow": "The methods that there are."},
    429: {"Retry-After": "How many seconds to wait."},
}
MOVED = "The name is a former one: follow `Location`."
UNCHANGED = "What was answered under the tag in `If-None-Match` still stands."


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


def responses(whole, *, named=False, moves=False, goes=False):
    """Return status → response: `whole` (of 200) and what else can be answered.

    `named`: whether the address holds a name; `moves`, `goes`: whether that may lead on, or be a retracted claim's.
    """
    refused = set(REFUSALS) - (set() if named else {404}) - (set() if goes else {410})
    moved = {"301": {"description": MOVED, "headers": headers(301)}} if moves else {}
    unchanged = {"304": {"description": UNCHANGED, "headers": headers(304)}}
    return {"200": whole} | moved | unchanged | {str(code): ref("responses", _name(code)) for code in sorted(refused)}


def headers(code, **more):
    """Return the headers of an answer with this status, each a reference; `more`: those of this answer alone."""
    names = [*(FRESHNESS if code < 400 else ["Cache-Control"]), *STANDING, *OWN.get(code, {}), *more]
    return {name: ref("headers", name) for name in names if code != 301 or name not in ("ETag", "Vary")}


def ref(kind, name):
    return {"$ref": f"#/components/{kind}/{name}"}


def shared():
    """Return the components to which the responses refer."""
    described = FRESHNESS | STANDING | dict(pair for own in OWN.values() for pair in own.items()) | OF_FORMS
    content = {MEDIA_TYPE: {"schema": ref("schemas", "Problem")}}
    return {
        "headers": {
            name: {"description": words, "schema": {"type": "integer" if name == "Retry-After" else "string"}}
            for name, words in sorted(described.items())
        },
        "responses": {
            _name(code): {"description": words, "headers": headers(code), "content": {**content}}
            for code, words in REFUSALS.items()
        },
    }


OF_FORMS = {
    "Link": "The pages around, `next` and `prev`, in forms that have no place for them.",
    "Content-Disposition": "The name of the file, in forms that are whole.",
}


def _name(code):
    return HTTPStatus(code).name.title().replace("_", "")
