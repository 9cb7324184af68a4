"""Any decoded file to blocks: HTML, Markdown and text give the same ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from builder.documents.html import read_html
from builder.documents.lines import read_blocks
from builder.model.blocks import Block, BlockSource
from builder.patterns import pattern
from builder.reading.front_matter import FrontMatter, read_front_matter
from builder.reading.html_page import is_page


def read_source(text: str, path: str = "") -> BlockSource:
    """A decoded file as blocks; the ending of its name says that it is HTML where the text does not."""
    matter = FrontMatter({}, 0) if is_page(text) else read_front_matter(text, path)
    end = matter.end
    if _is_html(text, end, path):
        return source_of(read_html(text[end:]))
    lines = tuple(text.split("\n"))
    above = text.count("\n", 0, end)
    blocks, furniture = read_blocks(lines, above)
    stated = tuple(_stated(matter.values, lines[:above]))
    head = tuple((number, lines[number - 1]) for number in range(1, above + 1))
    return BlockSource((*stated, *blocks), lines, (*head, *((part.lines[0], part.text) for part in furniture)))


def _stated(values: Mapping[str, object], lines: Sequence[str]) -> Iterator[Block]:
    """Title and author that stand in a front matter, as fields of a page: what the text itself says comes first."""
    for key, label in _KEYS:
        value = values.get(key)
        line = next((number for number, line in enumerate(lines, 1) if line.lower().startswith(key)), 1)
        if isinstance(value, str) and value.strip():
            yield Block(f"{label}：{' '.join(value.split())}", (line,), 1)


def source_of(blocks: tuple[Block, ...]) -> BlockSource:
    """Blocks of a format without lines, each on a line of its own."""
    return BlockSource(blocks, tuple(" ".join(block.text.split("\n")) for block in blocks))


def _is_html(text: str, start: int, path: str) -> bool:
    """Whether a text is HTML rather than Markdown with some."""
    if not _OPENS_HTML.match(text, start):
        return False
    return is_page(text[start : start + _HEAD]) or path.lower().endswith((".html", ".htm")) or _has_many(text, start)


def _has_many(text: str, start: int) -> bool:
    found = _CLOSING.finditer(text, start)
    return all(next(found, None) is not None for _ in range(_MANY))


_KEYS = (("title", "页面标题"), ("author", "页面作者"))
_OPENS_HTML = pattern(r"\s*<(?:[a-z][a-z0-9]*[\s>/]|!)", re.IGNORECASE)
_CLOSING = pattern(r"</(?:p|div|td|li|h[1-6]|article|section)>", re.IGNORECASE)
_MANY = 3
_HEAD = 4000
