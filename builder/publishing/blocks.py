"""Finds raw HTML in a page once and quickly, where MkDocs and Python-Markdown parse it twice, character by character.

Most of a generated page is raw HTML of the plainest kind; reading it was two thirds of a page's way to HTML. Whatever
is not of that kind goes to the parsers that this stands in for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import HtmlBlockPreprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages

_TAG = re.compile(r"""<(?:(/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z_:][-\w:.]*(?:="[^"<>`]*")?)*)\s*(/?)>)?""")
"""Every ``<``; with groups where it begins a tag of the plainest kind."""
_ATTRIBUTE = re.compile(r"""\s+([a-zA-Z_:][-\w:.]*)(?:="([^"<>`]*)")?""")
_TEXT_ONLY = re.compile(r"[^<&]*</(\w+)>")
_BLOCK = re.compile(r"^<([a-z][a-z0-9]*)", re.MULTILINE)
_BLANK_LINE = re.compile(r"(?:[ ]*\n){2}")
_REST_OF_LINE = re.compile(r"[^<&\n]*\n")
_ODD_REFERENCE = re.compile(r"&#(?!\d+;|[xX][0-9a-fA-F]+;)")
_CONTENT_IS_NO_HTML = frozenset(
    {"iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp"}
)


class _UnsupportedError(Exception):
    """The page needs the full parsers."""


class PlainAnchors(pages._RawHTMLPreprocessor):  # noqa: SLF001  # MkDocs is pinned, and has no other way in
    """Collects the anchors of raw HTML, and parts a plain page for ``PlainBlocks``, which runs next."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines as they are."""
        source = "\n".join(lines)
        self.md.plain_parts = None  # type: ignore[attr-defined]  # handed from one step to the next
        try:
            self.present_anchor_ids = set[str]()
            parts = list(_parts(source, self.md, self.present_anchor_ids))
        except _UnsupportedError:
            return super().run(lines)
        self.md.plain_parts = parts  # type: ignore[attr-defined]  # likewise
        return lines

    def _register(self, md: Markdown) -> None:
        super()._register(md)
        self.md = md


class PlainBlocks(HtmlBlockPreprocessor):
    """Stores away blocks that stand alone and are nested well; any other page goes to the parser it replaces."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines with each block of raw HTML stored away, and its placeholder in its place."""
        parts: list[tuple[str, bool]] | None = getattr(self.md, "plain_parts", None)
        if parts is None:
            return super().run(lines)
        stored = (self.md.htmlStash.store(text) if is_block else text for text, is_block in parts)
        return "".join(stored).split("\n")


class _PlainHtml(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        md.preprocessors.register(PlainBlocks(md), "html_block", 20)


def parse_blocks_once(config: MkDocsConfig) -> None:
    """Have the pages of a configuration read in this way."""
    config.markdown_extensions.append(_PlainHtml())  # type: ignore[arg-type]  # Python-Markdown takes objects as well
    pages._RawHTMLPreprocessor = PlainAnchors  # type: ignore[misc]  # noqa: SLF001  # see above


def _parts(source: str, md: Markdown, anchors: set[str]) -> Iterator[tuple[str, bool]]:
    """Text as it is, and blocks (True) to be stored, in order."""
    if _ODD_REFERENCE.search(source):
        raise _UnsupportedError
    position = 0
    while start := _next_block(source, position, md, anchors):
        yield source[position : start.start()] + "\n", False
        end = _end(source, start.start(), anchors)
        if not _REST_OF_LINE.match(source, end):
            raise _UnsupportedError
        yield source[start.start() : end] + ("\n" if _BLANK_LINE.match(source, end) else ""), True
        yield "\n\n", False
        position = end
    yield source[position:], False


def _next_block(source: str, position: int, md: Markdown, anchors: set[str]) -> re.Match[str] | None:
    """Where the next line begins with a tag of block level; every tag before it must be a plain tag within a line."""
    block = next((start for start in _BLOCK.finditer(source, position) if md.is_block_level(start[1])), None)
    for tag in _TAG.finditer(source, position, block.start() if block else len(source)):
        if not tag[2] or tag[2] in _CONTENT_IS_NO_HTML or md.is_block_level(tag[2]):
            raise _UnsupportedError
        anchors.update(_anchors(tag))
    return block


def _end(source: str, position: int, anchors: set[str]) -> int:
    """Where the element that begins here ends, its own closing tag included."""
    stack: list[str] = []
    for tag in _TAG.finditer(source, position):
        closing, name, _, empty = tag.groups()
        if not name or (name in _CONTENT_IS_NO_HTML and not closing and not _holds_text_only(source, tag)):
            raise _UnsupportedError
        if not closing:
            anchors.update(_anchors(tag))
            if not empty and name != "hr":
                stack.append(name)
        elif name in stack:
            while stack.pop() != name:
                pass
        if not stack:
            return tag.end()
    raise _UnsupportedError


def _anchors(tag: re.Match[str]) -> Iterator[str]:
    for name, value in _ATTRIBUTE.findall(tag[3]) if tag[3] else ():
        if name.lower() == "id" or (name.lower() == "name" and tag[2] == "a"):
            yield unescape(value)


def _holds_text_only(source: str, tag: re.Match[str]) -> bool:
    """Whether old and new parsers agree on an element whose content some take for HTML."""
    end = _TEXT_ONLY.match(source, tag.end())
    return end is not None and end[1] == tag[2]
