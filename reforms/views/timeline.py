"""Everything dated on one axis, with the list beside it."""

import datetime
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.views.generic import ListView

from reforms.charts.axis import Bundle, axis
from reforms.charts.spans import drawn
from reforms.charts.years import bars, densest
from reforms.dated import ASPECTS, HAS_NO_DATE, KINDS, STRANDS, Dated
from reforms.views.evidence import rest
from reforms.views.facets import Narrowing, Option, refuse_unknown
from reforms.views.refusals import BadQuestion, RefusesBadQuestions
from sources.dates import bounds, in_words

YEARS = 5  # shown where no other are asked for
WIDTH = 912
MARKS = 600  # drawn at most
LONGEST_DATE = 60  # as the ledger can hold them
UNDATED = 40  # named at most
OPTIONS = 20  # of each facet: those with most entries


@dataclass(frozen=True)
class Window:
    """From which day to which the axis goes, None where it is open; `date` (EDTF): only what has just this date."""

    first: datetime.date | None
    last: datetime.date | None
    date: str = ""

    @property
    def when(self):
        """What is in it, as a Q: all that may have happened in these days."""
        if self.date:
            return Q(date=self.date)
        found = ~HAS_NO_DATE
        if self.first:
            found &= Q(date_latest=None) | Q(date_latest__gte=self.first)
        if self.last:
            found &= Q(date_earliest=None) | Q(date_earliest__lte=self.last)
        return found

    def around(self, years):
        """Return first and last day to draw: where it is open, those of `years`."""
        first = self.first or datetime.date(min(years, default=2000), 1, 1)
        last = self.last or datetime.date(max(years, default=2000), 12, 31)
        return min(first, last), max(first, last)


def window_asked(query, years):
    """Return the Window of an address: the years with most entries where it names none.

    Errors: BadQuestion where a day cannot be understood, or the first comes after the last.
    """
    if date := query.get("date", ""):
        try:
            if len(date) > LONGEST_DATE:
                raise ValidationError("too long")
            return Window(*bounds(date), date=date)
        except ValidationError as error:
            raise BadQuestion(_("“%(value)s” is not a date.") % {"value": date}) from error
    if not query.get("from") and not query.get("to") and years:
        first, last = densest(years, YEARS)
        return Window(datetime.date(first, 1, 1), datetime.date(last, 12, 31))
    first, last = _day(query.get("from", ""), 0), _day(query.get("to", ""), 1)
    if first and last and first > last:
        raise BadQuestion(_("The timeline cannot end before it begins."))
    return Window(first, last)


def _day(value, end):
    """The first (0) or last (1) day of a year, month or day; None where none is named."""
    if not value:
        return None
    try:
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
            raise ValueError
        return bounds(value)[end]
    except (ValueError, ValidationError) as error:
        message = _("“%(value)s” is no year, month or day. Write 2021, 2021-06 or 2021-06-30.")
        raise BadQuestion(message % {"value": value}) from error


class DatedNarrowing(Narrowing):
    """What a request asks of everything dated; for the same templates as any Narrowing. `window`, `years`."""

    def __init__(self, request):
        self.query, self.sorts, self.sort = request.GET, [], ""
        refuse_unknown(self.query, "q", "from", "to", "date", *(aspect.name for aspect in ASPECTS))
        self.asked = {aspect.name: self.values(aspect) for aspect in ASPECTS}
        self.words = self.query.get("q", "").replace("\x00", "").strip()
        self.dated = Dated(self.asked, self.words)
        self.years = self.dated.by_year()
        self.window = window_asked(self.query, self.years)
        found = self.dated.counted(self.window.when, OPTIONS)
        self.facets = [(aspect.title, self.options_of(aspect, found[aspect.name])) for aspect in ASPECTS]

    def values(self, aspect):
        """As every Narrowing; errors: BadQuestion also for a kind that there is not."""
        values = super().values(aspect)
        for value in values:
            if aspect.name == "kind" and value not in KINDS:
                self.refuse(aspect.name, value)
        return values

    def options_of(self, aspect, rows):
        """Return the Options of one facet, those asked for first. Errors: BadQuestion for a value that there is not."""
        name = aspect.name
        if name == "kind":
            counts = {value: number for value, _label, number in rows}
            rows = [(kind, label, counts.get(kind, 0)) for kind, label in KINDS.items()]
        asked, known = self.asked[name], {value for value, _label, _number in rows}
        if missing := [value for value in asked if value not in known]:
            rows = [*self.rarer(aspect, missing), *rows]
        return [
            Option(value, label, number, value in asked, self.toggled(name, value))
            for value, label, number in sorted(rows, key=lambda row: row[0] not in asked)
            if number or value in asked
        ]

    def rarer(self, aspect, values):
        """Return rows (value, label, how many) for `values`, none of which is among the most frequent.

        Errors: BadQuestion where nothing public has the value at all.
        """
        found = self.dated.of(aspect.name, values, self.window.when)
        if gone := [value for value in values if value not in found]:
            anywhere = Dated().of(aspect.name, gone, Q())
            if lost := [value for value in gone if value not in anywhere]:
                self.refuse(aspect.name, lost[0])
            found |= {value: (label, 0) for value, (label, _number) in anywhere.items()}
        return [(value, *found[value]) for value in values]

    @property
    def chips(self):
        words = {"from": _("From"), "to": _("To"), "date": _("Date")}
        days = [(words[name], in_words(self.query[name]), self.without(name)) for name in words if self.query.get(name)]
        return [*days, *super().chips]

    @property
    def clear(self):
        return self.without("q", "from", "to", "date", *self.asked)

    @property
    def kept_beside_days(self):
        """(name, value) of all in the address but the days."""
        own = ("from", "to", "date", "page")
        return [(name, value) for name in self.query if name not in own for value in self.query.getlist(name)]

    @property
    def from_asked(self):
        return self.query.get("from", "")

    @property
    def to_asked(self):
        return self.query.get("to", "")

    @property
    def all_years(self):
        return self.at(from_=f"{min(self.years):04}")

    def at(self, **days):
        """Return the query with the days `days` (from, to, date, or kind) in place of those that it has."""
        query = self.query.copy()
        for name in ("from", "to", "date", "page"):
            query.pop(name, None)
        for name, value in days.items():
            query[name.rstrip("_")] = value
        return f"?{query.urlencode()}"


