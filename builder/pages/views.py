"""What templates see of an article in a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder import paths
from builder.model.archive import Archive, Entry
from builder.pages.articles import html_language, title_of
from builder.pages.rendering import Renderer

_LONGEST_EXCERPT = 100
"""Characters: two lines of a list on a desktop, which is as much as any screen shows."""
_NARROW = 2
"""How many Latin letters stand where one Han character would."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article in a list.

    Attributes:
        page: Its page below ``docs/``.
        title: Its headline.
        day: ISO date, or empty.
        source: The outlet's name.
        source_page: The outlet's page.
        language: For the ``lang`` attribute.
        excerpt: First sentences, as much as two lines of a list hold.
        topics: Page and label of each topic, strongest first.
    """

    page: str
    title: str
    day: str
    source: str
    source_page: str
    language: str
    excerpt: str
    topics: tuple[tuple[str, str], ...]


class ViewMaker:
    """Makes list items; knows the names of sources and topics."""

    def __init__(self, archive: Archive, renderer: Renderer) -> None:
        """Remember the names."""
        self._renderer = renderer
        self._sources: Mapping[str, str] = {source.slug: source.name for source in archive.sources}
        self._topics: Mapping[str, str] = {topic.slug: topic.label for topic in archive.topics}

    def item(self, entry: Entry) -> Item:
        """An article as lists show it."""
        article = entry.article
        return Item(
            page=paths.article(entry.id),
            title=title_of(article, self._renderer),
            day=article.published.iso[:10] if article.published else "",
            source=self._sources[entry.source] or self._renderer.label("source_unknown"),
            source_page=paths.source(entry.source),
            language=html_language(article.language),
            excerpt=_clipped(article.excerpt, article.language),
            topics=tuple((paths.topic(topic), self._topics[topic]) for topic in entry.topics),
        )


def _clipped(excerpt: str, language: str) -> str:
    longest = _LONGEST_EXCERPT if language.startswith("zh") else _LONGEST_EXCERPT * _NARROW
    return excerpt if len(excerpt) <= longest else f"{excerpt[:longest].rstrip()}…"
