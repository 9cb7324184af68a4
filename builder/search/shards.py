"""Shards: keys with their postings, one or two kilobytes a file, so that a query downloads little beside what it needs.

A key's checksum says in which shard it is, so that there is no directory, and growth in one place leaves all other
files as they were. Unpacked, a shard is three lines, the keys of one, two and three characters, each sorted and
without separators; then the lengths of the keys' lists, first all low bytes, then the middle, then the high ones; then
the lists (``lists``) in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate, pairwise

from builder.search.packing import IndexFileError, pack, unpack

_LONGEST_KEY = 3
_PRIME = 16777619
_WORD = 0xFFFFFFFF
_SHIFTS = (0, 8, 16)


def shard_count(slots: int) -> int:
    """How many shards an index has: the larger the table of units, the longer the lists."""
    return max(1, slots * 3 // 4)


def shard_of(key: str, count: int) -> int:
    """The number of the shard that holds a key: FNV-1a over code points, which both ends compute with ease."""
    checksum = 0x811C9DC5
    for character in key:
        checksum = (checksum ^ ord(character)) * _PRIME & _WORD
    return (checksum ^ checksum >> 15) % count


def shard_name(number: int) -> str:
    """Path of a shard."""
    return f"shards/{number:x}.gz"


def pack_shard(lists: Mapping[str, bytes]) -> bytes:
    """A shard as published.

    Args:
        lists: Coded lists by key, in any order.
    """
    keys = sorted(sorted(lists), key=len)
    lengths = list(map(len, keys))
    ends = list(accumulate((lengths.count(length) for length in range(1, _LONGEST_KEY + 1)), initial=0))
    lines = ["".join(keys[start:end]) for start, end in pairwise(ends)]
    bodies = [lists[key] for key in keys]
    sizes = list(map(len, bodies))
    planes = b"".join(bytes([size >> shift & 255 for size in sizes]) for shift in _SHIFTS)
    return pack("\n".join([*lines, ""]).encode() + planes, b"".join(bodies))


def unpack_shard(data: bytes, name: str) -> dict[str, bytes]:
    """All coded lists of a packed shard by key.

    Raises:
        IndexFileError: The file is damaged.
    """
    *lines, rest = unpack(data, name).split(b"\n", _LONGEST_KEY)
    try:
        texts = [line.decode() for line in lines]
    except ValueError as error:
        raise IndexFileError(f"{name}: {error}") from error
    keys = [text[at : at + length] for length, text in enumerate(texts, 1) for at in range(0, len(text), length)]
    count = len(keys)
    sizes = list(rest[:count])
    for number in range(1, len(_SHIFTS)):
        plane = rest[count * number : count * (number + 1)]
        if plane.strip(b"\x00"):
            sizes = [size | byte << _SHIFTS[number] for size, byte in zip(sizes, plane, strict=False)]
    ends = list(accumulate(sizes, initial=len(_SHIFTS) * count))
    if len(texts) < _LONGEST_KEY or len(sizes) < count or ends[-1] != len(rest):
        raise IndexFileError(f"{name}: incomplete")
    return {key: rest[start:end] for key, (start, end) in zip(keys, pairwise(ends), strict=True)}
