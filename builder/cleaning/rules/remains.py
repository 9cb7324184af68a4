"""What is left behind when everything else has gone: empty elements, breaks at the edges, rules without text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from builder.cleaning.draft import Draft
from builder.cleaning.lines import BLOCKS, MEDIA
from builder.markup.allowlist import ELEMENTS

_KEEPS_EMPTY = frozenset([*MEDIA, "br", "hr", "td", "th", "tr", "html", "body", "wbr"])
_FRAME = frozenset(["html", "body", "span", *MEDIA])
_BLOCK_TAGS = tuple(BLOCKS)
_UNWRAPPED = ("font", "center", "noscript", "form", "label", "fieldset", "picture", "legend")


def wrappers(draft: Draft) -> None:
    """Elements that say nothing: their content stays."""
    for element in draft.elements(*_UNWRAPPED):
        if element.tag in BLOCKS:
            element.tag = "div"
        else:
            parent = element.getparent()  # None where its like around it took it along
            if parent is not None:
                etree.strip_tags(parent, element.tag)
    for element in draft.elements():
        if element.tag not in ELEMENTS and element.tag not in _FRAME:
            # Formulas, inventions of programs: what passes on only what it knows would drop their text.
            element.tag = "div" if next(element.iter(*_BLOCK_TAGS), None) is not None else "span"


def empty_elements(draft: Draft) -> None:
    """Elements without text and media, innermost first; rules and breaks at the very end."""
    code = {inner for block in draft.elements("pre", "code") for inner in block.iterdescendants() if inner.text}
    for element in reversed(draft.elements()):
        if element in code:
            continue  # white space is part of it
        if element.tag in _KEEPS_EMPTY or len(element) or (element.text and not element.text.isspace()):
            continue
        if element.getparent() is not None:
            draft.ledger.take(element, "empty")
    _trim(draft)


def _trim(draft: Draft) -> None:
    """Rules before the first and after the last thing that says something, breaks at the ends of a block."""
    rules = list(_rules_and_words(draft.root))
    between = [rule for before, rule in pairwise(rules) if before is not None and rule is not None]
    for outer in (rules, reversed(rules), between):
        for rule in outer:
            if rule is None:
                break
            if rule.getparent() is not None:
                draft.take(rule, "empty")
    for lone in reversed(draft.elements("br")):
        if not (lone.tail and not lone.tail.isspace()) and _ends_block(lone):
            draft.take(lone, "empty")


def _ends_block(lone: etree._Element) -> bool:
    """Whether nothing stands between a line break and the end of its block."""
    element: etree._Element | None = lone
    while element is not None and element.tag not in BLOCKS:
        if (element.tail or "").strip():
            return False
        following = element.getnext()
        if following is not None:
            return following.tag in BLOCKS
        element = element.getparent()
    return True


def _rules_and_words(root: etree._Element) -> Iterator[etree._Element | None]:
    """The rules of a tree in document order, with None wherever text or a picture stands between them."""
    for event, element in etree.iterwalk(root, ("start", "end", "comment", "pi")):
        if event == "start" and element.tag == "hr":
            yield element
        said = element.text if event == "start" else element.tail
        if (event == "start" and element.tag == "img") or (said and not said.isspace()):
            yield None
