"""How records of any kind are named in these answers."""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from rest_framework import serializers

RESOURCES = {
    "package": "packages", "reform": "reforms", "law": "laws", "actor": "actors", "event": "events",
    "parameter": "parameters", "discrepancy": "discrepancies", "source": "sources", "claim": "claims",
    "paragraph": "paragraphs", "milestone": "milestones", "coverage": "coverage",
}  # fmt: skip
BY_REF = {"claim", "discrepancy", "milestone", "paragraph"}
STANDS_FOR_A_NAME = "zzzz"


class ReferenceSerializer(serializers.Serializer):
    """A record: its slug or reference, how it is called, its page, and itself in this API."""

    slug = serializers.CharField(required=False, help_text="Its public name; or else `ref` is.")
    ref = serializers.CharField(required=False, help_text="Its public name; or else `slug` is.")
    title = serializers.CharField()
    url = serializers.URLField(help_text="The page.")
    api_url = serializers.URLField(help_text="The record in this API.")


@dataclass(frozen=True)
class References:
    """Writes references for one request. `root`: scheme and host of its addresses."""

    root: str

    @classmethod
    def of(cls, request):
        return cls(request.build_absolute_uri("/").rstrip("/"))

    def to(self, kind, name, title, *, page="", anchor=""):
        """Return the reference of a record. `page`, `anchor`: on which page it stands and where, if not on its own."""
        path = page or _page(kind).replace(STANDS_FOR_A_NAME, name)
        return {
            "ref" if kind in BY_REF else "slug": name,
            "title": title,
            "url": f"{self.root}{path}{anchor}",
            "api_url": f"{self.root}{_list(kind)}{name}/",
        }

    def to_paragraph(self, source, source_title, number):
        title, page = f"{source_title}, paragraph {number}", self.page("source", source)
        return self.to("paragraph", f"{source}/{number}", title, page=page, anchor=f"#p{number}")

    def page(self, kind, name):
        """Return the path of the page of a record."""
        return _page(kind).replace(STANDS_FOR_A_NAME, name)

    def list(self, kind):
        """Return the path of the list of records of `kind`."""
        return _list(kind)


@cache
def _page(kind):
    return reverse(kind, args=[STANDS_FOR_A_NAME])


@cache
def _list(kind):
    return reverse(f"api-{RESOURCES[kind]}")
