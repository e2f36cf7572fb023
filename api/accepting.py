"""What an Accept header asks for.

Source: https://www.rfc-editor.org/rfc/rfc9110#name-accept
"""

from contextlib import suppress
from functools import lru_cache

from django.http.request import MediaType

LONGEST = 8192  # characters of the header, and
MOST = 64  # ranges in it that are read


@lru_cache(500)
def most_wanted(media_types, header):
    """Return the place of the one of `media_types` that the `header` wants most, the first of equals; None: of none."""
    ranges = media_ranges(header)
    best = max(media_types, key=lambda media_type: wanted(media_type, ranges))
    return None if wanted(best, ranges) == (0, 0) else media_types.index(best)


def media_ranges(header):
    """Return the ranges that `header` names as a list of MediaType. What cannot be read asks for nothing."""
    found = []
    for token in header[:LONGEST].split(",")[:MOST]:
        with suppress(ValueError, LookupError):
            found.append(MediaType(token))
    return found


def wanted(media_type, ranges):
    """Return how much `media_type` is wanted by `ranges`, to be compared: (quality, parameters named). (0, 0): not.

    The range that is nearest to it says how much. A range without parameters asks for all with any; parameters that
    the type does not have (a charset) are passed over.
    """
    offered = MediaType(media_type)
    own = offered.range_params
    nearest = (0, False, 0.0, 0)
    for asked in ranges:
        pairs = ((offered.main_type, asked.main_type), (offered.sub_type, asked.sub_type))
        named = own.items() <= asked.range_params.items()
        if all(theirs in (mine, "*") for mine, theirs in pairs) and (named or not asked.range_params):
            exact = sum(theirs != "*" for _mine, theirs in pairs)
            same = own == asked.range_params
            nearest = max(nearest, (exact, same, asked.quality, len(own) if named else 0))
    _exact, _same, quality, named_parameters = nearest
    return (quality, named_parameters) if quality > 0 else (0, 0)
