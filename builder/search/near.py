"""Near matches, where nothing holds what was typed: the records that hold most of its pieces.

A record is near when its text has keys that cover two thirds of what was looked up, and at least two of them. Rare keys
weigh more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from builder.search.candidates import rarity
from builder.search.characters import GAP
from builder.search.grams import needed_grams
from builder.search.index import Index
from builder.search.matching import Hit, hit, main_unit, spans_of
from builder.search.parsing import Term
from builder.search.units import LONGEST_TERM

_MOST_KEYS = 8
_MOST_HITS = 6
_LEAST_KEYS = 2


@dataclass(frozen=True, slots=True)
class _Piece:
    """A key with where it stands in what was typed."""

    key: str
    covers: frozenset[tuple[int, int]]
    units: Mapping[int, int]
    weight: int


def near_hits(index: Index, terms: Sequence[Term], allowed: Collection[int] | None) -> list[Hit]:
    """The nearest records, nearest first.

    Args:
        index: Where.
        terms: What was typed.
        allowed: Numbers of records that the filters let through; None for all.
    """
    places = _rarest(index, terms)
    pieces = _pieces(index, places)
    typed = sum(len(term.plain[:LONGEST_TERM].replace(GAP, "")) for term in terms)
    typed = min(typed, len(set().union(*places.values())))
    held: dict[int, list[_Piece]] = {}
    record_of = index.catalogue.record_of
    for piece in pieces:
        for record in {record_of(unit) for unit in piece.units}:
            held.setdefault(record, []).append(piece)
    ranked = sorted(
        (-sum(piece.weight for piece in of_record), -record)
        for record, of_record in held.items()
        if _is_near(of_record, typed) and (allowed is None or record in allowed)
    )
    hits = (_hit(index, -record, -weight, held[-record]) for weight, record in ranked[:_MOST_HITS])
    return sorted(hits, key=lambda found: (found.score, found.date, found.record), reverse=True)


def _rarest(index: Index, terms: Sequence[Term]) -> dict[str, set[tuple[int, int]]]:
    """The keys that are looked up, with where each stands in what was typed."""
    places: dict[str, set[tuple[int, int]]] = {}
    for number, term in enumerate(terms):
        typed = term.plain[:LONGEST_TERM]
        for key in needed_grams(typed):
            start = typed.find(key)
            while start >= 0:
                places.setdefault(key, set()).update((number, start + step) for step in range(len(key)))
                start = typed.find(key, start + 1)
    return {key: places[key] for key in sorted(places, key=lambda key: -rarity(index, key))[:_MOST_KEYS]}


def _pieces(index: Index, places: Mapping[str, set[tuple[int, int]]]) -> list[_Piece]:
    count = index.catalogue.units
    weights = ((key, index.weights(key)) for key in places)
    return [
        _Piece(key, frozenset(places[key]), units, (count // len(units)).bit_length())
        for key, units in weights
        if units
    ]


def _is_near(pieces: Sequence[_Piece], typed: int) -> bool:
    covered: set[tuple[int, int]] = set()
    for piece in pieces:
        covered |= piece.covers
    return len(pieces) >= _LEAST_KEYS and 3 * len(covered) >= 2 * typed


def _hit(index: Index, record: int, weight: int, pieces: Sequence[_Piece]) -> Hit:
    """The record's best unit; what of the pieces stands in that one unit counts once more."""
    best = main_unit(index.catalogue.units_of(record), [piece.units for piece in pieces])
    unit = index.unit(best)
    terms = [Term(piece.key) for piece in pieces]
    together = sum(piece.weight for piece, term in zip(pieces, terms, strict=True) if spans_of(unit, term))
    return replace(hit(unit, record, terms, weight + together, ""), near=True)
