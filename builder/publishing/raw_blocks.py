"""Sets raw HTML aside block by block before Python-Markdown and MkDocs read it tag by tag: a sixth of a cold build."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from markdown import Extension, Markdown
from markdown.preprocessors import HtmlBlockPreprocessor, Preprocessor

_AT_LINE_START = re.compile(r"^<([a-z][a-z0-9]*)[ >]", re.MULTILINE)
_DOUBTFUL = re.compile(r"^ {1,3}<|<(?!/?[a-z][a-z0-9]*(?: [^<>]*)?>)", re.MULTILINE)
"""Outside the blocks: what might begin a block, a comment, or a tag that ends elsewhere."""
_ODD = re.compile(
    r"<(?:script|style|textarea|title|xmp|iframe|no(?:embed|frames|script)|plaintext)\b|&#(?!\d|x)", re.IGNORECASE
)
"""Anywhere: elements in which tags are text, and what makes Python's parser lose count of lines."""
_ANCHOR = re.compile(r"""\s(?:id|name)\s*=\s*["']?([^"'\s<>]+)""")
"""Whatever looks like one: an anchor too many hides at most a warning, one too few would be a false one."""
_PRIORITY = 22
"""After what reads code (25), before MkDocs collects anchors (21) and Python-Markdown takes blocks (20)."""


class RawBlocks(Extension):
    """Does to blocks that end where their first tag ends what ``HtmlBlockPreprocessor`` does, and nothing in doubt.

    Attributes:
        anchors: Those in the blocks of the page converted last, which MkDocs does not see.
    """

    def __init__(self) -> None:
        """Begin without a page."""
        super().__init__()
        self.anchors: set[str] = set()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        """Register."""
        md.preprocessors.register(_Preprocessor(md, self), "raw_blocks", _PRIORITY)


class _Preprocessor(Preprocessor):
    def __init__(self, md: Markdown, extension: RawBlocks) -> None:
        super().__init__(md)
        self._markdown, self._extension = md, extension

    def run(self, lines: list[str]) -> list[str]:
        """The lines with a placeholder for each block; as they are where anything is doubtful."""
        text, parts, position = "\n".join(lines), list[str](), 0
        self._extension.anchors = set()
        is_usual = type(self._markdown.preprocessors["html_block"]) is HtmlBlockPreprocessor
        if not is_usual or _ODD.search(text):
            return lines
        blocks = list(self._blocks(text))
        for start, end in blocks:
            parts.append(text[position:start])
            position = end
        rest = "".join([*parts, text[position:]])
        if any(end < 0 for _, end in blocks) or _DOUBTFUL.search(rest):
            return lines
        return "".join([*map(str.__add__, parts, self._stored(text, blocks)), text[position:]]).split("\n")

    def _blocks(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each block; an end below 0 where none is found, which is the last."""
        end = 0
        while end >= 0 and (found := self._begun(text, end)):
            end = _end(text, found)
            yield found.start(), end

    def _begun(self, text: str, position: int) -> re.Match[str] | None:
        tags = _AT_LINE_START.finditer(text, position)
        return next((found for found in tags if self._markdown.is_block_level(found[1])), None)

    def _stored(self, text: str, blocks: list[tuple[int, int]]) -> Iterator[str]:
        for start, end in blocks:
            block = text[start:end]
            self._extension.anchors.update(map(html.unescape, _ANCHOR.findall(block)))
            line_feed = "\n" if text.startswith("\n\n", end) else ""
            yield f"\n{self._markdown.htmlStash.store(block + line_feed)}\n\n"


def _end(text: str, begun: re.Match[str]) -> int:
    """Where an element ends, at the end of a line; -1 if it does not."""
    depth = 0
    for tag in re.compile(f"<(/?){begun[1]}[ >]").finditer(text, begun.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end() if text.startswith("\n", tag.end()) else -1
    return -1
