"""Divides a document into pages, and names the place of every section and paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder import paths
from builder.model.plan import Plan, Provision
from builder.pages.rendering import Renderer

_MOST_ARTICLES = 60
"""Articles on a page where a law has no chapters, or its parts have more than fit one page."""


def collection_label(plans: Sequence[Plan]) -> str:
    """What all of them together are called: 规划 where there are no others, else 文件."""
    return "plans" if all(plan.family == "plan" for plan in plans) else "documents"


@dataclass(frozen=True, slots=True)
class Division:
    """What stands on one page."""

    page: str  # Name of the page: the identifier of its first section
    sections: tuple[Provision, ...]  # The sections on it, each with all below it
    # Headings that the page begins with, where it holds some sections of a larger one
    above: tuple[Provision, ...] = ()


def divisions(plan: Plan) -> tuple[Division, ...]:
    """A document's pages: one for each chapter and annex.

    Of a part with many articles there is one for each of its chapters, of a law without chapters one for every few
    dozen articles.
    """
    return tuple(_divided((*plan.provisions, *plan.annexes), ()))


def _divided(provisions: Sequence[Provision], above: tuple[Provision, ...]) -> Iterator[Division]:
    run: list[Provision] = []
    for provision in provisions:
        if provision.kind == "article":
            run.append(provision)
            if len(run) == _MOST_ARTICLES:
                yield Division(run[0].eid, tuple(run), above)
                run = []
            continue
        if run:
            yield Division(run[0].eid, tuple(run), above)
            run = []
        if _articles(provision) > _MOST_ARTICLES and provision.children:
            yield from _divided(provision.children, (*above, provision))
        else:
            yield Division(provision.eid, (provision,), above)
    if run:
        yield Division(run[0].eid, tuple(run), above)


def _articles(provision: Provision) -> int:
    return sum(1 for each in provision.walk() if each.kind == "article")


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
    """Where a section or paragraph is read: its page with the fragment; the overview for an empty one."""
    if not eid:
        return paths.plan(plan.slug)
    known = next((pages for asked, pages in _known if asked is plan), None)
    if known is None:
        known = _pages(plan)
        _known[:] = [*_known[-_KEPT:], (plan, known)]
    return f"{paths.plan(plan.slug, known.get(eid, 'whole'))}#{eid}"


_KEPT = 7
_known: list[tuple[Plan, Mapping[str, str]]] = []
"""The documents last asked about, with the page of each of their sections and paragraphs."""


def _pages(plan: Plan) -> dict[str, str]:
    pages: dict[str, str] = {}
    for division in divisions(plan):
        for above in division.above:
            pages |= dict.fromkeys((above.eid, *(paragraph.eid for paragraph in above.paragraphs)), "")
            pages = {eid: page or division.page for eid, page in pages.items()}
        for section in division.sections:
            for provision in section.walk():
                pages[provision.eid] = division.page
                pages |= dict.fromkeys((paragraph.eid for paragraph in provision.paragraphs), division.page)
    return pages
