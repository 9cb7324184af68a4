"""What no reader ever saw: scripts, styles, hidden parts, form controls, trackers."""

from __future__ import annotations

import re

from lxml import etree

from builder.cleaning.draft import Draft, unlinked
from builder.cleaning.ledger import address_of, squash
from builder.cleaning.naming import parts_of_name, rule_of_name
from builder.patterns import pattern
from builder.reading.html_tree import text_of

_CODE = ("script", "style", "template", "head", "link", "meta", "base", "svg", "canvas")
_CONTROLS = ("button", "input", "select", "textarea", "datalist", "option", "dialog", "progress", "meter")
_HIDDEN = pattern(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px)?\s*(?:;|$))", re.IGNORECASE
)
_TINY = frozenset(["0", "1", "2", "0px", "1px", "2px"])
_LEAST_SHARE = 0.5  # pages that reveal their text by script hide all of it; a hidden part of a page holds less


def scripts(draft: Draft) -> None:
    """Scripts, styles, drawings, heads; text in elements that only old browsers or the head know is text."""
    for element in draft.elements(*_CODE):
        if draft.holds(element):
            draft.take(element, "script")
    for element in draft.elements("div", "span", "p"):
        said = (element.text or "").strip() if not len(element) else ""
        if said[:1] == "{" and said[-1:] == "}" and '":' in said and draft.holds(element):
            draft.take(element, "script")  # what a program reads
    for element in draft.elements("title", "noembed", "noframes", "xmp", "plaintext"):
        element.tag = "div"


def hidden(draft: Draft) -> None:
    """Elements that style, attribute or name hide, unless they hold the article itself."""
    most = _LEAST_SHARE * len(squash(text_of(draft.root)))
    for element in draft.elements():
        if not _is_hidden(element) or not draft.holds(element) or _is_folded(element):
            continue
        if len(squash(text_of(element))) <= most:
            draft.take(element, "hidden")


def forms(draft: Draft) -> None:
    """Form controls, on pages with the words around them; a form that wraps prose is only a wrapper."""
    controls = draft.elements("form", "input", "textarea") if draft.is_page else ()
    asking = [control for control in controls if control.get("type") != "hidden"]
    most = min(_FORM_TEXT, _FORM_SHARE * unlinked(draft.root)) if asking else 0
    for control in asking:
        part = control
        while (parent := part.getparent()) is not None and _only_asks(parent) and unlinked(parent) <= most:
            part = parent
        if part is not control and draft.holds(control):
            draft.take(part, "form")
    for element in draft.elements(*_CONTROLS):
        if draft.holds(element):
            draft.take(element, "form")
    for element in draft.elements("form"):
        if draft.holds(element) and unlinked(element) <= _FORM_TEXT and element.find(".//p") is None:
            draft.take(element, "form")


def _only_asks(part: etree._Element) -> bool:
    """Whether a part around a form control shows nothing else: no headline, no picture, no date."""
    return part.tag in {"div", "section", "aside"} and next(part.iter("h1", "img", "time", "article"), None) is None


def trackers(draft: Draft) -> None:
    """Images that only count readers."""
    for image in draft.elements("img"):
        size = {image.get("width", "").strip(), image.get("height", "").strip()} - {""}
        if (size and size <= _TINY) or draft.words.tracker_address.search(address_of(image)):
            draft.take(image, "tracker")


_FORM_SHARE = 0.1  # of a page's words: who asks for an address says less about it than the article says
_FORM_TEXT = 200  # labels of a long subscription form; an article inside a page-wide form is longer


def _is_hidden(element: etree._Element) -> bool:
    if not element.attrib:
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return element.tag not in {"img", "figure", "picture"}
    style = element.get("style")
    if style and _HIDDEN.search(style):
        return True
    names = element.get("class")
    return bool(names) and rule_of_name(names or "") == "hidden"


def _is_folded(element: etree._Element) -> bool:
    """Whether readers can unfold it, and it says more than a label: the article goes on in it."""
    if element.get("hidden") is None and not _HIDDEN.search(element.get("style") or ""):
        return False
    parent = element.getparent()
    named = f"{element.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}"
    return "folding" in parts_of_name(named) and unlinked(element) >= _LEAST_FOLDED


_LEAST_FOLDED = 12
