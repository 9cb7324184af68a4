"""Lines of a PDF to blocks: furniture of pages out, lines joined to paragraphs, the title and headings told by type."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise

from builder.containers.kinds import kinds
from builder.containers.pdf_lines import Line, is_latin

_PAGE_NUMBER = re.compile(
    r"[—－–\-·•~\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})\s*(?:页|頁)?(?:\s*(?:/|，|,|共)?\s*(?:共\s*)?\d{1,4}\s*(?:页|頁)?)?[—－–\-·•~\s]*",
    re.IGNORECASE,
)
_EDGE = 3
"""Lines at the head and the foot of a page among which furniture stands."""
_LEAST_PAGES = 3
_BIGGER = 1.15
"""Of the size of running text: type from here on is a heading's."""
_LONGEST_HEADING = 80
_NUMBER = re.compile(r"\d+")
_STARTS = re.compile(
    r"第[一二三四五六七八九十百千零〇\d]{1,8}[章节節条條款编編部]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]\s?\D"
)
_ENDS = re.compile(r"[。！？!?；;：:.”」』)）]$")


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its lines, and its size in points."""

    lines: tuple[Line, ...]
    width: float
    height: float


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together.

    Attributes:
        lines: From top to bottom.
        heading: 1 is the title; 0 is running text.
        centred: Whether it stands in the middle of its column.
    """

    lines: list[Line]
    heading: int = 0
    centred: bool = False

    @property
    def text(self) -> str:
        """Joined: without a space, but between Latin words; a hyphen that only parts a word at a line's end goes."""
        text = self.lines[0].text
        for line in self.lines[1:]:
            if text.endswith("-") and line.text[:1].islower() and text[-2:-1].islower():
                text = text[:-1] + line.text
            else:
                text += (" " if is_latin(text[-1:]) and is_latin(line.text[:1]) else "") + line.text
        return text

    @property
    def html(self) -> str:
        """As HTML."""
        tag = f"h{min(self.heading, 6)}" if self.heading else "p"
        return f"<{tag}>{escape(self.text)}</{tag}>"


