"""How much one address may ask for in a minute, counted over all workers without a write to the database.

The counts lie in memory that the server's parent shares with the workers it forks: config/server.py imports this
module before that. A server that forks nothing, as for developing, counts for itself. It is a throttle and no lock:
two increments at the same moment may count as one, and two addresses may, rarely, share a count.
"""

import mmap
from dataclasses import dataclass
from time import time

from django.conf import settings

WINDOW = 60
SLOTS = 1 << 18  # 2 MB for each quota, of which only the pages in use are taken
COUNT_BITS = 32


@dataclass(frozen=True)
class Spent:
    """Where an address stands after a request: `left` of `limit` for `seconds` more, or `over` it."""

    name: str
    limit: int
    left: int
    seconds: int
    over: bool

    @property
    def policy(self):
        """As in the header RateLimit-Policy."""
        return f'"{self.name}";q={self.limit};w={WINDOW}'

    @property
    def standing(self):
        """As in the header RateLimit."""
        return f'"{self.name}";r={self.left};t={self.seconds}'


class Quota:
    """So many of what `name` names for an address in a minute, as the setting `setting` says; 0: without end."""

    def __init__(self, name, setting):
        self.name, self.setting = name, setting
        self.slots = memoryview(mmap.mmap(-1, SLOTS * 8)).cast("Q")

    def spend(self, address, now=None):
        """Count one for `address` (text, or None where it is not known); return Spent, or None without a limit.

        A slot holds the number of its minute and a count. Python's hash of text has a secret key that forked
        workers share, so nobody can choose to share a slot. The minutes of different slots begin at different
        seconds: those who wait do not all come back at once.
        """
        if not (limit := getattr(settings, self.setting)):
            return None
        slot = hash(address or "") % SLOTS
        window, passed = divmod(int(time() if now is None else now) + slot, WINDOW)
        held = self.slots[slot]
        count = held & ((1 << COUNT_BITS) - 1) if held >> COUNT_BITS == window else 0
        over = count >= limit
        if not over:
            count += 1
            self.slots[slot] = window << COUNT_BITS | count
        return Spent(self.name, limit, limit - count if not over else 0, WINDOW - passed, over)


REQUESTS = Quota("requests", "API_REQUESTS_PER_MINUTE")
EXPORTS = Quota("exports", "API_EXPORTS_PER_MINUTE")
