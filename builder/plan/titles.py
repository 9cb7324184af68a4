"""Finds the title of a notice, and the title of the plan that it sends out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from builder.plan.lines import Unit, squeeze
from builder.plan.numbering import read_marker
from builder.plan.words import words

_MOST_LINES = 5
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Found:
    """A title over one or more units.

    Attributes:
        text: Without white space.
        start: Index of its first unit.
        end: Index behind its last unit.
    """

    text: str
    start: int
    end: int


def find_notice(units: tuple[Unit, ...]) -> Found | None:
    """The title of a notice that sends out a document: 关于印发《…》的通知; the last one, where it comes again."""
    found = None
    for index in range(len(units)):
        for title in _spans(units, index):
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


def find_attached(units: tuple[Unit, ...], start: int, title: str) -> Found | None:
    """The plan's own title line behind the notice.

    Args:
        units: The whole text.
        start: Index to search from.
        title: The title as the notice quotes it, without white space.
    """
    title = _DATE_TAIL.sub("", title)
    for index in range(start, len(units)):
        for found in _spans(units, index):
            text = _DATE_TAIL.sub("", found.text)
            before = text.removesuffix(title)
            if text.endswith(title) and len(before) <= _LONGEST_PLACE and not _PUNCTUATION.search(before):
                return _without_lines_above(units, found, title)
    return None


def _without_lines_above(units: tuple[Unit, ...], found: Found, title: str) -> Found:
    """A title without the date or label that stands on lines above it."""
    start = found.start
    while start + 1 < found.end:
        below = squeeze("".join(unit.text for unit in units[start + 1 : found.end]))
        if not _DATE_TAIL.sub("", below).endswith(title):
            break
        start += 1
    text = squeeze("".join(unit.text for unit in units[start : found.end]))
    return Found(_DATE_TAIL.sub("", text), start, found.end)


def find_title(units: tuple[Unit, ...], end: int) -> Found | None:
    """The title of a document without a notice: the last line above the text that ends like one."""
    found = None
    for index in range(end):
        text = title_text(units[index])
        if text and text.endswith(words().plan_kinds) and len(text) <= _LONGEST and _may_be_title(units[index]):
            found = Found(text, index, index + 1)
        elif len(text) > _PROSE and text.endswith(("。", "；")):
            break
    return _with_lines_above(units, found) if found else None


def title_text(unit: Unit) -> str:
    """A unit's text as a title: no white space, no date or draft note behind it."""
    return _DATE_TAIL.sub("", unit.squeezed)


def _with_lines_above(units: tuple[Unit, ...], found: Found) -> Found:
    """A title's last line with the lines it began on: short lines that nothing ends."""
    text, start = found.text, found.start
    while start > 0 and found.end - start < _MOST_LINES and not _is_whole(text):
        above = title_text(units[start - 1])
        if not _may_be_title(units[start - 1]) or above.endswith((*words().plan_kinds, "文件")):
            break
        text, start = above + text, start - 1
    return Found(text, start, found.end)


def _is_whole(text: str) -> bool:
    """Whether a title needs no line above: it is long enough and does not begin in the middle of a phrase."""
    return len(text) >= _SHORTEST_TITLE and not text.startswith(("的", "关于"))


def _may_be_title(unit: Unit) -> bool:
    text = unit.squeezed
    if not text or len(text) > _LONGEST or _ENDS_SENTENCE.search(text) or "：" in text or ":" in text:
        return False
    return read_marker(unit.text) is None and not _NUMBER_LINE.search(text) and not text.startswith(words().web_headers)


def _spans(units: tuple[Unit, ...], index: int) -> list[Found]:
    """The text of one unit, of two, of three … from an index on, as long as they may be one title."""
    spans: list[Found] = []
    text = ""
    for end in range(index, min(index + _MOST_LINES, len(units))):
        if end > index and not _may_be_title(units[end]):
            break
        text += squeeze(units[end].text)
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
