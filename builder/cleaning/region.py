"""Which part of a whole page holds the article: chosen from evidence, never from the name of a site.

The evidence: how many characters of sentences stand where, outside of links, each script by its own measure; what tags,
classes and roles say; where the headline stands. Density of text is due to Finn, Kushmerick and Smyth (2001) and to
Readability; that several parts may belong together, and that Han characters weigh more, is ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from builder.cleaning.draft import Draft, is_heading
from builder.cleaning.lines import HEADINGS, Line, above, lines_of
from builder.cleaning.naming import parts_of_name
from builder.cleaning.repetition import line_key
from builder.cleaning.rules.boilerplate import is_boilerplate
from builder.cleaning.rules.furniture import named
from builder.folding import letters
from builder.patterns import pattern

_HAN = pattern("[\u3400-\u9fff\uf900-\ufaff]")
_SYLLABLES = pattern("[\u3040-\u30ff\uac00-\ud7a3]")
_PROSE = 75  # units: a line of so many outside of links is prose; 25 Han characters, or a dozen English words
_SENTENCE = 24  # and so is a shorter one that ends as sentences do
_SENTENCE_ENDS = ("。", "！", "？", "”", "」", "…", ".", "!", "?", "）", "：")
_DOMINATES = 0.7  # a child with this share of its parent's prose holds the article
_DOMINATES_NAMED = 0.85  # below a part that says it is the article, only nearly all of it does
_LINKED = 0.5  # share of linked characters above which a line, or a part, is a list of links
_TEXT = frozenset(["p", "blockquote", "pre", "dl", *HEADINGS])
_LISTS = frozenset(["ul", "ol"])
FILE = pattern(r"\.(?:pdf|ofd|docx?|xlsx?|pptx?|wps|od[tsp]|rtf|csv|zip|rar|7z|mp[34]|epub)(?:[?#]|$)", re.IGNORECASE)
_PARTS_OF_TABLES = frozenset(["table", "thead", "tbody", "tr"])
_PARTS = ("p", "div", "section", "table", *HEADINGS)
_NO_TEXT = frozenset(["nav", "aside", "footer", "header", "form"])
# Share of a page's prose up to which a part with the name of furniture is furniture: readers may write more than a
# journalist did, and themes name what holds everything after one of its parts.
_MOST = {"comments": 0.7, "copyright": 0.9}
_MOST_OTHERS = 0.35
_SAYS_LITTLE = frozenset(["tags", "byline", "share"])
_MOSTLY = 0.6  # of a part's characters stand in sentences: it is text that belongs to the article


@dataclass(frozen=True, slots=True)
class Region:
    """Where the article stands."""

    core: etree._Element  # The deepest element that holds nearly all its prose
    # The innermost element around the core that says it is the article; the core itself where none does
    frame: etree._Element
    # The smallest element that holds core and headline; only in it other parts can belong to the article
    container: etree._Element
    headline: Line | None  # The line that says the title, if one does
    weights: dict[etree._Element, int]  # Units of prose for every element that holds any


def units(text: str) -> int:
    """A text's length by what it says: a Han character is worth three letters, a syllable two."""
    return len(text) - text.count(" ") + 2 * len(_HAN.findall(text)) + len(_SYLLABLES.findall(text))


def is_prose(line: Line) -> bool:
    """Whether a line is part of a text rather than a label, a name or a link."""
    if line.linked > _LINKED * line.length:
        return False
    size = units(line.text) * (line.length - line.linked) // max(1, line.length)
    if size >= _PROSE or size < _SENTENCE:
        return size >= _PROSE
    return line.text.endswith(_SENTENCE_ENDS) and 2 * sum(map(str.isalpha, line.text)) >= line.length


def choose(draft: Draft, lines: Sequence[Line], titles: Sequence[str]) -> Region:
    """Choose the region.

    Args:
        draft: The page, hidden parts and scripts gone.
        lines: Its lines.
        titles: Every form of the title, bare of signs.
    """
    weights = _weights(draft, lines)
    core, frame = _core(draft.root, weights)
    headline = _headline(lines, titles, core)
    near = _near(headline, core, weights) if headline is not None and not says_article(frame) else None
    if near is not None:
        core, frame = _core(near, weights)
    container = _common(headline.block, core) if headline is not None else frame
    return Region(core, frame, container if container in above(frame) else frame, headline, weights)


def _weights(draft: Draft, lines: Sequence[Line]) -> dict[etree._Element, int]:
    prose = [
        (line, units(line.text))
        for line in lines
        if is_prose(line) and not is_boilerplate(draft, line)
        if line_key(line.text) not in draft.repeated
    ]
    prose = prose or [(line, units(line.text)) for line in lines if line.linked <= _LINKED * line.length]
    raw = _summed(prose)
    total = raw.get(draft.root, 0)
    around = {element for element, weight in raw.items() if _is_around(draft, element, weight, total)}
    together: dict[str, int] = {}
    for element in around:
        if element.tag == "p":
            together[element.get("class") or ""] = together.get(element.get("class") or "", 0) + raw[element]
    around -= {e for e in around if e.tag == "p" and together[e.get("class") or ""] > _MOST_OTHERS * total}
    around.update(draft.root.iter("figcaption"))  # a caption is no text, however long
    kept = [(line, weight) for line, weight in prose if around.isdisjoint(above(line.block))]
    return _summed(kept) if kept else raw


