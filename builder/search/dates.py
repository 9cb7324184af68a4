"""``dates.gz``: which slots begin records, and the month of each; read where more is found than is shown at first.

Unpacked it is six bytes a record, in planes: the low, middle and high bytes of the steps from slot to slot, then those
of the months (counted from January of the year 0; 0 where unknown). Days would double what a common word costs;
``facets.gz`` has them for those who sort by date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from builder.search.packing import IndexFileError, pack, unpack
from builder.search.units import day_of

DATES = "dates.gz"
_SHIFTS = (0, 8, 16)
_YEAR = 12


def write_dates(dates: Iterable[tuple[int, str]]) -> bytes:
    """Pack months.

    Args:
        dates: Slot and ISO 8601 date of every record, by slot.
    """
    known = list(dates)
    steps = [after - before for before, after in pairwise([0, *(slot for slot, _ in known)])]
    return pack(b"".join(_planes(numbers) for numbers in (steps, [_month_of(date) for _, date in known])))


def read_dates(data: bytes) -> dict[int, int]:
    """Months by slot, in the slots' order; 0 where unknown.

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


def year_of(month: int) -> str:
    """``YYYY`` of a month; empty where it is unknown."""
    return f"{month // _YEAR:04}" if month else ""


def _month_of(date: str) -> int:
    return _YEAR * int(date[:4]) + int(date[5:7]) - 1 if day_of(date) else 0


def _planes(numbers: Sequence[int]) -> bytes:
    return b"".join(bytes([number >> shift & 255 for number in numbers]) for shift in _SHIFTS)
