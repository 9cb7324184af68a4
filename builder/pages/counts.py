"""Counts articles by topic and source, and topics that occur together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from builder.model.archive import Archive, Entry, Source, Topic

_MOST_SOURCES = 12
"""Columns of the table that a reader can still compare; the rest share one."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Topics against sources.

    Attributes:
        sources: The columns, largest first.
        others: How many sources share a last column; 0 where each has its own.
        rows: Each topic with its number in every column.
    """

    sources: tuple[Source, ...]
    others: int
    rows: tuple[tuple[Topic, tuple[int, ...]], ...]


def crossing(archive: Archive) -> Crossing:
    """The table of topics and sources; topics without articles are left out."""
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
            rows.append((topic, tuple(counts)))
    return Crossing(shown, 0 if whole else len(archive.sources) - len(shown), tuple(rows))


def topics_of(entries: Sequence[Entry], archive: Archive, without: str = "") -> tuple[tuple[Topic, int], ...]:
    """The topics of some articles with their numbers, most frequent first.

    Args:
        entries: The articles.
        archive: Knows the topics; its order settles ties.
        without: Slug of a topic to leave out.
    """
    counts = Counter(topic for entry in entries for topic in entry.topics)
    met = [(topic, counts[topic.slug]) for topic in archive.topics if counts[topic.slug] and topic.slug != without]
    return tuple(sorted(met, key=lambda pair: -pair[1]))


def sources_of(entries: Sequence[Entry], archive: Archive) -> tuple[tuple[Source, int], ...]:
    """The sources of some articles with their numbers, most frequent first."""
    counts = Counter(entry.source for entry in entries)
    met = [(source, counts[source.slug]) for source in archive.sources if counts[source.slug]]
    return tuple(sorted(met, key=lambda pair: -pair[1]))
