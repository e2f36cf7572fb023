"""Filtering that refuses what it does not know."""

from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError

from api.choosing import PARAMETERS as CHOOSING
from api.formats import PARAMETER

UNKNOWN = "Unknown parameter."
REPEATED = "Given more than once."
EMPTY = "Empty: give a value, or leave the parameter out."


def refuse_unknown(parameters, allowed):
    """Errors: ValidationError naming each of `parameters` (a QueryDict) that is unknown, repeated or empty."""
    errors = {}
    for name, values in sorted(parameters.lists()):
        if name not in allowed:
            errors[name] = [UNKNOWN]
        elif len(values) > 1:
            errors[name] = [REPEATED]
        elif not values[0].strip():
            errors[name] = [EMPTY]
    if errors:
        raise ValidationError(errors)


class StrictFilterBackend(DjangoFilterBackend):
    """Filter lists by the view's `filterset_class`, single records by its `detail_filterset_class`.

    Errors: ValidationError naming each parameter that neither the filters nor the paginator read.
    """

    def get_filterset_class(self, view, queryset=None):
        return view.filterset_class if view.action == "list" else view.detail_filterset_class

    def filter_queryset(self, request, queryset, view):
        allowed = {PARAMETER, *(CHOOSING if view.choosing else ()), *self.get_filterset_class(view).base_filters}
        if view.action == "list":
            allowed |= view.paginator.query_parameters
        refuse_unknown(request.query_params, allowed)
        return super().filter_queryset(request, queryset, view)
