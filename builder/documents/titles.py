"""Finds the title of a notice, and the title of the plan that it sends out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from builder.documents.lines import squeeze
from builder.documents.numbering import read_marker
from builder.documents.words import words
from builder.model.blocks import Block

_MOST_LINES = 5
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Found:
    """A title over one or more blocks.

    Attributes:
        text: Without white space.
        start: Index of its first block.
        end: Index behind its last block.
    """

    text: str
    start: int
    end: int


def find_notice(blocks: tuple[Block, ...]) -> Found | None:
    """The title of a notice that sends out a document: 关于印发《…》的通知; the last one, where it comes again."""
    found = None
    for index in range(len(blocks)):
        for title in _spans(blocks, index):
            if _notice().search(title.text):
                found = title
                break
    return found


def attached_title(notice: str) -> str:
    """The title of what a notice sends out, without the book-title marks."""
    inner = _notice().search(notice)
    if inner is None:
        return ""
    marked = re.search(r"《(.+?)》(?![^《]*》)", inner["object"]) or re.search(r"《(.+)》", inner["object"])
    return marked.group(1) if marked else inner["object"]


def find_attached(blocks: tuple[Block, ...], start: int, title: str) -> Found | None:
    """The plan's own title line behind the notice.

    Args:
        blocks: The whole text.
        start: Index to search from.
        title: The title as the notice quotes it, without white space.
    """
    title = _DATE_TAIL.sub("", title)
    for index in range(start, len(blocks)):
        for found in _spans(blocks, index):
            text = _DATE_TAIL.sub("", found.text)
            before = text.removesuffix(title)
            if text.endswith(title) and len(before) <= _LONGEST_PLACE and not _PUNCTUATION.search(before):
                return _without_lines_above(blocks, found, title)
    return None


def _without_lines_above(blocks: tuple[Block, ...], found: Found, title: str) -> Found:
    """A title without the date or label that stands on lines above it."""
    start = found.start
    while start + 1 < found.end:
        below = squeeze("".join(block.text for block in blocks[start + 1 : found.end]))
        if not _DATE_TAIL.sub("", below).endswith(title):
            break
        start += 1
    text = squeeze("".join(block.text for block in blocks[start : found.end]))
    return Found(_DATE_TAIL.sub("", text), start, found.end)


def find_title(blocks: tuple[Block, ...], end: int) -> Found | None:
    """The title of a document without a notice: the last line above the text that ends like one."""
    found = None
    for index in range(end):
        text = title_text(blocks[index])
        if text and text.endswith(words().plan_kinds) and len(text) <= _LONGEST and _may_be_title(blocks[index]):
            found = Found(text, index, index + 1)
        elif len(text) > _PROSE and text.endswith(("。", "；")):
            break
    return _with_lines_above(blocks, found) if found else None


def title_text(block: Block) -> str:
    """A block's text as a title: no white space, no date or draft note behind it."""
    return _DATE_TAIL.sub("", block.squeezed)


def _with_lines_above(blocks: tuple[Block, ...], found: Found) -> Found:
    """A title's last line with the lines it began on: short lines that nothing ends."""
    text, start = found.text, found.start
    while start > 0 and found.end - start < _MOST_LINES and not _is_whole(text):
        above = title_text(blocks[start - 1])
        if not _may_be_title(blocks[start - 1]) or above.endswith((*words().plan_kinds, "文件")):
            break
        text, start = above + text, start - 1
    return Found(text, start, found.end)


def _is_whole(text: str) -> bool:
    """Whether a title needs no line above: it is long enough and does not begin in the middle of a phrase."""
    return len(text) >= _SHORTEST_TITLE and not text.startswith(("的", "关于"))


def _may_be_title(block: Block) -> bool:
    text = block.squeezed
    if not text or len(text) > _LONGEST or _ENDS_SENTENCE.search(text) or "：" in text or ":" in text:
        return False
    return (
        read_marker(block.text) is None and not _NUMBER_LINE.search(text) and not text.startswith(words().web_headers)
    )


def _spans(blocks: tuple[Block, ...], index: int) -> list[Found]:
    """The text of one block, of two, of three … from an index on, as long as they may be one title."""
    spans: list[Found] = []
    text = ""
    for end in range(index, min(index + _MOST_LINES, len(blocks))):
        if end > index and not _may_be_title(blocks[end]):
            break
        text += squeeze(blocks[end].text)
        if len(text) > _LONGEST:
            break
        spans.append(Found(text, index, end + 1))
    return spans


@cache
def _notice() -> re.Pattern[str]:
    verbs, kinds = "|".join(words().issuing_verbs), "|".join(words().notice_kinds)
    return re.compile(rf"关于(?:批准)?(?:{verbs})(?P<object>.{{2,100}}?)的(?P<kind>{kinds})$")


_LONGEST_PLACE = 16
_PROSE = 40
_SHORTEST_TITLE = 9
_PUNCTUATION = re.compile(r"[，。：；:;、《》“”（(]")
_ENDS_SENTENCE = re.compile(r"[。；！？，、]$")
_DATE_TAIL = re.compile(r"(?:\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|[（(][^（()）]{0,12}(?:稿|年|版|试行|暂行)[）)])$")
_NUMBER_LINE = re.compile(r"[〔\[【(（]\d{4}[〕\]】)）].{0,4}号$")
