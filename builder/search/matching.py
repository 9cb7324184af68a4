"""Reads the units of a candidate: does it hold every term, how well, and which passage shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from builder.search.characters import Text, located, verbatim
from builder.search.index import Index
from builder.search.parsing import Term
from builder.search.units import LONGEST_TERM, UnitContent

Span = tuple[int, int]
Segment = tuple[str, bool]
_MOST_SPANS = 50
_MOST_UNITS = 8
_TITLE_VALUE, _MOST_COUNTED, _NEAREST = 12, 6, 8
_LEAD, _EXCERPT = 24, 90


@dataclass(frozen=True, slots=True)
class Hit:
    """A result.

    Attributes:
        record: Number of the record.
        score: Higher is better, within one question.
        title: In pieces, each with whether it is marked.
        excerpt: Likewise.
        address: Page below the site's root.
        place: The same, or the section's own address with its fragment.
        section: The section's title, possibly empty.
        kind: ``article`` or ``plan``.
        source: The outlet's name.
        topics: Slugs.
        date: ``YYYY-MM-DD`` or empty.
        language: BCP 47 tag.
        name: The other name by which it was found; empty where it holds what was typed.
        near: Whether it only comes near what was typed.
    """

    record: int
    score: int
    title: tuple[Segment, ...]
    excerpt: tuple[Segment, ...]
    address: str
    place: str
    section: str
    kind: str
    source: str
    topics: tuple[str, ...]
    date: str
    language: str
    name: str = ""
    near: bool = False


def match(
    index: Index, record: int, terms: Sequence[Term], units: Sequence[Mapping[int, int]], name: str
) -> Hit | None:
    """Check one candidate.

    Args:
        index: Where.
        record: Its number.
        terms: All of which it must hold.
        units: For each term, the units that may hold it, with weights.
        name: What the hit's ``name`` shall be.

    Returns:
        The hit, or None where a term is missing.
    """
    numbers = index.catalogue.units_of(record)
    possible = [[unit for unit in numbers if unit in of_term] for of_term in units]
    main = main_unit(numbers, units)
    score, shown = 0, main
    for term, own_units in zip(terms, possible, strict=True):
        unit = _unit_with(index, term, own_units, main, numbers)
        if unit is None:
            return None
        if unit != main and not any(spans_of(index.unit(main), other) for other in terms):
            shown = unit
        score += _value(index.unit(unit), term)
    found = [spans_of(index.unit(shown), term) for term in terms]
    window = narrowest(found)
    if len(terms) > 1 and all(found):
        score += max(0, _NEAREST - ((window[1] - window[0]) // 16).bit_length())
    return hit(index.unit(shown), record, terms, score, name)


def main_unit(numbers: range, units: Sequence[Mapping[int, int]]) -> int:
    """The unit that says most about the question."""
    return max(numbers, key=lambda unit: (sum(1 + of_term[unit] for of_term in units if unit in of_term), -unit))


def hit(unit: UnitContent, record: int, terms: Sequence[Term], score: int, name: str) -> Hit:
    """A unit as a result, with the passage where the terms stand closest."""
    found = [spans_of(unit, term) for term in terms]
    window = narrowest(found)
    place, section = _section_at(unit, window[0]) if any(found) else (unit.address, "")
    title = marked(unit.title, (span for term in terms for span in spans(unit.title, term)))
    return Hit(
        record=record,
        score=score,
        title=title,
        excerpt=_excerpt(unit.text, window, [span for of_term in found for span in of_term]),
        address=unit.address,
        place=place,
        section=section,
        kind=unit.kind,
        source=unit.source,
        topics=unit.topics,
        date=unit.date,
        language=unit.language,
        name=name,
    )


def spans(text: str, term: Term) -> list[Span]:
    """Where a term stands in a text, as offsets in the original."""
    read: Text = verbatim(text) if term.exact else located(text)
    wanted = term.exact or term.plain
    found: list[Span] = []
    start = read.plain.find(wanted)
    while start >= 0 and len(found) < _MOST_SPANS:
        end = start + len(wanted)
        found.append((read.places[start], read.places[end - 1] + 1))
        start = read.plain.find(wanted, end)
    return found


def spans_of(unit: UnitContent, term: Term) -> list[Span]:
    """Where a term begins in a unit's own text."""
    return [span for span in spans(unit.text, term) if span[0] < unit.length]


def narrowest(found: Sequence[Sequence[Span]]) -> Span:
    """The shortest stretch with every term that stands in the text at all; the first of equals."""
    marks = sorted((start, end, number) for number, of_term in enumerate(found) for start, end in of_term)
    wanted = len({number for _, _, number in marks})
    best, last = (0, 0), {}
    for start, end, number in marks:
        last[number] = (start, end)
        if len(last) == wanted:
            begin = min(span[0] for span in last.values())
            if best == (0, 0) or end - begin < best[1] - best[0]:
                best = (begin, end)
    return best


def marked(text: str, found: Iterable[Span]) -> tuple[Segment, ...]:
    """The text in pieces, those within a span marked; spans that touch become one."""
    pieces: list[Segment] = []
    place = 0
    for start, end in _merged(found):
        if start > place:
            pieces.append((text[place:start], False))
        pieces.append((text[start:end], True))
        place = end
    if place < len(text):
        pieces.append((text[place:], False))
    return tuple(pieces)


def _unit_with(index: Index, term: Term, possible: Sequence[int], main: int, numbers: range) -> int | None:
    """The unit that holds a term, the main one if it does; title and credits belong to every unit."""
    if main in possible and spans_of(index.unit(main), term):
        return main
    shown = index.unit(main)
    if any(spans(line, term) for line in (shown.title, shown.source, *shown.credits)):
        return main
    if len(term.plain) > LONGEST_TERM:
        return _long_term_unit(index, term, possible, numbers)
    others = [unit for unit in possible if unit != main][:_MOST_UNITS]
    return next((unit for unit in others if spans_of(index.unit(unit), term)), None)


def _long_term_unit(index: Index, term: Term, possible: Sequence[int], numbers: range) -> int | None:
    """A term longer than the units' overlap is sought in the whole text."""
    whole = "".join(index.unit(number).text[: index.unit(number).length] for number in numbers)
    return possible[0] if possible and spans(whole, term) else None


def _value(unit: UnitContent, term: Term) -> int:
    in_title = _TITLE_VALUE if spans(unit.title, term) else 0
    return in_title + min(_MOST_COUNTED, len(spans_of(unit, term)))


def _excerpt(text: str, window: Span, found: Iterable[Span]) -> tuple[Segment, ...]:
    start = max(0, window[0] - _LEAD)
    end = min(len(text), start + _EXCERPT)
    inside = [
        (max(begin, start) - start, min(stop, end) - start) for begin, stop in found if begin < end and stop > start
    ]
    pieces = marked(text[start:end].replace("\n", " "), inside)
    return (*([("…", False)] if start else []), *pieces, *([("…", False)] if end < len(text) else []))


def _section_at(unit: UnitContent, place: int) -> tuple[str, str]:
    _, address, title = [section for section in unit.places if section[0] <= place][-1]
    return address or unit.address, title


def _merged(found: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
