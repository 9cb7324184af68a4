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

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.search.keys import (
    BASIS,
    FOLD,
    LINES,
    PRIME,
    SECOND_BITS,
    SLOT_BITS,
    TITLE,
    VALUE_BITS,
    WORD,
    Keys,
    Numbers,
    checksum_of,
)
from builder.search.packing import pack_parts

BEGINNING = 3
"""So many characters of a word say in which shard it is."""
_COMMON, _MANY = 8, 64
"""A character in one of so many units, and in so many at least, is common."""
_AT_ONCE = 2_000_000
"""So many postings are put in order at a time, to hold few in memory."""
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


def write_shards(units: Iterable[tuple[int, Keys]], count: int) -> Iterator[tuple[str, bytes]]:
    """All shards.

    Args:
        units: Keys by slot.
        count: How many shards there shall be.
    """
    pairs, numbers, words = [], [], dict[str, int]()
    total = 0
    for slot, keys in units:
        total += 1
        pairs.append((keys.pairs << np.uint64(SLOT_BITS + VALUE_BITS)) | np.uint64(slot << VALUE_BITS) | keys.values)
        found = [(words.setdefault(word, len(words)), value) for word, value in keys.words.items()]
        numbers += [number << SLOT_BITS + VALUE_BITS | slot << VALUE_BITS | value for number, value in found]
    of_words = _grouped(np.array(sorted(numbers), np.uint64))
    joined = np.concatenate(pairs) if pairs else np.zeros(0, np.uint64)
    del pairs, numbers
    blocks = 1 + len(joined) // _AT_ONCE
    shards = _pair_shards(joined >> np.uint64(SLOT_BITS + VALUE_BITS), count).astype(np.uint16)
    for block in range(blocks):
        within = range(block * count // blocks, (block + 1) * count // blocks)
        part = joined[(shards >= within.start) & (shards < within.stop)]
        part.sort()
        yield from _written(_grouped(part, total), of_words, list(words), within, count)


def _written(
    of_pairs: _Lists, of_words: _Lists, words: list[str], within: range, count: int
) -> Iterator[tuple[str, bytes]]:
    """The shards within a range of numbers."""
    numbers = _pair_shards(of_pairs.keys, count)
    order = np.lexsort((of_pairs.keys, numbers))
    streams = _streams(of_pairs, order)
    ends = np.searchsorted(numbers[order], np.arange(within.start, within.stop + 1))
    spelling = _spelled(of_pairs.keys[order], ends[:-1])
    spelled = [words[int(key)] for key in of_words.keys]
    by_shard = defaultdict[int, list[int]](list)
    for at in sorted(range(len(spelled)), key=spelled.__getitem__):
        by_shard[_word_shard(spelled[at][:BEGINNING], count)].append(at)
    for place, shard in enumerate(within):
        start, end = int(ends[place]), int(ends[place + 1])
        here = by_shard.get(shard, [])
        line = f"{' '.join(spelled[at] for at in here)}\n".encode()
        head = [line, _varints(np.array([end - start])).data.tobytes(), *(part.part(start, end) for part in spelling)]
        of_here = _streams(of_words, np.array(here, np.int64))
        parts = [one.part(start, end) + other.part(0, len(here)) for one, other in zip(streams, of_here, strict=True)]
        yield shard_name(shard), pack_parts([*head, *parts])


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


def _pair_shards(keys: Numbers, count: int) -> npt.NDArray[np.int64]:
    """The number of the shard of each: FNV-1a over code points, which both ends compute with ease."""
    first, second = keys >> np.uint64(SECOND_BITS), keys & np.uint64(_SECOND)
    one = (first ^ np.uint64(BASIS)) * np.uint64(PRIME) & np.uint64(WORD)
    two = (one ^ second) * np.uint64(PRIME) & np.uint64(WORD)
    checksum = np.where(second > 0, two, one)
    numbers: npt.NDArray[np.int64] = ((checksum ^ checksum >> np.uint64(FOLD)) % np.uint64(count)).astype(np.int64)
    return numbers


@lru_cache(1 << 16)
def _word_shard(beginning: str, count: int) -> int:
    return checksum_of(beginning) % count
