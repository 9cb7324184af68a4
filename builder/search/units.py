"""Cuts records into units, the pieces that postings point to and that are fetched to check and quote a hit.

A unit holds at most 2,000 characters and the beginning of the next one, so that a phrase across the cut is found in
the first of the two. Small units keep a query's download small: what is fetched for a hit is one unit, not the
whole plan.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builder.model.search import SearchRecord, SearchSection
from builder.search.characters import plain
from builder.search.grams import all_grams
from builder.search.packing import pack

UNIT_LENGTH = 2000
LONGEST_TERM = 64
IN_TITLE = 1 << 20
_EPOCH = dt.date(1970, 1, 1).toordinal()


Place = tuple[int, str, str]
"""Where a section begins, as an offset in the unit's text; its address and title."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a record.

    Attributes:
        text: Its own text and the beginning of the next unit's.
        length: Length of its own text.
        places: Where sections begin in ``text``; the first at 0.
    """

    text: str
    length: int
    places: tuple[Place, ...]


def cut(record: SearchRecord) -> tuple[Unit, ...]:
    """The units of a record, at least one."""
    body = "\n".join(section.text for section in record.sections)
    starts = _starts(record.sections)
    cuts = _cuts(body)
    units = []
    for start, end in pairwise(cuts):
        text = body[start : _overlap_end(body, end)]
        units.append(Unit(text, end - start, _places(starts, start, start + len(text))))
    return tuple(units)


def weigh(record: SearchRecord, unit: Unit, *, first: bool) -> Mapping[str, int]:
    """How often each key stands in the unit; ``IN_TITLE`` where the title of the record, begun by this unit, has it."""
    counts: dict[str, int] = all_grams(plain(unit.text))
    if first:
        for line in (record.source, *record.credits):
            for key in all_grams(plain(line)):
                counts.setdefault(key, 1)
        counts.update(dict.fromkeys(all_grams(plain(record.title)), IN_TITLE))
    return counts


def file_of(record: SearchRecord, unit: Unit) -> bytes:
    """The unit as published: packed JSON with all that a result shows."""
    shown = {
        "title": record.title,
        "address": record.address,
        "kind": record.kind,
        "source": record.source,
        "credits": record.credits,
        "topics": record.topics,
        "date": record.date[:10],
        "language": record.language,
        "text": unit.text,
        "length": unit.length,
        "places": unit.places,
    }
    return pack(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode())


def day_of(record: SearchRecord) -> int | None:
    """Days since 1970; None where the date is unknown."""
    try:
        return dt.date.fromisoformat(record.date[:10]).toordinal() - _EPOCH
    except ValueError:
        return None


def iso_day(day: int) -> str:
    """``YYYY-MM-DD`` of a day counted from 1970."""
    return dt.date.fromordinal(day + _EPOCH).isoformat()


def unit_name(day: int | None, turn: int, number: int) -> str:
    """Path of a unit's file: the record's day, its turn on that day, the unit's number; it outlives most additions."""
    iso = iso_day(day) if day is not None else "0000-00-00"
    return f"texts/{iso[:4]}/{iso[5:]}.{turn}.{number}.gz"


def _starts(sections: Sequence[SearchSection]) -> list[Place]:
    starts, place = [], 0
    for section in sections:
        starts.append((place, section.address, section.title))
        place += len(section.text) + 1
    return starts


def _cuts(body: str) -> list[int]:
    """Ends of blocks (or, in a block longer than a unit, anywhere) at most a unit apart."""
    cuts = [0]
    while len(body) - cuts[-1] > UNIT_LENGTH:
        limit = cuts[-1] + UNIT_LENGTH
        end = body.rfind("\n", cuts[-1] + UNIT_LENGTH // 2, limit)
        cuts.append(end + 1 if end >= 0 else limit)
    return [*cuts, len(body)]


def _overlap_end(body: str, end: int) -> int:
    """Far enough behind the cut that a term of the longest kind, begun before it, ends."""
    stretch = 2 * LONGEST_TERM
    while end + stretch < len(body) and len(plain(body[end : end + stretch])) < LONGEST_TERM:
        stretch *= 2
    return min(len(body), end + stretch)


def _places(starts: Sequence[Place], start: int, end: int) -> tuple[Place, ...]:
    inside = [(place - start, address, title) for place, address, title in starts if start < place < end]
    before = [(0, address, title) for place, address, title in starts if place <= start]
    return (before[-1] if before else (0, "", ""), *inside)
