"""Tells a document's parts: front, title, body, closing, annexes, imprint, and what a web page added."""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.documents.annexes import AnnexPart, annex_start, split_annexes
from builder.documents.dates import DATE
from builder.documents.layout import width
from builder.documents.numbering import read_marker
from builder.documents.sections import is_open
from builder.documents.titles import Found, attached_title, find_attached, find_notice, find_title
from builder.documents.words import words
from builder.model.blocks import Block


@dataclass(frozen=True, slots=True)
class Parts:
    """A document in parts.

    Attributes:
        notice_title: The title of the notice, where there is one; its indexes count blocks of the front.
        notice_blocks: The blocks it stands on.
        front: Everything before the plan's title.
        between: What stands between title and text: number, date, addressee, notes.
        title: The plan's title.
        body: Preface and sections.
        closing: Signatures and date below the text.
        annexes: In order.
        imprint: 版记.
        web: What a web page added below.
    """

    notice_title: Found | None
    notice_blocks: tuple[Block, ...]
    front: tuple[Block, ...]
    between: tuple[Block, ...]
    title: Found | None
    title_lines: tuple[int, ...]
    body: tuple[Block, ...]
    closing: tuple[Block, ...]
    annexes: tuple[AnnexPart, ...]
    imprint: tuple[Block, ...]
    web: tuple[Block, ...]

    @property
    def above(self) -> tuple[Block, ...]:
        """Everything above the text but the title."""
        return self.front + self.between


def tell_parts(blocks: tuple[Block, ...]) -> Parts:
    """Divide a text, without its table of contents, into parts."""
    last = _last_heading(blocks)
    imprint_start = _imprint_start(blocks, last)
    web_start = _web_start(blocks[:imprint_start], last)
    imprint, web = blocks[imprint_start:], blocks[web_start:imprint_start]
    kept = blocks[:web_start]
    notice = find_notice(kept[: _first_heading(kept)])
    title = find_attached(kept, notice.end, attached_title(notice.text)) if notice else None
    if title is None:
        title = find_title(kept, _first_heading(kept)) or notice
    start = title.end if title else 0
    skipped, body = _skip_front(
        kept, start, attached=bool(notice and title and title is not notice and title.start >= notice.end)
    )
    body, closing, annexes = _split_tail(body)
    front = kept[: title.start if title else 0]
    lines = tuple(line for block in kept[title.start : title.end] for line in block.lines) if title else ()
    quoted = kept[notice.start : notice.end] if notice else ()
    return Parts(notice, quoted, front, skipped, title, lines, body, closing, annexes, imprint, web)


def _first_heading(blocks: tuple[Block, ...]) -> int:
    """Index of the first number that begins the text's own numbering, or the number of blocks."""
    found = len(blocks)
    followed: set[str] = set()
    for index in range(len(blocks) - 1, -1, -1):
        marker = read_marker(blocks[index].text)
        if marker and marker.ordinal == _SECOND:
            followed.add(marker.kind)
        elif marker and marker.ordinal == 1 and marker.kind in followed:
            found = index
    return found


def _last_heading(blocks: tuple[Block, ...]) -> int:
    """Index of the last numbered block."""
    return max((index for index, block in enumerate(blocks) if read_marker(block.text)), default=0)


def _imprint_start(blocks: tuple[Block, ...], last: int) -> int:
    for index in range(last + 1, len(blocks)):
        text = blocks[index].squeezed
        if text.startswith(("抄送：", "抄送:", "主题词：", "分送：", "抄报：")):
            return index
        if text.endswith("印发") and DATE.search(text) and len(text) < _LONGEST_IMPRINT:
            alone = DATE.match(text) is not None
            return (
                index - 1 if alone and index - 1 > last and width(blocks[index - 1].text) < _LONGEST_AGENCY else index
            )
    return len(blocks)


def _web_start(blocks: tuple[Block, ...], last: int) -> int:
    for index in range(last + 1, len(blocks)):
        text = blocks[index].squeezed.lstrip("|【-")
        if _FILE.search(text) and is_open(text):
            return index - 1 if blocks[index - 1].squeezed.rstrip("：:") in words().annex_labels else index
        if any(footer in text for footer in words().web_footers) and width(text) < _LONGEST_FOOTER:
            return index
    return len(blocks)


def _skip_front(kept: tuple[Block, ...], start: int, *, attached: bool) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """What stands between a title and the text: number, date, notes, addressee; the rest is body."""
    first = start + _first_heading(kept[start:])
    if not attached:
        for index in range(start, first):
            if _is_addressee(kept[index]):
                return kept[start : index + 1], kept[index + 1 :]
    index = start
    while index < first and not _is_prose(kept[index]):
        index += 1
    return kept[start:index], kept[index:]


def _is_addressee(block: Block) -> bool:
    text = block.text
    return (
        text.endswith(("：", ":")) and "。" not in text and len(text) > 1 and not text.startswith(words().web_headers)
    )


def _is_prose(block: Block) -> bool:
    text = block.squeezed
    if text.startswith(words().web_headers) or (text.startswith(("（", "(")) and text.endswith(("）", ")"))):
        return False
    return width(text) > _SHORT_LINE or text.endswith(("。", "；", "："))


def _split_tail(body: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...], tuple[AnnexPart, ...]]:
    """Body, closing (signatures and date), annexes."""
    first = _first_heading(body)
    start, end = _closing(body, first)
    annex = annex_start(body, max(first, end if end > start else 0))
    if annex < start:
        start = end = annex
    if end > start:
        tail = body[end:annex]
        return body[:start], body[start:end] + tail, split_annexes(body[annex:])
    return body[:annex], (), split_annexes(body[annex:])


def _closing(body: tuple[Block, ...], first: int) -> tuple[int, int]:
    """Where signatures and date stand below the text; an empty range where they do not."""
    for index in range(len(body) - 1, first, -1):
        if DATE.fullmatch(body[index].squeezed) is None:
            continue
        start = index
        while start > first + 1 and _is_signature(body[start - 1]):
            start -= 1
        return attachment_start(body, start), index + 1
    return len(body), len(body)


def attachment_start(blocks: tuple[Block, ...], end: int) -> int:
    """Where the 附件说明 above an index begins: 附件：, then at most a numbered list; the index where there is none."""
    for index in range(end - 1, max(-1, end - _MOST_ATTACHMENTS), -1):
        text = blocks[index].squeezed
        if text.startswith(("附件：", "附件:", "附件1：", "附件1.")):
            return index
        if len(text) > _LONGEST_LABEL or text.endswith("。"):
            break
    return end


def _is_signature(block: Block) -> bool:
    text = block.squeezed
    return text.endswith(words().agency_endings) and width(text) <= _LONGEST_AGENCY and read_marker(block.text) is None


_FILE = re.compile(r"\.(?:wps|docx?|pdf|xlsx?|pptx?|ofd|zip|rar)\s?[)）]?$", re.IGNORECASE)
_SECOND = 2
_MOST_ATTACHMENTS = 12
_LONGEST_IMPRINT = 60
_LONGEST_AGENCY = 30
_LONGEST_FOOTER = 60
_LONGEST_LABEL = 50
_SHORT_LINE = 40
