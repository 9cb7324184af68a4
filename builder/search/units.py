"""Cuts records into units, the pieces that postings point to and that are fetched to check and quote a hit.

A unit holds at most 4,000 characters and the beginning of the next one, so that a phrase across the cut is found in
the first of the two. Most articles are one unit. What is fetched for a hit in a plan is one unit, not the whole plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from builder.model.search import SearchRecord, SearchSection
from builder.search.characters import plain

UNIT_LENGTH = 4000
LONGEST_TERM = 64


Place = tuple[int, str, str]
"""Where a section begins, as an offset in the unit's text; its address and title."""


SHOWN = (
    *("number", "title", "address", "kind", "source", "credits", "topics", "date", "language"),
    *("text", "length", "places"),
)
"""What a file of texts has of a unit, in this order, behind the unit's slot."""


class UnitContent(NamedTuple):
    """A unit."""

    record: SearchRecord  # To which it belongs
    number: int  # Which of the record's units it is, from 0
    text: str  # Its own text and the beginning of the next unit's
    length: int  # Length of its own text
    places: tuple[Place, ...]  # Where sections begin in ``text``; the first at 0

    def shown(self) -> list[object]:
        """What ``SHOWN`` says."""
        one = self.record
        facts = (one.title, one.address, one.kind, one.source, one.credits, one.topics, one.date[:10], one.language)
        return [self.number, *facts, self.text, self.length, self.places]


def read_unit(shown: Sequence[Any], handles: Sequence[str]) -> UnitContent:
    """A unit as far as it is searched, of what is shown of it."""
    said = dict(zip(SHOWN, shown, strict=True))
    number, text, length, places = (said.pop(name) for name in ("number", "text", "length", "places"))
    return UnitContent(SearchRecord(id="", sections=(), handles=tuple(handles), **said), number, text, length, places)


def cut(record: SearchRecord) -> list[UnitContent]:
    """The units of a record, at least one."""
    body = "\n".join(section.text for section in record.sections)
    starts = _starts(record.sections)
    units = []
    for number, (start, end) in enumerate(pairwise(_cuts(body))):
        stop = _overlap_end(body, end)
        units.append(UnitContent(record, number, body[start:stop], end - start, _places(starts, start, stop)))
    return units


def day_of(date: str) -> int | None:
    """The day of an ISO 8601 date, counted as ``datetime`` does; None where it is unknown."""
    return _ordinal(date[:10])


@lru_cache(maxsize=1 << 14)  # years of days, each asked for many times
def _ordinal(day: str) -> int | None:
    try:
        return dt.date.fromisoformat(day).toordinal()
    except ValueError:
        return None


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
