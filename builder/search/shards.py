"""Shards: keys with their postings, some kilobytes a file, so that a query downloads little beside what it needs.

Keys are grouped by their first character. Small groups lie together in one shard, in the characters' order; a large
group has shards of its own, as many as it needs, and a key's checksum says in which of them it is. So the directory
need only hold the characters with which files begin, found by binary search, and how many files each begins: growth in
one place leaves the files elsewhere as they were.

Unpacked, a shard is text, an empty line, bits. The text is the keys, a line for each prefix, a tab, and the last
characters of the keys that begin with it; the bits are the keys' lists in that order (``coding``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from builder.search.coding import Lists, decode, encode, from_bytes, to_bytes
from builder.search.packing import IndexFileError, pack, unpack

_KEY_COST = 2.0
_BOUNDARY = 2


@dataclass(frozen=True, slots=True)
class Directory:
    """Which shards there are.

    Attributes:
        starts: Code points with which files begin, rising.
        counts: How many files each begins.
    """

    starts: tuple[int, ...]
    counts: tuple[int, ...]


Coded = tuple[str, str]
"""A key with its list."""


def write_shards(lists: Lists, units: int, size: int) -> tuple[Directory, dict[str, bytes]]:
    """Lay keys into shards.

    Args:
        lists: Postings by key.
        units: Number of units that postings may point to.
        size: Bytes of a shard, about.

    Returns:
        The directory, and the packed files by name.
    """
    files: dict[str, bytes] = {}
    counts: dict[int, int] = {}
    for start, parts in _shards(_groups(lists, units), size):
        counts[start] = len(parts)
        files.update({_name(start, part): _pack(keys) for part, keys in enumerate(parts)})
    return Directory(tuple(counts), tuple(counts.values())), files


def shard_name(directory: Directory, key: str) -> str | None:
    """File of the shard that would hold a key; None where none would."""
    place = bisect_right(directory.starts, ord(key[0])) - 1
    if place < 0:
        return None
    count = directory.counts[place]
    return _name(directory.starts[place], _part(key, count))


def read_shard(data: bytes, units: int, name: str) -> dict[str, list[int]]:
    """All lists of a packed shard by key.

    Raises:
        IndexFileError: The file is damaged.
    """
    text, separator, coded = unpack(data, name).partition(b"\n\n")
    lists: dict[str, list[int]] = {}
    try:
        bits, place = from_bytes(coded), 0
        for prefix, _, ends in (line.partition("\t") for line in text.decode().split("\n")):
            for end in ends:
                lists[prefix + end], place = decode(bits, place, units)
    except (ValueError, IndexError) as error:
        raise IndexFileError(f"{name}: {error}") from error
    if not separator:
        raise IndexFileError(f"{name}: incomplete")
    return lists


def _groups(lists: Lists, units: int) -> Iterator[tuple[int, list[Coded]]]:
    """Keys with their lists, by first character, in order."""
    for first, keys in groupby(sorted(lists.units), key=lambda key: key[0]):
        yield ord(first), [(key, encode(lists.units[key], lists.weighted.get(key, ()), units)) for key in keys]


def _shards(groups: Iterable[tuple[int, list[Coded]]], size: int) -> Iterator[tuple[int, list[list[Coded]]]]:
    """First character and content of each file, or files of a large group."""
    start, together, weight = 0, list[Coded](), 0.0
    for first, group in groups:
        own_weight = sum(len(code) / 8 + _KEY_COST for _, code in group)
        is_large = own_weight > size
        if together and (is_large or weight + own_weight > 2 * size or (weight > size and first % _BOUNDARY == 0)):
            yield start, [together]
            together, weight = [], 0.0
        if is_large:
            yield first, _split(group, round(own_weight / size))
            continue
        start = start if together else first
        together = [*together, *group]
        weight += own_weight
    if together:
        yield start, [together]


def _split(group: Sequence[Coded], count: int) -> list[list[Coded]]:
    parts: list[list[Coded]] = [[] for _ in range(count)]
    for key, code in group:
        parts[_part(key, count)].append((key, code))
    return parts


def _part(key: str, count: int) -> int:
    """Which of the files of a large group holds a key: a checksum that both ends compute with ease."""
    checksum = 0
    for character in reversed(key[1:]):
        checksum = checksum * 31 + ord(character)
    return checksum % count


def _name(start: int, part: int) -> str:
    return f"{start:x}.{part}.gz"


def _pack(keys: Sequence[Coded]) -> bytes:
    groups = groupby(keys, key=lambda coded: coded[0][:-1])
    lines = (f"{prefix}\t{''.join(key[-1] for key, _ in group)}" for prefix, group in groups)
    return pack("\n".join(lines).encode() + b"\n\n" + to_bytes(code for _, code in keys))
