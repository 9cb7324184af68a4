"""An inverted index from terms to articles, as one sorted array of numbers."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from builder.linking.features import LARGEST_WEIGHT, TERM_SHIFT, numbers, packed

_WEIGHT_BITS = 8
_SLOT_MASK = (1 << TERM_SHIFT - _WEIGHT_BITS) - 1


class Posted(NamedTuple):
    """Articles about a term: their slots, and its weight in each."""

    slots: array[int]
    weights: bytes


class TermPostings:
    """64-bit numbers, ascending: a term, the slot of an article that is about it, the term's weight there."""

    def __init__(self, data: bytes = b"") -> None:
        """Read what ``data`` wrote."""
        self._numbers = numbers(data)
        self._found: dict[int, Posted] = {}

    @property
    def data(self) -> bytes:
        """All postings, packed."""
        return packed(self._numbers)

    def frequency(self, term: int) -> int:
        """How many articles are about a term."""
        start, end = self._range(term)
        return end - start

    def of(self, term: int, most: int) -> Posted:
        """The articles about a term; none where more than ``most`` are."""
        found = self._found.get(term)
        if found is None:
            start, end = self._range(term)
            posted = self._numbers[start:end] if end - start <= most else array("Q")
            slots = array("L", [number >> _WEIGHT_BITS & _SLOT_MASK for number in posted])
            found = Posted(slots, bytes([number & LARGEST_WEIGHT for number in posted]))
            self._found[term] = found
        return found

    def changed(self, removed: Mapping[int, bytes], added: Mapping[int, bytes]) -> TermPostings:
        """Postings without some articles and with others, whose terms are given by slot."""
        gone, come = set(_postings(removed)), set(_postings(added))
        changed = TermPostings()
        changed._numbers = self._merged(gone - come, come - gone) if self._numbers else array("Q", sorted(come))
        return changed

    def _merged(self, gone: set[int], come: set[int]) -> array[int]:
        """Copies in long pieces what stays."""
        merged, start = array("Q"), 0
        for number in sorted(gone | come):
            place = bisect_left(self._numbers, number, start)
            merged.extend(self._numbers[start:place])
            start = place + (number in gone)
            if number in come:
                merged.append(number)
        merged.extend(self._numbers[start:])
        return merged

    def _range(self, term: int) -> tuple[int, int]:
        start = bisect_left(self._numbers, term << TERM_SHIFT)
        return start, bisect_left(self._numbers, term + 1 << TERM_SHIFT, start)


def terms_of(data: bytes) -> Iterator[tuple[int, int]]:
    """Terms and weights out of an article's features."""
    for number in numbers(data):
        yield number >> TERM_SHIFT, number & LARGEST_WEIGHT


def _postings(articles: Mapping[int, bytes]) -> Iterator[int]:
    for slot, data in articles.items():
        for number in numbers(data):
            yield number | slot << _WEIGHT_BITS
