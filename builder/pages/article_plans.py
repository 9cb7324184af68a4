"""What an article's page says of plans: the sections that speak of the same thing, with the words of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from builder.cache import digest, packed
from builder.documents.text import heading_text
from builder.model.archive import Archive, Topic
from builder.model.plan import Plan
from builder.output.products import plan_digest
from builder.pages.plans.divisions import named_places, section_page
from builder.pages.rendering import Renderer

MOST_SECTIONS = 8
"""Sections that a topic's page lists."""
_MOST = 4
"""Sections shown with an article; the closest."""


def topic_sections(topic: Topic, archive: Archive, renderer: Renderer) -> list[dict[str, str]]:
    """The strongest sections of a topic, in the order of the documents: page, heading, document, words of each."""
    plans = {plan.slug: plan for plan in archive.plans}
    order = {
        (plan.slug, provision.eid): number for plan in archive.plans for number, provision in enumerate(plan.walk())
    }
    shown = sorted(topic.sections[:MOST_SECTIONS], key=lambda each: (each.plan, order[each.plan, each.eid]))
    names = {slug: _headings(plans[slug], renderer) for slug in {each.plan for each in shown}}
    return [
        {
            "page": section_page(plans[each.plan], each.eid),
            "section": names[each.plan][each.eid],
            "plan": plans[each.plan].title,
            "quote": each.quote,
            "language": "zh-Hans",
        }
        for each in shown
    ]


class SectionLinks:
    """Knows the closest sections of each article."""

    def __init__(self, archive: Archive, renderer: Renderer) -> None:
        """Name the sections of all plans."""
        self._plans = {plan.slug: plan for plan in archive.plans}
        self._names = {slug: _headings(plan, renderer) for slug, plan in self._plans.items()}
        self._links = archive.plan_links
        self._shown = digest(*map(plan_digest, archive.plans))

    def of(self, identifier: str) -> list[dict[str, Any]]:
        """The sections of an article, closest first: page, plan, section (empty for all of it), and what both say."""
        return [
            {
                "page": section_page(self._plans[link.plan], link.eid),
                "plan": self._plans[link.plan].title,
                "section": self._names[link.plan].get(link.eid, ""),
                "words": link.words,
            }
            for link in self._links.get(identifier, ())[:_MOST]
        ]

    def key(self, identifier: str) -> bytes:
        """Changes whenever they do."""
        own = self._links.get(identifier)
        return digest(packed(own[:_MOST]), self._shown) if own else b""


def _headings(plan: Plan, renderer: Renderer) -> Mapping[str, str]:
    """Every section's number, those above it included, and title: 六（一）提升受理环境."""
    places = named_places(plan, renderer)
    return {
        provision.eid: places[provision.eid].removesuffix(provision.heading.number) + heading_text(provision.heading)
        for provision in plan.walk()
    }