def _is_around(draft: Draft, element: etree._Element, weight: int, total: int) -> bool:
    rule = named(draft, element)
    if element.tag in {"footer", "aside"}:
        rule = rule or "navigation"
    return rule is not None and rule not in _SAYS_LITTLE and weight <= _MOST.get(rule, _MOST_OTHERS) * total


def _summed(lines: Sequence[tuple[Line, int]]) -> dict[etree._Element, int]:
    weights: dict[etree._Element, int] = {}
    for line, weight in lines:
        for element in above(line.block):
            weights[element] = weights.get(element, 0) + weight
    return weights


def _core(root: etree._Element, weights: dict[etree._Element, int]) -> tuple[etree._Element, etree._Element]:
    """The deepest element that holds nearly all the prose, and the last on the way that says it is the article."""
    core, frame = root, root
    while True:
        heaviest: etree._Element | None = max(core, key=lambda child: weights.get(child, 0), default=None)
        share = _DOMINATES_NAMED if frame is not root and frame.tag != "main" else _DOMINATES
        if heaviest is None or weights.get(heaviest, 0) < share * max(1, weights.get(core, 0)):
            break
        if heaviest.tag in _TEXT or (heaviest.tag in _LISTS and not _is_layout(heaviest, weights)):
            break
        core = heaviest
        frame = core if says_article(core) else frame
    parent = core.getparent()
    while core.tag in _PARTS_OF_TABLES and parent is not None:
        core, parent = parent, parent.getparent()
    return core, (frame if frame is not root and (frame is core or frame in core.iterancestors()) else core)


def _near(headline: Line, core: etree._Element, weights: dict[etree._Element, int]) -> etree._Element | None:
    """Where no part dominates and none says that it is the article: the part around the headline that holds text."""
    total = weights.get(core, 0)
    for element in headline.block.iterancestors():
        if element is core:
            return None
        share = _SAYS_SO if says_article(element) else _NEAR
        if weights.get(element, 0) >= max(_PROSE, share * total):
            return element
    return None


_NEAR, _SAYS_SO = 0.25, 0.08


def _is_layout(element: etree._Element, weights: dict[etree._Element, int]) -> bool:
    """Whether a list only places columns: nearly all its prose stands in one item, in parts of its own."""
    heaviest = max(element, key=lambda item: weights.get(item, 0), default=None)
    if heaviest is None or weights.get(heaviest, 0) < _DOMINATES_NAMED * weights.get(element, 0):
        return False
    return sum(1 for _ in heaviest.iterchildren(*_PARTS)) > 1


def says_article(element: etree._Element) -> bool:
    """Whether tag, class, role or itemprop say that an element holds the article."""
    if element.tag in {"article", "main"}:
        return True
    if not element.attrib or element.tag in {"html", "body"}:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
    return not names.isspace() and "region" in parts_of_name(names)


def _headline(lines: Sequence[Line], titles: Sequence[str], core: etree._Element) -> Line | None:
    """The line that says the title: a heading before any other, the last one above the prose before earlier ones."""
    wanted = [title for title in titles if title]
    said = [line for line in lines if line.text and (letters(line.text) in wanted or _is_most_of(line, wanted))]
    said = [line for line in said if not line.is_links] or said  # linked titles stand in lists
    inside = [line for line in said if core in above(line.block)]
    headings = [line for line in said if line.block.tag in {"h1", "h2", "h3"}]
    first = next((line for line in lines if core in above(line.block)), None)
    before = [line for line in headings if first is None or lines.index(line) <= lines.index(first)]
    return next(iter([*inside[:1], *before[-1:], *headings[:1], *said[-1:]]), None)


def _is_most_of(line: Line, titles: Sequence[str]) -> bool:
    """Whether a heading says most of a title, or all of it and more: titles are cut, and suffixed."""
    text = letters(line.text) if is_heading(line) and line.length < _LONGEST_TITLE else ""
    return len(text) >= _SHORTEST_TITLE and any(
        (text in title and 2 * len(text) >= len(title)) or (title in text and 2 * len(title) >= len(text))
        for title in titles
    )


_LONGEST_TITLE = 150
_SHORTEST_TITLE = 4


def _common(first: etree._Element, second: etree._Element) -> etree._Element:
    """The smallest element that holds both."""
    around = set(above(first))
    return next(element for element in above(second) if element in around)


def belongs(region: Region, part: etree._Element) -> bool:
    """Whether a part outside of the frame is text of the article: nearly all of it sentences, hardly a link."""
    weight = region.weights.get(part, 0)
    if not weight or part.tag in _NO_TEXT:
        return False
    lines = [line for line in lines_of(part) if line.text]
    linked = sum(line.linked for line in lines)
    if linked > _LINKED / 2 * sum(line.length for line in lines):
        return False
    return weight >= _MOSTLY * sum(units(line.text) for line in lines)


def is_link_list(part: etree._Element, fewest: int = 2) -> bool:
    """Whether a part is made of links, but not to files: menus, related articles, tools.

    Args:
        part: The part.
        fewest: Links that it has at least.
    """
    lines = [line for line in lines_of(part) if line.text]
    if part.tag == "p" and any(not line.is_links and line.text.endswith(_SENTENCE_ENDS) for line in lines):
        return False  # a sentence that holds links
    links = [link for line in lines for link in line.links]
    if any(FILE.search(link.get("href") or "") for link in links):
        return False
    length = sum(line.length for line in lines if not is_heading(line) or line.links)
    return (
        len(links) >= fewest and sum(line.linked for line in lines) > _LINKED * length and not any(map(is_prose, lines))
    )
