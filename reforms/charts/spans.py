"""What of a date can be drawn: a day is a point, everything else a bar as wide as what the date leaves open."""

import datetime
from dataclasses import dataclass

from sources.dates import bounds

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """First and last day that are meant, None where that side is open."""

    start: datetime.date | None
    end: datetime.date | None

    @property
    def point(self):
        """Whether it is one day."""
        return self.start is not None and self.start == self.end


@dataclass(frozen=True)
class Drawn:
    """A date to draw: its spans (several where it is one of a set), and whether it is about or unsure."""

    spans: tuple[Span, ...]
    about: bool = False

    @property
    def start(self):
        """The first day that it allows, None where that is open."""
        starts = [span.start for span in self.spans if span.start]
        return min(starts) if len(starts) == len(self.spans) else None

    @property
    def end(self):
        """The last day that it allows, None where that is open."""
        ends = [span.end for span in self.spans if span.end]
        return max(ends) if len(ends) == len(self.spans) else None

    @property
    def point(self):
        return len(self.spans) == 1 and self.spans[0].point


def drawn(value):
    """Return what to draw of an EDTF string, None where there is nothing: no date, or one open at both sides.

    Errors: ValidationError naming the string, where it is no EDTF date.
    """
    if not value:
        return None
    inner = value[1:-1] if value[0] in "[{" else value
    parts = inner.split(",") if inner != value else [value]
    spans = tuple(_span(part.strip()) for part in parts)
    if any(span == Span(None, None) for span in spans):
        return None
    return Drawn(spans, about=any(mark in value for mark in "~?%"))


def _span(part):
    """One member of a set, or a whole date: `a..b`, `a..` and `..b` stand only within sets."""
    if ".." in part and "/" not in part:
        start, end = part.split("..")
        return Span(bounds(start)[0], bounds(end)[1])
    return Span(*bounds(part))
