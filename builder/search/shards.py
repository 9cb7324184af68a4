"""Shards: the keys from one to the next boundary with their postings, one packed file each.

Unpacked, a shard is text, an empty line, bits. A line of the text is a prefix, a tab, and the last characters of
the consecutive keys that begin with it; the bits are the keys' lists in order (``coding``). A shard is named after
its first key. Boundaries are *content-defined*: a shard may end only before a key whose checksum says so, as soon
as it is large enough, so that growth in one place leaves the boundaries elsewhere where they were.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from builder.search.coding import Lists, decode, encode, from_bytes, to_bytes
from builder.search.packing import IndexFileError, pack, unpack

_BOUNDARY = 4


def order(key: str) -> bytes:
    """Sorts keys as JavaScript compares strings: by UTF-16 code units."""
    return key.encode("utf-16-be")


def write_shards(lists: Lists, units: int, size: int) -> Iterator[tuple[str, bytes]]:
    """Cut sorted keys into shards.

    Args:
        lists: Postings by key.
        units: Number of units that postings may point to.
        size: Bytes of a shard after which it ends at the next boundary.

    Yields:
        The first key and the packed file.
    """
    keys: list[str] = []
    codes: list[str] = []
    weight = 0.0
    for key in sorted(lists.units, key=order):
        code = encode(lists.units[key], lists.weighted.get(key, ()), units)
        if keys and weight >= size and (_is_boundary(key) or weight >= 2 * size):
            yield keys[0], _pack(keys, codes)
            keys, codes, weight = [], [], 0.0
        keys.append(key)
        codes.append(code)
        weight += len(code) / 8 + _KEY_COST
    if keys:
        yield keys[0], _pack(keys, codes)


def read_shard(data: bytes, units: int, name: str) -> dict[str, list[int]]:
    """All lists of a packed shard by key.

    Raises:
        IndexFileError: The file is damaged.
    """
    text, separator, coded = unpack(data, name).partition(b"\n\n")
    lists: dict[str, list[int]] = {}
    try:
        bits, place = from_bytes(coded), 0
        for key in read_key_lines(text.decode()):
            lists[key], place = decode(bits, place, units)
    except (ValueError, IndexError) as error:
        raise IndexFileError(f"{name}: {error}") from error
    if not separator:
        raise IndexFileError(f"{name}: incomplete")
    return lists


def shard_of(key: str, firsts: Sequence[bytes]) -> int:
    """Number of the shard that would hold the key, below zero where none would; ``firsts`` are orders of first keys."""
    return bisect_right(firsts, order(key)) - 1


def shard_name(first: str) -> str:
    """File name of the shard that begins with a key."""
    return f"{order(first).hex()}.gz"


def key_lines(keys: Iterable[str]) -> str:
    """Sorted keys as text: a line for each prefix, a tab, the last characters of the keys that begin with it."""
    groups = groupby(keys, key=lambda key: key[:-1])
    return "\n".join(f"{prefix}\t{''.join(key[-1] for key in group)}" for prefix, group in groups)


def read_key_lines(text: str) -> list[str]:
    """The keys of ``key_lines``."""
    lines = (line.partition("\t") for line in text.split("\n"))
    return [prefix + end for prefix, _, ends in lines for end in ends]


def _pack(keys: Sequence[str], codes: Sequence[str]) -> bytes:
    return pack(key_lines(keys).encode() + b"\n\n" + to_bytes(codes))


def _is_boundary(key: str) -> bool:
    return zlib.crc32(key.encode()) % _BOUNDARY == 0


_KEY_COST = 2.5
