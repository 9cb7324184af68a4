"""``dates.gz``: which slots begin records, and each one's day; read where more is found than is shown, and to filter.

Unpacked it is six bytes a record, in planes: the low, middle and high bytes of the steps from slot to slot, then those
of the days (as ``datetime`` counts them; 0 where unknown). Planes pack well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from builder.search.packing import IndexFileError, pack, unpack

DATES = "dates.gz"
_SHIFTS = (0, 8, 16)


def write_dates(days: Iterable[tuple[int, int | None]]) -> bytes:
    """Pack days.

    Args:
        days: Slot and day of every record, by slot.
    """
    known = list(days)
    steps = [after - before for before, after in pairwise([0, *(slot for slot, _ in known)])]
    return pack(b"".join(_planes(numbers) for numbers in (steps, [day or 0 for _, day in known])))


def read_dates(data: bytes) -> dict[int, int]:
    """Days by slot, in the slots' order; 0 where unknown.

    Raises:
        IndexFileError: They are damaged.
    """
    planes = unpack(data, DATES)
    count = len(planes) // (2 * len(_SHIFTS))
    if len(planes) % (2 * len(_SHIFTS)):
        raise IndexFileError(f"{DATES}: incomplete")
    numbers = [
        sum(byte << shift for byte, shift in zip(of_number, _SHIFTS, strict=True))
        for half in (planes[: len(planes) // 2], planes[len(planes) // 2 :])
        for of_number in zip(half[:count], half[count : 2 * count], half[2 * count :], strict=True)
    ]
    return dict(zip(accumulate(numbers[:count]), numbers[count:], strict=True))


def year_of(day: int) -> str:
    """``YYYY`` of a day; empty where it is unknown."""
    return f"{dt.date.fromordinal(day).year:04}" if day else ""


def _planes(numbers: Sequence[int]) -> bytes:
    return b"".join(bytes(number >> shift & 255 for number in numbers) for shift in _SHIFTS)
