"""What a browser asks of the page for claiming, and posts to it."""

from urllib.parse import urlencode

TEXT = "😀 The law passed, the law stood."
WORDS = {"at": "a-source#2", "start": 18, "end": 25, "quote": "the law"}
FOUND = "/admin/reforms/claim/claiming/found/"


def address(**chosen):
    return f"/admin/reforms/claim/claiming/?{urlencode(chosen)}"


def posted(**fields):
    return {"start": "18", "end": "25", "quote": "the law", "stance": "supports", "strength": "states"} | fields
