"""Kinds of filter that the resources share. None of them duplicates a row; each refuses what it cannot read."""

import re

import django_filters as filters
from django import forms

from api.names import find
from api.querysets import PUBLISHED, public

MOST_REFS = 500


class NamedField(forms.CharField):
    """The public name of a record of `kind`, cleaned to the record."""

    def __init__(self, *args, kind, **kwargs):
        self.kind = kind
        super().__init__(*args, **kwargs)

    def clean(self, value):
        """Errors: ValidationError where readers see no record under that name."""
        if not (name := super().clean(value)):
            return None
        if (record := find(self.kind, name)) is None:
            raise forms.ValidationError(f"There is no {self.kind} with this name.")
        return record


class NamedFilter(filters.CharFilter):
    """Rows that `path` leads from to the record of `kind` with the given name.

    `resting`: a step of `path` that rests on a claim, which must then be published.
    """

    field_class = NamedField

    def __init__(self, kind, path, *, resting="", help_text):
        self.conditions = {f"{resting}__claim__state": PUBLISHED} if resting else {}
        super().__init__(field_name=path, kind=kind, help_text=help_text)

    def filter(self, queryset, record):
        if record is None:
            return queryset
        linked = queryset.model.objects.filter(**{self.field_name: record}, **self.conditions)
        return queryset.filter(pk__in=linked.values("pk"))


class RefsField(forms.CharField):
    """References of claims, separated by commas, cleaned to a list of those in use."""

    def clean(self, value):
        """Errors: ValidationError naming those under which readers see no claim."""
        if not (given := super().clean(value)):
            return set()
        refs = re.split(r"\s*,\s*", given)
        if len(refs) > MOST_REFS:
            raise forms.ValidationError(f"At most {MOST_REFS} references can be asked for at once.")
        seen = set(public("claim").filter(ref__in=refs).values_list("ref", flat=True))
        for ref in (ref for ref in refs if ref not in seen):
            if (claim := find("claim", ref)) is None:
                raise forms.ValidationError("There is no claim with the reference %(ref)s.", params={"ref": ref})
            seen.add(claim.ref)
        return seen


class RefsFilter(filters.CharFilter):
    """Claims with one of the given references."""

    field_class = RefsField

    def filter(self, queryset, refs):
        return queryset.filter(ref__in=refs) if refs else queryset


class DayField(forms.DateField):
    """A day written YYYY-MM-DD, cleaned to a date."""

    def to_python(self, value):
        """Errors: ValidationError where it is written in another way."""
        if value and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class DayFilter(filters.DateFilter):
    """Rows for a day, written YYYY-MM-DD and in no other way."""

    field_class = DayField

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class YesNoField(forms.CharField):
    """`true` or `false`, cleaned to a bool."""

    def clean(self, value):
        """Errors: ValidationError where it is neither."""
        if not (given := super().clean(value)):
            return None
        if given not in ("true", "false"):
            raise forms.ValidationError("Give true or false.")
        return given == "true"


class YesNoFilter(filters.BooleanFilter):
    """`true` or `false`, and nothing else."""

    field_class = YesNoField
