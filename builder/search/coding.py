"""Lists of postings as bits: gaps in Rice code, lengths in Elias gamma, weights apart.

A posting is a slot with a weight: 0, 1 or 2. A list is its length, the number of postings that have a weight and one,
these (how many without one come before each, and whether the weight is 2), and all slots as gaps less one; it ends
with ones up to a whole byte. Most postings have no weight, so that most cost no bit for it. The Rice parameter suits
the mean gap; both ends compute it from the same two integers, so that it need not be stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, compress, islice
from operator import add, sub

_TABLE_SIZE = 1 << 14
_WEIGHT_BITS = ("", "0", "1")


@cache
def rice_parameter(among: int, length: int) -> int:
    """Low bits of a gap that are written as they are: about log2(ln 2 times the mean gap)."""
    return max(0, (among * 11 // (16 * length)).bit_length() - 1)


def encode(slots: Sequence[int], weights: Sequence[int], among: int, start: int = 0) -> bytes:
    """One list.

    Args:
        slots: Rising, at least one.
        weights: Of each.
        among: How many slots there are.
        start: The first of these.
    """
    length = len(slots)
    if length == 1 and not weights[0]:  # half of all lists
        return _packed("11" + _rice(slots[0] - start, rice_parameter(among, 1)))
    weighted = _weights(weights, length) if any(weights) else "1"
    return _packed("".join([_gamma(length), weighted, *_rising(slots, start, rice_parameter(among, length))]))


def decode(data: bytes, among: int, start: int = 0) -> dict[int, int]:
    """Weights by slot, in the slots' order.

    Args:
        data: A list.
        among: How many slots there are.
        start: The first of these.

    Raises:
        ValueError: The bytes are no list.
    """
    bits = bin(int.from_bytes(b"\x01" + data, "big"))[3:]
    length, place = _read_gamma(bits, 0)
    weighted, place = _read_gamma(bits, place)
    weights, place = _read_weights(bits, place, weighted - 1, length) if weighted > 1 else ([], place)
    parameter = rice_parameter(among, length)
    codes = _pattern(parameter).findall(bits, place)
    if len(codes) != length:
        raise ValueError("a list of another length")
    slots = list(accumulate(map(_gaps(parameter).__getitem__, codes), initial=start - 1))[1:]
    postings = dict.fromkeys(slots, 0)
    for at, weight in weights:
        postings[slots[at]] = weight
    return postings


def _packed(bits: str) -> bytes:
    size = -(-len(bits) // 8)
    return int(bits.ljust(size * 8, "1"), 2).to_bytes(size, "big")


def _weights(weights: Sequence[int], length: int) -> str:
    places = list(compress(range(length), weights))
    gaps = _rising(places, 0, rice_parameter(length, len(places)))
    return _gamma(len(places) + 1) + "".join(map(add, gaps, map(_WEIGHT_BITS.__getitem__, filter(None, weights))))


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


def _rising(numbers: Sequence[int], start: int, parameter: int) -> Iterator[str]:
    """Codes of rising numbers, each that of the step to it."""
    return map(_codes(parameter).__getitem__, map(sub, numbers, [start - 1, *numbers]))


class _Codes(dict[int, str]):
    """Codes by their steps, each a gap and one; the small ones, which are nearly all, are made once and remembered."""

    def __init__(self, parameter: int) -> None:
        super().__init__()
        self._parameter = parameter

    def __missing__(self, step: int) -> str:
        code = _rice(step - 1, self._parameter)
        if step < _TABLE_SIZE:
            self[step] = code
        return code


@cache
def _codes(parameter: int) -> _Codes:
    return _Codes(parameter)


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


@cache
def _gamma(number: int) -> str:
    binary = f"{number:b}"
    return "0" * (len(binary) - 1) + binary


def _read_gamma(bits: str, start: int) -> tuple[int, int]:
    one = bits.index("1", start)
    end = one + (one - start) + 1
    return int(bits[one:end], 2), end
