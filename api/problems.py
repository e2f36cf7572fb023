"""The one shape of all that is refused under /api/: problem details.

Source: https://www.rfc-editor.org/rfc/rfc9457
"""

import json
from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.utils.encoding import escape_uri_path
from django.views import defaults
from rest_framework.exceptions import APIException, ValidationError

PREFIX = "/api/"
MEDIA_TYPE = "application/problem+json"
# Where the status does not say it all: what a type is called in its address, its title, and when it is answered.
TYPES = {
    "parameters": (400, "A parameter is refused", "A parameter is unknown, empty, repeated, or has a value that cannot "
        "be read or names nothing. `errors` has the name of each, and what is wrong with it."),
    "retracted": (410, "The claim was retracted", "The claim was public once and is not any more. `reason` says why."),
    "too-many-requests": (429, "Too many requests", "More was asked for from one address than is given in a minute. "
        "`retry_after` says how many seconds to wait."),
}  # fmt: skip
NAMES = {status: name for name, (status, *_) in TYPES.items()}
SENTENCES = {
    400: "The request cannot be read.",
    404: "There is nothing at this address: it may never have been here, or what it names is not public.",
    414: "The address is too long.",
    500: "Something went wrong on our side. It was noted; in a minute it may work again.",
}
MOST_TOLD = 3


def type_of(name):
    """Return the address of a type of problem, which is also where its description is."""
    return f"{PREFIX}v1/problems/{name}/"


def described(name):
    """Return what the address of a type of problem gives."""
    status, title, meaning = TYPES[name]
    return {"type": type_of(name), "status": status, "title": title, "meaning": meaning}


def problem(request, status, detail="", **members):
    """Return the answer that refuses `request`: with `members` of our own it has a type of ours, or else none."""
    name = NAMES.get(status) if members else None
    document = {
        "type": type_of(name) if name else "about:blank",
        "title": TYPES[name][1] if name else HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or SENTENCES.get(status, f"{HTTPStatus(status).description or HTTPStatus(status).phrase}."),
    }
    if status != HTTPStatus.REQUEST_URI_TOO_LONG:
        document["instance"] = escape_uri_path(request.path)
    # Half a pair of surrogates cannot be UTF-8: it stays escaped, as JSON writes it.
    body = json.dumps(document | members, ensure_ascii=False).encode(errors="backslashreplace")
    return HttpResponse(body, MEDIA_TYPE, status, headers={"Cache-Control": "no-store"})


def told(errors):
    """Return the first of `errors` as sentences for a person."""
    sentences = [f"{name}: {' '.join(words)}" for name, words in list(errors.items())[:MOST_TOLD]]
    if (more := len(errors) - MOST_TOLD) > 0:
        sentences.append(f"And {more} more.")
    return " ".join(sentences)


def as_problem(error, context):
    """Return the answer in which an API view's `error` ends, in the same form whichever was asked for.

    None where it is no refusal but a fault of ours, or one that Django knows: it goes on to the handlers below.
    """
    request = context["request"]
    if isinstance(error, ValidationError) and isinstance(error.detail, dict):
        errors = {name: [words] if isinstance(words, str) else words for name, words in error.detail.items()}
        return problem(request, error.status_code, told(errors), errors=errors)
    if isinstance(error, APIException):
        detail = error.detail if isinstance(error.detail, str) else " ".join(map(str, error.detail))
        return problem(request, error.status_code, detail, **getattr(error, "members", {}))
    return problem(request, 404) if isinstance(error, Http404) else None


def in_place_of(page, status):
    """Return a handler of errors that answers with a problem under /api/, and with `page` elsewhere."""

    def answer(request, *args, **kwargs):
        return problem(request, status) if request.path_info.startswith(PREFIX) else page(request, *args, **kwargs)

    return answer


handler400 = in_place_of(defaults.bad_request, 400)
handler404 = in_place_of(defaults.page_not_found, 404)
handler500 = in_place_of(defaults.server_error, 500)
