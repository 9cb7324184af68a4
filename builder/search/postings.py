"""Which units hold which keys: the lists, in shards of some kilobytes, so that a query downloads little beside them.

A key's checksum says in which shard it is (a word's is that of its beginning, so that all words with one beginning lie
together). Unpacked, a shard is a line of its words, sorted, with a space between; then numbers, little-endian with base
128; then bytes. The numbers: how many pairs and single characters there are; of these, sorted, the step from the first
character's code point to the next one's, and then the second ones (0 for a single character) without their last eight
bits; of these and then of the words the lengths of their lists; the lists, each as the steps from slot to slot. The
bytes: the last eight bits of the second characters; the values of all postings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.search.keys import (
    AT_ONCE,
    SECOND_BITS,
    SLOT_BITS,
    VALUE_BITS,
    Numbers,
    Postings,
    checksums,
    code_points,
    postings_of,
    rising,
)
from builder.search.packing import pack_parts, unpacked
from builder.search.units import UnitContent

BEGINNING = 3
"""So many characters of a word say in which shard it is."""
_SECOND, _SLOT, _VALUE = ((1 << bits) - 1 for bits in (SECOND_BITS, SLOT_BITS, VALUE_BITS))
_KEY, _BYTE = SLOT_BITS + VALUE_BITS, 8
_BITS, _REST, _MOST = 7, 127, 3
"""A byte of a number has so many bits of it, and is larger than that where it goes on; so many bytes go on at most."""

Places = npt.NDArray[np.int64]
_NO_POSTINGS: Numbers = np.zeros(0, np.uint64)
_GROUPS, _SHARDS_AT_ONCE = 8, 128


class _Lists(NamedTuple):
    """Lists as they were gathered: rising keys, all postings, where each key's begin and how many they are."""

    keys: Numbers
    postings: Numbers
    starts: Places
    lengths: Places

    def some(self, order: Places) -> tuple[Places, Numbers]:
        """Lengths and postings of some lists, one behind the other."""
        lengths = self.lengths[order]
        before = np.cumsum(lengths) - lengths
        return lengths, self.postings[np.repeat(self.starts[order] - before, lengths) + np.arange(lengths.sum())]


def write_shards(postings: Postings, count: int, wanted: Collection[int]) -> Iterator[tuple[str, bytes]]:
    """Some shards, each with its path.

    Args:
        postings: All of these shards.
        count: How many shards there are in all.
        wanted: Numbers of these.
    """
    pairs, words = _grouped(postings.pairs), _grouped(postings.words)
    spelled = [postings.spelled[int(key)] for key in words.keys]
    by_name = np.array(sorted(range(len(spelled)), key=spelled.__getitem__), np.int64)
    pair_shards, word_shards = _of_pairs(pairs.keys, count), _of_words(spelled, count)[by_name]
    ordered = ((np.argsort(shards, kind="stable"), np.sort(shards)) for shards in (pair_shards, word_shards))
    (by_pair, pair_ends), (by_word, word_ends) = (
        (order, np.searchsorted(shards, np.arange(count + 1))) for order, shards in ordered
    )
    for number in sorted(wanted):
        own = by_pair[pair_ends[number] : pair_ends[number + 1]]
        mine = by_name[by_word[word_ends[number] : word_ends[number + 1]]]
        line = f"{' '.join(spelled[at] for at in mine)}\n".encode()
        lengths, lists = zip(pairs.some(own), words.some(mine), strict=True)
        yield shard_name(number), _packed(line, pairs.keys[own], np.concatenate(lengths), np.concatenate(lists))


def shard_name(number: int) -> str:
    """Path of a shard in its segment."""
    return f"lists/{number:x}.gz"


def spliced(old: Postings, new: Postings, shard: Callable[[int], bytes], count: int) -> dict[str, bytes]:
    """The shards by path that change.

    Args:
        old: Postings of which they are rid.
        new: Those that come to them, words numbered alike.
        shard: Gives one as it was, by its number.
        count: How many there are.

    Raises:
        IndexFileError: A shard is damaged.
    """
    other = [_grouped(np.setxor1d(*both)).keys for both in ((old.pairs, new.pairs), (old.words, new.words))]
    spelled = [new.spelled[number] for number in other[1].tolist()]
    changed = sorted({*_of_pairs(other[0], count).tolist(), *_of_words(spelled, count).tolist()})
    numbers = {word: number for number, word in enumerate(new.spelled)}
    is_gone = np.zeros(1 << SLOT_BITS, np.bool_)
    is_gone[_slots(np.concatenate([old.pairs, old.words]))] = True
    files: dict[str, bytes] = {}
    for start in range(0, len(changed), _SHARDS_AT_ONCE):
        some = changed[start : start + _SHARDS_AT_ONCE]
        there = [[each[~is_gone[_slots(each)]] for each in _read(shard(number), numbers)] for number in some]
        pairs, words = (rising(each) for each in zip((new.pairs, new.words), *there, strict=True))
        files |= write_shards(Postings(pairs, words, list(numbers)), count, some)
    return files


