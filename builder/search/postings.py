"""Which units hold which keys: the lists, in shards of some kilobytes, so that a query downloads little beside them.

A key's checksum says in which shard it is (a word's is that of its beginning, so that all words with one beginning lie
together). Unpacked, a shard is a line of its words, sorted, with a space between; then the number of its pairs and
single characters, and for each, sorted, the step from the first character's code point to the next one's; then their
second ones (0 for a single character) without their last eight bits, then these; then, for all these keys and the
words, the lengths of their lists; then the lists, each as the steps from slot to slot; then the values of all postings,
a byte each. Numbers are little-endian base 128. A character that stands in very many units keeps those that it is a
title word of: nobody reads the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.search.keys import (
    LINES,
    SECOND_BITS,
    SLOT_BITS,
    TITLE,
    VALUE_BITS,
    Numbers,
    Postings,
    checksums,
    code_points,
)
from builder.search.packing import pack_parts

BEGINNING = 3
"""So many characters of a word say in which shard it is."""
_COMMON, _MANY = 8, 64
"""A character in one of so many units, and in so many at least, is common."""
_AT_ONCE = 256
"""So many shards are written at a time, to hold few in memory."""
_SECOND = (1 << SECOND_BITS) - 1

Bytes = npt.NDArray[np.uint8]


class _Lists(NamedTuple):
    """Lists as they were gathered: rising keys, all postings, where each key's begin and how many they are."""

    keys: Numbers
    postings: Numbers
    starts: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]


class _Numbers(NamedTuple):
    """Coded numbers, some for each list, and where each list's end."""

    data: Bytes
    ends: npt.NDArray[np.int64]

    def part(self, start: int, end: int) -> bytes:
        """Those of the lists from one number to another."""
        first, last = (int(self.ends[at - 1]) if at else 0 for at in (start, end))
        return self.data[first:last].tobytes()


