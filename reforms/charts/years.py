"""How much there is in each year: bars, and the years with most of it."""

from dataclasses import dataclass

BARS = 60  # at most; where there are more years, a bar stands for ten
TALLEST, WIDTH, SIDE = 46, 960, 10


@dataclass(frozen=True)
class Bar:
    """The years `first` to `last` with `number` entries. `shown`: whether they are on the axis below."""

    first: int
    last: int
    number: int
    shown: bool
    x: float
    y: float
    width: float
    height: float
    named: bool

    @property
    def middle(self):
        return round(self.x + self.width / 2, 1)

    @property
    def edge(self):
        """Where a chart ends whose last bar it is."""
        return round(self.x + self.width + 2 + SIDE)

    @property
    def above(self):
        """Where the number stands."""
        return round(self.y - 4, 1)


def densest(counts, length):
    """Return (first, last) of the `length` years in a row that hold most, the latest of those that hold as many.

    `counts`: {year: number}. All years where there are no more than that.
    """
    first, last = min(counts), max(counts)
    if last - first < length:
        return first, last
    held = {
        start: sum(counts.get(year, 0) for year in range(start, start + length))
        for start in (year - back for year in counts for back in range(length))
        if first <= start <= last - length + 1
    }
    start = max(held, key=lambda start: (held[start], start))
    return start, start + length - 1


def bars(counts, first_shown, last_shown):
    """Return the Bars of `counts` ({year: number}) from the first year to the last, years without any included."""
    first, last = min(counts), max(counts)
    each = 1 if last - first < BARS else 10
    first -= first % each
    starts = range(first, last + 1, each)
    numbers = [sum(counts.get(year, 0) for year in range(start, start + each)) for start in starts]
    room = min((WIDTH - 2 * SIDE) / len(starts), 64)
    every = -(-40 // room)  # a name needs 40 or so
    found = []
    for at, (start, number) in enumerate(zip(starts, numbers, strict=True)):
        height = round(max(TALLEST * number / max(numbers), 2), 1) if number else 0
        shown = start <= last_shown and start + each - 1 >= first_shown
        place = (round(SIDE + at * room + 2, 1), round(TALLEST + 16 - height, 1), round(max(room - 4, 0.5), 1), height)
        found.append(Bar(start, start + each - 1, number, shown, *place, (len(starts) - 1 - at) % every == 0))
    return found