def gathered(
    units: list[tuple[int, UnitContent]], count: int, *, is_large: bool
) -> tuple[dict[str, bytes], Counter[int]]:
    """All shards by path, and what ``characters_in`` says, of units with their slots; see ``postings_of``.

    Little is held twice: units are taken off their list as they are read, and shards are made a group at a time.
    """
    groups: list[list[Numbers]] = [[] for _ in range(_GROUPS)]
    words, numbers = [_NO_POSTINGS], dict[str, int]()
    while units:
        taken, units[-AT_ONCE:] = units[-AT_ONCE:], []
        pairs, some, _ = postings_of(taken, numbers, is_large=is_large)
        group = _of_pairs(pairs >> np.uint64(_KEY), count) % _GROUPS
        for number, each in enumerate(groups):
            each.append(pairs[group == number])
        words.append(some)
    files, characters, every, spelled = dict[str, bytes](), Counter[int](), rising(words), list(numbers)
    for number, each in enumerate(groups):
        pairs = rising([_NO_POSTINGS, *each])
        each.clear()
        characters += characters_in(pairs)
        files |= write_shards(Postings(pairs, every, spelled), count, range(number, count, _GROUPS))
    return files, characters


def characters_in(pairs: Numbers) -> Counter[int]:
    """How often every character stands in rising postings of pairs, by code point."""
    keys, _, _, lengths = _grouped(pairs)
    codes = np.concatenate([keys >> np.uint64(SECOND_BITS), keys & np.uint64(_SECOND)]).astype(np.int64)
    counts = np.bincount(codes, np.tile(lengths, 2)).astype(np.int64)
    found = np.flatnonzero(counts)
    return Counter(dict(zip(found.tolist(), counts[found].tolist(), strict=True)))


def _grouped(postings: Numbers) -> _Lists:
    keys = postings >> np.uint64(_KEY)
    starts = np.flatnonzero(np.diff(keys, prepend=keys[:1] + np.uint64(1)))
    return _Lists(keys[starts], postings, starts.astype(np.int64), np.diff(starts, append=len(keys)))


def _of_pairs(keys: Numbers, count: int) -> Places:
    return _shards((keys >> np.uint64(SECOND_BITS), keys & np.uint64(_SECOND)), count)


def _of_words(words: Sequence[str], count: int) -> Places:
    return _shards(code_points([word[:BEGINNING] for word in words] or [""]), count)[: len(words)]


def _shards(rows: Iterable[Numbers], count: int) -> Places:
    return (checksums(rows) % np.uint64(count)).astype(np.int64)


def _packed(line: bytes, keys: Numbers, lengths: Places, postings: Numbers) -> bytes:
    """A shard.

    Args:
        line: Its words.
        keys: Its pairs and single characters, rising.
        lengths: Of their lists and then of the words'.
        postings: All of these.
    """
    seconds = (keys & np.uint64(_SECOND)).astype(np.int64)
    slots, starts = _slots(postings), np.cumsum(lengths) - lengths
    steps = np.diff(slots, prepend=0)
    steps[starts] = slots[starts]
    firsts = np.diff((keys >> np.uint64(SECOND_BITS)).astype(np.int64), prepend=0)
    numbers = (np.append(len(keys), firsts), seconds >> _BYTE, lengths, steps)
    data = (seconds.astype(np.uint8), (postings & np.uint64(_VALUE)).astype(np.uint8))
    return pack_parts([line, *map(_coded, numbers), *(each.tobytes() for each in data)])


def _read(data: bytes, numbers: dict[str, int]) -> tuple[Numbers, Numbers]:
    """Postings of pairs and of words of a shard; the words are numbered as those known, to which they are added."""
    line, _, rest = unpacked(data, "lists").partition(b"\n")
    words = [numbers.setdefault(word, len(numbers)) for word in line.decode().split()]
    codes = np.frombuffer(rest, np.uint8)
    found, ends = _decoded(codes)
    count = int(found[0])
    firsts, highs, lengths, steps = np.split(found[1:], np.cumsum([count, count, count + len(words)]))
    steps = steps[: lengths.sum()]
    place = ends[2 * count + len(lengths) + len(steps)]
    keys = np.cumsum(firsts) << SECOND_BITS | highs << _BYTE | codes[place : place + count]
    slots, starts = np.cumsum(steps), np.cumsum(lengths) - lengths
    slots -= np.repeat(slots[starts] - steps[starts], lengths)
    every = np.repeat(np.append(keys, np.array(words, np.int64)), lengths)
    postings = (every << _KEY | slots << VALUE_BITS | codes[place + count :]).astype(np.uint64)
    return postings[: lengths[:count].sum()], postings[lengths[:count].sum() :]


def _slots(postings: Numbers) -> Places:
    return (postings >> np.uint64(VALUE_BITS) & np.uint64(_SLOT)).astype(np.int64)


def _coded(numbers: Places) -> bytes:
    """Numbers as little-endian base 128."""
    sizes = 1 + sum(numbers >= 1 << bits for bits in (7, 14, 21))
    ends = np.cumsum(sizes)
    data = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    left, places = numbers, ends - sizes
    while len(left):
        data[places] = left & _REST | (left > _REST) << _BITS
        more = np.flatnonzero(left > _REST)
        left, places = left[more] >> _BITS, places[more] + 1
    return data.tobytes()


def _decoded(codes: npt.NDArray[np.uint8]) -> tuple[Places, Places]:
    """All numbers from the beginning, and where each ends; behind the last one nothing that means anything."""
    ends = np.flatnonzero(codes <= _REST) + 1
    starts = np.append(0, ends[:-1])
    shifts = np.arange(ends[-1]) - np.repeat(starts, ends - starts)
    parts = (codes[: ends[-1]] & _REST).astype(np.int64) << np.minimum(shifts, _MOST) * _BITS
    return np.add.reduceat(parts, starts), ends
