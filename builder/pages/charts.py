"""Articles by month: a small table whose cells lead to the articles of a month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from builder.model.archive import Entry

_SHADES = 8
"""Heights of a bar; more could not be told apart in a cell as high as a line."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month with articles.

    Attributes:
        name: ``2021-04``.
        year: ``2021``.
        number: ``04``.
        count: Its articles.
        bar: Height of its bar in eighths of the tallest, 0 only where there are no articles.
    """

    name: str
    year: str
    number: str
    count: int
    bar: int


def months(entries: Sequence[Entry]) -> tuple[tuple[str, tuple[Month, ...]], ...]:
    """Articles by month.

    Args:
        entries: In any order; the undated are left out.

    Returns:
        Each year that has articles, newest first, with its twelve months.
    """
    counts = Counter(entry.article.published.iso[:7] for entry in entries if entry.article.published)
    most = max(counts.values(), default=1)
    return tuple(
        (year, tuple(_month(year, f"{number:02}", counts, most) for number in range(1, 13)))
        for year in sorted({name[:4] for name in counts}, reverse=True)
    )


def _month(year: str, number: str, counts: Counter[str], most: int) -> Month:
    count = counts[f"{year}-{number}"]
    return Month(f"{year}-{number}", year, number, count, -(-count * _SHADES // most))
