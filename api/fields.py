"""Serializer fields of our own: URLs of pages and resources, dates as the sources give them, references."""

import re
from operator import attrgetter

from django.urls import get_resolver, reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class RecordSerializer(serializers.ModelSerializer):
    """A serializer that only reads, so that its description promises every field."""

    def include_extra_kwargs(self, kwargs, extra_kwargs):
        return super().include_extra_kwargs(kwargs, extra_kwargs | {"read_only": True})


class Read:
    """A field that says itself how it is read."""

    def reader(self, read):
        """Return the function (record, root of the addresses) → value. `read` makes getters, as `attrgetter` does."""
        raise NotImplementedError


class Joined(Read, serializers.CharField):
    """What `pattern` makes of what `paths` lead to."""

    def __init__(self, pattern, *paths, **options):
        self.pattern, self.paths = pattern, paths
        super().__init__(source="*", read_only=True, **options)

    def to_representation(self, record):
        return self.reader(attrgetter)(record, root="")

    def reader(self, read):
        pattern, held = self.pattern, read(*self.paths)
        return lambda record, root: pattern % held(record)


class OfSameClaim(Read, serializers.CharField):
    """The reference of another citation of the same claim, to which the field called `name` leads; null for none."""

    def __init__(self, name, **options):
        self.name = name
        super().__init__(source="*", read_only=True, allow_null=True, **options)

    def to_representation(self, record):
        return self.reader(attrgetter)(record, root="")

    def reader(self, read):
        claim = read("claim.ref")

        def make(record, root):
            other = getattr(record, self.name, None)  # nothing is there either at the other end of a relation to one
            return None if other is None else f"{claim(record)}.{other.number}"

        return make


# The name of the page of each resource, what its address holds, and the place on the page.
# What has no page of its own is shown where it stands.
PAGES = {
    "packages": ("package", ["slug"], ""),
    "reforms": ("reform", ["slug"], ""),
    "laws": ("law", ["slug"], ""),
    "claims": ("claim", ["ref"], ""),
    "citations": ("source", ["paragraph.source.slug", "claim.ref", "paragraph.number"], "?claim=%s#p%s"),
    "sources": ("source", ["slug"], ""),
    "paragraphs": ("source", ["source.slug", "number"], "#p%s"),
    "discrepancies": ("discrepancy", ["ref"], ""),
    "milestones": ("reform", ["reform.slug", "ref"], "#%s"),
    "parameters": ("parameter", ["slug"], ""),
    "events": ("event", ["slug"], ""),
    "actors": ("actor", ["slug"], ""),
    "topics": ("topic", ["slug"], ""),
}


def address(read, name, paths, place=""):
    """Return the function (record, root) → address under the URL `name`, made without asking the URLs again.

    `paths`: what the address, and after it the `place` on the page, hold of the record; `read` makes their getter.
    """
    ((pattern, _),) = get_resolver().reverse_dict.getlist(name)[0][0]
    pattern, held = re.sub(r"%\(\w+\)s", "%s", pattern) + place, read(*paths)
    return lambda record, root: root + pattern % held(record)


class PageURL(Read, serializers.URLField):
    """The absolute URL of the page of a record of `resource`. `of` leads to the record, where it is another one."""

    def __init__(self, resource, of=""):
        self.resource, self.of = resource, of
        source = f"{of}.get_absolute_url".lstrip(".")
        super().__init__(source=source, read_only=True, help_text="The page.")

    def to_representation(self, path):
        return self.context["request"].build_absolute_uri(path)

    def reader(self, read):
        name, paths, place = PAGES[self.resource]
        return address(read, name, [f"{self.of}.{path}".lstrip(".") for path in paths], place)


class APIURL(Read, serializers.URLField):
    """The absolute URL of a record of `resource` in this API. `of` leads to the record, where it is another one."""

    def __init__(self, resource, of=""):
        self.resource, self.of = resource, of
        source = f"{of}.natural_key".lstrip(".")
        super().__init__(source=source, read_only=True, help_text="The record in this API.")

    def to_representation(self, key):
        return self.context["request"].build_absolute_uri(reverse(f"api-{self.resource}-one", args=key))

    def reader(self, read):
        model = self.parent.Meta.model  # type: ignore[attr-defined]
        for step in filter(None, self.of.split(".")):
            model = model._meta.get_field(step).related_model
        paths = [f"{self.of}.{lookup.replace('__', '.')}".lstrip(".") for lookup in model.KEY]
        return address(read, f"api-{self.resource}-one", paths)


class DateSerializer(serializers.Serializer):
    """A date as precise as the source gives it."""

    edtf = serializers.CharField(help_text="EDTF (ISO 8601-2): 2020-05-25, 2021-06~, 2022 …")
    earliest = serializers.DateField(allow_null=True, help_text="Earliest day that the date allows.")
    latest = serializers.DateField(allow_null=True, help_text="Latest day that the date allows.")


@extend_schema_field(DateSerializer(allow_null=True))
class EDTFDate(Read, serializers.Field):
    """The EDTF field called `name` with the two days beside it, or null where the date is not stated."""

    def __init__(self, name="date"):
        self.name = name
        super().__init__(source="*", read_only=True)

    def to_representation(self, record):
        return self.reader(attrgetter)(record, root="")

    def reader(self, read):
        date = read(self.name, f"{self.name}_earliest", f"{self.name}_latest")

        def make(record, root):
            edtf, *days = date(record)
            earliest, latest = (day and str(day) for day in days)  # a row of SQLite has it as text
            return {"edtf": edtf, "earliest": earliest, "latest": latest} if edtf else None

        return make


@extend_schema_field(str)
class Name(serializers.SlugRelatedField):
    """What a related record is called in one field."""


def ref(**options):
    """A related record's reference, such as C0142."""
    return Name(slug_field="ref", read_only=True, **options)


def slug(**options):
    """A related record's slug."""
    return Name(slug_field="slug", read_only=True, **options)
