"""The first page: what this is, the search, and every way into the archive."""

from __future__ import annotations

from typing import Any

from builder import paths
from builder.config.settings import Settings
from builder.model.archive import Archive
from builder.model.plan import Plan
from builder.output.products import PageFile
from builder.pages.counts import months
from builder.pages.listings import ViewMaker, span
from builder.pages.plans.divisions import collection_label
from builder.pages.rendering import Renderer

_LATEST = 6
_TARGETS = 6
_CARDS = 3
"""Documents that are shown with their targets, the newest."""


def home_page(archive: Archive, renderer: Renderer, views: ViewMaker, settings: Settings) -> PageFile:
    """The first page."""
    newest = sorted(archive.plans, key=lambda plan: plan.metadata.date_iso or "", reverse=True)
    context = {
        "site_name": settings.site_name,
        "site_description": settings.site_description,
        "latest": [views.item(entry) for entry in archive.entries[:_LATEST]],
        "sources": archive.sources,
        "topics": sorted((topic for topic in archive.topics if topic.entries), key=lambda topic: -len(topic.entries)),
        "cards": [_card(plan) for plan in newest[:_CARDS]],
        "more_plans": len(newest) - _CARDS if len(newest) > _CARDS else 0,
        "collection": renderer.label(collection_label(archive.plans)),
        "chart": months(archive.entries),
        "total": len(archive.entries),
        "span": span(archive.entries),
    }
    front_matter = {"title": renderer.label("home"), "kind": "home", "hide": ["navigation", "toc"]}
    return renderer.page(paths.HOME, "home.md.j2", context, front_matter)


def _card(plan: Plan) -> dict[str, Any]:
    """A document with the first of its targets that have a number, and the page of each."""
    shown = [(target, paragraph_page(plan, target.eid)) for target in plan.targets if target.value_text][:_TARGETS]
    return {"plan": plan, "targets": shown, "more": len(plan.targets) - len(shown)}


def paragraph_page(plan: Plan, eid: str) -> str:
    """Where a paragraph of a plan stands: its chapter's page with the fragment, else the plan's own page."""
    for chapter in plan.provisions:
        if any(paragraph.eid == eid for paragraph in chapter.all_paragraphs()):
            return f"{paths.plan(plan.slug, chapter.eid)}#{eid}"
    return paths.plan(plan.slug)