def without_furniture(pages: Sequence[Page]) -> tuple[list[Page], int]:
    """Pages without page numbers and without what stands at the head or foot of most of them; how many lines went."""
    edges = [(number, line) for number, page in enumerate(pages) for line in _edges(page)]
    seen = Counter(key for key, _ in {(_key(line), number) for number, line in edges})
    repeated = {key for key, count in seen.items() if count >= max(_LEAST_PAGES, len(pages) // 2)}
    kept, gone = [], 0
    for page in pages:
        furniture = {id(line) for line in _edges(page) if _PAGE_NUMBER.fullmatch(line.text) or _key(line) in repeated}
        lines = tuple(line for line in page.lines if id(line) not in furniture)
        gone += len(page.lines) - len(lines)
        kept.append(replace(page, lines=lines))
    return kept, gone


def paragraphs_of(pages: Sequence[Page], stated: str = "") -> list[Paragraph]:
    """The paragraphs of a document, its title and headings marked.

    Args:
        pages: Its pages, without furniture.
        stated: What the file's own description says the title is; counts where a paragraph says the same.
    """
    every = [line for page in pages for line in page.lines]
    if not every:
        return []
    body = _body_size(every)
    found: list[Paragraph] = []
    for page in pages:
        _read_page(page, body, found)
    _mark_title(found, body, "".join(stated.split()))
    return found


def _edges(page: Page) -> Iterator[Line]:
    """Lines near the head and the foot that have the page's edge close by."""
    for line in (*page.lines[:_EDGE], *page.lines[-_EDGE:]):
        if line.base > page.height * _HEAD or line.base < page.height * _FOOT:
            yield line


_HEAD, _FOOT = 0.89, 0.11


def _key(line: Line) -> str:
    return _NUMBER.sub("#", "".join(line.text.split()))


def _body_size(lines: Sequence[Line]) -> float:
    """The size of type in which most of the text is set."""
    counted: Counter[float] = Counter()
    for line in lines:
        counted[round(line.size)] += len(line.text)
    return float(counted.most_common(1)[0][0])


def _read_page(page: Page, body: float, found: list[Paragraph]) -> None:
    running = [line for line in page.lines if abs(line.size - body) < 1] or list(page.lines)
    if not running:
        return
    left = _margin([line.left for line in running], body)
    right = sorted(line.right for line in running)[int(len(running) * 0.9)]
    leading = _leading(page.lines)
    before: Line | None = None
    for line in page.lines:
        centred = _is_centred(line, left, right)
        last = found[-1] if found else None
        if last and _goes_on(last, line, before, (left, right, leading), centred=centred):
            last.lines.append(line)
        else:
            heading = 2 if line.size >= body * _BIGGER and len(line.text) <= _LONGEST_HEADING else 0
            found.append(Paragraph([line], heading, centred))
        before = line


def _margin(lefts: list[float], body: float) -> float:
    """Where most lines begin: the leftmost edge that a good part of them shares."""
    counted = Counter(round(left / max(body / 4, 1)) for left in lefts)
    shared = [edge for edge, count in counted.items() if count >= max(2, len(lefts) * 0.12)]
    return min(shared) * max(body / 4, 1) if shared else min(lefts)


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance from one line to the next."""
    steps = [above.base - below.base for above, below in pairwise(lines)]
    down = [step for step in steps if step > 1]
    return statistics.median(down) if down else 0.0


def _is_centred(line: Line, left: float, right: float) -> bool:
    west, east = line.left - left, right - line.right
    return min(west, east) > 2 * line.size and abs(west - east) < 2 * line.size


def _goes_on(
    last: Paragraph, line: Line, before: Line | None, page: tuple[float, float, float], *, centred: bool
) -> bool:
    """Whether a line goes on with the paragraph before it."""
    left, right, leading = page
    above = last.lines[-1]
    if abs(above.size - line.size) > max(1.0, line.size * 0.08) or above.bold != line.bold:
        return False
    gap = before.base - line.base if before is not None else 0.0
    far = leading > 0 and gap > leading * _GAP
    if last.heading or (last.centred and centred):
        return not far and before is not None and last.centred == centred and not _STARTS.match(line.text)
    if last.centred or centred or far:
        return False
    indented = line.left > left + line.size * 0.8
    short = above.right < right - line.size * (_SHORT_LATIN if is_latin(above.text[-1:]) else _SHORT)
    if short and before is not None and is_latin(above.text[-1:]) and not _ENDS.search(above.text):
        short = above.right < right - (right - left) * 0.4
    return not (indented or short)


_GAP = 1.5
_SHORT = 1.7
_SHORT_LATIN = 6.0


def _mark_title(found: list[Paragraph], body: float, stated: str) -> None:
    """The title: what the file says it is, else the largest type at the head, else the first centred paragraph.

    The name of an issuer's own paper in large type (国务院文件) is none.
    """
    for each in found:
        if each.heading and not _is_short(each):
            each.heading = 0
    head = [each for each in found[:_TITLE_WITHIN] if _may_be_title(each)]
    title = next((each for each in head if stated and "".join(each.text.split()) == stated), None)
    largest = max((each.lines[0].size for each in head), default=0.0)
    if title is None and largest >= body * _BIGGER:
        title = next(each for each in head if each.lines[0].size >= largest - 0.5)
    if title is None:
        title = next((each for each in head[:4] if each.centred), None)
    if title is not None:
        title.heading = 1


def _may_be_title(paragraph: Paragraph) -> bool:
    text = paragraph.text
    masthead = text.endswith(kinds().mastheads)
    return len(text) <= _LONGEST_HEADING and _is_short(paragraph) and not (text.isdigit() or masthead)


def _is_short(paragraph: Paragraph) -> bool:
    """Whether it has no more lines than a heading; on covers a title may stand upright, a character a line."""
    return len(paragraph.lines) <= _TITLE_LINES or all(len(line.text) == 1 for line in paragraph.lines)


_TITLE_LINES = 4
_TITLE_WITHIN = 14
