"""Where the units of records stand: numbers that are a record's own, whatever else is there.

A record draws the slot of its first unit from its identifier; the others follow it. Where two draw the same, one of
them draws again, so that a record that comes or goes moves hardly another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from itertools import count

_ROOM = 2
"""So many times as many slots as there are units, at the least."""


def slots_of(units: Mapping[str, int]) -> tuple[dict[str, int], int]:
    """The first slot of each record, and how many slots there are.

    Args:
        units: How many each record has.
    """
    room = 1 << (_ROOM * sum(units.values())).bit_length()
    first = {record: _drawn(record, 0) for record in units}
    taken: set[int] = set()
    slots: dict[str, int] = {}
    for record in sorted(units, key=lambda one: (-units[one], first[one], one)):  # the longest need most room
        draws = (_drawn(record, attempt) % (room - units[record] + 1) for attempt in count())
        slot = next(slot for slot in draws if taken.isdisjoint(range(slot, slot + units[record])))
        taken.update(range(slot, slot + units[record]))
        slots[record] = slot
    return slots, room


def _drawn(record: str, attempt: int) -> int:
    return int.from_bytes(blake2b(f"{attempt} {record}".encode(), digest_size=8).digest())
