"""The timeline: a lane for each kind of entry, and in it what stands at the same date together as one mark.

A day is a point. Anything wider is a bar as wide as it is, pointed where it goes on beyond the axis or has no end.
One of several days is a point for each, joined.
"""

from dataclasses import dataclass

from reforms.charts.scales import TimeScale, rows
from reforms.charts.shapes import outline
from reforms.charts.spans import Drawn

LEFT, RIGHT, HEADER, ROW, HALF = 14, 14, 22, 22, 6.5
SMALL, LARGE, DIGIT = 5, 9, 7  # a point of one entry, of several, and the width of a digit
AXIS = 24
ROWS = 15  # of one lane at most: beyond them marks lie over others


@dataclass(frozen=True)
class Bundle:
    """Entries of one kind at one date. `words`: read out; `address`: where to read them."""

    kind: str
    when: Drawn
    number: int
    words: str = ""
    address: str = ""


@dataclass(frozen=True)
class Placed:
    """A Bundle on paper: paths of its bars and points, the line that joins them, and where its number stands."""

    bundle: Bundle
    bars: list
    points: list
    join: tuple | None
    number: tuple | None
    inside: bool


@dataclass(frozen=True)
class Lane:
    """One kind of entry: its label, where it begins, and its marks."""

    label: str
    y: float
    text: float
    marks: list


@dataclass(frozen=True)
class Axis:
    """All of it. `ticks`: (x, label)."""

    width: int
    height: float
    ticks: list
    lanes: list

    @property
    def right(self):
        return self.width - RIGHT

    @property
    def left(self):
        return LEFT


def axis(bundles, kinds, first, last, width):
    """Return the Axis of `bundles` from the day `first` to `last`. `kinds`: {kind: label}, in the order of lanes."""
    scale = TimeScale(first, last, LEFT, width - RIGHT)
    lanes, y = [], float(AXIS)
    for kind, label in kinds.items():
        own = [bundle for bundle in bundles if bundle.kind == kind and _seen(bundle.when, scale)]
        if own:
            own.sort(key=lambda bundle: (_extent(bundle, scale), bundle.words))
            places = [row % ROWS for row in rows([_extent(bundle, scale) for bundle in own], 2)]
            middles = [y + HEADER + ROW * (row + 0.5) for row in places]
            marks = [_placed(bundle, scale, middle) for bundle, middle in zip(own, middles, strict=True)]
            lanes.append(Lane(label, y, y + 16, marks))
            y += HEADER + ROW * (max(places) + 1) + 8
    return Axis(width, y, scale.ticks(), lanes)


def _seen(when, scale):
    return (when.start is None or when.start <= scale.last) and (when.end is None or when.end >= scale.first)


def _spans(when, scale):
    """Those spans of `when` that reach into the axis: (left, right, whether each end is open)."""
    for span in when.spans:
        begun = span.start is None or span.start < scale.first
        goes_on = span.end is None or span.end > scale.last
        if (begun or span.start <= scale.last) and (goes_on or span.end >= scale.first):
            left = scale.left if begun else scale.at(span.start)
            yield span, left, scale.right if goes_on else scale.at_end(span.end), begun, goes_on


def _extent(bundle, scale):
    """From where to where the mark of `bundle` reaches, its number included."""
    lefts, rights = [], []
    size = _size(bundle)
    for span, left, right, _begun, _goes_on in _spans(bundle.when, scale):
        if span.point:
            left, right = scale.middle(span.start) - size, scale.middle(span.start) + size
        lefts.append(left)
        rights.append(max(right, left + 3))
    left, right = min(lefts), max(rights)
    outside = bundle.number > 1 and not _inside(bundle, left, right)
    return left, right + (DIGIT * len(str(bundle.number)) + 5 if outside else 0)


def _size(bundle):
    return LARGE if bundle.number > 1 else SMALL


def _inside(bundle, left, right):
    """Whether the number fits into the mark."""
    return bundle.when.point or (len(bundle.when.spans) == 1 and right - left >= DIGIT * len(str(bundle.number)) + 10)


def _placed(bundle, scale, y):
    """Draw `bundle` with its middle at height `y`."""
    bars, points, ends = [], [], []
    for span, left, right, begun, goes_on in _spans(bundle.when, scale):
        if span.point:
            middle = scale.middle(span.start)
            points.append(outline("circle", middle, y, _size(bundle) if bundle.when.point else SMALL))
            ends.append((middle, middle))
        else:
            bars.append(_bar(left, max(right, left + 3), y, begun, goes_on))
            ends.append((left, max(right, left + 3)))
    left, right = min(ends)[0], max(end for _left, end in ends)
    join = (left, y, right, y) if len(ends) > 1 else None
    inside = _inside(bundle, left, right)
    number = None
    if bundle.number > 1:
        number = (round((left + right) / 2, 1) if inside else right + (8 if points else 4), y + 4)
    return Placed(bundle, bars, points, join, number, inside)


def _bar(left, right, y, begun, goes_on):
    """The path of a bar, pointed at the ends that are open."""
    point = min(5, (right - left) / 2)
    start = f"M{left + point:g} {y - HALF:g}L{left:g} {y:g}L{left + point:g} {y + HALF:g}"
    if not begun:
        start = f"M{left:g} {y - HALF:g}V{y + HALF:g}"
    end = f"H{right - point:g}L{right:g} {y:g}L{right - point:g} {y - HALF:g}z"
    return start + (end if goes_on else f"H{right:g}V{y - HALF:g}z")
