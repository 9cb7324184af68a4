"""Whole pages: the part that holds the article, and everything around it."""

from __future__ import annotations

from lxml import etree

from builder.cleaning.draft import Draft
from builder.cleaning.lines import Line, lines_of
from builder.cleaning.wording import is_region

_PROSE = 25  # a line of so many characters outside links is prose rather than a label; titles of links do not count
_DOMINATES = 0.75  # a child with this share of its parent's prose holds the article; the rest is around it
_STOPS = frozenset(["article", "main"])


def outside(draft: Draft) -> None:
    """On a whole page, walk down to the part that holds the prose and take what lies outside of it."""
    if not draft.is_page:
        return
    weights = _weights(lines_of(draft.root))
    region = _region(draft.root, weights)
    while region is not draft.root and region.getparent() is not None:
        parent = region.getparent()
        for sibling in list(parent):
            if sibling is not region:
                draft.take(sibling, "outside")
        region = parent


def _weights(lines: list[Line]) -> dict[etree._Element, int]:
    """Characters of prose that each element holds, itself and all below it."""
    weights: dict[etree._Element, int] = {}
    for line in lines:
        prose = line.length - line.linked
        if prose < _PROSE:
            continue
        element: etree._Element | None = line.block
        while element is not None:
            weights[element] = weights.get(element, 0) + prose
            element = element.getparent()
    return weights


def _region(root: etree._Element, weights: dict[etree._Element, int]) -> etree._Element:
    """The deepest element that holds nearly all the prose, no deeper than one that says it is the article."""
    region = root
    while region.tag not in _STOPS and not _says_region(region):
        heaviest = max(region, key=lambda child: weights.get(child, 0), default=None)
        if heaviest is None or weights.get(heaviest, 0) < _DOMINATES * weights.get(region, 1):
            break
        if heaviest.tag in {"p", "blockquote", "ul", "ol", "table"}:
            break
        region = heaviest
    return region


def _says_region(element: etree._Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
    return is_region(names) if not names.isspace() else False
