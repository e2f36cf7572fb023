"""Scales: from days and values to places, the marks along an axis, and rows for what would overlap."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format

from reforms.charts.spans import ONE_DAY

MONTH_STEPS = (1, 3, 6)
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
MONTH_LABEL, YEAR_LABEL = 62, 40  # how wide a label is, with room around it


@dataclass(frozen=True)
class TimeScale:
    """Days from `first` to `last` laid out between `left` and `right`."""

    first: datetime.date
    last: datetime.date
    left: float
    right: float

    def at(self, day):
        """Where `day` begins; the nearer end of the axis where it lies outside."""
        days = (self.last - self.first).days + 1
        place = self.left + (day - self.first).days * (self.right - self.left) / days
        return round(min(max(place, self.left), self.right), 1)

    def middle(self, day):
        """Where the middle of `day` is."""
        return round((self.at(day) + self.at_end(day)) / 2, 1)

    def at_end(self, day):
        """Where `day` ends."""
        return self.right if day >= self.last else self.at(day + ONE_DAY)

    def holds(self, day):
        return self.first <= day <= self.last

    def ticks(self):
        """Return (place, label) of the months or years to name, as many as fit."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        width = self.right - self.left
        for step in MONTH_STEPS:
            if months <= 30 and months / step * MONTH_LABEL <= width:
                return self._named(self._months(step), lambda day: date_format(day, "M Y"))
        for step in YEAR_STEPS:
            if months / 12 / step * YEAR_LABEL <= width:
                break
        return self._named(self._years(step), lambda day: str(day.year))

    def _named(self, days, label):
        return [(self.at(day), label(day)) for day in days if self.holds(day)]

    def _months(self, step):
        for year in range(self.first.year, self.last.year + 1):
            yield from (datetime.date(year, month, 1) for month in range(1, 13, step))

    def _years(self, step):
        start = self.first.year - self.first.year % step
        return [datetime.date(year, 1, 1) for year in range(max(start, 1), self.last.year + 1, step)]


@dataclass(frozen=True)
class ValueScale:
    """Values from 0 to `most` laid out between `bottom` and `top` (which is the smaller number)."""

    most: float
    top: float
    bottom: float

    def at(self, value):
        return round(self.bottom - value * (self.bottom - self.top) / (self.most or 1), 1)


def apart(places, room):
    """Return those of `places` (place, anything) that stand at least `room` from each one kept before them."""
    kept = []
    for place, label in places:
        if all(abs(place - other) >= room for other, _label in kept):
            kept.append((place, label))
    return kept


def rows(extents, gap):
    """Return the row (0, 1 …) for each of `extents` (left, right): the first in which it stands free by `gap`.

    Shape: as `extents`, which come in the order in which they take their places.
    """
    taken, found = [], []
    for left, right in extents:
        row = next((n for n, own in enumerate(taken) if all(right + gap <= a or b + gap <= left for a, b in own)), None)
        if row is None:
            row = len(taken)
            taken.append([])
        taken[row].append((left, right))
        found.append(row)
    return found
