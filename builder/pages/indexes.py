"""Home and the index pages: all articles, each source, each topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.config.settings import Settings
from builder.model.archive import Archive, Source, Topic
from builder.pages import places
from builder.pages.listings import listing_pages, span
from builder.pages.rendering import PageFile, Renderer
from builder.pages.views import ViewMaker

_LATEST = 8


def index_pages(archive: Archive, renderer: Renderer, settings: Settings) -> Iterator[PageFile]:
    """Every index page of the archive.

    Args:
        archive: Everything, linked.
        renderer: Fills the templates.
        settings: The site's name and description.
    """
    views = ViewMaker(archive, renderer)
    yield _home(archive, renderer, views, settings)
    yield from _all_articles(archive, renderer, views)
    yield _overview(places.SOURCES, "sources.md.j2", renderer, "sources", archive.sources)
    for source in archive.sources:
        yield from _source(source, renderer, views)
    yield _overview(places.TOPICS, "topics.md.j2", renderer, "topics", archive.topics)
    for topic in archive.topics:
        yield from _topic(topic, archive, renderer, views)


def _home(archive: Archive, renderer: Renderer, views: ViewMaker, settings: Settings) -> PageFile:
    context = {
        "site_name": settings.site_name,
        "site_description": settings.site_description,
        "latest": [views.item(entry) for entry in archive.entries[:_LATEST]],
        "sources": archive.sources,
        "topics": [topic for topic in archive.topics if topic.entries],
        "plans": archive.plans,
        "total": len(archive.entries),
        "span": span(archive.entries),
    }
    front_matter = {"title": renderer.label("home"), "kind": "home", "hide": ["navigation", "toc"]}
    return renderer.page(places.HOME, "home.md.j2", context, front_matter)


def _all_articles(archive: Archive, renderer: Renderer, views: ViewMaker) -> Iterator[PageFile]:
    total = len(archive.entries)
    front_matter = {
        "title": renderer.label("all_articles"),
        "description": renderer.label("description_articles", count=total),
        "kind": "listing",
    }
    context = {"title": renderer.label("all_articles")}
    yield from listing_pages(
        places.ARTICLES, "articles.md.j2", archive.entries, context, front_matter, (renderer, views)
    )


def _overview(
    page: str, template: str, renderer: Renderer, key: str, items: Sequence[Source] | Sequence[Topic]
) -> PageFile:
    """The page of all sources, or of all topics."""
    rows = [(item, span(item.entries)) for item in items]
    front_matter = {"title": renderer.label(key), "kind": "listing"}
    return renderer.page(page, template, {"rows": rows, "title": renderer.label(key)}, front_matter)


def _source(source: Source, renderer: Renderer, views: ViewMaker) -> Iterator[PageFile]:
    name = source.name or renderer.label("source_unknown")
    front_matter = {
        "title": name,
        "description": renderer.label("description_source", name=name, count=len(source.entries)),
        "kind": "source",
    }
    context = {"source": source, "title": name}
    yield from listing_pages(
        places.source(source.slug), "source.md.j2", source.entries, context, front_matter, (renderer, views)
    )


def _topic(topic: Topic, archive: Archive, renderer: Renderer, views: ViewMaker) -> Iterator[PageFile]:
    labels = {other.slug: other.label for other in archive.topics}
    front_matter = {
        "title": topic.label,
        "description": renderer.label("description_topic", label=topic.label, count=len(topic.entries)),
        "kind": "topic",
    }
    context = {
        "topic": topic,
        "title": topic.label,
        "related": [(places.topic(slug), labels[slug]) for slug in topic.related],
    }
    yield from listing_pages(
        places.topic(topic.slug), "topic.md.j2", topic.entries, context, front_matter, (renderer, views)
    )
