"""Finds the same story in several articles, across outlets and scripts, without comparing every pair.

MinHash over shingles of folded text (Broder, 1997), one hash per shingle with the empty bins filled from their right
(one permutation hashing: Li, Owen and Zhang, 2012; Shrivastava and Li, 2014), and banding (Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, 3.4). Only the earliest article of a story, its leader, stands in the buckets, so
that no chain of small changes joins what is different. Texts are compared only where the sketches leave a doubt.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.folding import fold
from builder.linking.features import BAND_BYTES, Linkable, LoadText, Verdicts, letters, shingles, verdict_key
from builder.linking.thresholds import DuplicateThresholds, duplicate_thresholds

_KEPT = 64  # fingerprints in memory: those of a story's leader are asked for again and again


@dataclass(frozen=True, slots=True)
class _Fingerprint:
    """An article's shingles, and those of its opening."""

    whole: frozenset[int]
    opening: frozenset[int]


class Comparison:
    """Compares articles of an archive."""

    def __init__(self, items: Sequence[Linkable], load_text: LoadText, verdicts: Verdicts) -> None:
        """Take articles by date, and what earlier comparisons have shown, to which new ones are added."""
        self._items = items
        self._load_text = load_text
        self._verdicts = verdicts
        self._thresholds = duplicate_thresholds()
        self._sketches, self._sizes = _tables(items, self._thresholds)
        self._fingerprints: OrderedDict[str, _Fingerprint] = OrderedDict()

    def leader(self, place: int, candidates: Iterable[int]) -> int | None:
        """The candidate that tells an article's story; the one with most in common, then the earliest, of several."""
        item = self._items[place]
        best: tuple[float, int] | None = None
        others = list(candidates)
        for _, other in sorted(self._near(place, others) if others else ())[: self._thresholds.candidates]:
            likeness = self._likeness(item, self._items[other])
            if likeness and (best is None or (likeness, -other) > best):
                best = likeness, -other
        return None if best is None else -best[1]

    def _near(self, place: int, others: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Those whose sketches do not exclude that they tell the same story, after the number of unequal bins."""
        thresholds, bins = self._thresholds, self._sketches.shape[1]
        equal = (self._sketches[others] == self._sketches[place]).sum(axis=1)
        size, sizes = self._sizes[place], self._sizes[others]
        common = thresholds.contained * sizes.clip(max=size)
        share = (common / (size + sizes - common)).clip(min=thresholds.shared)  # at least, in one story
        is_near = equal >= bins * share - round(bins * thresholds.margin)
        for number in is_near.nonzero()[0].tolist():
            yield bins - int(equal[number]), others[number]

    def _likeness(self, first: Linkable, second: Linkable) -> float:
        """Share of shingles in common; 0 where the stories are two."""
        key = verdict_key(first.digest, second.digest)
        known = self._verdicts.get(key)
        if known is None:
            one, other = self._fingerprint(first), self._fingerprint(second)
            known = _share(one.whole, other.whole) if _same(one, other, self._thresholds) else 0.0
            self._verdicts[key] = known
        return known

    def _fingerprint(self, item: Linkable) -> _Fingerprint:
        found = self._fingerprints.get(item.id)
        if found is None:
            text = letters(fold(self._load_text(item.id)), self._thresholds)
            found = _Fingerprint(shingles(text), shingles(text[: self._thresholds.opening]))
            self._fingerprints[item.id] = found
            if len(self._fingerprints) > _KEPT:
                self._fingerprints.popitem(last=False)
        self._fingerprints.move_to_end(item.id)
        return found


def _tables(items: Sequence[Linkable], thresholds: DuplicateThresholds) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Sketches, a row each, and sizes."""
    bins = thresholds.bands * thresholds.rows
    sketches = np.frombuffer(b"".join(item.features.sketch.ljust(bins, b"\0") for item in items), np.uint8)
    return sketches.reshape(-1, bins), np.array([item.features.size for item in items], np.int64)


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


def find_leaders(items: Iterable[Linkable], load_text: LoadText, verdicts: Verdicts) -> dict[str, str]:
    """Find which articles tell the same story.

    Args:
        items: All articles, in any order.
        load_text: Gives a text by identifier; asked for those of pairs never compared before.
        verdicts: What comparisons have shown; new ones are added.

    Returns:
        The identifier of each article's leader by its own, by date; an article that tells a story of its own leads.
    """
    ordered = sorted(items, key=lambda item: item.key)
    comparison = Comparison(ordered, load_text, verdicts)
    most = duplicate_thresholds().bucket
    buckets: dict[tuple[int, int], list[int]] = defaultdict(list)
    leaders = {item.id: item.id for item in ordered}
    for place, bands in sorted(_repeated_bands(ordered).items()):
        leader = comparison.leader(place, {other for band in bands for other in buckets.get(band, ())})
        if leader is not None:
            leaders[ordered[place].id] = ordered[leader].id
            continue
        for band in bands:
            buckets[band].append(place)
            del buckets[band][:-most]
    return leaders


def stories(leaders: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Identifiers of articles that tell the same story: two or more, the earliest first; by date."""
    told: dict[str, list[str]] = defaultdict(list)
    for identifier, leader in leaders.items():
        told[leader].append(identifier)
    return tuple(tuple(group) for group in told.values() if len(group) > 1)


def _repeated_bands(items: Sequence[Linkable]) -> dict[int, list[tuple[int, int]]]:
    """The bands of each article that another one has as well, by the article's place: number and hash of each."""
    width = duplicate_thresholds().bands
    places = [place for place, item in enumerate(items) if item.features.bands]
    hashes = array("I", b"".join(items[place].features.bands for place in places))
    assert hashes.itemsize == BAND_BYTES  # noqa: S101  # on every platform that Python runs on
    if sys.byteorder == "big":
        hashes.byteswap()
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number in range(width):
        column = hashes[number::width]
        repeated = {band for band, count in Counter(column).items() if count > 1}
        for place, band in zip(places, column, strict=True) if repeated else ():
            if band in repeated:
                found[place].append((number, band))
    return found
