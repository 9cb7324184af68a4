"""Finds the same story in several articles, across outlets and scripts, without comparing every pair.

MinHash over shingles of folded text (Broder, 1997), one hash per shingle with the empty bins filled from their right
(one permutation hashing: Li, Owen and Zhang, 2012; Shrivastava and Li, 2014), and banding (Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, 3.4). Only the earliest article of a story stands in the buckets, so that a story
told a thousand times costs a thousand comparisons, and no chain of small changes joins what is different.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.folding import fold
from builder.linking.thresholds import DuplicateThresholds, duplicate_thresholds
from builder.model.archive import Entry

_NO_WORD = re.compile(r"[\W_]+")
_BYTES = 4  # of a character in UTF-32
_MIX = 0x9E3779B1  # 2**32 divided by the golden ratio: spreads CRC-32, which keeps like inputs alike (Knuth, TAOCP 6.4)
_MASK = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Fingerprint:
    """Hashes of an article's shingles, and of those of its opening."""

    whole: frozenset[int]
    opening: frozenset[int]


def same_stories(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """Group the articles that tell the same story in the same words.

    Args:
        entries: In any order.

    Returns:
        Groups of at least two, the earliest article first in each, undated ones last; groups in the same order.
    """
    thresholds = duplicate_thresholds()
    entries = sorted(entries, key=lambda entry: (entry.article.published is None, entry.sort_key))
    buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)
    followers: dict[int, list[int]] = defaultdict(list)
    for index, entry in enumerate(entries):
        own = _fingerprint(entry, thresholds)
        if len(own.whole) < thresholds.least:
            continue
        bands = tuple(_bands(_signature(own.whole, thresholds), thresholds.rows))
        leader = _leader(own, _candidates(bands, buckets, thresholds), entries, thresholds)
        if leader is None:
            for band in bands:
                _keep(buckets[band], index, thresholds.candidates)
        else:
            followers[leader].append(index)
    return tuple(tuple(entries[index] for index in (leader, *group)) for leader, group in sorted(followers.items()))


def _keep(bucket: list[int], index: int, most: int) -> None:
    """Add a leader to a bucket, which holds the latest only: a story is told again soon, or not at all."""
    bucket.append(index)
    del bucket[:-most]


def _candidates(
    bands: Sequence[tuple[int, ...]], buckets: dict[tuple[int, ...], list[int]], thresholds: DuplicateThresholds
) -> list[int]:
    """Leaders that share most bands with an article."""
    shared = Counter(index for band in bands for index in buckets.get(band, ()))
    return sorted(shared, key=lambda index: (-shared[index], index))[: thresholds.candidates]


def _leader(
    own: _Fingerprint, candidates: Sequence[int], entries: Sequence[Entry], thresholds: DuplicateThresholds
) -> int | None:
    """The candidate that tells the same story; the one with most in common, where several do."""
    best: tuple[float, int] | None = None
    for index in candidates:
        other = _fingerprint(entries[index], thresholds)
        if _same(own, other, thresholds):
            likeness = (_share(own.whole, other.whole), -index)
            best = likeness if best is None else max(best, likeness)
    return None if best is None else -best[1]


def _same(first: _Fingerprint, second: _Fingerprint, thresholds: DuplicateThresholds) -> bool:
    common = len(first.whole & second.whole)
    smaller = min(len(first.whole), len(second.whole))
    return (
        common >= thresholds.contained * smaller
        and _share(first.whole, second.whole) >= thresholds.shared
        and max(_contained(first.opening, second.whole), _contained(second.opening, first.whole))
        >= thresholds.opening_contained
    )


def _share(first: frozenset[int], second: frozenset[int]) -> float:
    return len(first & second) / max(1, len(first | second))


def _contained(part: frozenset[int], whole: frozenset[int]) -> float:
    return len(part & whole) / max(1, len(part))


def _fingerprint(entry: Entry, thresholds: DuplicateThresholds) -> _Fingerprint:
    letters = _NO_WORD.sub("", fold(entry.article.text))[: thresholds.longest]
    size = thresholds.shingle
    return _Fingerprint(_shingles(letters, size), _shingles(letters[: thresholds.opening], size))


def _shingles(letters: str, size: int) -> frozenset[int]:
    """Hashes of all runs of so many characters."""
    data = letters.encode("utf-32-le", "surrogatepass")
    width = size * _BYTES
    pieces = {data[start : start + width] for start in range(0, len(data) - width + 1, _BYTES)}
    return frozenset(map(zlib.crc32, pieces))


def _signature(hashes: frozenset[int], thresholds: DuplicateThresholds) -> list[int]:
    """The smallest hash of each bin; an empty bin takes its right neighbour's, marked by how far it came."""
    bins = thresholds.bands * thresholds.rows
    smallest: list[int | None] = [None] * bins
    for mixed in sorted(((value * _MIX) & _MASK for value in hashes), reverse=True):
        smallest[mixed * bins >> 32] = mixed
    return [_filled(smallest, place) for place in range(bins)]


def _filled(smallest: Sequence[int | None], place: int) -> int:
    """The value of a bin, or of the first filled one behind it, plus a mark above 32 bits for each step."""
    for step in range(len(smallest)):
        value = smallest[(place + step) % len(smallest)]
        if value is not None:
            return value + (step << 32)
    return 0


def _bands(signature: Sequence[int], rows: int) -> Iterator[tuple[int, ...]]:
    """The signature cut into bands, each with its place, so that bands match their own kind only."""
    for start in range(0, len(signature), rows):
        yield (start, *signature[start : start + rows])
