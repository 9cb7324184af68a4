"""Lists of articles by year, newest first, in parts that stay as they are when an article is added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from builder.model.archive import Entry
from builder.pages import places
from builder.pages.rendering import PageFile, Renderer
from builder.pages.views import Item, ViewMaker

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a list.

    Attributes:
        number: 0 for the list's own page with the newest articles; older parts count from the oldest, 1.
        entries: Newest first.
        older: Number of the part with the articles before these; None at the end.
        newer: Number of the part with the articles after these; None at the start.
    """

    number: int
    entries: tuple[Entry, ...]
    older: int | None
    newer: int | None


def parts(entries: Sequence[Entry]) -> tuple[Part, ...]:
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
        Part(
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


def listing_pages(
    page: str,
    template: str,
    entries: Sequence[Entry],
    context: Mapping[str, Any],
    front_matter: Mapping[str, object],
    maker: tuple[Renderer, ViewMaker],
) -> Iterator[PageFile]:
    """All pages of one list.

    Args:
        page: The list's own page.
        template: Its template; it sees ``context``, ``years``, ``part``, ``page``, ``span`` and ``total``.
        entries: Newest first.
        context: What else the template sees.
        front_matter: Of the first page; older parts get their number behind the title.
        maker: Renderer and maker of the items.
    """
    renderer, views = maker
    for part in parts(entries):
        seen = {
            **context,
            "years": by_year([views.item(entry) for entry in part.entries]),
            "part": part,
            "page": page,
            "span": span(entries),
            "total": len(entries),
        }
        head = dict(front_matter)
        if part.number:
            head["title"] = f"{head['title']} · {renderer.label('page_number', number=part.number)}"
        yield renderer.page(places.numbered(page, part.number), template, seen, head)
