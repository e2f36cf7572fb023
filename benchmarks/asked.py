"""What is asked of both servers: the same rows, in addresses that are each another one."""

import json
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.load import Refused, get, one
from benchmarks.texts import vocabulary

FILE = "ledger"  # as Datasette calls the file
SNIPPETS = (
    "select p.id, p.source_id, p.number, snippet(search_words, 1, '<mark>', '</mark>', '…', 30) as snippet "
    "from search_words join sources_paragraph p on p.id = search_words.rowid - {first} "
    "where search_words match :q and search_words.rowid between {first} and {last} order by rank limit 20"
)


@dataclass(frozen=True)
class Asked:
    """One thing asked in many addresses. `theirs` stand in the order of `ours`.

    `theirs`: in the yardstick's leanest form; `usual`: as it answers unless told otherwise, where that is another form.
    """

    name: str
    ours: list[str]
    theirs: list[str]
    usual: list[str] = field(default_factory=list)


def records(claims):
    """Claims by reference. `claims`: (key, reference) of each."""
    ours = [f"/api/v1/claims/{ref}/" for _, ref in claims]
    theirs = [f"/{FILE}/reforms_claim/{key}.json" for key, _ in claims]
    return Asked("record", ours, [f"{path}?_shape=array" for path in theirs], theirs)


def lists(port, kinds, pages):
    """Claims of one kind in the order of their references, 50 to a page; each page begins with another claim.

    The ledger's pages are found by following `next` in steps of another size, of which it keeps nothing that is asked
    here. Errors: Refused.
    """
    ours, theirs = [], []
    for kind in kinds:
        path = "/api/v1/claims/?" + urlencode({"kind": kind, "page_size": 20})
        for _ in range(pages):
            _, _, body = one(port, get(port, path))
            page = json.loads(body)
            if len(page["results"]) < 20 or not page["next"]:
                break
            path = "/" + page["next"].split("/", 3)[3]
            ours.append(path.replace("page_size=20", "page_size=50"))
            after = {"kind": kind, "ref__gt": page["results"][-1]["ref"], "_sort": "ref", "_size": 50}
            theirs.append(f"/{FILE}/reforms_claim.json?" + urlencode({"_shape": "array", **after}))
    return Asked("list", ours, theirs, [path.replace("_shape=array&", "") for path in theirs])


def searches(first, last, path="/api/v1/search/"):
    """Single words in paragraphs, neither frequent nor rare. `first`, `last`: the keys of paragraphs in the index."""
    words = [word for word in vocabulary()[0][150:2150] if len(word) > 3]
    sql = SNIPPETS.format(first=first, last=last)
    theirs = [f"/{FILE}.json?" + urlencode({"sql": sql, "q": f'"{word}"', "_shape": "array"}) for word in words]
    ours = [f"{path}?" + urlencode({"q": word, "kind": "paragraph", "page_size": 20}) for word in words]
    return Asked("search", ours, theirs)


def etag(port, path):
    """Return the ETag of an answer, None where it has none. Errors: Refused where it is no answer."""
    status, headers, _ = one(port, get(port, path))
    if status != 200:
        raise Refused(f"{path}: {status}")
    lines = [line.split(":", 1) for line in headers.decode("latin-1").splitlines()[1:]]
    return {name.lower(): value.strip() for name, value in lines}.get("etag")
