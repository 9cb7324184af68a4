"""The pages of the plan documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from builder.model.archive import Archive
from builder.model.plan import Plan
from builder.pages import places
from builder.pages.citations import plan_citations
from builder.pages.plan_head import plan_head
from builder.pages.rendering import PageFile, Renderer


def plan_pages(archive: Archive, renderer: Renderer, seeds: Path) -> Iterator[PageFile]:
    """The list of plans, and for each plan an overview, a page per chapter and the raw file."""
    head = {"title": renderer.label("plans"), "kind": "listing"}
    yield renderer.page(places.PLANS, "plans.md.j2", {"plans": archive.plans, "title": head["title"]}, head)
    for plan in archive.plans:
        yield from _plan(plan, renderer, seeds)


def _plan(plan: Plan, renderer: Renderer, seeds: Path) -> Iterator[PageFile]:
    overview = places.plan(plan.slug)
    overview_context = {"plan": plan, "citations": plan_citations(plan)}
    yield renderer.page(overview, "plan.md.j2", overview_context, plan_head(plan))
    for index, chapter in enumerate(plan.provisions):
        context = {
            "plan": plan,
            "chapter": chapter,
            "previous": plan.provisions[index - 1] if index else None,
            "following": plan.provisions[index + 1] if index + 1 < len(plan.provisions) else None,
        }
        title = f"{chapter.heading.number}、{chapter.heading.title}"
        front_matter = {"title": f"{title} - {plan.title}", "kind": "chapter"}
        yield renderer.page(places.plan(plan.slug, chapter.eid), "chapter.md.j2", context, front_matter)
    yield PageFile(places.raw(plan.slug), seeds / plan.path)