class Timeline(RefusesBadQuestions, ListView):
    """Everything dated. Context: `entries` (records, each with `entry`, claim at hand), `page_obj`, `narrowing`,
    `axis` (Axis, None where nothing is in the window), `too_many` marks to draw, `first`, `last` (in words) and
    `years` ((Bar, address)); `undated` (records) and `undated_kinds` ((kind in words, how many)), `undated_total`.
    """

    template_name = "timeline/timeline.html"
    paginate_by = 50

    def get_queryset(self):
        self.narrowing = DatedNarrowing(self.request)
        return self.narrowing.dated.entries(self.narrowing.window.when)

    def get_context_data(self, **context):
        context = super().get_context_data(narrowing=self.narrowing, **context)
        dated, window = self.narrowing.dated, self.narrowing.window
        undated = list(dated.entries(HAS_NO_DATE)[:UNDATED])
        records = in_full([*context["page_obj"], *undated])
        cut = len(context["page_obj"])
        kinds = dated.by_kind(HAS_NO_DATE)
        return (
            context
            | self.drawing(window)
            | {
                "entries": records[:cut],
                "undated": records[cut:],
                "undated_kinds": [(label, kinds[kind]) for kind, label in KINDS.items() if kind in kinds],
                "undated_total": sum(kinds.values()),
            }
        )

    def drawing(self, window):
        """Return what the charts need: see the context."""
        narrowing = self.narrowing
        if not narrowing.years:
            return {"axis": None, "too_many": False, "first": "", "last": "", "years": []}
        first, last = window.around(narrowing.years)
        begin, end = whole_months(first, last)
        rows = narrowing.dated.bundles(window.when, MARKS + 1)
        bundles = [bundle for row in rows[:MARKS] if (bundle := self.bundle(*row))]
        found = bars(narrowing.years, first.year, last.year)
        return {
            "axis": axis(bundles, KINDS, begin, end, WIDTH) if bundles else None,
            "too_many": len(rows) > MARKS,
            "first": in_words(first.isoformat()),
            "last": in_words(last.isoformat()),
            "years": [(bar, narrowing.at(from_=f"{bar.first:04}", to=f"{bar.last:04}")) for bar in found],
        }

    def bundle(self, kind, date, number):
        """Return the Bundle of `number` entries at `date`, None where nothing of the date can be drawn."""
        when = drawn(date)
        words = f"{str(KINDS[kind]).capitalize()}, {in_words(date)}: {number}"
        return when and Bundle(kind, when, number, words, self.narrowing.at(kind=kind, date=date))


def whole_months(first, last):
    """Return the first and the last day of the months of `first` and `last`: an axis of a day shows nothing."""
    return first.replace(day=1), bounds(f"{last.year:04}-{last.month:02}")[1]


@dataclass(frozen=True)
class Entry:
    """How a record stands in the list: what it is, how it is called and where it leads."""

    kind: str
    title: str
    address: str


def in_full(rows):
    """Return the records of `rows` (strand, key, day, kind), each with its claim at hand and its `entry`."""
    found = {}
    for name, strand in STRANDS.items():
        keys = [key for own, key, _day, _kind in rows if own == name]
        records = strand.model.objects.select_related(*strand.related).annotate(**strand.more).in_bulk(keys)
        found |= {(name, key): record for key, record in records.items()}
    records = [found[name, key] for name, key, _day, _kind in rows]
    rest(records)
    for record, (name, _key, _day, kind) in zip(records, rows, strict=True):
        record.entry = ENTRIES[name](record, KINDS[kind])
    return records


def event_entry(event, kind):
    return Entry(f"{kind}: {event.get_kind_display()}", event.title, event.get_absolute_url())


def milestone_entry(milestone, kind):
    kind = f"{kind}: {milestone.law.name}" if milestone.law_shown else kind
    return Entry(kind, milestone.reform.title, f"{milestone.reform.get_absolute_url()}#{milestone.ref}")


def law_entry(date, kind):
    return Entry(f"{kind}: {date.get_kind_display()}", date.law.name, date.law.get_absolute_url())


def value_entry(change, kind):
    values = f"{change.before or _('not stated')} → {change.after or _('not stated')}"
    title = " ".join(filter(None, (f"{change.parameter.name}:", values, change.unit)))
    return Entry(kind, title, change.parameter.get_absolute_url())


ENTRIES = {"event": event_entry, "milestone": milestone_entry, "law": law_entry, "value": value_entry}
