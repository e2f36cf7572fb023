"""Everything that has a date, as one list: events, milestones, dates of laws and changes of value.

They are four kinds of record in four tables. Each question is asked of each table, and the answers are put together
in the database, so that a page asks once however much there is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from django.utils.translation import gettext_lazy as _

from reforms.models import Claim, Event, Law, LawDate, Milestone, ParameterChange
from reforms.stages import Stage

KINDS = {"event": _("event"), **dict(Stage.choices), "law": _("date of a law"), "value": _("change of value")}
KINDS |= {"intended": _("change of value, only proposed or planned")}
HAS_NO_DATE = Q(date_earliest=None, date_latest=None)


@dataclass(frozen=True)
class Strand:
    """One kind of record. `kind`: an expression for its key in KINDS; `reform`: the way to the reforms it is about;
    `title`: the field that names it; `related`, `more`: what is needed to name and link it.
    """

    model: Any
    kind: Any
    reform: str
    title: str
    related: tuple
    more: Mapping = field(default_factory=dict)


_INTENDED = When(claim__kind__in=Claim.INTENTIONS, then=Value("intended"))
_VALUE = Case(_INTENDED, default=Value("value"))
_LAW_SHOWN = {"law_shown": Exists(Law.objects.public().filter(pk=OuterRef("law")))}
STRANDS = {
    "event": Strand(Event, Value("event"), "claim__reform_links__reform", "title", ()),
    "milestone": Strand(Milestone, F("stage"), "reform", "reform__title", ("reform", "law"), _LAW_SHOWN),
    "law": Strand(LawDate, Value("law"), "claim__reform_links__reform", "law__name", ("law",)),
    "value": Strand(ParameterChange, _VALUE, "parameter__reform", "parameter__name", ("parameter",)),
}


@dataclass(frozen=True)
class Aspect:
    """One way to narrow what is dated. `value` and `label` are fields, `{reform}` standing for the way to reforms;
    `only`: what else must hold of what they are found by.
    """

    name: str
    title: Any
    value: str
    label: str
    only: Mapping = field(default_factory=dict)

    def paths(self, strand):
        """Return the fields of value and label, and what else must hold, for the records of `strand`."""
        only = {name.format(reform=strand.reform): value for name, value in self.only.items()}
        return self.value.format(reform=strand.reform), self.label.format(reform=strand.reform), only


_TOPIC, _PACKAGE = "{reform}__topic_links__topic", "{reform}__package_items__package"
_PUBLIC_ITEM = {"{reform}__package_items__claim__state": Claim.State.PUBLISHED}
_SOURCE = "claim__citations__paragraph__source"
ASPECTS = [
    Aspect("kind", _("Kind"), "entry_kind", "entry_kind"),
    Aspect("topic", _("Topic"), f"{_TOPIC}__slug", f"{_TOPIC}__name"),
    Aspect("package", _("Package"), f"{_PACKAGE}__slug", f"{_PACKAGE}__name", _PUBLIC_ITEM),
    Aspect("source", _("Source"), f"{_SOURCE}__slug", f"{_SOURCE}__name"),
    Aspect("reform", _("Reform"), "{reform}__slug", "{reform}__title"),
]


class Dated:
    """What is asked of everything dated. `asked`: values by name of an Aspect; `words`: all stand in the title."""

    def __init__(self, asked=None, words=""):
        self.asked, self.words = asked or {}, words.split()[:20]

    def parts(self, when, but=""):
        """Return a queryset for each strand, with `entry_kind` and `day`: public, as asked, and as `when` (Q) says.

        `but`: the name of an Aspect that does not count.
        """
        return {name: self._part(strand, when, but) for name, strand in STRANDS.items()}

    def _part(self, strand, when, but):
        kind = Coalesce(strand.kind, Value(""), output_field=CharField())
        found = strand.model.objects.public().filter(when).annotate(
            entry_kind=kind, day=Coalesce("date_earliest", "date_latest")
        )  # fmt: skip
        for word in self.words:
            found = found.filter(**{f"{strand.title}__icontains": word})
        for aspect in ASPECTS:
            values = self.asked.get(aspect.name)
            if values and aspect.name != but:
                found = _having(found, strand, aspect, values)
        return found.order_by()

    def entries(self, when):
        """Return rows of (name of strand, key), the earliest first, as one queryset."""
        parts = [
            part.annotate(strand=Value(name, output_field=CharField())).values_list("strand", "pk", "day", "entry_kind")
            for name, part in self.parts(when).items()
        ]
        return parts[0].union(*parts[1:], all=True).order_by("day", "entry_kind", "strand", "pk")

    def page(self, when, at_most, after=None, *, backward=False):
        """Return at most so many rows of (name of strand, key, day, kind) after `after`, or the last before it.

        In order. `after`: what `place` gives of a row.
        """
        parts = [
            part.annotate(strand=Value(name, output_field=CharField()), row_pk=F("pk")).values_list(*ROW)
            for name, part in self.parts(when).items()
        ]
        where, sign = "", " DESC" if backward else ""
        if after:
            where = f" WHERE (day, entry_kind, strand, row_pk) {'<' if backward else '>'} (%s, %s, %s, %s)"
        sql = (
            f"SELECT {', '.join(ROW)} FROM ({{}}) AS own{where} "  # noqa: S608
            f"ORDER BY day{sign}, entry_kind{sign}, strand{sign}, row_pk{sign} LIMIT %s"
        )
        rows = _asked(sql, parts, *(after or ()), at_most)
        return rows[::-1] if backward else rows

    @staticmethod
    def place(row):
        """Return where a row of `page` stands, in plain values."""
        strand, pk, day, kind = row
        return [str(day), kind, strand, pk]

    def bundles(self, when, at_most):
        """Return rows of (kind, date as it is stored, how many): what stands at the same date together."""
        parts = [
            part.values_list("entry_kind", "date", "day").annotate(n=Count("pk")) for part in self.parts(when).values()
        ]
        rows = parts[0].union(*parts[1:], all=True).order_by("day", "entry_kind", "date")[:at_most]
        return [(kind, date, number) for kind, date, _day, number in rows]

    def by_year(self):
        """Return {year: how many entries can have begun in it}, in order."""
        parts = [
            part.annotate(year=ExtractYear("day")).values_list("year").annotate(n=Count("pk"))
            for part in self.parts(~HAS_NO_DATE).values()
        ]
        rows = _asked("SELECT year, SUM(n) FROM ({}) AS own GROUP BY year ORDER BY year", parts)
        return {int(year): int(number) for year, number in rows}

    def by_kind(self, when):
        """Return {kind: how many}."""
        parts = [part.values_list("entry_kind").annotate(n=Count("pk")) for part in self.parts(when).values()]
        rows = _asked("SELECT entry_kind, SUM(n) FROM ({}) AS own GROUP BY entry_kind", parts)
        return {kind: int(number) for kind, number in rows}

    def counted(self, when, at_most):
        """Return {name of Aspect: [(value, label, how many)]}, each counted under the others, the most first."""
        parts = [
            _grouped(part, STRANDS[name], aspect)
            for aspect in ASPECTS
            for name, part in self.parts(when, but=aspect.name).items()
        ]
        rows = _asked(RANKED, parts, at_most)
        found = {aspect.name: [] for aspect in ASPECTS}
        for name, value, label, number in rows:
            found[name].append((value, label, int(number)))
        return found

    def of(self, name, values, when):
        """Return {value: (label, how many)} of those `values` of an Aspect that are there, as in `counted`."""
        aspect = next(aspect for aspect in ASPECTS if aspect.name == name)
        parts = [
            _grouped(_having(part, STRANDS[strand], aspect, values), STRANDS[strand], aspect)
            for strand, part in self.parts(when, but=name).items()
        ]
        rows = _asked(RANKED, parts, NO_LIMIT)
        return {value: (label, int(number)) for _name, value, label, number in rows if value in values}


ROW = ("strand", "row_pk", "day", "entry_kind")
NO_LIMIT = 1_000_000
RANKED = """
SELECT aspect, aspect_value, aspect_label, total FROM (
  SELECT aspect, aspect_value, aspect_label, SUM(n) AS total,
    ROW_NUMBER() OVER (PARTITION BY aspect ORDER BY SUM(n) DESC, aspect_label, aspect_value) AS rank_in_aspect
  FROM ({}) AS own GROUP BY aspect, aspect_value, aspect_label
) AS ranked WHERE rank_in_aspect <= %s ORDER BY aspect, rank_in_aspect
"""


def _having(part, strand, aspect, values):
    """Those of `part` that have one of `values`, each once."""
    value, _label, only = aspect.paths(strand)
    if value == "entry_kind":
        return part.filter(entry_kind__in=values)
    return part.filter(pk__in=strand.model.objects.filter(**{f"{value}__in": values}, **only).values("pk"))


def _grouped(part, strand, aspect):
    """Rows of (name of aspect, value, label, how many of `part`)."""
    value, label, only = aspect.paths(strand)
    own = part.filter(**{f"{value}__isnull": False}, **only)
    named = own.annotate(aspect=Value(aspect.name, output_field=CharField()), aspect_value=F(value))
    rows = named.annotate(aspect_label=F(label)).values_list("aspect", "aspect_value", "aspect_label")
    return rows.annotate(n=Count("pk", distinct=True))


def _asked(sql, parts, *more):
    """Ask `sql`, in which {} stands for all rows of `parts` (querysets), with `more` parameters after theirs."""
    texts, values = [], []
    for part in parts:
        try:
            text, own = part.query.sql_with_params()
        except EmptyResultSet:
            continue
        texts.append(text)
        values += own
    if not texts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql.format(" UNION ALL ".join(texts)), [*values, *more])
        return cursor.fetchall()
