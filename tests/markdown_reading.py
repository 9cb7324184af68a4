"""Reads Markdown as the site does and as the scorer does, and says what a reader would see."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import markdown

PLAIN = ("tables",)
SITE = ("tables", "attr_list", "md_in_html", "toc", "fenced_code")
_ELEMENTS = """
p h1 h2 h3 h4 h5 h6 strong em a img ul ol li blockquote pre code table thead tbody tr th td br hr
sub sup ruby rb rt rp rtc q del div
"""
ELEMENTS = frozenset(_ELEMENTS.split())
# toc gives headings an id, an ordered list its first number; nothing else but addresses and alternative texts.
ATTRIBUTES = frozenset({"href", "src", "alt", "id", "start"})
SCHEMES = ("http://", "https://", "mailto:")
_INVISIBLE = re.compile(r"[\s\u200b\ufeff]+")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_INJECTION = Path(__file__).parent / "data" / "injection.txt"


def html_of(text: str, extensions: tuple[str, ...] = SITE) -> lxml.html.HtmlElement:
    """Markdown as the tree that a browser would get."""
    return lxml.html.fragment_fromstring(markdown.markdown(text, extensions=list(extensions)), create_parent="div")


def squashed(text: str) -> str:
    """Text without white space and without what is invisible or no character of text."""
    return _INVISIBLE.sub("", _NO_TEXT.sub("", text))


def strangers(tree: lxml.html.HtmlElement) -> list[str]:
    """Elements, attributes and addresses that the allow-list does not know."""
    found = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        found += [element.tag] if element.tag not in ELEMENTS else []
        found += [f"{element.tag} {name}" for name in element.keys() if name not in ATTRIBUTES]  # noqa: SIM118  # lxml's
        addresses = [element.get(name) for name in ("href", "src") if element.get(name)]
        found += [f"{element.tag} {address}" for address in addresses if not str(address).startswith(SCHEMES)]
    return found


def injections() -> list[str]:
    """The payloads of ``data/injection.txt``."""
    lines = _INJECTION.read_text(encoding="utf-8").split("\n")[1:]
    payloads = [line for line in lines if line and not line.startswith("# -- ")]
    return [payload.replace("⏎", "\n").replace("␉", "\t").replace("␀", "\0") for payload in payloads]
