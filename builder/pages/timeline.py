"""The timeline: articles by month beside what the plans say of time, oldest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from builder import paths
from builder.model.archive import Archive, Entry
from builder.model.official import TimelineEntry
from builder.model.plan import Plan
from builder.output.products import PageFile
from builder.pages.counts import months
from builder.pages.home import paragraph_page
from builder.pages.listings import ViewMaker
from builder.pages.rendering import Renderer

_MOST_TITLES = 5
"""Articles of a month that are named, the newest; the rest are counted and linked."""


def timeline_page(archive: Archive, renderer: Renderer, views: ViewMaker) -> PageFile:
    """The page of all dates: by year its months, or itself where no month is known, each with dates and articles."""
    dates = sorted(
        (date for plan in archive.plans for date in _dates(plan, renderer)),
        key=lambda date: (date["day"], date["plan"], date["text"]),
    )
    listed = _by_month(archive.entries)
    dated = {name: list(group) for name, group in groupby(dates, key=lambda date: date["day"][:7])}
    shown = [_month(name, dated.get(name, []), listed.get(name, []), views) for name in sorted({*dated, *listed})]
    years = [(year, list(group)) for year, group in groupby(shown, key=lambda month: month["name"][:4])]
    undated = sum(entry.article.published is None for entry in archive.entries)
    title = renderer.label("timeline")
    front_matter = {
        "title": title,
        "description": renderer.label("timeline_lead"),
        "kind": "timeline",
        "hide": ["navigation"],
    }
    context = {"title": title, "years": years, "undated": undated, "chart": months(archive.entries)}
    return renderer.page(paths.TIMELINE, "timeline.md.j2", context, front_matter)


def _by_month(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The dated articles, oldest first."""
    months: dict[str, list[Entry]] = defaultdict(list)
    for entry in reversed(entries):
        if entry.article.published:
            months[entry.article.published.iso[:7]].append(entry)
    return months


def _month(name: str, dates: list[dict[str, str]], entries: list[Entry], views: ViewMaker) -> dict[str, Any]:
    """The plans' dates of a month, its newest articles, and how many there are before those."""
    articles = [views.item(entry) for entry in entries[-_MOST_TITLES:]]
    return {"name": name, "dates": dates, "articles": articles, "more": len(entries) - len(articles)}


def _dates(plan: Plan, renderer: Renderer) -> Iterator[dict[str, str]]:
    for entry in plan.timeline:
        page = paragraph_page(plan, entry.eid) if entry.eid else paths.plan(plan.slug)
        text = _text(entry, renderer)
        yield {"day": entry.start, "kind": entry.kind, "text": text, "page": page, "plan": plan.title}


def _text(entry: TimelineEntry, renderer: Renderer) -> str:
    """What happens then; where the plan only counts, the number's own label says of what."""
    key = f"timeline_{entry.kind}"
    return renderer.label(key, label=entry.label, start=entry.start, end=entry.end)
