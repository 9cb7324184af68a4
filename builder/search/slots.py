"""Where each unit has its number: slots of a table whose layout depends on nothing but what is in it.

Postings are numbers of units. Were units simply counted, one new article would renumber all behind it and rewrite
every list. So records are put into a table with room to spare, each at the first free place of a sequence of its own,
the oldest first: a new article takes a place that is free, and one that comes in or goes out between others moves one
or two. The same records give the same table, however it came about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count

_SMALLEST = 1
_FULLEST = (7, 8)
"""At most so many of so many slots are taken: fuller tables move more records, emptier ones make longer numbers."""
_LONG = 4
"""Records of so many units are placed before all others, while there still are so many slots in a row."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What there is to place.

    Attributes:
        id: The record's identifier.
        day: Its day, counted from any day; None where unknown.
        units: How many slots in a row it needs.
    """

    id: str
    day: int | None
    units: int


def layout(records: Iterable[Placed]) -> tuple[int, dict[str, int]]:
    """Place records.

    Args:
        records: In any order.

    Returns:
        The size of the table, and the first slot of each record by its identifier.
    """
    ordered = sorted(map(_ranked, records))
    units = sum(record[-1] for record in ordered)
    for size in _sizes():
        if _FULLEST[1] * units <= _FULLEST[0] * size:
            slots = _placed(ordered, size)
            if slots is not None:
                return size, slots
    raise AssertionError


def _sizes() -> Iterator[int]:
    """Table sizes, each about a fifth larger: all four eighths to seven eighths of powers of two."""
    for power in count(_SMALLEST):
        yield from (eighths << power for eighths in (4, 5, 6, 7))


_Ranked = tuple[int, int, int, str, int]


def _ranked(record: Placed) -> _Ranked:
    """In the order of placing: long ones, then the oldest; a digest scatters, and settles ties."""
    scattered = int.from_bytes(blake2b(record.id.encode(), digest_size=8).digest(), "big")
    day = record.day if record.day is not None else _UNDATED
    return (-record.units if record.units >= _LONG else 0, day, scattered, record.id, record.units)


def _placed(ordered: Iterable[_Ranked], size: int) -> dict[str, int] | None:
    """First slots by identifier; None where some record finds no room."""
    taken = bytearray(size)
    slots: dict[str, int] = {}
    for _, _, scattered, identifier, units in ordered:
        slot, step = scattered % size, _FACTORS * (scattered >> 32) + 1
        run = bytes(units)
        for _ in range(size):
            if taken[slot : slot + units] == run:
                break
            slot = (slot + step) % size
        else:
            return None
        taken[slot : slot + units] = b"\x01" * units
        slots[identifier] = slot
    return slots


_FACTORS = 2 * 3 * 5 * 7
"""No size has other prime factors, so that a step of one more than a multiple comes past every slot."""
_UNDATED = -1 << 40
