"""What templates see of the links between articles and a plan, from the plan's side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain

from builder import paths
from builder.model.archive import Archive, Entry
from builder.model.links import PlanLink, SharedWords
from builder.model.plan import Plan
from builder.pages.articles import html_language, title_of
from builder.pages.rendering import Renderer

_MOST = 5
"""Articles shown with a section; the closest."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """An article that speaks of a section: its page, headline, day and outlet; what both say, closest first."""

    page: str
    title: str
    language: str
    day: str
    source: str
    words: tuple[SharedWords, ...]


def links_by_section(archive: Archive, plan: Plan, renderer: Renderer) -> Mapping[str, tuple[LinkView, ...]]:
    """The closest articles by section; the empty identifier is the plan as a whole."""
    entries = {entry.id: entry for entry in archive.entries}
    found: dict[str, list[PlanLink]] = defaultdict(list)
    for link in chain(*archive.plan_links.values()):
        if link.plan == plan.slug:
            found[link.eid].append(link)
    nearest = {eid: nsmallest(_MOST, links, lambda link: (-link.score, link.article)) for eid, links in found.items()}
    return {
        eid: tuple(_view(link, entries[link.article], renderer) for link in links) for eid, links in nearest.items()
    }


def _view(link: PlanLink, entry: Entry, renderer: Renderer) -> LinkView:
    article = entry.article
    return LinkView(
        page=paths.article(entry.id),
        title=title_of(article, renderer),
        language=html_language(article.language),
        day=article.published.iso[:10] if article.published else "",
        source=article.source or renderer.label("source_unknown"),
        words=link.words,
    )
