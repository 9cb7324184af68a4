"""The lines of a tree: what stands between two block boundaries or line breaks, however deep its pieces lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from builder.folding import fold

BLOCKS = frozenset([
    "html", "body", "div", "p", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "pre", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "figure", "figcaption",
    "section", "article", "header", "footer", "main", "aside", "nav", "address", "form", "fieldset", "legend",
    "details", "summary", "center", "hgroup", "colgroup", "noscript", "menu", "dir", "optgroup", "option", "select",
    "textarea", "head", "title", "template", "hr", "amp-img", "footnote",
])  # fmt: skip
MEDIA = frozenset(
    ["img", "iframe", "video", "audio", "embed", "object", "source", "amp-img", "amp-video", "svg-image", "track"]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
CELLS = frozenset(["td", "th", "caption", "pre", "code", "textarea"])


folded = lru_cache(500)(fold)
"""For the lines of a post, which one rule after the other looks at."""


@dataclass(slots=True, eq=False)
class Line:
    """One line."""

    block: etree._Element  # The innermost block element around it
    # Its pieces of text: an element, and whether it is the element's tail
    slots: list[tuple[etree._Element, bool]] = field(default_factory=list)
    text: str = ""  # Its text, white space collapsed
    links: list[etree._Element] = field(default_factory=list)  # Its links
    linked: int = 0  # How many characters of its text stand in links, white space aside
    media: list[etree._Element] = field(default_factory=list)  # Its images and players
    gone: bool = False  # Whether a rule has taken it

    @property
    def folded(self) -> str:
        """Its text as rules compare it: folded (``builder/folding.py``), so offsets are those of ``text``."""
        return folded(self.text)

    @property
    def length(self) -> int:
        """Characters of text, white space aside."""
        return len(self.text) - self.text.count(" ")

    @property
    def is_links(self) -> bool:
        """Whether nearly all of its text stands in links."""
        return bool(self.links) and self.linked >= self.length * _NEARLY_ALL


_NEARLY_ALL = 0.8  # what is left are separators, dates and bullets


def above(element: etree._Element) -> Iterator[etree._Element]:
    """An element and everything around it, from the inside out."""
    yield element
    yield from element.iterancestors()


def lines_of(root: etree._Element) -> list[Line]:
    """Every line of a tree, in reading order; a line has text or media.

    Args:
        root: The tree; it is not changed.
    """
    found: list[Line] = []
    line = Line(root)
    pieces: list[str] = []
    link: etree._Element | None = None

    def walk(element: etree._Element) -> None:
        """Take an element with all it holds, its tail aside; trees are no deeper than calls may be."""
        nonlocal line, link
        tag = element.tag
        parts = tag in BLOCKS or tag == "br"
        if parts:
            line = _close(found, line, pieces, element if tag in BLOCKS and tag != "hr" else _block_around(element))
        if tag == "a":
            link = element
            line.links.append(element)
        elif tag in MEDIA:
            line.media.append(element)
        if element.text:
            _add(line, pieces, element, is_tail=False, link=link)
        for child in element.iterchildren("*"):
            walk(child)
            if child.tail:
                _add(line, pieces, child, is_tail=True, link=link)
        if parts:
            line = _close(found, line, pieces, _block_around(element))
        link = None if element is link else link

    walk(root)
    _close(found, line, pieces, root)
    return found


def _block_around(element: etree._Element) -> etree._Element:
    """The block that the text behind an element stands in."""
    parent = element.getparent()
    while parent is not None and parent.tag not in BLOCKS and parent.getparent() is not None:
        parent = parent.getparent()
    return parent if parent is not None else element


def _add(line: Line, pieces: list[str], element: etree._Element, *, is_tail: bool, link: etree._Element | None) -> None:
    text = (element.tail if is_tail else element.text) or ""
    pieces.append(text)
    if text.isspace():
        return
    line.slots.append((element, is_tail))
    if link is not None and not (is_tail and element is link):
        line.linked += len(text) - sum(map(text.count, " \n\t"))
        if not line.links:
            line.links.append(link)


def _close(found: list[Line], line: Line, pieces: list[str], block: etree._Element) -> Line:
    """End a line, keep it if it holds anything, begin the next."""
    if line.slots or line.media:
        line.text = " ".join("".join(pieces).split())
        found.append(line)
        pieces.clear()
        return Line(block)
    pieces.clear()
    line.block = block
    line.links.clear()
    return line
