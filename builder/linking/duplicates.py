"""Finds the same story in several articles, across outlets and scripts, without comparing every pair.

MinHash over shingles of folded text (Broder, 1997), one hash per shingle with the empty bins filled from their right
(one permutation hashing: Li, Owen and Zhang, 2012; Shrivastava and Li, 2014), and banding (Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, 3.4). Only the earliest article of a story, its leader, stands in the buckets, so
that no chain of small changes joins what is different. Texts are compared only where the sketches leave a doubt.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from builder.linking.comparing import Comparison
from builder.linking.features import BAND_BYTES
from builder.linking.linkable import Linkable, LoadText, Verdicts
from builder.linking.thresholds import duplicate_thresholds


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
