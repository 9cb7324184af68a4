"""Tells a table of contents from the text that it lists."""

from __future__ import annotations

from dataclasses import dataclass

from builder.documents.lines import squeeze
from builder.documents.numbering import Marker, read_marker
from builder.model.blocks import Block
from builder.patterns import pattern


@dataclass(frozen=True, slots=True)
class _Listed:
    index: int
    marker: Marker
    title: str


def split_contents(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The text without its table of contents, and the blocks of the table, possibly none."""
    start = _heading_of_contents(blocks)
    end = _end_of_contents(blocks, start) if start is not None else None
    if start is None or end is None:
        led = tuple(block for block in blocks if _LEADER.search(block.text))
        return tuple(block for block in blocks if not _LEADER.search(block.text)), led
    return blocks[:start] + blocks[end:], blocks[start:end]


def _heading_of_contents(blocks: tuple[Block, ...]) -> int | None:
    for index, block in enumerate(blocks):
        if block.squeezed in {"目录", "目次"}:
            return index
        if block.squeezed == "目" and index + 1 < len(blocks) and blocks[index + 1].squeezed in {"录", "次"}:
            return index
    return None


def _end_of_contents(blocks: tuple[Block, ...], start: int) -> int | None:
    """Index behind the last listed line: the first listed heading comes again as the text's first heading."""
    listed = [
        _Listed(index, marker, _without_page(squeeze(marker.rest)))
        for index in range(start + 1, len(blocks))
        if (marker := read_marker(blocks[index].text)) is not None
    ]
    if not listed:
        return None
    first = listed[0]
    again = next((other.index for other in listed[1:] if _same(first, other)), None)
    if again is None:
        return None
    last = max(index for index in range(start, again) if index == start or _looks_listed(blocks[index]))
    return (
        again if all(len(blocks[index].squeezed) <= _LONGEST_LISTED for index in range(last + 1, again)) else last + 1
    )


def _same(first: _Listed, other: _Listed) -> bool:
    if (first.marker.kind, first.marker.ordinal) != (other.marker.kind, other.marker.ordinal):
        return False
    return not first.title or other.title.startswith(first.title)


def _looks_listed(block: Block) -> bool:
    text = block.squeezed
    return bool(_LEADER.search(text) or text in {"录", "次"} or text.isdecimal()) or (
        read_marker(block.text) is not None and not text.endswith(("。", "；"))
    )


_LONGEST_LISTED = 30
_LEADER = pattern(r"[.．·…]{6}|…{3}|(?:\. ){5}")
_DIGITS, _DASHES, _LEADERS = "0123456789０１２３４５６７８９", "-—－", ".．·…-—－"


def _without_page(title: str) -> str:
    """A title in a table of contents without leaders and page number ("…… 12", "-3-")."""
    return title.rstrip(_DASHES).rstrip(_DIGITS).rstrip(_LEADERS)
