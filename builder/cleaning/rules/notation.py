"""Code and formulas: kept once, with their spaces and lines, without what was drawn around them."""

from __future__ import annotations

from lxml import etree

from builder.cleaning.draft import Draft
from builder.cleaning.lines import HEADINGS
from builder.cleaning.mathml import TEX, source_of
from builder.cleaning.naming import rule_of_name
from builder.patterns import pattern
from builder.reading.html_tree import text_of

_DIGITS = pattern(r"[\s\d.:]*\Z")
_RENDERED = frozenset(["MathJax", "MathJax_Preview", "MathJax_Display", "MathJax_SVG", "MathJax_CHTML", "katex-html"])


def formulas(draft: Draft) -> None:
    """A formula stands on a page up to three times: drawn, as MathML and as TeX; its source is what stays."""
    sources = [script for script in draft.elements("script") if (script.get("type") or "").startswith("math/tex")]
    for script in sources:
        script.tag = TEX
        if "display" in (script.get("type") or ""):
            script.set("display", "block")
    for element in draft.elements() if sources else ():
        if draft.holds(element) and not _RENDERED.isdisjoint((element.get("class") or "").split()):
            draft.take(element, "formula")
    for formula in draft.elements("math", TEX):
        source = formula if formula.tag == TEX else source_of(formula)
        if source is not None and draft.holds(formula):
            _undrawn(draft, formula, source)


def _undrawn(draft: Draft, formula: etree._Element, source: etree._Element) -> None:
    """Put the source in the place of the formula and of what draws it."""
    whole = _drawing(formula)
    if whole is source:
        return
    written = formula.makeelement(TEX)
    written.text, source.text = source.text, None
    if formula.get("display") == "block" or whole.get("display") == "true":
        written.set("display", "block")
    whole.addprevious(written)
    draft.take(whole, "formula")


def _drawing(formula: etree._Element) -> etree._Element:
    """The outermost element that holds nothing but one formula."""
    element = formula
    while (parent := element.getparent()) is not None and _is_formula(parent):
        if sum(1 for _ in parent.iter("math", TEX)) > 1:
            break
        element = parent
    return element


def _is_formula(element: etree._Element) -> bool:
    names = element.get("class") or ""
    return element.tag in {"span", "mjx-container", "mjx-assistive-mml"} and (
        "katex" in names or "math" in names.lower() or element.tag.startswith("mjx")
    )


def line_numbers(draft: Draft) -> None:
    """Numbers beside the lines of code."""
    for element in draft.elements("td", "span", "div", "pre", "a", "code", "ul", "ol"):
        names = element.get("class")
        numbered = names and rule_of_name(names) == "line-numbers"
        if (numbered or element.get("data-line-number")) and draft.holds(element) and _DIGITS.match(text_of(element)):
            draft.take(element, "line-numbers")


def permalinks(draft: Draft) -> None:
    """Signs beside headings that link to the heading itself: ¶, #, 🔗."""
    for link in draft.elements("a"):
        own = (link.get("href") or "").rpartition("#")[1] == "#" or not link.get("href")
        if not own or any(character.isalnum() for character in text_of(link)) or len(link):
            continue
        if any(above.tag in HEADINGS for above in link.iterancestors()) and text_of(link).strip():
            draft.take(link, "permalink")
