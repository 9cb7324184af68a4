"""Builds and serialises XML; characters that XML cannot hold are replaced."""

from __future__ import annotations

import re
from html import escape

from lxml import etree

from builder.characters import linked_address

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit(text: str) -> str:
    """Text without the characters that XML 1.0 (2.2) cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def root(tag: str, namespace: str, **prefixes: str) -> etree._Element:
    """A document's first element; its namespace is written without a prefix throughout, further ones with theirs."""
    names: dict[str | None, str] = {None: namespace}
    names.update(prefixes)
    return etree.Element(f"{{{namespace}}}{tag}", nsmap=names)  # type: ignore[arg-type]  # the stubs forget None


def add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    """Add an element at a parent's end; without a namespace it gets its parent's.

    An underscore at the end of an attribute's name is dropped, ``xml_lang`` becomes ``xml:lang``.
    """
    namespace = etree.QName(parent).namespace
    name = tag if tag.startswith("{") or not namespace else f"{{{namespace}}}{tag}"
    element = etree.SubElement(parent, name)
    for key, value in attributes.items():
        element.set(_XML_LANG if key == "xml_lang" else key.rstrip("_"), _attribute(key, value))
    element.text = None if text is None else fit(text)
    return element


def _attribute(key: str, value: str) -> str:
    return fit(linked_address(value) if key == "href" else value)


def document(root: etree._Element, style: str = "") -> bytes:
    """A whole document, indented, in UTF-8; ``style`` is a style sheet for readers who open it in a browser."""
    etree.indent(root)
    if style:
        root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{escape(style)}"'))
    written: bytes = etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=True)
    return written + b"\n"


_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
