"""What is left behind when everything else has gone: empty elements, breaks at the edges, rules without text."""

from __future__ import annotations

from lxml import etree

from builder.cleaning.draft import Draft
from builder.cleaning.lines import BLOCKS, MEDIA

_KEEPS_EMPTY = frozenset([*MEDIA, "br", "hr", "td", "th", "tr", "html", "body", "wbr"])
_UNWRAPPED = ("font", "center", "noscript", "form", "label", "fieldset", "picture", "legend")


def wrappers(draft: Draft) -> None:
    """Elements that say nothing: their content stays."""
    for element in draft.elements(*_UNWRAPPED):
        if element.tag in BLOCKS:
            element.tag = "div"
        else:
            element.drop_tag() if hasattr(element, "drop_tag") else _unwrap(element)


def empty_elements(draft: Draft) -> None:
    """Elements without text and media, innermost first; rules and breaks at the very end."""
    for element in reversed(draft.elements(etree.Element)):
        if element.tag in _KEEPS_EMPTY or len(element) or (element.text and not element.text.isspace()):
            continue
        if element.getparent() is not None:
            draft.take(element, "empty")
    _trim(draft)


def _trim(draft: Draft) -> None:
    """Rules and breaks before the first and after the last thing that says something."""
    elements = [element for element in draft.elements(etree.Element) if element.tag in {"hr", "br", *MEDIA}]
    lines = draft.lines
    if not lines:
        return
    for element in elements:
        if element.tag == "hr" and _is_alone(element):
            draft.take(element, "empty")


def _is_alone(rule: etree._Element) -> bool:
    """Whether nothing stands before, or nothing behind, a thematic break."""
    return not _says_something(rule, "preceding") or not _says_something(rule, "following")


def _says_something(rule: etree._Element, axis: str) -> bool:
    return bool(rule.xpath(f"boolean({axis}::text()[normalize-space()] | {axis}::img)"))


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    etree.strip_tags(parent, element.tag)
