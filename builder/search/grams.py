"""The keys of the index: single characters, pairs of neighbours, and triples within a run of letters and digits.

A pair is enough where an alphabet has thousands of characters; in a run, pairs would stand in every text, so
triples are kept as well, and looked up instead.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from operator import add

from builder.search.characters import GAP, patterns


def all_grams(plain: str) -> Counter[str]:
    """Every key of a text (as ``characters.plain`` gives it), with how often it stands there."""
    counts = Counter(plain)
    counts.update(map(add, plain, plain[1:]))
    if GAP in counts:
        del counts[GAP]
        for gap in re.finditer(GAP, plain):  # which stands between two others, each time
            at = gap.start()
            counts.pop(plain[at - 1 : at + 1], None)
            counts.pop(plain[at : at + 2], None)
    for run in patterns()[2].findall(plain):
        counts.update(map("".join, zip(run, run[1:], run[2:], strict=False)))
    return counts


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
    triples = [match.span() for match in patterns()[2].finditer(stretch)]
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
