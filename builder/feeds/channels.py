"""The feeds there are: one for the archive, each source, each topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from builder import paths
from builder.config.settings import Settings
from builder.model.archive import Archive, Entry
from builder.model.post import Published
from builder.pages.rendering import Renderer

NEWEST = 50
"""Entries in a feed: enough for a reader who looks in once a month, and what feed readers keep."""
_NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Channel:
    """One thing to follow, as Atom and as JSON Feed."""

    stem: str  # Path below ``docs/`` without suffix
    page: str  # The page it follows
    title: str  # As feed readers show it
    entries: tuple[Entry, ...]  # Newest first

    @property
    def updated(self) -> str:
        """When its newest entry was published; a channel without entries says the epoch, since no clock is asked."""
        newest = self.entries[0].article.published if self.entries else None
        return timestamp(newest) if newest else _NEVER


def channels(archive: Archive, settings: Settings, renderer: Renderer) -> Iterator[Channel]:
    """Every channel, those without articles included, so that no address ever vanishes with its last article.

    Articles without a date are left out: a feed is ordered by time, and both formats' dates would be invented.
    """
    yield Channel(paths.FEED, paths.HOME, settings.site_name, _newest(archive.entries))
    for source in archive.sources:
        name = source.name or renderer.label("source_unknown")
        yield _channel("sources", source.slug, paths.source(source.slug), name, source.entries, settings)
    for topic in archive.topics:
        yield _channel("topics", topic.slug, paths.topic(topic.slug), topic.label, topic.entries, settings)


def timestamp(published: Published) -> str:
    """The date as RFC 3339 wants it: with time and offset; a bare day becomes its first moment in UTC."""
    instant = published.instant or datetime.combine(published.day, time(), UTC)
    return instant.isoformat().replace("+00:00", "Z")


def _channel(folder: str, slug: str, page: str, name: str, entries: Sequence[Entry], settings: Settings) -> Channel:
    return Channel(paths.feed(folder, slug), page, f"{name} - {settings.site_name}", _newest(entries))


def _newest(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The newest dated entries of a list that is newest first; undated ones stand at its end."""
    return tuple(entry for entry in entries[:NEWEST] if entry.article.published)
