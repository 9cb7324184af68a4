"""Pages of a PDF to a document: what pages repeat goes, lines become paragraphs, the title is told by its type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from builder.containers.kinds import kinds
from builder.containers.pdf_flow import BIGGER, LONGEST_HEADING, LineGroup, body_size, paragraphs
from builder.containers.pdf_lines import TextLine
from builder.patterns import pattern

_PAGE_NUMBER = pattern(
    r"(?:https?://\S{4,2000}\s)?[—－–\-·•~\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:页|頁))?(?:\s*(?:[/，,共]\s*)?(?:共\s*)?\d{1,4}(?:\s*(?:页|頁))?)?[—－–\-·•~\s]*",
    re.IGNORECASE,
)
_EDGE = 3
"""Lines at the head and the foot of a page among which furniture stands."""
_LEAST_PAGES = 3
_NUMBER = pattern(r"\d+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its lines, and its size in points."""

    lines: tuple[TextLine, ...]
    width: float
    height: float


def html_of(paragraph: LineGroup) -> str:
    """A paragraph as HTML."""
    if paragraph.lines[0].block:
        return paragraph.lines[0].block
    tag = f"h{min(paragraph.heading, 6)}" if paragraph.heading else "p"
    return f"<{tag}>{escape(paragraph.text)}</{tag}>"


def without_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """Pages without page numbers and without what stands at the head or foot of most of them; the lines that went."""
    edges = [(number, line) for number, page in enumerate(pages) for line in _edges(page)]
    seen = Counter(key for key, _ in {(_key(line), number) for number, line in edges})
    repeated = {key for key, count in seen.items() if count >= max(_LEAST_PAGES, len(pages) // 2)}
    kept: list[Page] = []
    gone: list[str] = []
    for page in pages:
        furniture = {id(line) for line in _edges(page) if _PAGE_NUMBER.fullmatch(line.text) or _key(line) in repeated}
        gone += [line.text for line in page.lines if id(line) in furniture]
        kept.append(replace(page, lines=tuple(line for line in page.lines if id(line) not in furniture)))
    return kept, gone


def paragraphs_of(pages: Sequence[Page], stated: str = "") -> list[LineGroup]:
    """The paragraphs of a document, its title and headings marked.

    Args:
        pages: Its pages, without furniture.
        stated: What the file's own description says the title is; counts where a paragraph says the same, with or
            without what stands behind it there: the name of a site, the ending of a file's name.
    """
    every = [line for page in pages for line in page.lines]
    if not every:
        return []
    body = body_size(line for line in every if not line.block)
    found = paragraphs([page.lines for page in pages], body)
    _mark_title(found, body, "".join(stated.split()))
    return found


def _edges(page: Page) -> Iterator[TextLine]:
    """Lines near the head and the foot that have the page's edge close by."""
    for line in (*page.lines[:_EDGE], *page.lines[-_EDGE:]):
        if line.block:
            continue
        if line.base > page.height * _HEAD or line.base < page.height * _FOOT:
            yield line


_HEAD, _FOOT = 0.89, 0.11


def _key(line: TextLine) -> str:
    return _NUMBER.sub("#", "".join(line.text.split()))


def _mark_title(found: list[LineGroup], body: float, stated: str) -> None:
    """The title: what the file says it is, else the largest type at the head, else the first centred paragraph.

    The name of an issuer's own paper in large type (国务院文件) is none.
    """
    for each in found:
        if each.heading and not _is_short(each):
            each.heading = 0
    said = [each for each in found if _may_be_title(each) and _is_stated("".join(each.text.split()), stated)]
    title = max(said, key=lambda each: (len(each.text), each.lines[0].size), default=None)
    head = [each for each in found[:_TITLE_WITHIN] if _may_be_title(each)]
    # A cover says the title; what follows it may be set larger still.
    first = next((each.page for each in head if each.lines[0].size >= body * BIGGER), 0)
    largest = max((each.lines[0].size for each in head if each.page == first), default=0.0)
    if title is None and largest >= body * BIGGER:
        title = next(each for each in head if each.page == first and each.lines[0].size >= largest - 0.5)
    if title is None:
        title = next((each for each in head[:4] if each.centred), None)
    if title is not None:
        title.heading = 1


def _is_stated(text: str, stated: str) -> bool:
    """Whether a text without white space is a stated title, or what stands in it before a separator."""
    return len(text) > 1 and stated.startswith(text) and not stated[len(text) : len(text) + 1].isalnum()


def _may_be_title(paragraph: LineGroup) -> bool:
    text = paragraph.text
    if not text:
        return False
    masthead = text.endswith(kinds().mastheads)
    return len(text) <= LONGEST_HEADING and _is_short(paragraph) and not (text.isdigit() or masthead)


def _is_short(paragraph: LineGroup) -> bool:
    """Whether it has no more lines than a heading; on covers a title may stand upright, a character a line."""
    return len(paragraph.lines) <= _TITLE_LINES or all(len(line.text) == 1 for line in paragraph.lines)


_TITLE_LINES = 4
_TITLE_WITHIN = 14