class _Sharded(NamedTuple):
    """Lists in the order of shards and, in each, of keys; and where each shard begins, with an end behind the last."""

    lists: _Lists
    order: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]

    def some(self, start: int, stop: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Order and beginnings of the lists in a range of shards alone."""
        starts = self.starts[start : stop + 1]
        return self.order[starts[0] : starts[-1]], starts - starts[0]


def write_shards(postings: Postings, count: int) -> Iterator[tuple[str, bytes]]:
    """All shards, each with its path.

    Args:
        postings: Of all units.
        count: How many shards there shall be.
    """
    pairs, words = _grouped(postings.pairs, postings.units), _grouped(postings.words)
    spelled = [postings.spelled[int(key)] for key in words.keys]
    in_order = sorted(range(len(spelled)), key=spelled.__getitem__)
    of_words = _shards(code_points([spelled[at][:BEGINNING] for at in in_order] or [""]), count)[: len(spelled)]
    by_word = np.array(in_order, np.int64)[np.argsort(of_words, kind="stable")]
    shards = _shards((pairs.keys >> np.uint64(SECOND_BITS), pairs.keys & np.uint64(_SECOND)), count)
    both = (
        _Sharded(pairs, np.argsort(shards, kind="stable"), _starts(shards, count)),
        _Sharded(words, by_word, _starts(of_words, count)),
    )
    for start in range(0, count, _AT_ONCE):
        yield from _written(*both, spelled, range(start, min(count, start + _AT_ONCE)))


def _shards(rows: Iterable[Numbers], count: int) -> npt.NDArray[np.int64]:
    return (checksums(rows) % np.uint64(count)).astype(np.int64)


def _starts(shards: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(np.bincount(shards, minlength=count))]).astype(np.int64)


def _written(pairs: _Sharded, words: _Sharded, spelled: Sequence[str], within: range) -> Iterator[tuple[str, bytes]]:
    """The shards within a range of numbers."""
    (of_pairs, starts), (of_words, word_starts) = (each.some(within.start, within.stop) for each in (pairs, words))
    spelling = _spelled(pairs.lists.keys[of_pairs], starts[:-1])
    streams = list(zip(_streams(pairs.lists, of_pairs), _streams(words.lists, of_words), strict=True))
    for place, shard in enumerate(within):
        start, end = map(int, starts[place : place + 2])
        first, last = map(int, word_starts[place : place + 2])
        line = f"{' '.join(spelled[at] for at in of_words[first:last])}\n".encode()
        head = [line, _varints(np.array([end - start])).data.tobytes(), *(part.part(start, end) for part in spelling)]
        yield (
            shard_name(shard),
            pack_parts([*head, *(one.part(start, end) + two.part(first, last) for one, two in streams)]),
        )


def shard_name(number: int) -> str:
    """Path of a shard in its segment."""
    return f"lists/{number:x}.gz"


def _grouped(postings: Numbers, units: int = 0) -> _Lists:
    """Keys with their lists; of common characters (where ``units`` says how many there are) only titles and lines."""
    keys = postings >> np.uint64(SLOT_BITS + VALUE_BITS)
    starts = np.flatnonzero(np.diff(keys, prepend=keys[:1] + np.uint64(1)))
    lengths = np.diff(starts, append=len(keys))
    single = (keys[starts] & np.uint64(_SECOND)) == 0
    common = single & (lengths * _COMMON > units) & (lengths > _MANY) & (units > 0)
    if common.any():
        dropped = np.repeat(common, lengths) & ((postings & np.uint64(TITLE | LINES)) == 0)
        return _grouped(postings[~dropped])
    return _Lists(keys[starts], postings, starts.astype(np.int64), lengths.astype(np.int64))


def _streams(lists: _Lists, order: npt.NDArray[np.int64]) -> tuple[_Numbers, _Numbers, _Numbers]:
    """Some lists in some order: their lengths, steps and values."""
    starts, lengths = lists.starts[order], lists.lengths[order]
    ends = np.cumsum(lengths)
    firsts = ends - lengths
    moved = lists.postings[np.repeat(starts - firsts, lengths) + np.arange(lengths.sum())]
    slots = ((moved >> np.uint64(VALUE_BITS)) & np.uint64((1 << SLOT_BITS) - 1)).astype(np.int64)
    steps = np.diff(slots, prepend=0)
    steps[firsts] = slots[firsts]
    coded = _varints(steps)
    values = (moved & np.uint64((1 << VALUE_BITS) - 1)).astype(np.uint8)
    return _varints(lengths), _Numbers(coded.data, coded.ends[ends - 1]), _Numbers(values, ends)


def _spelled(keys: Numbers, starts: npt.NDArray[np.int64]) -> tuple[_Numbers, _Numbers, _Numbers]:
    """Rising keys of characters: steps between their first ones, anew at each of some starts, and their second ones."""
    firsts, seconds = ((keys >> np.uint64(SECOND_BITS)).astype(np.int64), (keys & np.uint64(_SECOND)).astype(np.int64))
    steps = np.diff(firsts, prepend=0)
    some = starts[starts < len(keys)]
    steps[some] = firsts[some]
    return _varints(steps), _varints(seconds >> 8), _Numbers(seconds.astype(np.uint8), np.arange(1, len(keys) + 1))


def _varints(numbers: npt.NDArray[np.int64]) -> _Numbers:
    """Numbers as little-endian base 128."""
    sizes = 1 + (numbers >= 1 << 7) + (numbers >= 1 << 14) + (numbers >= 1 << 21)
    ends = np.cumsum(sizes)
    data = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    left, places = numbers, ends - sizes
    while len(left):
        data[places] = left & 127 | (left > 127) << 7  # noqa: PLR2004  # base 128
        more = np.flatnonzero(left > 127)  # noqa: PLR2004
        left, places = left[more] >> 7, places[more] + 1
    return _Numbers(data, ends)
