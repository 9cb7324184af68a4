"""Answers a query from a written index; the browser's engine (``assets/``) gives the same answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from builder.search.candidates import candidates
from builder.search.dates import year_of
from builder.search.index import Index, open_index
from builder.search.matching import Hit, match
from builder.search.near import near_hits
from builder.search.parsing import Question, questions

BATCH = 4
FACET_NAMES = ("source", "topic", "year", "script")
Sorting = Literal["relevance", "date"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found.

    Attributes:
        hits: Best (or newest) first; near matches only where nothing holds what was typed.
        total: How many there are in all.
        exact: Whether ``total`` was counted; otherwise it may be a little high.
        widened: Other names that were searched as well.
        near: Whether the hits only come near.
        facets: Counts by value for each facet, where asked for.
    """

    hits: tuple[Hit, ...]
    total: int
    exact: bool
    widened: tuple[str, ...]
    near: bool
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def query(
    index: Index | Path,
    text: str,
    *,
    limit: int = 12,
    filters: Mapping[str, str] | None = None,
    sort: Sorting = "relevance",
    facets: bool = False,
) -> Answer:
    """Search.

    Args:
        index: An open index, or its folder.
        text: As typed: spaces mean "and", quotation marks "exactly so".
        limit: Most hits to return.
        filters: Value by facet: ``source`` (name), ``topic`` (slug), ``year``, ``script``.
        sort: By ``relevance`` or by ``date``.
        facets: Whether to count values.

    Raises:
        IndexFileError: A file of the index is missing or damaged.
    """
    opened = open_index(index) if isinstance(index, Path) else index
    asked = questions(text, opened.catalogue.aliases)
    if not asked or not asked[0].terms:
        return Answer((), 0, exact=True, widened=(), near=False)
    allowed = _allowed(opened, filters or {})
    search = _Search(opened, asked, allowed, sort, thorough=facets)
    hits = search.hits(limit)
    widened = tuple(question.name for question in asked[1:])
    if not hits:
        near = near_hits(opened, asked[0].terms, allowed)
        return Answer(tuple(near[:limit]), len(near), exact=True, widened=widened, near=bool(near))
    counts = _count(opened, search.everything(), filters or {}) if facets else {}
    return Answer(tuple(hits), *search.total(), widened=widened, near=False, facets=counts)


class _Search:
    """The candidates of all questions in one order, checked a batch at a time."""

    def __init__(
        self, index: Index, asked: Sequence[Question], allowed: Collection[int] | None, sort: Sorting, *, thorough: bool
    ) -> None:
        self._index = index
        self._asked = asked
        self._sort = sort
        self._found = [candidates(index, question.terms, thorough=thorough) for question in asked]
        self._allowed = allowed
        self._order = self._ordered()
        self._checked = 0
        self._missed = 0

    def hits(self, limit: int) -> list[Hit]:
        """The first hits; the best of each batch come first, so that what only reading tells counts, too."""
        found: list[Hit] = []
        while len(found) < limit and self._checked < len(self._order):
            batch = self._order[self._checked : self._checked + BATCH]
            matched = [(number, hit) for number, hit in map(self._match, batch) if hit]
            self._checked += len(batch)
            self._missed += len(batch) - len(matched)
            if len(matched) < len(batch):
                self._narrow()
            matched.sort(key=lambda entry: (entry[1].date, entry[1].record), reverse=True)
            if self._sort == "relevance":
                matched.sort(key=lambda entry: (entry[0], -entry[1].score))
            found.extend(hit for _, hit in matched)
        return found[:limit]

    def _narrow(self) -> None:
        """After a miss, look up every key, to read as few more in vain as possible."""
        if all(of_question.complete for of_question in self._found):
            return
        self._found = [candidates(self._index, question.terms, thorough=True) for question in self._asked]
        left = self._first_questions()
        self._order[self._checked :] = [record for record in self._order[self._checked :] if record in left]

    def total(self) -> tuple[int, bool]:
        """How many, and whether that was counted."""
        certain = all(of_question.certain for of_question in self._found)
        return len(self._order) - self._missed, certain or self._checked == len(self._order)

    def everything(self) -> list[int]:
        """Every candidate, whatever the filters."""
        return list(self._first_questions())

    def _is_allowed(self, record: int) -> bool:
        return self._allowed is None or record in self._allowed

    def _first_questions(self) -> dict[int, int]:
        """The first question that each candidate may answer."""
        first: dict[int, int] = {}
        for number, of_question in enumerate(self._found):
            for record in of_question.scores:
                first.setdefault(record, number)
        return first

    def _ordered(self) -> list[int]:
        """Candidates that pass the filters, in the order of reading; one batch alone is put in order once read."""
        first = self._first_questions()
        order = sorted(filter(self._is_allowed, first), reverse=True)
        if len(order) > BATCH:
            order.sort(
                key=(_days(self._index) if self._sort == "date" else self._index.dates).__getitem__, reverse=True
            )
        if self._sort == "relevance":
            order.sort(key=lambda record: (first[record], -self._found[first[record]].scores[record]))
        return order

    def _match(self, record: int) -> tuple[int, Hit | None]:
        """The first question that the record really answers."""
        for number, (question, of_question) in enumerate(zip(self._asked, self._found, strict=True)):
            if record in of_question.scores:
                hit = match(self._index, record, question.terms, of_question.units, question.name)
                if hit:
                    return number, hit
        return len(self._asked), None


def _allowed(index: Index, filters: Mapping[str, str]) -> set[int] | None:
    """Numbers of the records that pass every filter; None where there is none."""
    if not filters:
        return None
    values = [(_column(index, facet), value) for facet, value in filters.items()]
    return {record for record in index.dates if all(value in column[record] for column, value in values)}


def _count(index: Index, records: Sequence[int], filters: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Counts by value; a facet's own filter does not narrow its counts, so that another value can be chosen."""
    counts: dict[str, dict[str, int]] = {}
    for facet in FACET_NAMES:
        allowed = _allowed(index, {other: value for other, value in filters.items() if other != facet})
        column = _column(index, facet)
        passed = (record for record in records if allowed is None or record in allowed)
        counts[facet] = dict(sorted(Counter(value for record in passed for value in column[record]).items()))
    return counts


def _column(index: Index, facet: str) -> Mapping[int, Sequence[str]]:
    """A facet's values by record."""
    if facet == "year":
        return {record: (year_of(month),) for record, month in index.dates.items()}
    if facet == "topic":
        return dict(zip(index.dates, index.facets.topics, strict=True))
    values = index.facets.sources if facet == "source" else index.facets.scripts
    return {record: (value,) for record, value in zip(index.dates, values, strict=True)}


def _days(index: Index) -> Mapping[int, tuple[int, int]]:
    """Month, and day of the month, by record."""
    months = index.dates.items()
    return {record: (month, day) for (record, month), day in zip(months, index.facets.days, strict=True)}
