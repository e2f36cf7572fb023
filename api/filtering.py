"""Filters, declared as fields: each field is asked by the look-ups of its kind, and none of them doubles a row."""

from collections import defaultdict
from collections.abc import Callable
from copy import copy
from typing import Any, ClassVar, NamedTuple

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Lookup, Q
from django.utils.functional import cached_property
from django_filters.rest_framework import FilterSet

from api.values import ListValue, Value, YesNoValue

YES_NO = YesNoValue()


class Link(NamedTuple):
    """Records through which a row is asked about. What is asked of them is asked of the same one.

    `rows`: gives those that readers see. `owner`: the way from them to the field `of` the rows of the resource.
    """

    rows: Callable[[], Any]
    owner: str
    of: str = "pk"

    def having(self, *conditions):
        """Return the condition for rows that have one which meets all `conditions`."""
        found = self.rows().filter(*conditions, **{f"{self.owner}__isnull": False}).order_by()
        return Q(**{f"{self.of}__in": found.values(self.owner)})


class Given:
    """What is given, read by its filters: `cleaned_data`, and `errors` by parameter.

    In the place of a form, for which Django makes a class, fields and labels anew on every request.
    """

    def __init__(self, filters, data):
        self.cleaned_data, self.errors = {}, {}
        for name, one in filters.items():
            try:
                self.cleaned_data[name] = one.read(data[name])
            except ValidationError as error:
                self.errors[name] = error.messages

    def is_valid(self):
        return not self.errors


class Filter(django_filters.Filter):
    """One parameter. `read`: from its text to a value; `condition`: from the value to what must hold of a row.

    `link`: the records of which it must hold instead.
    """

    def __deepcopy__(self, memo):
        """A set of filters takes copies for itself; what they are made of never changes."""
        return copy(self)

    def __init__(self, help_text, read: Value, condition: Callable[[Any], Any], link: Link | None = None):
        super().__init__()
        self.help_text, self.condition, self.link = help_text, condition, link
        self.read, self.schema = read, read.schema
        self.required = False


class Field:
    """What can be asked of the field at `path`, of the rows or of the records of a `link`.

    `none`: whether it may be not stated, which can be asked for then. `kind`: what docs/api.md calls its look-ups.
    """

    kind = ""
    required = False

    def __init__(self, help_text, path="", *, link=None, none=False):
        self.help_text, self.path, self.link, self.none = help_text, path, link, none

    def __set_name__(self, owner, name):
        self.name, self.path = name, self.path or name

    def filters(self):
        """Return suffix → Filter."""
        made = {
            suffix: Filter(" ".join(filter(None, (self.help_text, more))), read, condition, self.link)
            for suffix, (read, condition, more) in self.look_ups().items()
        }
        for one in made.values():
            one.required = self.required
        if self.none:
            more = f"{self.help_text} `true`: those without; `false`: those with it."
            made["__isnull"] = Filter(more, YES_NO, lambda wanted: ~self.is_there() if wanted else self.is_there())
        return made

    def look_ups(self):
        """Return suffix → (reader, condition, what the help says more)."""
        raise NotImplementedError

    def is_there(self):
        """Return the condition for rows of which it is stated."""
        return self.link.having(self.stated()) if self.link else self.stated()

    def stated(self):
        return Q(**{f"{self.path}__isnull": False}) & ~Q(**{self.path: ""})

    def equal(self, value):
        return Q(**{self.path: value})

    def among(self, values):
        return Q(**{f"{self.path}__in": values})

    def exact(self, read):
        """The look-ups for one value and for one of several."""
        return {
            "": (read, self.equal, ""),
            "__in": (ListValue(read), self.among, "One of several, with commas between them."),
        }


class Filters(FilterSet):
    """What can be asked of a resource, declared as Fields. Only what is given is read.

    `fields`: name → Field; `base_filters`: parameter → Filter. `orderings`: what a list can be ordered by, each a name
    and the fields that it stands for, or the expression.
    """

    fields: ClassVar[dict[str, Field]] = {}
    base_filters: dict[str, Filter]
    orderings: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls):
        own = {name: field for name, field in vars(cls).items() if isinstance(field, Field)}
        cls.fields = cls.fields | own

    @classmethod
    def get_filters(cls):
        """Return parameter → Filter: a field has one for each of its look-ups."""
        return {name + suffix: one for name, field in cls.fields.items() for suffix, one in field.filters().items()}

    def __init__(self, data, queryset=None, **options):
        self.base_filters = {name: self.base_filters[name] for name in data if name in self.base_filters}
        super().__init__(data, queryset, **options)

    @cached_property
    def form(self):
        return Given(self.filters, self.data)

    @classmethod
    def on(cls, queryset, asked):
        """Return `queryset` with what the conditions, and what is shown, need."""
        return queryset

    def filter_queryset(self, queryset):
        """Return those rows of `queryset` that meet all that is asked; of one linked record, at once."""
        asked = self.form.cleaned_data
        together: defaultdict[Link | None, list[Q | Lookup]] = defaultdict(list)
        for name, value in asked.items():
            one = self.filters[name]
            together[one.link].append(one.condition(value))
        conditions = together.pop(None, [])
        conditions += [link.having(*own) for link, own in together.items() if link]
        return self.on(queryset, asked).filter(*conditions)
