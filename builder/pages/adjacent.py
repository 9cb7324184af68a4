"""The previous and next article in an article's source and in its strongest topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from builder import paths
from builder.model.archive import Archive, Entry

_END = bytes(16)
"""Stands for the neighbour that the first and the last of a list lack."""


class Row(NamedTuple):
    """A list that an article stands in, and its neighbours there; the newest has no newer one, the oldest no older."""

    kind: str  # ``source`` or ``topic``
    name: str  # The list's name; empty for an unknown source
    page: str  # The list's page
    newer: Entry | None
    older: Entry | None

    @property
    def key(self) -> bytes:
        """Changes whenever what a page shows of the row does."""
        beside = (each.listed if each else _END for each in (self.newer, self.older))
        return b"\0".join([f"{self.kind}\0{self.page}\0{self.name}".encode(), *beside])


def rows_of(archive: Archive) -> dict[str, list[Row]]:
    """Every article's rows by its identifier, source first."""
    found: dict[str, list[Row]] = {entry.id: [] for entry in archive.entries}
    for source in archive.sources:
        for entry, row in _rows("source", source.name, paths.source(source.slug), source.entries):
            found[entry.id].append(row)
    for topic in archive.topics:
        for entry, row in _rows("topic", topic.label, paths.topic(topic.slug), topic.entries):
            if entry.topics[0] == topic.slug:
                found[entry.id].append(row)
    return found


def _rows(kind: str, name: str, page: str, entries: Sequence[Entry]) -> Iterator[tuple[Entry, Row]]:
    beside: list[Entry | None] = [None, *entries, None]
    for entry, newer, older in zip(entries, beside[:-2], beside[2:], strict=True):
        yield entry, Row(kind, name, page, newer, older)
