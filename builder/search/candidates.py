"""Finds the records that may answer a question, from lists of postings alone.

Of a term's keys the rarest are looked up first, and no more once few records are left, or once the last ones hardly
narrowed the choice: what is shown is read and checked anyway. What that saves is most of a query's download.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from builder.search.grams import needed_grams, settles
from builder.search.index import Index
from builder.search.parsing import Term
from builder.search.units import LONGEST_TERM

FEW = 6
_VALUES = (1, 3, 8)
_UNCOMMON = 500
_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class Candidates:
    """What lists of postings say about a question.

    Attributes:
        units: For each term, weights by unit.
        scores: Value by record, for records that may hold every term.
        certain: Whether each of them surely does.
        complete: Whether every key was looked up, so that no more can be known without reading.
    """

    units: tuple[Mapping[int, int], ...]
    scores: Mapping[int, int]
    certain: bool
    complete: bool


def candidates(index: Index, terms: Sequence[Term], *, thorough: bool = False) -> Candidates:
    """Look up a question.

    Args:
        index: Where.
        terms: The question's terms, at least one.
        thorough: Look up every key, for counts.
    """
    keys = [_rarest_first(index, term) for term in terms]
    alone = len(terms) == 1
    asked = keys if thorough else [of_term[: _AT_ONCE if alone else 1] for of_term in keys]
    before = len(_intersect(index, terms, [asked[0][:-1]], complete=False).scores) if alone and len(asked[0]) > 1 else 0
    while True:
        found = _intersect(index, terms, asked, complete=asked == keys)
        count = len(found.scores)
        if found.complete or count <= FEW or (before and 4 * count > 3 * before):
            return found
        before = count
        waiting = [number for number, of_term in enumerate(keys) if len(asked[number]) < len(of_term)]
        step = 3 if len(waiting) == 1 else 1
        for number in waiting[:2]:
            asked[number] = keys[number][: len(asked[number]) + step]


def rarity(index: Index, key: str) -> int:
    """Higher for keys that are likely to have short lists."""
    common = index.catalogue.common
    return sum(common.get(character, _UNCOMMON) for character in key)


def _rarest_first(index: Index, term: Term) -> list[str]:
    keys = needed_grams(term.plain[:LONGEST_TERM])
    return sorted(keys, key=lambda key: -rarity(index, key))


def _intersect(index: Index, terms: Sequence[Term], keys: Sequence[Sequence[str]], *, complete: bool) -> Candidates:
    units = tuple(_units_with(index, of_term) for of_term in keys)
    best = [_best_by_record(index, of_term) for of_term in units]
    everywhere = set(best[0]).intersection(*best[1:])
    scores = {record: sum(_VALUES[of_term[record]] for of_term in best) for record in everywhere}
    certain = all(not term.exact and settles(term.plain, asked) for term, asked in zip(terms, keys, strict=True))
    return Candidates(units, scores, certain, complete)


def _units_with(index: Index, keys: Iterable[str]) -> dict[int, int]:
    """Units that hold every key, each with the least of the keys' weights."""
    found: dict[int, int] | None = None
    for key in keys:
        weights = index.weights(key)
        if found is None:
            found = weights
        else:
            found = {unit: min(weight, weights[unit]) for unit, weight in found.items() if unit in weights}
    return found or {}


def _best_by_record(index: Index, units: Mapping[int, int]) -> dict[int, int]:
    best: dict[int, int] = {}
    record_of = index.catalogue.record_of
    for unit, weight in units.items():
        record = record_of(unit)
        best[record] = max(weight, best.get(record, 0))
    return best
