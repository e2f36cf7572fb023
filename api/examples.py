"""Examples for the OpenAPI description: real answers, asked of the base that is loaded."""

import json
import re

from django.http import HttpRequest
from django.test import Client
from django.test.utils import override_settings

from api.bulk import CSV, NDJSON, JSONLines
from api.neighbour import too_many
from api.problems import MEDIA_TYPE, as_problem, problem
from api.resources import Gone
from api.throttling import Spent
from reforms.models import Claim

API = "/api/v1/"
HOST = "127.0.0.1:8000"
DAY, WORDS = "as_of=2021-06-30", "q=akims"
REFUSED = {
    "BadRequest": f"{API}discrepancies/?state=half-open",
    "NotFound": f"{API}claims/C0000/",
    "NotAcceptable": f"{API}claims/",
    "RequestUriTooLong": f"{API}claims/?q={'long' * 2_000}",
}
CURSOR = re.compile(r"(?<=cursor=)[^&\"<>\s]+")  # signed with a key that each installation has for itself


def with_examples(document):
    """Return the description `document` (JSON) with an example of each answer, and of each refusal."""
    document = json.loads(json.dumps(document))
    with override_settings(API_REQUESTS_PER_MINUTE=0, API_EXPORTS_PER_MINUTE=0):
        client = Client(HTTP_HOST=HOST)
        for path, item in document["paths"].items():
            if where := _address(client, path, item["get"]):
                for media_type, answer in item["get"]["responses"]["200"]["content"].items():
                    answer["example"] = _example(client, where, media_type)
        for name, response in _refusals(client).items():
            shown = json.loads(response.content)
            document["components"]["responses"][name]["content"][MEDIA_TYPE]["example"] = shown
    return document


def _address(client, path, operation):
    """Return the address of an example: the first record, or a page with it. None for the description and for files."""
    if path in (f"{API}schema/", f"{API}data-package.zip"):
        return None
    if path == f"{API}problems/{{name}}/":
        return path.format(name="parameters")
    asked = {one["name"] for one in operation.get("parameters", []) if one["in"] == "query"}
    query = [DAY] if "as_of" in asked else []
    if "{" in path:
        listed = client.get(f"{path.split('{')[0]}?page_size=1").json()
        path = listed["results"][0]["api_url"].removeprefix(f"http://{HOST}")
    elif "page_size" in asked:
        query.append("page_size=1")
    return path + "?" + "&".join([*query, *([WORDS] if path == f"{API}search/" else [])])


def _example(client, where, media_type):
    """Return what is answered: as JSON, or as text; of a whole list, which has no pages, the first line."""
    whole = media_type in (CSV.media_type, JSONLines.media_type, NDJSON.media_type)
    if whole:
        response = client.get(where.replace("page_size=1", ""), headers={"Accept": media_type})
        return b"".join(response.streaming_content).decode().splitlines(keepends=True)[0]
    response = client.get(where, headers={"Accept": media_type})
    text = CURSOR.sub("…", response.content.decode())
    return json.loads(text) if "json" in media_type else text


def _refusals(client):
    """Return name of a component → response. What cannot be asked for is made as it would be."""
    request, asked = HttpRequest(), {"Accept": "image/png"}
    request.path = f"{API}claims/{Claim.objects.public().order_by('ref').first().ref}/"
    gone = as_problem(Gone(request.path.split("/")[-2], "The source was misread."), {"request": request})
    over = Spent("requests", 600, 0, 42, over=True)
    found = {name: client.get(path) for name, path in REFUSED.items() if name != "NotAcceptable"}
    return found | {
        "NotAcceptable": client.get(REFUSED["NotAcceptable"], headers=asked),
        "MethodNotAllowed": client.post(f"{API}claims/"),
        "Gone": gone,
        "TooManyRequests": too_many(request, over),
        "InternalServerError": problem(request, 500),
    }
