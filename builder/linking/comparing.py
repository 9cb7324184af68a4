"""Compares two articles by their MinHash sketches, and by their texts where the sketches are inconclusive."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.folding import fold
from builder.linking.features import letters, shingles
from builder.linking.linkable import Linkable, LoadText, Verdicts, verdict_key
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
        self._numbers: dict[int, int] = {}
        self._fingerprints: OrderedDict[str, _Fingerprint] = OrderedDict()

    def leader(self, place: int, candidates: Iterable[int]) -> int | None:
        """The candidate that tells an article's story; the one with most in common, then the earliest, of several."""
        item = self._items[place]
        best: tuple[float, int] | None = None
        for _, other in sorted(self.alike(item, candidates))[: self._thresholds.candidates]:
            likeness = self._likeness(item, self._items[other])
            if likeness and (best is None or (likeness, -other) > best):
                best = likeness, -other
        return None if best is None else -best[1]

    def alike(self, item: Linkable, others: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Those whose sketches do not exclude that they tell the same story, after the number of unequal bins."""
        number, size = int.from_bytes(item.features.sketch), item.features.size
        bins = self._thresholds.bands * self._thresholds.rows
        margin = round(bins * self._thresholds.margin)
        fewest = bins * self._thresholds.shared - margin
        for other in others:
            equal = (number ^ self._number(other)).to_bytes(bins).count(0)
            # Most pairs are excluded by what any pair needs; what this one needs takes longer to tell.
            if equal >= fewest:
                features = self._items[other].features
                if features.sketch and equal >= bins * self._least_share(size, features.size) - margin:
                    yield bins - equal, other

    def _number(self, place: int) -> int:
        """An article's sketch as one number."""
        number = self._numbers.get(place)
        if number is None:
            number = self._numbers[place] = int.from_bytes(self._items[place].features.sketch)
        return number

    def _least_share(self, first: int, second: int) -> float:
        """The share of shingles in common that two texts of such sizes have at least, if they are one story."""
        common = self._thresholds.contained * min(first, second)
        return max(self._thresholds.shared, common / (first + second - common))

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
