"""Which units hold which keys: the lists, in shards of some kilobytes, so that a query downloads little beside them.

A key's checksum says in which shard it is (a word's is that of its beginning, so that all words with one beginning lie
together). Unpacked, a shard is three lines, its pairs, single characters and words, each sorted; then, for all keys in
this order, the lengths of their lists; then the lists, each as the steps from slot to slot; then the values of all
postings, a byte each. Numbers are little-endian base 128. A character that stands in very many units keeps those that
it is a title word of: nobody reads the others.
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


class _Streams(NamedTuple):
    """Coded lists: lengths, steps and values, with where each list ends in each."""

    data: tuple[Bytes, Bytes, Bytes]
    ends: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]

    def part(self, start: int, end: int) -> list[bytes]:
        """The lists from one number to another."""
        cuts = [(int(ends[start - 1]) if start else 0, int(ends[end - 1]) if end else 0) for ends in self.ends]
        return [data[first:last].tobytes() for data, (first, last) in zip(self.data, cuts, strict=True)]


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
    singles = (of_pairs.keys & np.uint64(_SECOND)) == 0
    order = np.lexsort((of_pairs.keys, singles, numbers))
    streams = _streams(of_pairs, order)
    ends = np.searchsorted(numbers[order], np.arange(within.start, within.stop + 1))
    spelled = [words[int(key)] for key in of_words.keys]
    by_shard = defaultdict[int, list[int]](list)
    for at in sorted(range(len(spelled)), key=spelled.__getitem__):
        by_shard[_word_shard(spelled[at][:BEGINNING], count)].append(at)
    for place, shard in enumerate(within):
        start, end = int(ends[place]), int(ends[place + 1])
        here = by_shard.get(shard, [])
        head = _lines(of_pairs.keys[order[start:end]], [spelled[at] for at in here])
        word_streams = _streams(of_words, np.array(here, np.int64))
        parts = zip(streams.part(start, end), word_streams.part(0, len(here)), strict=True)
        yield shard_name(shard), pack_parts([head, *(one + other for one, other in parts)])


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


def _streams(lists: _Lists, order: npt.NDArray[np.int64]) -> _Streams:
    """Some lists in some order, coded."""
    starts, lengths = lists.starts[order], lists.lengths[order]
    ends = np.cumsum(lengths)
    firsts = ends - lengths
    moved = lists.postings[np.repeat(starts - firsts, lengths) + np.arange(lengths.sum())]
    slots = ((moved >> np.uint64(VALUE_BITS)) & np.uint64((1 << SLOT_BITS) - 1)).astype(np.int64)
    steps = np.diff(slots, prepend=0)
    steps[firsts] = slots[firsts]
    counts, count_ends = _varints(lengths)
    coded, step_ends = _varints(steps)
    values = (moved & np.uint64((1 << VALUE_BITS) - 1)).astype(np.uint8)
    return _Streams((counts, coded, values), (count_ends, step_ends[ends - 1], ends))


def _varints(numbers: npt.NDArray[np.int64]) -> tuple[Bytes, npt.NDArray[np.int64]]:
    """Numbers as little-endian base 128, and where each ends."""
    sizes = 1 + (numbers >= 1 << 7) + (numbers >= 1 << 14) + (numbers >= 1 << 21)
    ends = np.cumsum(sizes)
    data = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    for place in range(4):
        here = sizes > place
        more = (sizes[here] > place + 1).astype(np.int64) << 7
        data[(ends - sizes)[here] + place] = ((numbers[here] >> 7 * place) & 127) | more
    return data, ends


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


def _lines(keys: Numbers, words: list[str]) -> bytes:
    codes = np.stack([keys >> np.uint64(SECOND_BITS), keys & np.uint64(_SECOND)], axis=1).astype("<u4")
    is_pair = codes[:, 1] > 0
    pairs, singles = codes[is_pair].tobytes().decode("utf-32-le"), codes[~is_pair][:, 0].tobytes().decode("utf-32-le")
    return f"{pairs}\n{singles}\n{' '.join(words)}\n".encode()
