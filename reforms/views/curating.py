"""What the reader has for those who may claim words: the ways to do it, and what is in hand. Others get none of it."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from reforms.claiming import PERMISSION
from reforms.coverage import OPEN
from reforms.in_hand import InHand, in_hand


@dataclass(frozen=True)
class Place:
    """What a curator has beside one paragraph: the address where it is claimed, and what is in hand there."""

    url: str
    in_hand: list[InHand]


@dataclass(frozen=True)
class Desk:
    """What a curator has in the reader: how many paragraphs are open, and how many of them are in hand."""

    places: dict[int, Place]
    open: int
    begun: int


def desk_on(source, paragraphs, user):
    """Return the Desk of `user` on `paragraphs` (all of `source`, with coverage); None for who may not claim.

    Nobody who is not logged in costs a query.
    """
    if not (user.is_staff and user.has_perm(PERMISSION)):
        return None
    held = defaultdict(list)
    for one in in_hand(source):
        held[one.number].append(one)
    page = reverse("admin:reforms_claiming")
    places = {
        paragraph.number: Place(
            f"{page}?{urlencode({'at': f'{source.slug}#{paragraph.number}'})}", held[paragraph.number]
        )
        for paragraph in paragraphs
    }
    still = [paragraph.number for paragraph in paragraphs if paragraph.coverage == OPEN]
    return Desk(places, len(still), sum(bool(held[number]) for number in still))
