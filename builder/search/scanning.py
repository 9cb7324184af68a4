"""A plain look through the archive's texts, in the terminal: what holds every term, letter for letter, newest first.

The query language is the search page's (``assets/query.js``), without its ranking, its other names and its near
results: spaces mean "and", ``OR`` and ``|`` "or", a hyphen "not", quotation marks "exactly so"; ``来源:``, ``专题:``
and ``标题:`` narrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.search.catalogue import ROOT
from builder.search.characters import located, plain, runs, verbatim
from builder.search.packing import unpack_json
from builder.search.units import SHOWN

_PIECE = re.compile(
    r"""(?P<not>[-－](?=\S))?(?:(?P<name>来源|來源|专题|專題|标题|標題|source|topic|title)[:：])?"""
    r"""(?:["＂](?P<a>[^"＂]*)["＂]|“(?P<b>[^”]{0,200})”|「(?P<c>[^」]{0,200})」|(?P<word>[^\s"＂“「|｜]+))|(?P<or>[|｜])"""
)
_FIELDS = {
    **dict.fromkeys(("来源", "來源", "source"), "source"),
    **dict.fromkeys(("专题", "專題", "topic"), "topics"),
    **dict.fromkeys(("标题", "標題", "title"), "title"),
}
_BEFORE, _SHOWN = 24, 90


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """What must or must not be there."""

    plain: str  # As the index sees it
    exact: str = ""  # As it is written, where it stood in quotation marks
    field: str = ""  # The only field it may stand in; empty for any


@dataclass(slots=True)
class Question:
    """Groups of alternatives, of each of which one must be there, and what must not."""

    groups: list[list[QueryTerm]] = field(default_factory=list)
    excluded: list[QueryTerm] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A record that holds everything."""

    title: str  # As shown, like the others
    address: str  # The page below the site's root, with the passage
    source: str
    date: str
    before: str  # The excerpt in three pieces: before what was found, that itself, and behind it
    found: str
    after: str


def read_question(text: str) -> Question:
    """What was typed."""
    question, either = Question(), False
    for piece in _PIECE.finditer(text):
        if piece["or"] or piece["word"] == "OR":
            either = bool(question.groups)
            continue
        quoted = next((piece[name] for name in "abc" if piece[name] is not None), None)
        words = piece["word"] if quoted is None else quoted
        term = QueryTerm(
            plain(words), verbatim(words).plain.strip() if quoted else "", _FIELDS.get(piece["name"] or "", "")
        )
        if not term.plain:
            continue
        if piece["not"]:
            question.excluded.append(term)
        elif either:
            question.groups[-1].append(term)
        else:
            question.groups.append([term])
        either = False
    return question


def scan(index: Path, text: str) -> list[SearchHit]:
    """Look through every text of an index.

    Args:
        index: Its folder.
        text: As typed.

    Raises:
        IndexFileError, OSError: The index is missing or damaged.
    """
    question = read_question(text)
    labels = unpack_json((index / ROOT).read_bytes(), ROOT)["topics"]
    found = [_found(units, question, labels) for units in _records(index)] if question.groups else []
    return sorted(filter(None, found), key=lambda one: (one.date, one.address), reverse=True)


def _records(index: Path) -> Iterator[list[dict[str, Any]]]:
    """The units of each record, in order."""
    records: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(index.glob("*/texts/*.gz")):
        for _, *values in unpack_json(path.read_bytes(), path.name):
            unit = dict(zip(SHOWN, values, strict=True))
            records.setdefault(unit["address"], []).append(unit)
    for units in records.values():
        yield sorted(units, key=lambda unit: unit["number"])


def _found(units: list[dict[str, Any]], question: Question, labels: Mapping[str, str]) -> SearchHit | None:
    whole = "".join(unit["text"][: unit["length"]] for unit in units)
    first = units[0]
    topics = "\n".join(labels.get(slug, slug) for slug in first["topics"])
    fields = {"title": first["title"], "source": first["source"], "topics": topics, "text": whole}
    lines = [first["title"], first["source"], *first["credits"], whole]
    if any(_holds(fields, lines, term) for term in question.excluded):
        return None
    if not all(any(_holds(fields, lines, term) for term in group) for group in question.groups):
        return None
    spans = [span for group in question.groups for term in group if (span := _span(whole, term))]
    start, end = min(spans, default=(0, 0))
    return SearchHit(
        title=first["title"],
        address=_address(units, start),
        source=first["source"],
        date=first["date"],
        before=whole[max(0, start - _BEFORE) : start].replace("\n", " "),
        found=whole[start:end].replace("\n", " "),
        after=whole[end : max(end, start + _SHOWN)].replace("\n", " "),
    )


def _holds(fields: Mapping[str, str], lines: list[str], term: QueryTerm) -> bool:
    return any(_span(line, term) is not None for line in ([fields[term.field]] if term.field else lines))


def _span(text: str, term: QueryTerm) -> tuple[int, int] | None:
    """Where a term stands first; letters and digits begin with their word."""
    seen, wanted = (verbatim(text), term.exact) if term.exact else (located(text), term.plain)
    start = seen.plain.find(wanted)
    while start > 0 and runs().fullmatch(seen.plain, start - 1, start + 1):
        start = seen.plain.find(wanted, start + 1)
    return (seen.places[start], seen.places[start + len(wanted) - 1] + 1) if start >= 0 else None


def _address(units: list[dict[str, Any]], place: int) -> str:
    begin = 0
    for unit in units:
        if place < begin + unit["length"]:
            inside = [address for start, address, _ in unit["places"] if start <= place - begin]
            return str(inside[-1] or unit["address"]) if inside else str(unit["address"])
        begin += unit["length"]
    return str(units[0]["address"])
