"""Serializer fields of our own: URLs of pages and resources, dates as the sources give them, references."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class RecordSerializer(serializers.ModelSerializer):
    """A serializer that only reads, so that its description promises every field."""

    def include_extra_kwargs(self, kwargs, extra_kwargs):
        return super().include_extra_kwargs(kwargs, extra_kwargs | {"read_only": True})


class PageURL(serializers.URLField):
    """The absolute URL of a record's page. `source` leads to its path."""

    def __init__(self, source="get_absolute_url"):
        super().__init__(source=source, read_only=True, help_text="The page.")

    def to_representation(self, path):
        return self.context["request"].build_absolute_uri(path)


class APIURL(serializers.URLField):
    """The absolute URL of a record in this API. `source` leads to its natural key."""

    def __init__(self, resource, source="natural_key"):
        self.resource = resource
        super().__init__(source=source, read_only=True, help_text="The record in this API.")

    def to_representation(self, key):
        return self.context["request"].build_absolute_uri(reverse(f"api-{self.resource}-one", args=key))


class DateSerializer(serializers.Serializer):
    """A date as precise as the source gives it."""

    edtf = serializers.CharField(help_text="EDTF (ISO 8601-2): 2020-05-25, 2021-06~, 2022 …")
    earliest = serializers.DateField(allow_null=True, help_text="Earliest day that the date allows.")
    latest = serializers.DateField(allow_null=True, help_text="Latest day that the date allows.")


@extend_schema_field(DateSerializer(allow_null=True))
class EDTFDate(serializers.Field):
    """The EDTF field called `name` with the two days beside it, or null where the date is not stated."""

    def __init__(self, name="date"):
        self.name = name
        super().__init__(source="*", read_only=True)

    def to_representation(self, record):
        edtf = getattr(record, self.name)
        if not edtf:
            return None
        earliest, latest = (getattr(record, f"{self.name}_{bound}") for bound in ("earliest", "latest"))
        return {"edtf": edtf, "earliest": earliest, "latest": latest}


def ref(**options):
    """A related record's reference, such as C0142."""
    return serializers.SlugRelatedField(slug_field="ref", read_only=True, **options)


def slug(**options):
    """A related record's slug."""
    return serializers.SlugRelatedField(slug_field="slug", read_only=True, **options)
