"""Lists of postings as bits: gaps in Rice code, lengths in Elias gamma, weights apart.

A posting is ``unit << 2 | weight``. A list is its length, its units as gaps less one, the number of postings that have
a weight, and these: how many without one come before each, and whether the weight is 2. Most have none, so that
most cost no bit for it. The Rice parameter suits the mean gap; both ends compute it from the same two integers, so
that it need not be stored.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import sub

WEIGHT_BITS = 2
_TABLE_SIZE = 2048


def rice_parameter(among: int, length: int) -> int:
    """Low bits of a gap that are written as they are: about log2(ln 2 times the mean gap)."""
    return max(0, (among * 11 // (16 * length)).bit_length() - 1)


@dataclass(frozen=True, slots=True)
class Lists:
    """All keys' lists while they are gathered: plain arrays, for there are hundreds of thousands.

    Attributes:
        units: By key, the rising numbers of its units.
        weighted: By key, for those of its units that have a weight, ``place in units << 2 | weight``, rising.
    """

    units: defaultdict[str, array[int]] = field(default_factory=lambda: defaultdict(_new_array))
    weighted: defaultdict[str, array[int]] = field(default_factory=lambda: defaultdict(_new_array))


def encode(numbers: Sequence[int], weighted: Sequence[int], units: int) -> str:
    """One list as a string of 0 and 1.

    Args:
        numbers: The rising numbers of units, at least one.
        weighted: As in ``Lists.weighted``.
        units: How many units there are.
    """
    length = len(numbers)
    weights = _weights(weighted, length) if weighted else "1"
    if length == 1:  # half of all lists
        return "1" + _rice(numbers[0], rice_parameter(units, 1)) + weights
    return _gamma(length) + _rising(numbers, rice_parameter(units, length)) + weights


def decode(bits: str, start: int, units: int) -> tuple[list[int], int]:
    """The list that begins at ``start``, and where the next one begins.

    Raises:
        ValueError: The bits are no list.
    """
    length, place = _read_gamma(bits, start)
    parameter = rice_parameter(units, length)
    postings: list[int] = []
    unit = -1
    for _ in range(length):
        gap, place = _read_rice(bits, place, parameter)
        unit += gap + 1
        postings.append(unit << WEIGHT_BITS)
    weighted, place = _read_gamma(bits, place)
    at = -1
    for _ in range(weighted - 1):
        gap, place = _read_rice(bits, place, rice_parameter(length, weighted - 1))
        at += gap + 1
        postings[at] |= 1 + int(bits[place])
        place += 1
    return postings, place


def to_bytes(codes: Iterable[str]) -> bytes:
    """Codes one behind the other, filled up with zeros."""
    bits = "".join(codes)
    size = -(-len(bits) // 8)
    return int(bits.ljust(size * 8, "0") or "0", 2).to_bytes(size, "big")


def from_bytes(data: bytes) -> str:
    """The bits of ``to_bytes``."""
    return bin(int.from_bytes(b"\x01" + data, "big"))[3:]


def _rising(numbers: Sequence[int], parameter: int) -> str:
    """Rising numbers, each as the gap before it."""
    steps = list(map(sub, numbers, [-1, *numbers]))
    try:
        return "".join(map(_codes(parameter).__getitem__, steps))
    except IndexError:
        return "".join(_rice(step - 1, parameter) for step in steps)


def _weights(weighted: Sequence[int], length: int) -> str:
    parameter = rice_parameter(length, len(weighted))
    before = -1
    codes = [_gamma(len(weighted) + 1)]
    for one in weighted:
        place, weight = one >> WEIGHT_BITS, one & _WEIGHT
        codes.append(f"{_rice(place - before - 1, parameter)}{weight - 1}")
        before = place
    return "".join(codes)


@cache
def _codes(parameter: int) -> list[str]:
    """The codes of small steps, which are nearly all; a step is a gap and one."""
    return ["", *(_rice(gap, parameter) for gap in range(_TABLE_SIZE))]


def _rice(gap: int, parameter: int) -> str:
    low = f"{gap & ((1 << parameter) - 1):0{parameter}b}" if parameter else ""
    return "1" * (gap >> parameter) + "0" + low


def _read_rice(bits: str, place: int, parameter: int) -> tuple[int, int]:
    end = bits.index("0", place)
    gap = (end - place) << parameter
    place = end + 1 + parameter
    return (gap | int(bits[end + 1 : place], 2) if parameter else gap), place


def _gamma(number: int) -> str:
    binary = f"{number:b}"
    return "0" * (len(binary) - 1) + binary


def _read_gamma(bits: str, start: int) -> tuple[int, int]:
    one = bits.index("1", start)
    end = one + (one - start) + 1
    return int(bits[one:end], 2), end


def _new_array() -> array[int]:
    return array("I")


_WEIGHT = (1 << WEIGHT_BITS) - 1
