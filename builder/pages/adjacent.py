"""Finds the previous and next article in an article's source and in its strongest topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from builder import paths
from builder.cache import digest
from builder.model.archive import Archive, Entry


@dataclass(frozen=True, slots=True)
class Row:
    """A list that an article stands in, and its neighbours there.

    Attributes:
        kind: ``source`` or ``topic``.
        name: The list's name; empty for an unknown source.
        page: The list's page.
        newer: None for the newest.
        older: None for the oldest.
    """

    kind: str
    name: str
    page: str
    newer: Entry | None
    older: Entry | None


class Adjacent:
    """Knows every article's place in every list."""

    def __init__(self, archive: Archive) -> None:
        """Number the lists once, so that each article's neighbours are looked up and not searched."""
        self._sources = {source.slug: source for source in archive.sources}
        self._topics = {topic.slug: topic for topic in archive.topics}
        self._in_source = {source.slug: _numbered(source.entries) for source in archive.sources}
        self._in_topic = {topic.slug: _numbered(topic.entries) for topic in archive.topics}

    def keys(self) -> Mapping[str, bytes]:
        """By identifier what changes whenever an article's rows do; all at once, since every build asks for all."""
        found: dict[str, bytes] = {}
        for source in self._sources.values():
            found |= _marked(source.entries, digest("source", source.slug, source.name))
        for topic in self._topics.values():
            rows = _marked(topic.entries, digest("topic", topic.slug, topic.label))
            for entry in topic.entries:
                if entry.topics[0] == topic.slug:
                    found[entry.id] += rows[entry.id]
        return found

    def of(self, entry: Entry) -> tuple[Row, ...]:
        """The rows that have a neighbour, source first."""
        source = self._sources[entry.source]
        rows = [
            _row(
                "source",
                source.name,
                paths.source(source.slug),
                source.entries,
                self._in_source[source.slug][entry.id],
            )
        ]
        if entry.topics:
            topic = self._topics[entry.topics[0]]
            number = self._in_topic[topic.slug][entry.id]
            rows.append(_row("topic", topic.label, paths.topic(topic.slug), topic.entries, number))
        return tuple(row for row in rows if row.newer or row.older)


def _numbered(entries: Sequence[Entry]) -> Mapping[str, int]:
    return {entry.id: number for number, entry in enumerate(entries)}


def _marked(entries: Sequence[Entry], name: bytes) -> Mapping[str, bytes]:
    """What stands for the row of each article of a list."""
    marks = [_END, *(entry.listed for entry in entries), _END]
    return {entry.id: name + newer + older for entry, newer, older in zip(entries, marks[:-2], marks[2:], strict=True)}


_END = bytes(16)
"""Stands for the neighbour that the first and the last of a list lack."""


def _row(kind: str, name: str, page: str, entries: Sequence[Entry], number: int) -> Row:
    newer = entries[number - 1] if number else None
    older = entries[number + 1] if number + 1 < len(entries) else None
    return Row(kind, name, page, newer, older)
