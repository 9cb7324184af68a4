"""Where a plan's sections and paragraphs stand: in words, and on which page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.model.plan import Plan, Provision
from builder.pages import places
from builder.pages.rendering import Renderer


def named_places(plan: Plan, renderer: Renderer) -> Mapping[str, str]:
    """The place of every section and paragraph in words, by identifier: 三（三）第2段."""
    return dict(_places(plan, renderer))


def _places(plan: Plan, renderer: Renderer) -> Iterator[tuple[str, str]]:
    for index, paragraph in enumerate(plan.preface, 1):
        yield paragraph.eid, renderer.label("plan_place", section=renderer.label("plan_preface"), number=index)
    for provision in (*plan.provisions, *plan.annexes):
        yield from _places_below(provision, "", renderer)


def _places_below(provision: Provision, above: str, renderer: Renderer) -> Iterator[tuple[str, str]]:
    number = provision.heading.number or provision.heading.title
    place = number if provision.kind == "article" else f"{above}{number}"
    yield provision.eid, place
    for index, paragraph in enumerate(provision.paragraphs, 1):
        yield paragraph.eid, renderer.label("plan_place", section=place, number=index)
    for child in provision.children:
        yield from _places_below(child, place, renderer)


def section_page(plan: Plan, eid: str) -> str:
    """Where a section or paragraph is read: its chapter's page with the fragment; the overview for an empty one."""
    if not eid:
        return places.plan(plan.slug)
    for chapter in (*plan.provisions, *plan.annexes):
        for provision in chapter.walk():
            if provision.eid == eid or any(paragraph.eid == eid for paragraph in provision.paragraphs):
                return f"{places.plan(plan.slug, chapter.eid)}#{eid}"
    return f"{places.plan(plan.slug, 'whole')}#{eid}"
