"""One body's clean HTML to Markdown, text, excerpt and images."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from lxml import etree

from builder.markup.allowlist import INLINE, allowed
from builder.markup.converter import Converter
from builder.markup.layout import OUTER, collapsed, finish, without_soft_ends
from builder.model.article import Rendered
from builder.patterns import pattern

_ATTRIBUTES = r"""(?:[^<>"]|"[^"]*")*>"""
_INLINE_TAG = pattern(rf"</?(?:{'|'.join(sorted(INLINE))})\b{_ATTRIBUTES}")
_BLOCK_TAG = pattern(rf"</?[a-z]{_ATTRIBUTES}")
_SENTENCE_END = pattern(r"[。！？!?…](?:[”’」』）)\"']*)|[.](?=\s)")
_HEADINGS = pattern(r"<(h[1-6]|figcaption|caption)>.*?(?:</\1>|\Z)", re.DOTALL)
# About three lines on a card: 120 Han characters, or as many as end a sentence before 160.
_EXCERPT_WISHED = 120
_EXCERPT_LONGEST = 160


def plain_text(clean: str) -> str:
    """The text of cleaned HTML, one block a line, without line ends between Han characters."""
    text = collapsed(clean)
    text = html.unescape(_BLOCK_TAG.sub("\n", _INLINE_TAG.sub("", text)))
    lines = (line.strip(OUTER) for line in text.split("\n"))
    return without_soft_ends("\n".join(line for line in lines if line))


def excerpt(text: str, clean: str) -> str:
    """The first sentences of a plain text, on one line, without headings and captions, which the HTML tells apart."""
    aside = {line for match in _HEADINGS.finditer(clean) for line in plain_text(match[0]).split("\n")}
    line = ""
    for block in text.split("\n"):
        if len(line) > _EXCERPT_LONGEST:
            break
        line += "" if block in aside else block + " "
    return _shortened(line.strip())


def _shortened(line: str) -> str:
    if len(line) <= _EXCERPT_LONGEST:
        return line
    ends = [match.end() for match in _SENTENCE_END.finditer(line, 0, _EXCERPT_LONGEST)]
    if ends and ends[-1] >= _EXCERPT_WISHED // 3:
        return line[: ends[-1]]
    return line[:_EXCERPT_WISHED].rstrip() + "…"


_NO_NOTES = ("li", "blockquote", "table", "footnote")
_LABEL = pattern(r"[\w-]{1,40}")


def _footnotes(tree: etree._Element) -> frozenset[str]:
    """Labels that a sign in the text has, and a note where Markdown can have one."""
    notes = [note for note in tree.iter("footnote") if next(note.iterancestors(*_NO_NOTES), None) is None]
    labels = {str(note.get("label")) for note in notes} & {str(sign.get("label")) for sign in tree.iter("noteref")}
    return frozenset(filter(_LABEL.fullmatch, labels))


_ADJOINING = pattern(r"</(strong|b|em|i)><\1>")
"""Emphasis that ends only to begin again, as programs write it."""
_NO_ATTACHMENTS: Mapping[str, str] = {}


def render(html: str, base_url: str | None, attachments: Mapping[str, str] = _NO_ATTACHMENTS) -> Rendered:
    """Render clean HTML.

    Args:
        html: The article's body. It need not be safe: nothing passes but an allow-list. ``data-original`` on an image
            holds the address that the raw file gave it.
        base_url: The original's address; relative links and images are resolved against it, without it they are
            dropped, their text stays.
        attachments: Addresses of files lying beside the post, by the ``src`` that the body uses for them.

    Returns:
        Markdown that reads as the HTML did, plain text, excerpt and images.
    """
    clean = _ADJOINING.sub("", allowed(html))
    if not clean.strip():
        return Rendered("", "", "")
    converter = Converter(base_url, attachments)
    tree = etree.fromstring(f"<div>{clean}</div>", etree.HTMLParser())
    converter.footnotes = _footnotes(tree) if "<footnote" in clean else frozenset()
    markdown = finish(converter.process_tag(tree), converter.stored)
    text = plain_text(clean)
    return Rendered(markdown, text, excerpt(text, clean), tuple(converter.images))
