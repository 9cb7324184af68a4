"""Finds the few articles related to another, by terms and topics in common.

Terms are pairs of Chinese characters (what Chinese retrieval without a dictionary uses: Nie et al., On the use of words
and n-grams for Chinese information retrieval, 2000) and Latin words. Which terms an article is about, and how much,
depends on the article alone. Of the archive only the number of articles about a term matters, and that in few
classes, so that one more article changes the weight of few terms and the lists of few articles.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from builder.linking.features import LARGEST_WEIGHT, TERM_SHIFT, Linkable
from builder.linking.thresholds import related_thresholds

_RAREST = 16
_WHOLE = _RAREST * LARGEST_WEIGHT**2  # likeness of two articles about nothing but the same rare terms
_STEP = 4  # an archive has to grow so many times as large before its size changes the weight of a term
_AT_ONCE = 200_000  # pairs of articles that are looked at together


def related_articles(items: Iterable[Linkable], leaders: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Find the related articles of each article of an archive.

    Args:
        items: All its articles, in any order.
        leaders: Identifiers of stories' leaders by identifier; an article not in it is a story of its own.

    Returns:
        For each identifier those of the likest articles, best first, the earliest of equal ones: of each story one, of
        the article's own none; few, possibly none.
    """
    ordered = sorted(items, key=lambda item: item.key)
    shown = related_thresholds().shown
    related: dict[str, tuple[str, ...]] = {}
    for item, alike in zip(ordered, _alike(ordered), strict=True):
        seen, best = {leaders.get(item.id, item.id)}, []
        for _, other in sorted(alike, key=lambda pair: (-pair[0], pair[1])):
            story = leaders.get(ordered[other].id, ordered[other].id)
            if story not in seen:
                seen.add(story)
                best.append(ordered[other].id)
        related[item.id] = tuple(best[:shown])
    return related


def _alike(items: Sequence[Linkable]) -> Iterator[list[tuple[int, int]]]:
    """Of each article, likeness and place of all that share terms and are like enough."""
    thresholds = related_thresholds()
    least, least_words = (round(share * _WHOLE) for share in (thresholds.least, thresholds.least_words))
    shared = _words_in_common([item.features.terms for item in items])
    for place, (item, words) in enumerate(zip(items, shared, strict=True)):
        words[place] = 0
        likeness = [
            (int(words[other]) + _topics(item.topics, items[other].topics), other)
            for other in map(int, (words >= least_words).nonzero()[0])
        ]
        yield [pair for pair in likeness if pair[0] >= least]


def _words_in_common(terms: Sequence[bytes]) -> Iterator[NDArray[np.signedinteger]]:
    """Of each article a row: how much the terms say that it shares with each other one."""
    total = len(terms)
    posted = np.frombuffer(b"".join(terms), "<u8")
    owners = np.repeat(np.arange(total), [len(each) // posted.itemsize for each in terms])
    weights = (posted & np.uint64(LARGEST_WEIGHT)).astype(np.int64)
    named = posted >> np.uint64(TERM_SHIFT)
    order = np.argsort(named, kind="stable")  # terms in order, and within each the articles about it
    starts = np.flatnonzero(np.diff(named[order], prepend=~named[order[:1]]))
    frequency = np.diff(starts, append=len(order))
    term = np.empty_like(order)
    term[order] = np.repeat(np.arange(len(starts)), frequency)
    table = np.array(_rarities(total))
    rarity = np.where(frequency < len(table), table[np.minimum(frequency, len(table) - 1)], 0)
    telling = np.flatnonzero(rarity[term])
    step = max(1, _AT_ONCE // max(1, total))
    for first in range(0, total, step):
        rows = min(step, total - first)
        own = telling[slice(*np.searchsorted(owners[telling], (first, first + rows)))]
        lengths = frequency[term[own]]
        begins = np.repeat(starts[term[own]] - np.cumsum(lengths) + lengths, lengths)
        others = order[begins + np.arange(len(begins))]
        shared = np.repeat(weights[own] * rarity[term[own]], lengths) * weights[others]
        pairs = np.repeat(owners[own] - first, lengths) * total + owners[others]
        yield from np.bincount(pairs, shared, rows * total).reshape(rows, total)


def _topics(first: Sequence[str], second: Sequence[str]) -> int:
    """What topics in common add: their share, as a cosine."""
    common = len(set(first) & set(second))
    if not common:
        return 0
    return round(related_thresholds().topic_weight * _WHOLE * common / math.sqrt(len(first) * len(second)))


def _rarities(total: int) -> list[int]:
    """The weight of a term by the number of articles about it, up to the largest number that matters."""
    size = _STEP ** math.ceil(math.log(max(total, 1), _STEP))
    starts = [2, *related_thresholds().classes]
    weights = [math.log1p(size / math.sqrt(first * last)) for first, last in pairwise(starts)]
    table = [0, 0]
    for weight, (first, last) in zip(weights, pairwise(starts), strict=True):
        table += [round(_RAREST * weight / weights[0])] * (last - first)
    return table
