"""What an article's page says of plans: the sections that speak of the same thing, with the words of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from builder.model.archive import Archive
from builder.model.links import PlanLink, SharedWords
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


class SectionLinks:
    """Knows the closest sections of each article."""

    def __init__(self, archive: Archive, renderer: Renderer) -> None:
        """Sort the links by article."""
        self._plans = {plan.slug: plan for plan in archive.plans}
        self._names = {slug: _headings(plan, renderer) for slug, plan in self._plans.items()}
        self._links: dict[str, list[PlanLink]] = defaultdict(list)
        for link in archive.plan_links:
            if len(self._links[link.article]) < _MOST:
                self._links[link.article].append(link)

    def of(self, identifier: str) -> tuple[SectionLink, ...]:
        """The sections of an article, closest first."""
        return tuple(map(self._view, self._links.get(identifier, ())))

    def key(self, identifier: str) -> str:
        """Changes whenever they do."""
        return repr(self.of(identifier)) if identifier in self._links else ""

    def _view(self, link: PlanLink) -> SectionLink:
        plan = self._plans[link.plan]
        return SectionLink(
            section_page(plan, link.eid), plan.title, self._names[link.plan].get(link.eid, ""), link.words
        )


def _headings(plan: Plan, renderer: Renderer) -> Mapping[str, str]:
    """Every section's number, those above it included, and title: 六（一）提升受理环境."""
    places = named_places(plan, renderer)
    return {
        provision.eid: places[provision.eid].removesuffix(provision.heading.number) + heading_text(provision.heading)
        for provision in plan.walk()
    }
