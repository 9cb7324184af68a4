"""The archive's own words: stretches of Chinese characters that stand together more often than chance has it.

Nothing but the texts decides (cohesion is the pointwise mutual information of the weakest joint), so that names and
terms of the day are words, whatever a dictionary knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.search.characters import JOINED, decoded, kinds, searched

_READ, _BEGINNING = 1_000_000, 100
"""So many characters are read for words in all, and of each text so many at the least."""
_SHORTEST, _LONGEST, _LEAST, _MOST = 2, 6, 3, 10_000
_COHESION, _FIRM, _WHOLE, _CUT = 12.0, 120.0, 0.75, 0.5
_LOOSE = "的了在是和与及等也都就而被把从对这那一不有为以于到说将会要年月日个上下后前"
_PLACE_BITS, _CHARACTER_BITS = 24, 16

Numbers = npt.NDArray[np.int64]


class _Grams(NamedTuple):
    """The stretches of one length that are often there, numbered from 1."""

    at: npt.NDArray[np.int32]  # Number by place; 0 where none begins; of a million places, and held for each length
    first: Numbers  # A place by number, like the others
    counts: Numbers  # How often it stands there


def head_length(count: int) -> int:
    """How much of each of so many texts is read; the same until they are twice as many."""
    return max(_BEGINNING, _READ >> count.bit_length())


def words_in(texts: Iterable[str]) -> list[str]:
    """Words, those that stand there most often first.

    Args:
        texts: Of records, title first.
    """
    codes = searched("\n".join(texts))
    text = decoded(codes)
    grams = _grams(np.where(kinds()[codes] == JOINED, codes, 0))
    loose = np.isin(codes, [ord(character) for character in _LOOSE])
    found: dict[str, int] = {}
    for length, is_word in _whole(grams, loose).items():
        places, counts = grams[length].first[is_word], grams[length].counts[is_word]
        found |= {text[at : at + length]: count for at, count in zip(places.tolist(), counts.tolist(), strict=True)}
    best = sorted(found, key=lambda word: (-found[word] * len(word), word))[:_MOST]
    return sorted(best, key=lambda word: -found[word])


def _grams(codes: npt.NDArray[np.uint32]) -> dict[int, _Grams]:
    """Stretches by length: every character, and longer ones that are there often enough."""
    ranks = np.cumsum(np.bincount(codes, minlength=1) > 0)  # of code points; 0, which ends stretches, comes first
    behind = np.zeros(_LONGEST, np.int32)
    single = np.append(np.where(codes > 0, ranks[codes] - ranks[0] + 1, 0), behind).astype(np.int32)
    counts = np.bincount(single)
    grams = {1: _Grams(single, np.zeros_like(counts), counts)}
    for length in range(_SHORTEST, _LONGEST + 1):
        grams[length] = _longer(grams[length - 1].at, single, length)
    return grams


def _longer(shorter: npt.NDArray[np.int32], single: npt.NDArray[np.int32], length: int) -> _Grams:
    """Stretches that are a character longer: their places, in the order of what stands there, fall into groups."""
    places = np.flatnonzero((shorter[:-1] > 0) & (shorter[1:] > 0))
    ordered = shorter[places].astype(np.int64) << _CHARACTER_BITS | single[places + length - 1]
    ordered = ordered << _PLACE_BITS | places
    ordered.sort()
    starts = np.flatnonzero(np.diff(ordered >> _PLACE_BITS, prepend=-1))
    counts = np.diff(starts, append=len(ordered))
    often = counts >= _LEAST
    numbers = np.cumsum(often) * often
    places = ordered & ((1 << _PLACE_BITS) - 1)
    at = np.zeros_like(shorter)
    at[places] = np.repeat(numbers, counts)
    return _Grams(at, np.append(0, places[starts[often]]), np.append(0, counts[often]))


def _whole(grams: dict[int, _Grams], loose: npt.NDArray[np.bool_]) -> dict[int, npt.NDArray[np.bool_]]:
    """Which stretches are words, by length: firm ones that are no part of a longer one, and no fragment of others."""
    cohesion = {length: _cohesion(grams, length) for length in range(_SHORTEST, _LONGEST + 1)}
    words, firm = {}, {}
    for length, found in cohesion.items():
        _, first, counts = grams[length]
        longest = np.zeros_like(counts)
        if length < _LONGEST:
            longer = grams[length + 1]
            for step in (0, 1):
                np.maximum.at(longest, grams[length].at[longer.first + step], longer.counts)
        words[length] = (found >= _COHESION) & (longest < _WHOLE * counts)
        at_edge = loose[first] | loose[np.minimum(first + length, len(loose)) - 1] if len(loose) else found > 0
        firm[length] = words[length] & ((found >= _FIRM) | ~at_edge)
    return {length: firm[length] & ~_fragments(grams, words, length) for length in words}


def _cohesion(grams: dict[int, _Grams], length: int) -> npt.NDArray[np.float64]:
    """How much more often the parts of each stretch stand together than chance has it, at the weakest joint."""
    _, first, counts = grams[length]
    total = max(1, int(grams[1].counts[1:].sum()))
    joints = [
        counts * total / np.maximum(1, _counts(grams, at, first) * _counts(grams, length - at, first + at))
        for at in range(1, length)
    ]
    weakest: npt.NDArray[np.float64] = np.min(joints, axis=0)
    weakest[0] = 0
    return weakest


def _counts(grams: dict[int, _Grams], length: int, places: Numbers) -> Numbers:
    return grams[length].counts[grams[length].at[places]]


def _fragments(grams: dict[int, _Grams], words: dict[int, npt.NDArray[np.bool_]], length: int) -> npt.NDArray[np.bool_]:
    """Stretches that mostly stand where a word of two characters is cut by them: 国政府 in 美国政府, 英国政府 …."""
    counts, rest = grams[length].counts, length - 1
    if rest not in words or length + 1 not in grams:
        return np.zeros(len(counts), np.bool_)
    _, first, often = grams[length + 1]
    cut = np.zeros(len(counts))
    for two, other, inside in ((first, first + 2, first + 1), (first + rest, first, first)):
        is_cut = words[2][grams[2].at[two]] & words[rest][grams[rest].at[other]]
        cut = np.maximum(cut, np.bincount(grams[length].at[inside][is_cut], often[is_cut], len(counts)))
    return cut >= _CUT * counts
