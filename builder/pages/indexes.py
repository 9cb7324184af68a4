"""The index pages: home, all articles, each source, each topic, the timeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from builder import paths
from builder.config.settings import Settings
from builder.model.archive import Archive, Source, Topic
from builder.output.products import PageFile, Product, listed, plan_digest, product
from builder.pages.article_plans import MOST_SECTIONS, topic_sections
from builder.pages.browsing import browse_products
from builder.pages.counts import crossing, months, sources_of, topics_of
from builder.pages.home import home_page
from builder.pages.listings import Listing, ViewMaker, listing_products, span
from builder.pages.rendering import Renderer
from builder.pages.timeline import timeline_page


def index_products(archive: Archive, renderer: Renderer, settings: Settings) -> Iterator[Product]:
    """Every index page of the archive."""
    views = ViewMaker(archive, renderer)
    names = _names(archive)
    whole = (listed(archive.entries), names, *map(plan_digest, archive.plans))
    yield product(paths.HOME, lambda: [home_page(archive, renderer, views, settings)], *whole)
    yield from browse_products(archive, renderer, views, names)
    yield product(paths.SOURCES, lambda: [_sources(archive, renderer)], *whole)
    for source in archive.sources:
        yield from _source(source, archive, (renderer, views), names)
    yield product(paths.TOPICS, lambda: [_topics(archive, renderer)], *whole)
    for topic in archive.topics:
        yield from _topic(topic, archive, (renderer, views), names)
    yield product(paths.TIMELINE, lambda: [timeline_page(archive, renderer, views)], *whole)


def _names(archive: Archive) -> str:
    """What sources and topics are called, and in which order they stand; numbers of articles aside."""
    sources = sorted(
        (source.slug, source.name, source.aliases, source.homepage, source.description) for source in archive.sources
    )
    topics = [
        (topic.slug, topic.label, topic.label_traditional, topic.description, topic.terms, topic.related)
        for topic in archive.topics
    ]
    return repr((sources, topics))


def _order(archive: Archive) -> str:
    """By number of articles: it settles ties."""
    return " ".join(source.slug for source in archive.sources)


def _rows(items: Sequence[Source] | Sequence[Topic]) -> list[tuple[Source | Topic, tuple[str, str] | None]]:
    return [(item, span(item.entries)) for item in items]


def _sources(archive: Archive, renderer: Renderer) -> PageFile:
    return _overview(paths.SOURCES, "sources.md.j2", renderer, "sources", {"rows": _rows(archive.sources)})


def _topics(archive: Archive, renderer: Renderer) -> PageFile:
    context = {"rows": _rows(archive.topics), "crossing": crossing(archive)}
    return _overview(paths.TOPICS, "topics.md.j2", renderer, "topics", context)


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


def _source(source: Source, archive: Archive, maker: tuple[Renderer, ViewMaker], names: str) -> Iterator[Product]:
    name = source.name or maker[0].label("source_unknown")
    listing = Listing(
        page=paths.source(source.slug),
        template="source.md.j2",
        entries=source.entries,
        title=name,
        kind="source",
        description=maker[0].label("description_source", name=name, count=len(source.entries)),
        hide=["navigation"],
        context=lambda: {
            "source": source,
            "chart": months(source.entries),
            "topics": topics_of(source.entries, archive),
        },
        feed=paths.feed("sources", source.slug),
        order=_order(archive),
    )
    yield from listing_products(listing, maker, names)


def _topic(topic: Topic, archive: Archive, maker: tuple[Renderer, ViewMaker], names: str) -> Iterator[Product]:
    labels = {other.slug: other.label for other in archive.topics}
    listing = Listing(
        page=paths.topic(topic.slug),
        template="topic.md.j2",
        entries=topic.entries,
        title=topic.label,
        kind="topic",
        description=maker[0].label("description_topic", label=topic.label, count=len(topic.entries)),
        hide=["navigation"],
        context=lambda: {
            "topic": topic,
            "sections": topic_sections(topic, archive, maker[0]),
            "more_sections": len(topic.sections) - MOST_SECTIONS if len(topic.sections) > MOST_SECTIONS else 0,
            "related": [(paths.topic(slug), labels[slug]) for slug in topic.related],
            "chart": months(topic.entries),
            "together": topics_of(topic.entries, archive, without=topic.slug),
            "sources": sources_of(topic.entries, archive),
        },
        feed=paths.feed("topics", topic.slug),
        order=_order(archive) + repr(topic.sections),
    )
    yield from listing_products(listing, maker, names)
