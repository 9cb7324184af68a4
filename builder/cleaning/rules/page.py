"""Whole pages: the part that holds the article, and everything around it."""

from __future__ import annotations

from collections.abc import Container, Iterator

from lxml import etree

from builder.cleaning.draft import Draft, is_heading, unlinked
from builder.cleaning.lines import Line, lines_of
from builder.cleaning.rules.attribution import LONGEST_CREDITS, date_in, pairs
from builder.cleaning.rules.boilerplate import is_boilerplate
from builder.cleaning.rules.headline import keep_headline
from builder.cleaning.wording import is_lead, is_region

_PROSE = 25  # a line of so many characters outside links is prose rather than a label; titles of links do not count
_SENTENCE = 8  # and so is a shorter one that ends as sentences do
_SENTENCE_ENDS = ("。", "！", "？", "”", "」", "…", ".", "!", "?")
_DOMINATES = 0.7  # a child with this share of its parent's prose holds the article; the rest is around it
_TEXT = frozenset(["p", "blockquote", "ul", "ol"])
_PARTS_OF_TABLES = frozenset(["table", "thead", "tbody", "tr"])
_STOPS = frozenset(["article", "main"])


def layout_tables(draft: Draft) -> None:
    """Tables that only place things are no tables: their cells are blocks like others, with lines like others."""
    for table in draft.elements("table"):
        rows = list(table.iterchildren("tr")) + [
            row for part in table.iterchildren(*_SECTIONS) for row in part.iterchildren("tr")
        ]
        cells = max((sum(1 for _ in row.iterchildren("td", "th")) for row in rows), default=0)
        if len(rows) >= _FEWEST and cells >= _FEWEST and next(table.iterdescendants("table"), None) is None:
            continue
        for row in rows:
            for cell in row.iterchildren("td", "th"):
                cell.tag = "div"
            row.tag = "div"
        for part in (table, *table.iterchildren(*_SECTIONS)):
            part.tag = "div"


_SECTIONS = ("thead", "tbody", "tfoot")
_FEWEST = 2  # rows and columns of a table; as in markup


def outside(draft: Draft) -> None:
    """On a whole page, walk down to the part that holds the prose and take what lies outside of it."""
    if not draft.is_page:
        return
    lines = lines_of(draft.root)
    region = _region(draft.root, _weights(draft, lines))
    _copy_credits(draft, lines, region)
    kept = {region, *_leads(draft, region)}
    _take_around(draft, draft.root, kept, {above for part in kept for above in part.iterancestors()})


def _leads(draft: Draft, region: etree._Element) -> Iterator[etree._Element]:
    """Standfirsts above the part that holds the article, known by their names."""
    inside = set(region.iterancestors())
    for element in draft.root.iter():
        if element is region:
            return
        if element not in inside and is_lead(element.get("class") or element.get("id") or "") and unlinked(element):
            yield element


def _take_around(
    draft: Draft, element: etree._Element, kept: Container[etree._Element], holding: Container[etree._Element]
) -> None:
    for child in list(element):
        if child in holding:
            _take_around(draft, child, kept, holding)
        elif child not in kept:
            draft.take(child, "outside")


def _weights(draft: Draft, lines: list[Line]) -> dict[etree._Element, int]:
    """Characters of prose that each element holds, itself and all below it; small print is none."""
    weights: dict[etree._Element, int] = {}
    for line in lines:
        prose = line.length - line.linked
        if prose < (_SENTENCE if line.text.endswith(_SENTENCE_ENDS) else _PROSE) or is_boilerplate(draft, line):
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
        if len(line.text) > LONGEST_CREDITS:
            continue
        for field, value in pairs(draft, line.text):
            draft.credit(field, value)
        date = date_in(line)
        if date:
            draft.credit("published", date)


def _says_region(element: etree._Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
    return is_region(names) if not names.isspace() else False
