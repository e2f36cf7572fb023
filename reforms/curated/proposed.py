"""What a proposal holds: entries of its kind, of the right shape, whose names need not lead anywhere any more."""

from reforms.curated.writing import shape_of
from reforms.entries import OWNED, kind_of

SHAPES_BY_KIND = {kind_of(model): shape_of(model) for model in OWNED}
HELD = ("public", "proposed")


def check_held(entry, problems):
    """Note what is wrong with the shape of the entries that the entry of a proposal holds."""
    shape = SHAPES_BY_KIND.get(entry["kind"])
    for key in HELD:
        if shape and entry.get(key):
            shape.check(entry[key], problems)
