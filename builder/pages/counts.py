"""Counts articles by month, by topic and source, and topics that occur together, for tables on pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from builder.model.archive import Archive, Entry, Source, Topic

_SHADES = 8
"""Heights of a bar; more could not be told apart in a cell as high as a line."""
_MOST_SOURCES = 12
"""Columns of the table that a reader can still compare; the rest share one."""


def months(entries: Sequence[Entry]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Each year that has articles, newest first, with its twelve months; the undated are left out.

    A month's ``bar`` is its height in eighths of the tallest, 0 only where there are no articles.
    """
    counts = Counter(entry.article.published.iso[:7] for entry in entries if entry.article.published)
    most = max(counts.values(), default=1)
    return [
        (
            year,
            [
                {"name": name, "number": name[5:], "count": counts[name], "bar": -(-counts[name] * _SHADES // most)}
                for name in (f"{year}-{number:02}" for number in range(1, 13))
            ],
        )
        for year in sorted({name[:4] for name in counts}, reverse=True)
    ]


def crossing(archive: Archive) -> dict[str, Any]:
    """Topics that have articles against sources.

    Returns:
        ``sources``, the columns, largest first; ``others``, how many more share a last column, 0 where each has its
        own; ``rows``, each topic with its number in every column.
    """
    whole = len(archive.sources) <= _MOST_SOURCES
    shown = archive.sources if whole else archive.sources[: _MOST_SOURCES - 1]
    column = {source.slug: index for index, source in enumerate(shown)}
    width = len(shown) + (not whole)
    rows = []
    for topic in archive.topics:
        counts = [0] * width
        for entry in topic.entries:
            counts[column.get(entry.source, width - 1)] += 1
        if topic.entries:
            rows.append((topic, counts))
    return {"sources": shown, "others": 0 if whole else len(archive.sources) - len(shown), "rows": rows}


def topics_of(entries: Sequence[Entry], archive: Archive, without: str = "") -> tuple[tuple[Topic, int], ...]:
    """The topics of some articles but one, with their numbers, most frequent first, then in the archive's order."""
    counts = Counter(topic for entry in entries for topic in entry.topics)
    met = [(topic, counts[topic.slug]) for topic in archive.topics if counts[topic.slug] and topic.slug != without]
    return tuple(sorted(met, key=lambda pair: -pair[1]))


def sources_of(entries: Sequence[Entry], archive: Archive) -> tuple[tuple[Source, int], ...]:
    """The sources of some articles with their numbers, most frequent first."""
    counts = Counter(entry.source for entry in entries)
    met = [(source, counts[source.slug]) for source in archive.sources if counts[source.slug]]
    return tuple(sorted(met, key=lambda pair: -pair[1]))
