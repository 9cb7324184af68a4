"""HTML as browsers read it: one tree by the rules of the HTML Standard, whatever the page's faults.

Lexbor (through selectolax) builds the tree; lxml holds it, since rules need parents, tails and XPath. On 250 saved
pages its tree is that of html5lib, the reference implementation, in a thirteenth of the time; lxml's own parser
(libxml2) builds another one of 59, html5-parser has no wheels, and markupever takes twice as long.
"""

from __future__ import annotations

import re

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from builder.patterns import pattern

RAW_TEXT = ("script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext")
"""Elements whose content is no markup (HTML Standard, 13.1.2)."""
DEEPEST = 200
"""Levels of a tree; real pages nest some 30, and what reads it later does so by recursion."""
_VOID_NAMES = "area|base|basefont|bgsound|br|col|embed|frame|hr|img|input|keygen|link|meta|param|source|track|wbr"
_VOID = frozenset(_VOID_NAMES.split("|"))
# What Lexbor writes: tags in lower case, attributes in double quotes, each name once. The end tags need no work.
_START_TAG = pattern(
    rf"<(?:!--.*?(?:-->|\Z)|!DOCTYPE[^>]*(?:>|\Z)|([^ <>/!]+)((?: =?[^ =>]*=\"[^\"]*\")+)>|({_VOID_NAMES})>)", re.DOTALL
)
_ATTRIBUTE = pattern(r' (=?[^ =>]*)="([^"]*)"')
_NAME = pattern(r"(?!xmlns)[A-Za-z_][\w.\-]*\Z")
_PLAIN_ATTRIBUTES = pattern(r'(?: (?!xmlns)[A-Za-z_][\w.\-]*="[^"<]*")*\Z')
# Control characters and halves of characters: neither XML nor a reader knows them.
_NO_TEXT = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Neither the end of an element, nor a declaration, nor an instruction: the standard drops them, here they stay text.
# So does the beginning of a tag that runs into the next, of which the standard makes an element with no name for XML.
_NO_MARKUP = pattern(r"<(?=/[^a-zA-Z>\s]|![^-\[a-zA-Z>]|\?[^a-zA-Z=>]|/?[a-zA-Z][^\s/<>]{0,80}<)")
# References to control characters, which no XML can hold; those from 128 on stand for letters of Windows-1252.
_NO_REFERENCE = pattern(
    r"&#(?:0{0,9}(?:[0-8]|1[124-9]|2[0-9]|3[01]|127)(?![0-9])|[xX]0{0,9}(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|7[fF])(?![0-9a-fA-F]));?"
)
_TAG = pattern(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]{0,4000}>")
_ANY_TAG = pattern(r"<[^<>]*>")
_LEFT_OPEN = frozenset([*_VOID, "p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody"])
# The standard's rules look through all open elements at every tag, so that time grows with depth times length.
_MOST_OPEN = 1000
_PILING = ("span", "font", "b", "i", "strong", "em", "u")


def parse_html(text: str) -> etree._Element:
    """Parse a page or a fragment.

    Args:
        text: HTML of any quality.

    Returns:
        A tree that the caller may change: ``html`` with ``head`` and ``body``, without comments and namespaces. A text
        that nests deeper than any page does becomes lines of text.
    """
    kept = _kept.pop() if _kept else None
    return kept[1] if kept and kept[0] == text else _parsed(text)


def peek_html(text: str) -> etree._Element:
    """The tree of a page for one who only looks; the next ``parse_html`` of the same text hands it out."""
    root = parse_html(text)
    _kept[:] = [(text, root)]
    return root


def text_of(element: etree._Element) -> str:
    """All text in an element, its tail aside."""
    return str(_TEXT(element))


_TEXT = etree.XPath("string()", smart_strings=False)


def words_of(element: etree._Element) -> str:
    """An element's text with white space collapsed."""
    return " ".join(text_of(element).split())


_kept: list[tuple[str, etree._Element]] = []
"""The last text that was only looked at, with its tree: a page is parsed once to be read and cleaned."""


def _parsed(text: str) -> etree._Element:
    text = _NO_MARKUP.sub("&lt;", _NO_REFERENCE.sub("", _NO_TEXT.sub("", text)))
    if "<![CDATA[" in text:
        text = text.replace("<![CDATA[", "").replace("]]>", "")
    if text.count("<") - 2 * text.count("</") > _MOST_OPEN and _open_elements(text) > _MOST_OPEN:
        return _tree(_as_text(text))
    root = _tree(text)
    if text.count("<") <= DEEPEST or not _is_deep(root):
        return root
    # Spans that are never closed pile up; they say nothing about the text.
    etree.strip_tags(root, *_PILING)
    return _tree(_as_text(text)) if _is_deep(root) else root


def _tree(text: str) -> etree._Element:
    """Lexbor's tree as lxml's: written out, made XML, read again, which is faster than node by node."""
    page = LexborHTMLParser(text)
    contents = []
    for node in page.css(",".join(RAW_TEXT)):
        contents.append(_NO_TEXT.sub("", node.text(deep=True) or ""))
        for child in list(node.iter(include_text=True)):
            child.decompose()
    xml = _NO_TEXT.sub("", _START_TAG.sub(_as_xml, page.html or "<html></html>").replace("&nbsp;", "\xa0"))
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, huge_tree=True, resolve_entities=False, no_network=True, remove_pis=True
    )
    root = etree.fromstring(xml.encode("utf-8"), parser)
    raw = list(root.iter(*RAW_TEXT))
    for element, content in zip(raw, contents if len(raw) == len(contents) else [""] * len(raw), strict=True):
        element.text = content
    return root


def _as_xml(tag: re.Match[str]) -> str:
    name, attributes, void = tag.groups()
    if not name:
        return f"<{void}/>" if void else ""
    if not _PLAIN_ATTRIBUTES.match(attributes):
        kept = (f' {key}="{value}"' for key, value in _ATTRIBUTE.findall(attributes) if _NAME.match(key))
        attributes = "".join(kept).replace("<", "&lt;")
    return f"<{name}{attributes}/>" if name in _VOID else f"<{name}{attributes}>"


def _open_elements(text: str) -> int:
    """How many elements are open at once, were none of them closed by another's end."""
    depth = deepest = 0
    for match in _TAG.finditer(text):
        if match[2].lower() not in _LEFT_OPEN:
            depth += -1 if match[1] else 1
            deepest = max(deepest, depth)
    return deepest


def _is_deep(root: etree._Element) -> bool:
    """Whether elements nest deeper than what reads the tree can follow."""
    return bool(_TOO_DEEP(root))


_TOO_DEEP = etree.XPath(f"boolean(//*[count(ancestor::*) >= {DEEPEST}])")


def _as_text(html: str) -> str:
    """Text alone: every tag becomes a line break."""
    lines = (line.strip() for line in _ANY_TAG.sub("\n", html).split("\n"))
    return "".join(f"<p>{line}</p>" for line in lines if line)
