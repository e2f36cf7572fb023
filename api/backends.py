"""Filtering and ordering that refuse what they do not know."""

from difflib import get_close_matches

from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.extensions import OpenApiFilterExtension
from drf_spectacular.plumbing import build_parameter_type
from rest_framework.exceptions import ValidationError

from api.choosing import PARAMETERS as CHOOSING
from api.formats import PARAMETER
from api.ordering import ORDERING, ordered, ordering_parameter

UNKNOWN = "Unknown parameter."
REPEATED = "Given more than once."
EMPTY = "Empty: give a value, or leave the parameter out."
MOST_NAMED = 20  # unknown parameters, in one refusal


def refuse_unknown(parameters, allowed):
    """Errors: ValidationError naming each of `parameters` (a QueryDict) that is unknown, repeated or empty."""
    errors = {}
    unknown = 0
    for name, values in sorted(parameters.lists()):
        if name not in allowed:
            unknown += 1
            if unknown <= MOST_NAMED:
                errors[name] = [UNKNOWN, *_meant(name, allowed)]
        elif len(values) > 1:
            errors[name] = [REPEATED]
        elif not values[0].strip():
            errors[name] = [EMPTY]
    if errors:
        raise ValidationError(errors)


def _meant(name, allowed):
    """What an unknown parameter may have been meant as, and what is possible."""
    if near := get_close_matches(name[:50], allowed, n=1, cutoff=0.7):
        yield f"Did you mean {near[0]}?"
    if allowed:
        yield f"Possible: {', '.join(sorted(allowed))}."


class StrictFilterBackend(DjangoFilterBackend):
    """Filter and order lists by the view's `filterset_class`, ask single records by its `detail_filterset_class`.

    Errors: ValidationError naming each parameter that neither the filters nor the paginator read, or cannot be read.
    """

    def get_filterset_class(self, view, queryset=None):
        return view.filterset_class if view.action == "list" else view.detail_filterset_class

    def filter_queryset(self, request, queryset, view):
        refuse_unknown(request.query_params, self.allowed(view))
        asked = self.get_filterset(request, queryset, view)
        if not asked.is_valid():
            raise ValidationError(asked.errors)
        order = request.query_params.get(ORDERING)
        return ordered(asked.qs, view, order) if self.orders(view) else asked.qs

    def orders(self, view):
        """Whether an order can be asked for."""
        return view.action == "list" and bool(view.filterset_class.orderings)

    def allowed(self, view):
        """Return the parameters that are read."""
        paging = view.paginator.query_parameters if view.action == "list" else ()
        order = [ORDERING] if self.orders(view) else []
        choosing = CHOOSING if view.choosing else ()
        return {PARAMETER, *choosing, *paging, *order, *self.get_filterset_class(view).base_filters}

    def get_schema_operation_parameters(self, view):
        described = [described_filter(*one) for one in self.get_filterset_class(view).base_filters.items()]
        return [*described, ordering_parameter(view)] if self.orders(view) else described


class StrictFilters(OpenApiFilterExtension):
    """In the place of what drf-spectacular would say of the filters: it reads the fields of models, not ours."""

    target_class, priority = "api.backends.StrictFilterBackend", 1

    def get_schema_operation_parameters(self, auto_schema, *args, **kwargs):
        return self.target.get_schema_operation_parameters(auto_schema.view)


def described_filter(name, one):
    """Return the parameter `name`, read by the Filter `one`, as OpenAPI describes it."""
    listed = {"style": "form", "explode": False} if one.schema["type"] == "array" else {}
    return build_parameter_type(
        name=name, location="query", schema=one.schema, description=one.help_text, required=one.required, **listed
    )
