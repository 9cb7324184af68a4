"""All articles as a table that works without scripts, and the file from which a script filters and sorts them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from builder import paths
from builder.model.archive import Archive, Entry
from builder.output.products import PageFile, Product, listed, product
from builder.pages.counts import months
from builder.pages.listings import Listing, ViewMaker, listing_products
from builder.pages.rendering import Renderer


def browse_products(archive: Archive, renderer: Renderer, views: ViewMaker, names: str) -> Iterator[Product]:
    """The pages of the table, and the file for the script; ``names`` is what sources and topics are called."""
    listing = Listing(
        page=paths.ARTICLES,
        template="articles.md.j2",
        entries=archive.entries,
        title=renderer.label("all_articles"),
        kind="browse",
        description=renderer.label("description_articles", count=len(archive.entries)),
        hide=["navigation", "toc"],
        context=lambda: {
            "filters": _filters(archive, renderer),
            "rows_file": paths.BROWSE_ROWS,
            "chart": months(archive.entries),
        },
    )
    yield from listing_products(listing, (renderer, views), names)

    def rows() -> list[PageFile]:
        return [PageFile(paths.BROWSE_ROWS, _rows(archive, renderer.label("untitled")))]

    yield product(paths.BROWSE_ROWS, rows, listed(archive.entries), names)


def _filters(archive: Archive, renderer: Renderer) -> dict[str, list[dict[str, Any]]]:
    """The choices of each filter: what stands in the address, what the reader sees, and how many articles have it."""
    unknown = renderer.label("source_unknown")
    years = Counter(_year(entry) for entry in archive.entries)
    numbers = Counter(entry.article.published.iso[5:7] for entry in archive.entries if entry.article.published)
    scripts = Counter(entry.article.language for entry in archive.entries)
    choices = {
        "source": [(source.slug, source.name or unknown, len(source.entries)) for source in archive.sources],
        "topic": [(topic.slug, topic.label, len(topic.entries)) for topic in archive.topics if topic.entries],
        "year": [
            (year, year if year.isdigit() else renderer.label("undated"), years[year])
            for year in sorted(years, reverse=True)
        ],
        "month": [(each, renderer.label("month", month=int(each)), numbers[each]) for each in sorted(numbers)],
        "script": [(each, renderer.labels.get(f"script_{each}", each), scripts[each]) for each in sorted(scripts)],
    }
    return {
        name: [{"value": value, "label": label, "count": count} for value, label, count in found]
        for name, found in choices.items()
    }


def _year(entry: Entry) -> str:
    published = entry.article.published
    return published.iso[:4] if published else "undated"


def _rows(archive: Archive, untitled: str) -> bytes:
    """Every article in a compact form: sources and topics once, articles by their numbers in those lists."""
    source_numbers = {source.slug: number for number, source in enumerate(archive.sources)}
    topic_numbers = {topic.slug: number for number, topic in enumerate(archive.topics)}
    rows = []
    for entry in archive.entries:
        article, topics = entry.article, [topic_numbers[topic] for topic in entry.topics]
        day = article.published.iso[:10] if article.published else ""
        rows.append([entry.id, article.title or untitled, day, source_numbers[entry.source], topics, article.language])
    data = {
        "sources": [[source.slug, source.name] for source in archive.sources],
        "topics": [[topic.slug, topic.label] for topic in archive.topics],
        "articles": rows,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
