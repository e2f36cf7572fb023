"""What holds for every request under /api/: any site may read, nothing is written, nobody takes too much at once."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.module_loading import import_string

from api.problems import PREFIX, problem
from api.throttling import EXPORTS, REQUESTS

METHODS = "GET, HEAD, OPTIONS"
LONGEST_ADDRESS = 8_000
MOST_PARAMETERS = 100
# By hand: everything here is public and the same for everybody, so there is no list of origins to keep, and nothing
# to vary by. What a browser may send along stays out: no cookie or password changes an answer.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag, Link, RateLimit, RateLimit-Policy, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


def neighbour(get_response):
    """Middleware: refuse early what is too much, and say in headers who may read and how much is left."""
    address = import_string(settings.AXES_CLIENT_IP_CALLABLE)  # one rule for whom a proxy names

    def answer(request):
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        spent = [REQUESTS.spend(address(request))]
        response = too_many(request, spent[0]) or refused(request) or options(request)
        if response is None:
            response = get_response(request)
            if response.streaming and request.method == "HEAD":
                response.streaming_content = ()  # a dump is not made only to be thrown away
            elif response.streaming:
                spent.append(EXPORTS.spend(address(request)))
                if over := too_many(request, spent[1]):
                    response.close()
                    response = over
        return with_headers(response, [one for one in spent if one])

    return answer


def with_headers(response, spent):
    """Return `response` with the headers that all answers have."""
    for name, value in OPEN.items():
        response.headers[name] = value
    if spent:
        response.headers["RateLimit-Policy"] = ", ".join(one.policy for one in spent)
        response.headers["RateLimit"] = ", ".join(one.standing for one in spent)
    return response


def too_many(request, spent):
    """Return the answer to a request over the limit of `spent` (or None), or None."""
    if spent is None or not spent.over:
        return None
    detail = f"At most {spent.limit} {spent.name} a minute from one address. Wait {spent.seconds} seconds."
    response = problem(request, 429, detail, retry_after=spent.seconds)
    response.headers["Retry-After"] = str(spent.seconds)
    return response


def refused(request):
    """Return the answer to what cannot be meant well, before anything of it is read, or None."""
    if request.method not in METHODS.split(", "):
        response = problem(request, 405, f"Here data is only read. Possible: {METHODS}.")
        response.headers["Allow"] = METHODS
        return response
    sent, query = request.META, request.META.get("QUERY_STRING", "")
    if query.count("&") >= MOST_PARAMETERS:
        return problem(request, 400, f"At most {MOST_PARAMETERS} parameters can be given.")
    if len(request.path_info) + len(query) > LONGEST_ADDRESS:
        return problem(request, 414, f"An address can have {LONGEST_ADDRESS} characters here.")
    if sent.get("CONTENT_LENGTH", "") not in ("", "0") or sent.get("HTTP_TRANSFER_ENCODING"):
        return problem(request, 400, "Nothing is read from a body: give parameters in the address.")
    return None


def options(request):
    """Return the answer to OPTIONS, a browser's question before it asks for another site included, or None."""
    if request.method != "OPTIONS":
        return None
    asked = "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in request.META
    return HttpResponse(status=204, headers={"Allow": METHODS} | (PREFLIGHT if asked else {}))
