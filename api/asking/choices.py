"""Filters that take one or several of a few names, separated by commas."""

import re

import django_filters as filters
from django import forms


class SeveralField(forms.CharField):
    """Names from `known`, separated by commas, cleaned to a tuple of them."""

    def __init__(self, *args, known, **kwargs):
        self.known = tuple(known)
        super().__init__(*args, **kwargs)

    def clean(self, value):
        """Errors: ValidationError naming the first that is not known, and all that are."""
        names = tuple(dict.fromkeys(re.split(r"\s*,\s*", given))) if (given := super().clean(value)) else ()
        for name in names:
            if name not in self.known:
                raise forms.ValidationError(f"There is no “{name[:100]}”. Possible: {', '.join(self.known)}.")
        return names


class SeveralFilter(filters.CharFilter):
    """One or several of `known`."""

    field_class = SeveralField
