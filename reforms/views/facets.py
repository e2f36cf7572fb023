"""Narrowing a list: by facets, each value with how many entries it would leave, by words, and in an order.

All of it stands in the address: a facet may be named several times (any of its values), facets narrow each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Q, Value, When
from django.utils.translation import gettext as _

from reforms.views.refusals import BadQuestion

EVERYWHERE = ("page", "as_of")  # parameters that any list may be asked with: links between pages keep the day
AT_MOST = 40  # values of one facet that are offered: those asked for, then those with most entries


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list.

    `pairs`: a queryset with a row for each value that an entry of the list has; `entry`, `value` and `label` are
    fields of it. `words`: what each value is called, and their order, where no field says it. `where`: what holds of
    the rows that `value` leads to, where it leads to many: asked for together with it, so of the same ones.
    """

    name: str
    title: str
    pairs: Any
    value: str
    entry: str = "pk"
    label: str = ""
    words: Mapping = field(default_factory=dict)
    where: Mapping = field(default_factory=dict)

    def having(self, values):
        """Return the keys of the entries that have one of `values`, as a queryset."""
        return self.pairs.filter(**self.where, **{f"{self.value}__in": values}).order_by().values(self.entry)

    def counted(self, entries, within, first):
        """Rows of (value, label, count) over the values of `entries`; counted are those also in `within`.

        The values in `first` come before those that have more entries.
        """
        counted = Count(self.entry, distinct=True, filter=Q(**{f"{self.entry}__in": within.order_by().values("pk")}))
        own = self.pairs.filter(**self.where, **{f"{self.entry}__in": entries.order_by().values("pk")}).order_by()
        label = self.label or self.value
        rows = own.values_list(self.value, label).annotate(entries_left=counted)
        asked = Case(When(**{f"{self.value}__in": first}, then=Value(0)), default=Value(1))
        return rows.order_by(asked, "-entries_left", label, self.value)


@dataclass(frozen=True)
class Option:
    """One value of a facet: `count` entries are left with it, `address` puts it into the query or takes it out."""

    value: str
    label: str
    count: int
    chosen: bool
    address: str


class Asked:
    """What the address of a narrowed list asks: `query`, `asked` (name of a facet → values) and `facets` (title,
    options), and the addresses that ask for more or less. The templates of facets and chips draw it.
    """

    query: Any
    asked: dict
    facets: Any

    def refuse(self, name, value):
        words = {"facet": name, "value": value}
        raise BadQuestion(_("There is no %(facet)s called “%(value)s” here.") % words)

    def toggled(self, name, value):
        """Return the query with `value` of `name` put in, or taken out where it stands there, on the first page."""
        query = self.query.copy()
        query.pop("page", None)
        others = [other for other in self.asked[name] if other != value]
        query.setlist(name, others if value in self.asked[name] else [*others, value])
        return f"?{query.urlencode()}"

    def without(self, *names):
        """Return the query without `names`, on the first page."""
        query = self.query.copy()
        for name in (*names, "page"):
            query.pop(name, None)
        return f"?{query.urlencode()}"

    @property
    def chips(self):
        """(title, label, address without it) of what is chosen."""
        chosen = [(title, option) for title, options in self.facets for option in options if option.chosen]
        return [(title, option.label, option.address) for title, option in chosen]

    @property
    def kept(self):
        """(name, value) of all in the address but words, order and page."""
        own = ("q", "sort", "page")
        return [(name, value) for name in self.query if name not in own for value in self.query.getlist(name)]

    @property
    def clear(self):
        """The query that narrows by nothing."""
        return self.without(*self.asked)


class Narrowing(Asked):
    """What a request asks of a list.

    `entries`: those left. `facets`: (title, options), those of each facet counted under the other facets.
    `chips`: (title, label, address without it), what is chosen. `words`, `sort`: as asked; `sorts`: (name, label).
    `kept`: (name, value) of all else in the address.
    Errors: BadQuestion for a parameter, a value or an order that there is not.
    """

    def __init__(self, request, entries, facets, *, search=(), sorts=None):
        self.query, self.all = request.GET, entries
        own = [name for name, there in (("q", search), ("sort", sorts)) if there]
        refuse_unknown(self.query, *own, *(facet.name for facet in facets))
        self.asked = {facet.name: self.values(facet) for facet in facets}
        self.words = self.query.get("q", "").replace("\x00", "").strip() if search else ""
        self.searched = entries.filter(_each_word_in(search, self.words)) if self.words else entries
        self.facets = [(facet.title, self.options(facet, facets)) for facet in facets]
        self.sorts = [(name, label) for name, (label, _order) in (sorts or {}).items()]
        self.sort = self.query.get("sort", "") or (self.sorts[0][0] if sorts else "")
        if sorts and self.sort not in sorts:
            raise BadQuestion(_("This list has no order called “%(name)s”.") % {"name": self.sort})
        self.entries = self.within(facets)
        if sorts:
            self.entries = self.entries.order_by(*sorts[self.sort][1])

    def values(self, facet):
        """Return the values of `facet` that the address names. Errors: BadQuestion for one that no field can hold."""
        values = list(dict.fromkeys(value for value in self.query.getlist(facet.name) if value))
        for value in values:
            if "\x00" in value:
                self.refuse(facet.name, value)
        return values

    def within(self, facets):
        """Return the entries that answer to the words and to all of `facets`."""
        found = self.searched
        for facet in facets:
            if asked := self.asked[facet.name]:
                found = found.filter(pk__in=facet.having(asked))
        return found

    def options(self, facet, facets):
        """Return the Options of `facet`, those asked for first of all."""
        others = self.within([other for other in facets if other != facet])
        asked = self.asked[facet.name]
        rows = facet.counted(self.all, others, first=asked)
        found = {value: (label, count) for value, label, count in rows[: max(AT_MOST, len(asked))]}
        for value in asked:
            if value not in found and value not in facet.words:
                self.refuse(facet.name, value)
        if facet.words:
            found = {value: (label, found.get(value, ("", 0))[1]) for value, label in facet.words.items()}
        return [
            Option(value, label, count, value in asked, self.toggled(facet.name, value))
            for value, (label, count) in found.items()
            if count or value in asked
        ]

    @property
    def chips(self):
        chips = super().chips
        return [*chips, (_("Words"), self.words, self.without("q"))] if self.words else chips

    @property
    def clear(self):
        return self.without("q", *self.asked)


def refuse_unknown(query, *known):
    """Errors: BadQuestion for a parameter of `query` that is neither `known` nor known everywhere."""
    for name in query:
        if name not in known and name not in EVERYWHERE:
            raise BadQuestion(_("Nothing here can be asked by “%(name)s”.") % {"name": name})


def _each_word_in(fields, words):
    """Every word of `words` stands in one of `fields`, in small or capital letters."""
    found = Q()
    for word in words.split()[:20]:
        found &= Q(*(Q(**{f"{name}__icontains": word}) for name in fields), _connector=Q.OR)
    return found
