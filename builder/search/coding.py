"""Lists of postings as bits: gaps in Rice code, lengths in Elias gamma, weights apart.

A posting is ``slot << 2 | weight``. A list is its length, the number of postings that have a weight and one, these (how
many without one come before each, and whether the weight is 2), and all slots as gaps less one; it ends with ones up
to a whole byte. Most postings have no weight, so that most cost no bit for it. The Rice parameter suits the mean
gap; both ends compute it from the same two integers, so that it need not be stored.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, islice
from operator import sub

WEIGHT_BITS = 2
_TABLE_SIZE = 2048
_WEIGHT = (1 << WEIGHT_BITS) - 1


def rice_parameter(among: int, length: int) -> int:
    """Low bits of a gap that are written as they are: about log2(ln 2 times the mean gap)."""
    return max(0, (among * 11 // (16 * length)).bit_length() - 1)


def encode(postings: Sequence[int], slots: int) -> bytes:
    """One list.

    Args:
        postings: Rising, at least one.
        slots: How many slots there are.
    """
    length = len(postings)
    if length == 1 and not postings[0] & _WEIGHT:  # half of all lists
        return _packed("11" + _rice(postings[0] >> WEIGHT_BITS, rice_parameter(slots, 1)))
    numbers = [posting >> WEIGHT_BITS for posting in postings]
    weighted = [(place, posting & _WEIGHT) for place, posting in enumerate(postings) if posting & _WEIGHT]
    weights = _weights(weighted, length) if weighted else "1"
    return _packed(_gamma(length) + weights + _rising(numbers, rice_parameter(slots, length)))


def decode(data: bytes, slots: int) -> list[int]:
    """The postings of a list.

    Raises:
        ValueError: The bytes are no list.
    """
    bits = bin(int.from_bytes(b"\x01" + data, "big"))[3:]
    length, place = _read_gamma(bits, 0)
    weighted, place = _read_gamma(bits, place)
    weights, place = _read_weights(bits, place, weighted - 1, length) if weighted > 1 else ([], place)
    parameter = rice_parameter(slots, length)
    codes = _pattern(parameter).findall(bits, place)
    if len(codes) != length:
        raise ValueError("a list of another length")
    gaps = _gaps(parameter)
    postings = [number - 1 << WEIGHT_BITS for number in accumulate(map(gaps.__getitem__, codes))]
    for at, weight in weights:
        postings[at] |= weight
    return postings


def _packed(bits: str) -> bytes:
    size = -(-len(bits) // 8)
    return int(bits.ljust(size * 8, "1"), 2).to_bytes(size, "big")


def _weights(weighted: Sequence[tuple[int, int]], length: int) -> str:
    parameter = rice_parameter(length, len(weighted))
    before = -1
    codes = [_gamma(len(weighted) + 1)]
    for place, weight in weighted:
        codes.append(f"{_rice(place - before - 1, parameter)}{weight - 1}")
        before = place
    return "".join(codes)


def _read_weights(bits: str, place: int, count: int, length: int) -> tuple[list[tuple[int, int]], int]:
    """Places in the list with their weights, and where the slots begin."""
    parameter = rice_parameter(length, count)
    gaps = _gaps(parameter)
    found: list[tuple[int, int]] = []
    at, end = -1, place
    for code in islice(_pattern(parameter + 1).finditer(bits, place), count):
        at += gaps[code[0][:-1]]
        found.append((at, 1 + (code[0][-1] == "1")))
        end = code.end()
    if len(found) != count or at >= length:
        raise ValueError("weights of another list")
    return found, end


def _rising(numbers: Sequence[int], parameter: int) -> str:
    """Rising numbers, each as the gap before it."""
    steps = list(map(sub, numbers, [-1, *numbers]))
    try:
        return "".join(map(_codes(parameter).__getitem__, steps))
    except IndexError:
        return "".join(_rice(step - 1, parameter) for step in steps)


@cache
def _codes(parameter: int) -> list[str]:
    """The codes of small steps, which are nearly all; a step is a gap and one."""
    return ["", *(_rice(gap, parameter) for gap in range(_TABLE_SIZE))]


class _Gaps(dict[str, int]):
    """Steps by their codes; each is read once and remembered."""

    def __init__(self, parameter: int) -> None:
        super().__init__()
        self._parameter = parameter

    def __missing__(self, code: str) -> int:
        end = code.index("0")
        low = code[end + 1 :]
        step = (end << self._parameter | (int(low, 2) if low else 0)) + 1
        if len(self) < _TABLE_SIZE:
            self[code] = step
        return step


@cache
def _gaps(parameter: int) -> _Gaps:
    return _Gaps(parameter)


@cache
def _pattern(parameter: int) -> re.Pattern[str]:
    return re.compile(f"1*0[01]{{{parameter}}}")


def _rice(gap: int, parameter: int) -> str:
    low = f"{gap & ((1 << parameter) - 1):0{parameter}b}" if parameter else ""
    return "1" * (gap >> parameter) + "0" + low


def _gamma(number: int) -> str:
    binary = f"{number:b}"
    return "0" * (len(binary) - 1) + binary


def _read_gamma(bits: str, start: int) -> tuple[int, int]:
    one = bits.index("1", start)
    end = one + (one - start) + 1
    return int(bits[one:end], 2), end
