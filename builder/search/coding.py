"""Lists of postings as bits: gaps in Rice code, lengths in Elias gamma, weights apart.

A posting is ``unit << 2 | weight``. A list is its length, its units as gaps less one, the number of postings that have
a weight, and these: how many without one come before each, and whether the weight is 2. Most have none, so that
most cost no bit for it. The Rice parameter suits the mean gap; both ends compute it from the same two integers, so
that it need not be stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import repeat
from operator import rshift, sub

WEIGHT_BITS = 2
_WEIGHT = (1 << WEIGHT_BITS) - 1
_TABLE_SIZE = 2048


def rice_parameter(among: int, length: int) -> int:
    """Low bits of a gap that are written as they are: about log2(ln 2 times the mean gap)."""
    return max(0, (among * 11 // (16 * length)).bit_length() - 1)


def encode(postings: Sequence[int], units: int) -> str:
    """One list, in rising order, as a string of 0 and 1.

    Args:
        postings: At least one.
        units: How many units there are.
    """
    length = len(postings)
    parameter = rice_parameter(units, length)
    if length == 1:  # half of all lists
        weight = postings[0] & _WEIGHT
        return "1" + _rice(postings[0] >> WEIGHT_BITS, parameter) + ("1" if not weight else f"0100{weight - 1}")
    numbers = list(map(rshift, postings, repeat(WEIGHT_BITS)))
    return _gamma(length) + _gaps(numbers, parameter) + _weights(postings)


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


def _gaps(numbers: Sequence[int], parameter: int) -> str:
    """Rising numbers as the gaps before them, less one."""
    gaps = list(map(sub, numbers, map(int.__add__, [-1, *numbers[:-1]], repeat(1))))
    try:
        return "".join(map(_codes(parameter).__getitem__, gaps))
    except IndexError:
        return "".join(_rice(gap, parameter) for gap in gaps)


def _weights(postings: Sequence[int]) -> str:
    weighted = [number for number, posting in enumerate(postings) if posting & _WEIGHT]
    if not weighted:
        return "1"
    parameter = rice_parameter(len(postings), len(weighted))
    before = -1
    codes = [_gamma(len(weighted) + 1)]
    for number in weighted:
        codes.append(_rice(number - before - 1, parameter) + str((postings[number] & _WEIGHT) - 1))
        before = number
    return "".join(codes)


@cache
def _codes(parameter: int) -> list[str]:
    """The codes of small gaps, which are nearly all."""
    return [_rice(gap, parameter) for gap in range(_TABLE_SIZE)]


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
