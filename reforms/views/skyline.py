"""How many reforms stand at each stage, drawn as one bar whose height grows with the stage."""

from dataclasses import dataclass

from reforms.stages import ORDER, STOPS

HEIGHTS = {str(stage): height for height, stage in enumerate(ORDER, start=1)}  # of FULL
FULL = len(ORDER)


@dataclass(frozen=True)
class Part:
    """Reforms at one `stage` ("" where none is dated): `count` of them, from `x` on, `height` of FULL high."""

    stage: str
    count: int
    x: int
    height: int

    @property
    def y(self):
        return FULL - self.height


class Skyline:
    """The Parts of `counts` (stage to number of reforms), in order; `width` is that of the whole drawing."""

    height = FULL

    def __init__(self, counts, width):
        self.width, self.total, self.parts = width, sum(counts.values()), []
        x = 0
        for stage in ["", *ORDER, *STOPS]:
            if count := counts.get(stage, 0):
                self.parts.append(Part(stage, count, x, HEIGHTS.get(stage, FULL)))
                x += count
