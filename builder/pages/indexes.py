"""The index pages: home, all articles, each source, each topic, the timeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from builder.config.settings import Settings
from builder.model.archive import Archive, Source, Topic
from builder.pages import places
from builder.pages.browsing import browse_pages
from builder.pages.charts import BAR_HEIGHT, year_bars
from builder.pages.counts import crossing, sources_of, topics_of
from builder.pages.home import home_page
from builder.pages.listings import listing_pages, span
from builder.pages.rendering import PageFile, Renderer
from builder.pages.timeline import timeline_page
from builder.pages.views import ViewMaker


def index_pages(archive: Archive, renderer: Renderer, settings: Settings) -> Iterator[PageFile]:
    """Every index page of the archive.

    Args:
        archive: Everything, linked.
        renderer: Fills the templates.
        settings: The site's name and description.
    """
    views = ViewMaker(archive, renderer)
    yield home_page(archive, renderer, views, settings)
    yield from browse_pages(archive, renderer, views)
    yield _overview(places.SOURCES, "sources.md.j2", renderer, "sources", {"rows": _rows(archive.sources)})
    for source in archive.sources:
        yield from _source(source, archive, renderer, views)
    topics = {"rows": _rows(archive.topics), "crossing": crossing(archive)}
    yield _overview(places.TOPICS, "topics.md.j2", renderer, "topics", topics)
    for topic in archive.topics:
        yield from _topic(topic, archive, renderer, views)
    yield timeline_page(archive, renderer, views)


def _rows(items: Sequence[Source] | Sequence[Topic]) -> list[tuple[Source | Topic, tuple[str, str] | None]]:
    return [(item, span(item.entries)) for item in items]


def _overview(page: str, template: str, renderer: Renderer, key: str, context: dict[str, Any]) -> PageFile:
    """The page of all sources, or of all topics."""
    title = renderer.label(key)
    front_matter = {
        "title": title,
        "description": renderer.label(f"description_{key}", count=len(context["rows"])),
        "kind": "listing",
        "hide": ["navigation", "toc"],
    }
    return renderer.page(page, template, {**context, "title": title}, front_matter)


def _source(source: Source, archive: Archive, renderer: Renderer, views: ViewMaker) -> Iterator[PageFile]:
    name = source.name or renderer.label("source_unknown")
    front_matter = {
        "title": name,
        "description": renderer.label("description_source", name=name, count=len(source.entries)),
        "feed": places.feed("sources", source.slug),
        "kind": "source",
        "hide": ["navigation"],
    }
    context = {
        "source": source,
        "title": name,
        "bars": year_bars(source.entries),
        "bar_height": BAR_HEIGHT,
        "topics": topics_of(source.entries, archive),
    }
    yield from listing_pages(
        places.source(source.slug), "source.md.j2", source.entries, context, front_matter, (renderer, views)
    )


def _topic(topic: Topic, archive: Archive, renderer: Renderer, views: ViewMaker) -> Iterator[PageFile]:
    labels = {other.slug: other.label for other in archive.topics}
    front_matter = {
        "title": topic.label,
        "description": renderer.label("description_topic", label=topic.label, count=len(topic.entries)),
        "feed": places.feed("topics", topic.slug),
        "kind": "topic",
        "hide": ["navigation"],
    }
    context = {
        "topic": topic,
        "title": topic.label,
        "related": [(places.topic(slug), labels[slug]) for slug in topic.related],
        "bars": year_bars(topic.entries),
        "bar_height": BAR_HEIGHT,
        "together": topics_of(topic.entries, archive, without=topic.slug),
        "sources": sources_of(topic.entries, archive),
    }
    yield from listing_pages(
        places.topic(topic.slug), "topic.md.j2", topic.entries, context, front_matter, (renderer, views)
    )
