"""Finds the raw HTML blocks of familiar Markdown as Python-Markdown does, at a fraction of the cost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markdown import Markdown
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor

_TAG = re.compile(r"""<(?:(/?)([a-z][a-z0-9]*)(?:\s+[a-zA-Z_:][-\w:.]*(?:="[^"<>`]*")?)*\s*(/?)>)?""")
"""Every ``<``; with groups where it begins a tag of the plainest kind."""
_TEXT_ONLY = re.compile(r"[^<&]*</(\w+)>")
_BLOCK = re.compile(r"^<([a-z][a-z0-9]*)", re.MULTILINE)
_BLANK_LINE = re.compile(r"(?:[ ]*\n){2}")
_REST_OF_LINE = re.compile(r"[^<&\n]*\n")
_ODD_REFERENCE = re.compile(r"&#(?!\d+;|[xX][0-9a-fA-F]+;)")
_CONTENT_IS_NO_HTML = frozenset(
    {"iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp"}
)


_SPECIAL = re.compile(r"[\\`*_\[\]!<&\x02\x03]|  \n")


_UNTIDY = re.compile(r"[\x02\x03\r\t]|\n +\n")


class FewerBlanks(NormalizeWhitespace):
    """Tidies lines as the library does, and does not look for what is not there."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines, tidied."""
        source = "\n".join(lines)
        if _UNTIDY.search(source):
            return super().run(lines)
        return [*lines, "", ""]


class FewerFences(FencedBlockPreprocessor):
    """Looks for fenced code where there may be any."""

    def __init__(self, usual: FencedBlockPreprocessor) -> None:
        """Stand in for the usual one."""
        self.__dict__.update(vars(usual))

    def run(self, lines: list[str]) -> list[str]:
        """The lines without fenced code."""
        source = "\n".join(lines)
        return super().run(lines) if "```" in source or "~~~" in source else lines


class PlainInline(InlineProcessor):
    """Leaves alone at once what no inline pattern of Python-Markdown's own can match."""

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803  # its name
        if _SPECIAL.search(data) is None:
            return data
        handle: Callable[[str, int], str] = super()._InlineProcessor__handleInline  # type: ignore[misc]  # a private name
        return handle(data, patternIndex)


class FamiliarBlocks(HtmlBlockPreprocessor):
    """Takes the blocks that stand alone and are nested well; any other page goes to the parser it replaces."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines with each block of raw HTML stored away, and its placeholder in its place."""
        source = "\n".join(lines)
        try:
            parts = list(_parts(source, self.md))
        except _UnfamiliarError:
            return super().run(lines)
        stored = (self.md.htmlStash.store(text) if is_block else text for text, is_block in parts)
        return "".join(stored).split("\n")


class _UnfamiliarError(Exception):
    """The page needs the full parser."""


def _parts(source: str, md: Markdown) -> Iterator[tuple[str, bool]]:
    """Text as it is, and blocks (True) to be stored, in order."""
    if _ODD_REFERENCE.search(source):
        raise _UnfamiliarError
    position = 0
    while start := _next_block(source, position, md):
        yield source[position : start.start()] + "\n", False
        end = _end(source, start.start())
        if not _REST_OF_LINE.match(source, end):
            raise _UnfamiliarError
        yield source[start.start() : end] + ("\n" if _BLANK_LINE.match(source, end) else ""), True
        yield "\n\n", False
        position = end
    yield source[position:], False


def _next_block(source: str, position: int, md: Markdown) -> re.Match[str] | None:
    """Where the next line begins with a tag of block level; every tag before it must be a plain tag within a line."""
    for start in _BLOCK.finditer(source, position):
        if md.is_block_level(start[1]):
            _only_inline(source, position, start.start(), md)
            return start
    _only_inline(source, position, len(source), md)
    return None


def _only_inline(source: str, position: int, end: int, md: Markdown) -> None:
    for tag in _TAG.finditer(source, position, end):
        if not tag[2] or tag[2] in _CONTENT_IS_NO_HTML or md.is_block_level(tag[2]):
            raise _UnfamiliarError


def _end(source: str, position: int) -> int:
    """Where the element that begins here ends, its own closing tag included."""
    stack: list[str] = []
    for tag in _TAG.finditer(source, position):
        closing, name, empty = tag.groups()
        if not name or (name in _CONTENT_IS_NO_HTML and not closing and not _holds_text_only(source, tag)):
            raise _UnfamiliarError
        if not closing:
            if not empty and name != "hr":
                stack.append(name)
        elif name in stack:
            while stack.pop() != name:
                pass
        if not stack:
            return tag.end()
    raise _UnfamiliarError


def _holds_text_only(source: str, tag: re.Match[str]) -> bool:
    """Whether old and new parsers agree on an element whose content some take for HTML."""
    end = _TEXT_ONLY.match(source, tag.end())
    return end is not None and end[1] == tag[2]
