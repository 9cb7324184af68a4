"""Whole pages: the part that holds the article, and everything around it."""

from __future__ import annotations

from lxml import etree

from builder.cleaning.draft import Draft, is_heading
from builder.cleaning.lines import Line, lines_of
from builder.cleaning.rules.attribution import LONGEST_CREDITS, pairs
from builder.cleaning.rules.headline import keep_headline
from builder.cleaning.wording import is_region

_PROSE = 25  # a line of so many characters outside links is prose rather than a label; titles of links do not count
_DOMINATES = 0.75  # a child with this share of its parent's prose holds the article; the rest is around it
_TEXT = frozenset(["p", "blockquote", "ul", "ol"])
_PARTS_OF_TABLES = frozenset(["table", "thead", "tbody", "tr"])
_STOPS = frozenset(["article", "main"])


def outside(draft: Draft) -> None:
    """On a whole page, walk down to the part that holds the prose and take what lies outside of it."""
    if not draft.is_page:
        return
    lines = lines_of(draft.root)
    region = _region(draft.root, _weights(lines))
    _copy_credits(draft, lines, region)
    for parent in list(region.iterancestors()):
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
        heaviest: etree._Element | None = max(region, key=lambda child: weights.get(child, 0), default=None)
        if heaviest is None or weights.get(heaviest, 0) < _DOMINATES * weights.get(region, 1):
            break
        if heaviest.tag in _TEXT:
            break
        region = heaviest
    parent = region.getparent()
    while region.tag in _PARTS_OF_TABLES and parent is not None:
        region, parent = parent, parent.getparent()
    return region


def _copy_credits(draft: Draft, lines: list[Line], region: etree._Element) -> None:
    """Keep what the lines above the article say about it: headline, names, dates."""
    for line in lines:
        if line.block is region or region in line.block.iterancestors():
            return
        if is_heading(line):
            keep_headline(draft, line)
        for field, value in pairs(draft, line.text) if len(line.text) <= LONGEST_CREDITS else ():
            draft.credit(field, value)


def _says_region(element: etree._Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
    return is_region(names) if not names.isspace() else False
