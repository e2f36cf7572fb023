"""What was answered is kept, and given again as long as nothing that readers see has changed.

An answer depends on the revision of the base, the build (the code that answers), the day (stages are asked for as of
today), the address, and the form that is asked for; on nothing else. Its tag is made of these, so it is known before
any row is read, and what is kept under another tag is never found. For an answer that is made anew the revision is
read first, in the snapshot from which the rows come too: no change can fall between them.
"""

import gzip
import hashlib
import hmac
import re
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial, wraps
from threading import Lock

from cachetools import LRUCache
from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone

from api.problems import PREFIX
from sources import revision
from sources.snapshots import snapshot

MOST, LARGEST = 32 * 2**20, 2 * 2**20  # bytes of all that a process keeps, and of one answer
BESIDE = 6 * 2**10  # bytes that a kept answer takes beside its body: headers, tag, places in tables
SMALLEST_PACKED = 200  # bytes: below this, gzip is not worth it
# A browser or a proxy may keep an answer for everybody, and asks each time whether it still stands.
FRESH = "public, no-cache"
CODE = ("api", "config", "locale", "reforms", "sources", "templates", "docs/openapi.json", "requirements.txt")


def kept(view):
    """Return `view` such that what it answers to GET carries its tag, and is kept for `again`.

    What no such view answered is never given again: nobody can guess a tag.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method not in ("GET", "HEAD"):
            return _if_refused_not_kept(view(request, *args, **kwargs))
        return _anew(Asked(request), partial(view, request, *args, **kwargs))

    return answer


def again(get_response):
    """Middleware: give at once what is kept, or 304; before sessions, the table of addresses and the like are asked."""

    def answer(request):
        if request.method in ("GET", "HEAD") and request.path_info.startswith(PREFIX):
            return _again(Asked(request)) or get_response(request)
        return get_response(request)

    return answer


@dataclass(frozen=True)
class Body:
    """An answer to give again: its headers, its bytes, and those bytes packed by gzip, once somebody asked for them."""

    headers: dict
    plain: bytes
    packed: bytes = b""


class Kept:
    """Bodies by their tags: those asked for last, as many as fit. For all threads of a process.

    Those of former revisions are never found again, and give way to others.
    """

    def __init__(self):
        self.lock = Lock()
        self.bodies = LRUCache(MOST, getsizeof=lambda body: BESIDE + len(body.plain) + len(body.packed))

    def get(self, tag):
        with self.lock:
            return self.bodies.get(tag)

    def put(self, tag, body):
        """Keep `body` under `tag`, where it is not too large."""
        if len(body.plain) <= LARGEST:
            with self.lock:
                self.bodies[tag] = body


KEPT = Kept()


class Asked:
    """What a request asks for, and what it says that it has already."""

    def __init__(self, request):
        meta = request.META
        self.request, self.has = request, meta.get("HTTP_IF_NONE_MATCH", "")
        self.packed = takes_gzip(meta.get("HTTP_ACCEPT_ENCODING", ""))
        where = request.scheme, request.get_host(), request.path, meta.get("QUERY_STRING", "")
        self.what = build(), timezone.localdate().isoformat(), where, meta.get("HTTP_ACCEPT", "")

    def tag(self, at):
        """Return the tag of the answer at the revision `at`."""
        return hashlib.blake2b(repr((at, self.what)).encode(), digest_size=16).hexdigest()

    def has_this(self, tag):
        """Whether the list of tags holds this one, marked as weak or not."""
        return f'"{tag}"' in self.has

    def has_any(self):
        return self.has.strip() == "*"

    def headers(self, tag):
        """What every answer carries, 304 too. Who takes gzip gets other bytes at times: the tag is weak then."""
        etag = f'W/"{tag}"' if self.packed else f'"{tag}"'
        return {"ETag": etag, "Cache-Control": FRESH, "Vary": "Accept, Accept-Encoding"}

    def settle_encoding(self):
        """Keep Django's GZipMiddleware away: whether the answer is packed is decided here."""
        self.request.META["HTTP_ACCEPT_ENCODING"] = ""


class NotModified(HttpResponseNotModified):
    """304. It does not tell a length: CommonMiddleware would say 0, which is not that of what the reader has."""

    def has_header(self, header):
        return header.lower() == "content-length" or super().has_header(header)


class Held:
    """The parts of a streamed answer; `close` ends the snapshot they are read from, when the answer is closed."""

    def __init__(self, parts, close):
        self.parts, self.close = parts, close

    def __iter__(self):
        return iter(self.parts)


def _again(asked):
    """Return 304 or what is kept, or None. One query: the revision."""
    if not (at := revision.current()):
        return None
    tag = asked.tag(at)
    if asked.has_this(tag):
        return NotModified(headers=asked.headers(tag))
    body = KEPT.get(tag)
    return body and _given(asked, tag, body)


def _anew(asked, view):
    """Return what `view` answers, from one snapshot, and keep it where it is a whole answer."""
    with ExitStack() as held:
        held.enter_context(snapshot())
        at = revision.current()
        response = view()
        if hasattr(response, "render"):
            response = response.render()
        if response.status_code != 200 or not at:
            return _if_refused_not_kept(response)
        tag = asked.tag(at)
        if response.streaming:
            return _streamed(asked, tag, response, held)
        body = Body(dict(response.headers), response.content)
        KEPT.put(tag, body)
        return _given(asked, tag, body)


def _given(asked, tag, body):
    """Return `body` as an answer, or 304 where whoever asks has it."""
    if asked.has_any() or asked.has_this(tag):
        return NotModified(headers=asked.headers(tag))
    headers, content = asked.headers(tag), body.plain
    if asked.packed and len(content) >= SMALLEST_PACKED:
        if not body.packed:
            body = replace(body, packed=gzip.compress(content, 6, mtime=0))
            KEPT.put(tag, body)
        content, headers["Content-Encoding"] = body.packed, "gzip"
    asked.settle_encoding()
    return HttpResponse(content, headers=body.headers | headers | {"Content-Length": str(len(content))})


def _streamed(asked, tag, response, held):
    """Return an answer that is sent while it is read, and hold the snapshot until it is closed."""
    headers = asked.headers(tag)
    if asked.has_any() or asked.has_this(tag):
        response.close()
        return NotModified(headers=headers)
    for name, value in headers.items():
        response.headers[name] = value
    if not asked.packed or "zip" in response.headers["Content-Type"]:
        asked.settle_encoding()
    if asked.request.method == "HEAD":
        response.streaming_content = ()
    else:
        response.streaming_content = Held(response.streaming_content, held.pop_all().close)
    return response


def _if_refused_not_kept(response):
    if response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    return response


@lru_cache(256)
def takes_gzip(accepted):
    """Whether an Accept-Encoding header names gzip, and not to refuse it."""
    for coding in accepted.lower().split(","):
        name, _, weight = coding.partition(";")
        if name.strip() == "gzip":
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight)
    return False


@cache
def build():
    """Return a token of the code that answers and of the key with which it signs, once per process."""
    digest = hmac.new(settings.SECRET_KEY.encode(), digestmod=hashlib.sha256)
    for name in CODE:
        root = settings.BASE_DIR / name
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and path.suffix != ".pyc":
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"{path.relative_to(settings.BASE_DIR).as_posix()} {content}\n".encode())
    return digest.hexdigest()
