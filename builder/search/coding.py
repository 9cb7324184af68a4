"""Lists of postings as bits: gaps in Rice code, weights in unary, lengths in Elias gamma.

A posting is ``unit << 2 | weight``. A list of ``n`` among ``units`` units is coded with the Rice parameter that
suits its mean gap; both ends compute it from the same two integers, so that it need not be stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import repeat
from operator import and_, sub

WEIGHT_BITS = 2
_WEIGHT = (1 << WEIGHT_BITS) - 1
_WEIGHT_CODES = ("0", "10", "110", "111")
_TABLE_SIZE = 4096


def rice_parameter(units: int, length: int) -> int:
    """Low bits of a gap that are written as they are: about log2(ln 2 times the mean gap)."""
    return max(0, (units * 11 // (16 * length)).bit_length() - 1)


def encode(postings: Sequence[int], units: int) -> str:
    """One list, in rising order, as a string of 0 and 1."""
    parameter = rice_parameter(units, len(postings))
    if len(postings) == 1:  # half of all lists
        return "1" + _code(postings[0], parameter)
    before = [-1 << WEIGHT_BITS, *map(and_, postings[:-1], repeat(~_WEIGHT))]
    symbols = list(map(sub, map(sub, postings, before), repeat(1 << WEIGHT_BITS)))
    try:
        codes = "".join(map(_codes(parameter).__getitem__, symbols))
    except IndexError:
        codes = "".join(_code(symbol, parameter) for symbol in symbols)
    return _gamma(len(postings)) + codes


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
        end = bits.index("0", place)
        gap = (end - place) << parameter
        place = end + 1 + parameter
        if parameter:
            gap |= int(bits[end + 1 : place], 2)
        unit += gap + 1
        weight = 0
        while weight < _WEIGHT and bits[place] == "1":
            weight += 1
            place += 1
        place += weight < _WEIGHT
        postings.append(unit << WEIGHT_BITS | weight)
    return postings, place


def to_bytes(codes: Iterable[str]) -> bytes:
    """Codes one behind the other, filled up with zeros."""
    bits = "".join(codes)
    size = -(-len(bits) // 8)
    return int(bits.ljust(size * 8, "0") or "0", 2).to_bytes(size, "big")


def from_bytes(data: bytes) -> str:
    """The bits of ``to_bytes``."""
    return bin(int.from_bytes(b"\x01" + data, "big"))[3:]


@cache
def _codes(parameter: int) -> list[str]:
    """The codes of small symbols, which are nearly all."""
    return [_code(symbol, parameter) for symbol in range(_TABLE_SIZE)]


def _code(symbol: int, parameter: int) -> str:
    """Gap less one, then weight."""
    gap, weight = symbol >> WEIGHT_BITS, symbol & _WEIGHT
    low = f"{gap & ((1 << parameter) - 1):0{parameter}b}" if parameter else ""
    return "1" * (gap >> parameter) + "0" + low + _WEIGHT_CODES[weight]


def _gamma(number: int) -> str:
    binary = f"{number:b}"
    return "0" * (len(binary) - 1) + binary


def _read_gamma(bits: str, start: int) -> tuple[int, int]:
    one = bits.index("1", start)
    end = one + (one - start) + 1
    return int(bits[one:end], 2), end
