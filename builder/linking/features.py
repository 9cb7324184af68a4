"""The features of an article for linking: a MinHash sketch for near-duplicates, and weighted terms."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import cache
from itertools import chain
from operator import add

import msgspec
import numpy as np
from numpy.typing import NDArray

from builder.folding import fold
from builder.linking.thresholds import (
    DuplicateThresholds,
    RelatedThresholds,
    duplicate_thresholds,
    related_thresholds,
)
from builder.model.archive import Entry
from builder.patterns import pattern

_NO_WORD = pattern(r"[\W_]+")
_RUN = pattern(r"[a-z][a-z0-9]+|[\u3400-\u9fff\U00020000-\U0003ffff]{2,}")
_FIRST_CHINESE = "\u3400"
_UNIT = 2  # bytes in a code unit of UTF-16
# Code units in a shingle, punctuation and spaces left out: together one 64-bit number. At 4 copies in another script
# share 0.98 of their shingles in the median and 0.83 in the worst case; at 5, where one changed word spoils more, 0.78
# (measured on what ``similarity.yml`` names).
_SHINGLE = 4
# 2**64 divided by the golden ratio: spreads numbers that are alike (Knuth, The Art of Computer Programming, 6.4).
_MIX = 0x9E3779B97F4A7C15
_HALF = 32
BAND_BYTES = 4
TERM_SHIFT = 32
LARGEST_WEIGHT = 255


class Features(msgspec.Struct, frozen=True, array_like=True):
    """A pure function of an article's title and text; small, so that ten thousand are read at once."""

    sketch: bytes  # One byte of each bin of the MinHash signature; empty where the text says too little to be compared
    bands: bytes  # The sketch's bands, each as a 32-bit little-endian number, so that equal ones are found by it
    size: int  # How many different shingles the text has
    # 64-bit little-endian numbers, ascending: a term's CRC-32, below it its weight in the article (1 to 255)
    terms: bytes


def features(title: str, text: str) -> Features:
    """What linking has to know of an article: the same for the same words on every machine."""
    duplicates, near = duplicate_thresholds(), related_thresholds()
    folded = fold(text)
    hashes = np.sort(np.concatenate([*_shingles(letters(folded, duplicates))]) * np.uint64(_MIX))
    size = int(np.count_nonzero(np.diff(hashes))) + bool(len(hashes))
    sketch = _sketch(hashes >> np.uint64(_HALF), duplicates) if size >= duplicates.least else b""
    return Features(sketch, _bands(sketch, duplicates.rows), size, _terms(fold(title), folded[: near.opening], near))


def letters(folded: str, thresholds: DuplicateThresholds) -> str:
    """The letters and digits of a folded text, without punctuation and spaces, up to the longest that is looked at."""
    return _NO_WORD.sub("", folded)[: thresholds.longest]


def shingles(characters: str) -> frozenset[int]:
    """All runs of four UTF-16 code units, each as a number."""
    return frozenset(chain.from_iterable(found.tolist() for found in _shingles(characters)))


def _shingles(characters: str) -> Iterator[NDArray[np.uint64]]:
    """The same as they come: out of the buffer at the four alignments of the encoded text."""
    data = characters.encode("utf-16-le", "surrogatepass")
    for start in range(0, _SHINGLE * _UNIT, _UNIT):
        yield np.frombuffer(data[start : len(data) - (len(data) - start) % (_SHINGLE * _UNIT)], "<u8")


def _sketch(hashes: NDArray[np.uint64], thresholds: DuplicateThresholds) -> bytes:
    """Of rising hashes the smallest of each bin, its lowest byte; an empty bin takes its right neighbour's, marked."""
    bins = thresholds.bands * thresholds.rows
    owners = (hashes * np.uint64(bins) >> np.uint64(_HALF)).astype(np.int64)
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    nearest = firsts[np.searchsorted(owners[firsts], np.arange(bins)) % len(firsts)]
    steps = (owners[nearest] - np.arange(bins)) % bins
    return bytes((hashes[nearest].astype(np.int64) + steps * _STEP >> _DROPPED).astype(np.uint8))


def _bands(sketch: bytes, rows: int) -> bytes:
    pieces = (sketch[start : start + rows] for start in range(0, len(sketch), rows))
    return b"".join(zlib.crc32(piece).to_bytes(BAND_BYTES, "little") for piece in pieces)


def _terms(title: str, opening: str, thresholds: RelatedThresholds) -> bytes:
    """The terms that a headline names and an opening repeats or begins with, weighted by how often it uses them."""
    counts = Counter(_split(title, thresholds))
    for term in counts:
        counts[term] *= thresholds.title_weight
    counts.update(_split(opening, thresholds))
    # Sorting is stable and a counter keeps the order of first use: what an article begins with comes first.
    chosen = sorted(counts, key=counts.__getitem__, reverse=True)[: thresholds.terms]
    return np.array(sorted(_weighted({term: counts[term] for term in chosen})), "<u8").tobytes()


def _weighted(counts: Mapping[str, int]) -> Iterator[int]:
    """Terms with their shares of the article's unit length, frequency dampened by its square root."""
    length = sum(counts.values())
    for term, count in counts.items():
        weight = max(1, round(LARGEST_WEIGHT * (count / length) ** 0.5))
        yield zlib.crc32(term.encode("utf-8", "surrogatepass")) << TERM_SHIFT | weight


def _split(folded: str, thresholds: RelatedThresholds) -> list[str]:
    """Latin words, and pairs of Chinese characters of which none is a function word."""
    found: list[str] = []
    for run in _RUN.findall(_idle(thresholds.function_characters).sub(" ", folded)):
        found += [run] if run[0] < _FIRST_CHINESE else map(add, run, run[1:])
    return found


@cache
def _idle(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(characters)}]")


_STEP, _DROPPED = 0x9E3779B1, 3


_PART = "\0"  # below every other character, so that joined keys sort as their parts do

LoadText = Callable[[str], str]
"""Gives the plain text of an article by its identifier."""
Verdicts = MutableMapping[str, float]
"""What comparing two texts showed: 0 for two stories, else the share of shingles in common; see ``verdict_key``."""


class Linkable(msgspec.Struct, frozen=True, array_like=True):
    """An article while articles are linked."""

    id: str  # Its identifier
    key: str  # Sorts earliest first, undated last; holds the identifier, so that no two are equal
    digest: str  # Of title and text: where it is the same, so are the features and the text
    features: Features  # Of its words
    topics: tuple[str, ...]  # Slugs of its topics


def order_key(entry: Entry) -> str:
    """The place of an article in time: earliest first, undated last."""
    return _PART.join((str(int(entry.article.published is None)), *entry.sort_key))


def verdict_key(first: str, second: str) -> str:
    """The name of a comparison by the digests of both texts, the same whichever comes first."""
    return _PART.join(sorted((first, second)))
