"""Lists of articles by year, newest first, in parts that stay as they are when an article is added."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from builder import paths
from builder.model.archive import Archive, Entry
from builder.output.products import PageFile, Product, listed, product
from builder.pages.articles import html_language, title_of
from builder.pages.rendering import Renderer

_LONGEST_EXCERPT = 100
"""Characters: two lines of a list on a desktop, which is as much as any screen shows."""
_NARROW = 2
"""How many Latin letters stand where one Han character would."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article in a list."""

    page: str  # Its page below ``docs/``
    title: str  # Its headline
    day: str  # ISO date, or empty
    source: str  # The outlet's name
    source_page: str  # The outlet's page
    language: str  # For the ``lang`` attribute
    excerpt: str  # First sentences, as much as two lines of a list hold
    topics: tuple[tuple[str, str], ...]  # Page and label of each topic, strongest first


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


PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list."""

    number: int  # 0 for the list's own page with the newest articles; older parts count from the oldest, 1
    entries: tuple[Entry, ...]  # Newest first
    older: int | None  # Number of the part with the articles before these; None at the end
    newer: int | None  # Number of the part with the articles after these; None at the start


def parts(entries: Sequence[Entry]) -> tuple[ListPage, ...]:
    """Cut a list, newest first, into its pages.

    Older parts hold a fixed hundred counted from the oldest article, so that adding one touches only the first page;
    that one holds the remaining 100 to 199.
    """
    full = max(0, len(entries) // PER_PAGE - 1)
    newest = len(entries) - full * PER_PAGE
    starts = range(newest, len(entries), PER_PAGE)
    cuts = [tuple(entries[:newest]), *(tuple(entries[start : start + PER_PAGE]) for start in starts)]
    numbers = [0, *range(full, 0, -1)]
    return tuple(
        ListPage(
            number,
            cut,
            older=numbers[index + 1] if index + 1 < len(numbers) else None,
            newer=numbers[index - 1] if index else None,
        )
        for index, (number, cut) in enumerate(zip(numbers, cuts, strict=True))
    )


def by_year(items: Sequence[Item]) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    """Group a sorted list by year; the empty year holds the undated."""
    return tuple((year, tuple(group)) for year, group in groupby(items, key=lambda item: item.day[:4]))


def span(entries: Sequence[Entry]) -> tuple[str, str] | None:
    """First and last day of a list, newest first; None where nothing is dated."""
    days = [entry.article.published.iso[:10] for entry in entries if entry.article.published]
    return (days[-1], days[0]) if days else None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of articles with its own pages."""

    page: str  # The list's own page, with the newest articles
    # It sees ``title``, ``years``, ``part``, ``page``, and on the own page also what ``context`` gives, and
    # ``span`` and ``total``
    template: str
    entries: Sequence[Entry]  # Newest first
    title: str  # Of the own page; older parts get their number behind it
    kind: str  # Of all its pages, for the theme
    description: str  # Of the own page
    hide: Sequence[str]  # Parts of the theme that all its pages do without
    # What else the template sees there; older parts show nothing that an addition changes
    context: Callable[[], Mapping[str, Any]]
    feed: str = ""  # Feed that the own page names, without suffix; possibly empty
    order: str = ""  # What else decides what the own page shows: the order of things it counts


def listing_products(listing: Listing, maker: tuple[Renderer, ViewMaker], names: str) -> Iterator[Product]:
    """All pages of one list; ``names`` is whatever its pages show beside its articles."""
    cut = parts(listing.entries)
    whole = listed(listing.entries)
    for part in cut:
        shown = listed(part.entries) if part.number else whole
        made_of = (names, shown, part.older, part.newer, "" if part.number else listing.order)
        yield product(paths.numbered(listing.page, part.number), partial(_page, listing, part, maker), *made_of)


def _page(listing: Listing, part: ListPage, maker: tuple[Renderer, ViewMaker]) -> Iterator[PageFile]:
    renderer, views = maker
    seen = {
        "title": listing.title,
        "years": by_year([views.item(entry) for entry in part.entries]),
        "part": part,
        "page": listing.page,
    }
    head: dict[str, object] = {"title": listing.title, "kind": listing.kind, "hide": list(listing.hide)}
    if part.number:
        head["title"] = f"{listing.title} · {renderer.label('page_number', number=part.number)}"
    else:
        seen |= {**listing.context(), "span": span(listing.entries), "total": len(listing.entries)}
        head |= {"description": listing.description, "feed": listing.feed}
    yield renderer.page(paths.numbered(listing.page, part.number), listing.template, seen, head)
