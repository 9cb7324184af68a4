"""Shards: keys with their postings, a few kilobytes a file, so that a query downloads little beside what it needs.

A key's checksum says in which shard it is, so that there is no directory, and growth in one place leaves all other
files as they were. Unpacked, a shard is three lines, the keys of one, two and three characters, each sorted and
without separators; then the lengths of the keys' lists, first all low bytes, then the middle, then the high ones; then
the lists (``lists``) in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping

from builder.search.packing import IndexFileError, pack, unpack

_LONGEST_KEY = 3
_PRIME = 16777619
_WORD = 0xFFFFFFFF
_SHIFTS = (0, 8, 16)


def shard_count(slots: int) -> int:
    """How many shards an index has: the larger the table of units, the longer the lists."""
    return max(1, slots * 3 // 8)


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
    keys = sorted(lists, key=lambda key: (len(key), key))
    lines = ["".join(key for key in keys if len(key) == length) for length in range(1, _LONGEST_KEY + 1)]
    bodies = [lists[key] for key in keys]
    sizes = [len(body) for body in bodies]
    planes = (bytes(size >> shift & 255 for size in sizes) for shift in _SHIFTS)
    return pack(b"".join([*(f"{line}\n".encode() for line in lines), *planes, *bodies]))


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
    place = len(_SHIFTS) * count
    planes = (rest[start : start + count] for start in range(0, place, count or 1))
    sizes = [low | middle << 8 | high << 16 for low, middle, high in zip(*planes, strict=True)] if count else []
    if len(texts) < _LONGEST_KEY or len(rest) != place + sum(sizes):
        raise IndexFileError(f"{name}: incomplete")
    lists: dict[str, bytes] = {}
    for key, size in zip(keys, sizes, strict=True):
        lists[key] = rest[place : place + size]
        place += size
    return lists
