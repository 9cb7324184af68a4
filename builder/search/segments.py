"""The index in segments, so that an addition rewrites a small one.

A key's list lies in one file, and an article has some thousand keys: in a single index, one new article would touch
nearly every file. So records are put in order of date, and the newest ones, those behind the last record whose
identifier's checksum says "cut here", form a segment of their own with its own small shards. A new article is as a
rule the newest: it rewrites shards of the last segment alone. The cut depends on identifiers only, so it is found
again without remembering anything, and moves once in some 256 additions. Numbers of units are local to a segment.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from builder.model.search import SearchRecord
from builder.search.units import day_of

_CUT = 256
_LEAST = 512


@dataclass(frozen=True, slots=True)
class Segment:
    """Consecutive records.

    Attributes:
        name: Folder of its shards.
        start: Number of its first record.
        end: Number behind its last record.
        shard_size: Bytes of a shard, about. Small shards make a large directory; at 10,000 articles the sum of what a
            query downloads of both is about least with these.
    """

    name: str
    start: int
    end: int
    shard_size: int


def in_order(records: Sequence[SearchRecord]) -> list[SearchRecord]:
    """Oldest first, undated ones before all others, identifiers settling ties."""
    return sorted(records, key=_place)


def segments(records: Sequence[SearchRecord]) -> tuple[Segment, ...]:
    """Where ordered records are cut."""
    count = len(records)
    cut = next((place for place in range(count - 1, _LEAST, -1) if _says_cut(records[place])), count)
    parts = (("main", 0, cut, _MAIN_SIZE), ("recent", cut, count, _RECENT_SIZE))
    return tuple(Segment(*part) for part in parts if part[1] < part[2])


def _place(record: SearchRecord) -> tuple[bool, int, str]:
    day = day_of(record)
    return (day is not None, day or 0, record.id)


def _says_cut(record: SearchRecord) -> bool:
    return zlib.crc32(record.id.encode()) % _CUT == 0


_MAIN_SIZE = 2000
_RECENT_SIZE = 1000
