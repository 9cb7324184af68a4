"""The keys of the index: single characters, pairs of neighbours, and triples within a run of letters and digits.

A pair is enough where an alphabet has thousands of characters; in a run, pairs would stand in every text, so
triples are kept as well, and looked up instead.
"""

from __future__ import annotations

from collections.abc import Iterable

from builder.search.characters import GAP, runs


def needed_grams(plain: str) -> tuple[str, ...]:
    """The keys whose lists, intersected, hold every text with this term; without needless ones, in order."""
    keys: list[str] = []
    for stretch in plain.split(GAP):
        keys.extend(_stretch_grams(stretch))
    longest = [key for key in keys if len(key) > 1] or keys
    return tuple(dict.fromkeys(longest))


def _stretch_grams(stretch: str) -> Iterable[str]:
    if len(stretch) == 1:
        return [stretch]
    triples = [match.span() for match in runs().finditer(stretch)]
    pairs = [
        stretch[start : start + 2]
        for start in range(len(stretch) - 1)
        if not any(first <= start and start + 2 <= last for first, last in triples)
    ]
    return [
        *pairs,
        *(stretch[start : start + 3] for first, last in triples for start in range(first, last - 2)),
    ]


def settles(plain: str, keys: Iterable[str]) -> bool:
    """Whether a text that has these keys is certain to hold the term: it is no longer than one of them."""
    return plain in keys
