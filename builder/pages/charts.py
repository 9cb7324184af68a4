"""The geometry of the charts, made at build time; templates draw it as inline SVG with a table of the numbers beside.

Positions along the axis are percentages, so that a chart fits any width without scaling its letters; sizes are pixels.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from builder.model.archive import Entry, Source

_MOST_COLUMNS = 48
"""Narrower columns than 1/48 of a phone's width (about 7 pixels) cannot be told apart."""
_MOST_ROWS = 8
_MOST_TICKS = 6
_STEPS = (1, 3, 12)
_LARGEST_DOT = 9.0
_SMALLEST_DOT = 3.0
_WIDEST_BAR = 7.0
BAR_HEIGHT = 60
"""Pixels of the tallest bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: its label, its number, the left edge and width in percent, the height in pixels."""

    label: str
    count: int
    left: float
    width: float
    height: float
    marked: bool

    @property
    def middle(self) -> float:
        """Centre of the bar in percent."""
        return round(self.left + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class Dot:
    """One period of one source: its label, its number, the centre in percent, the radius in pixels."""

    label: str
    count: int
    centre: float
    radius: float


@dataclass(frozen=True, slots=True)
class Row:
    """One source, or all that have no row of their own.

    Attributes:
        source: None for the others.
        others: How many sources share the row; 0 for a source's own.
        count: Its dated articles.
        dots: In order of time.
    """

    source: Source | None
    others: int
    count: int
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Periods:
    """Articles by period and source.

    Attributes:
        step: Months to a column: 1, 3 or 12.
        ticks: Year and place in percent.
        rows: Largest source first.
        table: For each period with articles its label and the number of each row.
    """

    step: int
    ticks: tuple[tuple[str, float], ...]
    rows: tuple[Row, ...]
    table: tuple[tuple[str, tuple[int, ...]], ...]


def year_bars(entries: Sequence[Entry]) -> tuple[Bar, ...]:
    """Articles by year, gaps included; empty where fewer than two years are spanned.

    Args:
        entries: In any order; the undated are left out.
    """
    counts = Counter(int(day[:4]) for day in _days(entries))
    if len(counts) < 2:  # noqa: PLR2004  # a single bar shows nothing
        return ()
    years = range(min(counts), max(counts) + 1)
    every = math.ceil(len(years) / _MOST_TICKS)
    slot, most = 100 / len(years), max(counts.values())
    width = min(0.7 * slot, _WIDEST_BAR)
    return tuple(
        Bar(
            label=str(year),
            count=counts[year],
            left=round((index + 0.5) * slot - width / 2, 2),
            width=round(width, 2),
            height=round(counts[year] / most * BAR_HEIGHT, 1),
            marked=index % every == 0,
        )
        for index, year in enumerate(years)
    )


def periods(entries: Sequence[Entry], sources: Sequence[Source]) -> Periods | None:
    """Articles by month and source; by quarter or year where there are too many months to draw.

    Args:
        entries: The articles; the undated are left out.
        sources: Theirs, largest first; the rest beyond eight rows share one.

    Returns:
        None where nothing is dated.
    """
    months = [_month(day) for day in _days(entries)]
    if not months:
        return None
    first, last = min(months), max(months)
    step = next((step for step in _STEPS if last // step - first // step < _MOST_COLUMNS), _STEPS[-1])
    columns = range(first // step, last // step + 1)
    groups = _groups([source for source in sources if _days(source.entries)])
    counted = [Counter(_month(day) // step for source in group for day in _days(source.entries)) for group in groups]
    most = max(count for counts in counted for count in counts.values())
    return Periods(
        step=step,
        ticks=_ticks(columns, step),
        rows=tuple(
            Row(
                source=group[0] if len(group) == 1 else None,
                others=len(group) if len(group) > 1 else 0,
                count=counts.total(),
                dots=tuple(_dot(column, counts[column], most, columns, step) for column in sorted(counts)),
            )
            for group, counts in zip(groups, counted, strict=True)
        ),
        table=tuple(
            (_label(column, step), tuple(counts[column] for counts in counted))
            for column in columns
            if any(counts[column] for counts in counted)
        ),
    )


def _groups(sources: Sequence[Source]) -> list[tuple[Source, ...]]:
    """A group for each row: single sources, the last one holding what is left over."""
    if len(sources) <= _MOST_ROWS:
        return [(source,) for source in sources]
    return [*((source,) for source in sources[: _MOST_ROWS - 1]), tuple(sources[_MOST_ROWS - 1 :])]


def _dot(column: int, count: int, most: int, columns: range, step: int) -> Dot:
    """A dot whose area grows with the number."""
    radius = max(_SMALLEST_DOT, _LARGEST_DOT * math.sqrt(count / most))
    return Dot(_label(column, step), count, _centre(column, columns), round(radius, 1))


def _centre(column: int, columns: range) -> float:
    return round((column - columns.start + 0.5) / len(columns) * 100, 2)


def _ticks(columns: range, step: int) -> tuple[tuple[str, float], ...]:
    """The years at which the axis is marked: few enough to stay apart on a phone."""
    per_year = 12 // step
    begins = [column for column in columns if column % per_year == 0]
    if not begins or begins[0] - columns.start > len(columns) / _MOST_TICKS:
        begins = [columns.start, *begins]
    every = math.ceil(len(begins) / _MOST_TICKS)
    return tuple((str(column // per_year), _centre(column, columns)) for column in begins[::every])


def _label(column: int, step: int) -> str:
    """``2021-04``, ``2021 Q2``, ``2021``."""
    year, rest = divmod(column * step, 12)
    return {1: f"{year}-{rest + 1:02}", 3: f"{year} Q{rest // 3 + 1}", 12: str(year)}[step]


def _month(day: str) -> int:
    """Months since the year 0."""
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def _days(entries: Sequence[Entry]) -> list[str]:
    return [entry.article.published.iso[:10] for entry in entries if entry.article.published]
