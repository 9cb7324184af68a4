"""What an article's page says of plans: the sections that speak of the same thing, with the words of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from builder.model.archive import Archive
from builder.model.links import SharedWords
from builder.model.plan import Plan
from builder.pages.plan_places import named_places, section_page
from builder.pages.rendering import Renderer
from builder.plan.text import heading_text

_MOST = 4
"""Sections shown with an article; the closest."""


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A section of a plan, or a plan as a whole.

    Attributes:
        page: Where it is read.
        plan: The plan's title.
        section: Number and title, empty for the plan as a whole.
        words: What both say, closest first.
    """

    page: str
    plan: str
    section: str
    words: tuple[SharedWords, ...]


def sections_by_article(archive: Archive, renderer: Renderer) -> Mapping[str, tuple[SectionLink, ...]]:
    """The closest sections by article, closest first."""
    plans = {plan.slug: plan for plan in archive.plans}
    names = {slug: _headings(plan, renderer) for slug, plan in plans.items()}
    found: dict[str, list[SectionLink]] = defaultdict(list)
    for link in archive.plan_links:
        if len(found[link.article]) < _MOST:
            plan = plans[link.plan]
            section = names[link.plan].get(link.eid, "")
            found[link.article].append(SectionLink(section_page(plan, link.eid), plan.title, section, link.words))
    return {identifier: tuple(links) for identifier, links in found.items()}


def _headings(plan: Plan, renderer: Renderer) -> Mapping[str, str]:
    """Every section's number, those above it included, and title: 六（一）提升受理环境."""
    places = named_places(plan, renderer)
    return {
        provision.eid: places[provision.eid].removesuffix(provision.heading.number) + heading_text(provision.heading)
        for provision in plan.walk()
    }
