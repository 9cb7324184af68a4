"""Tells a document's parts: front, title, body, closing, annexes, imprint, and what a web page added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.documents.annexes import AnnexPart
from builder.documents.dates import DATE
from builder.documents.issuing import find_all_issued, find_announced, is_issuing, notice_end
from builder.documents.layout import width
from builder.documents.numbering import read_marker
from builder.documents.sections import is_open
from builder.documents.tail import first_heading, split_tail
from builder.documents.titles import TitleBlocks, find_title, is_addressee
from builder.documents.words import words
from builder.model.blocks import Block
from builder.patterns import pattern


@dataclass(frozen=True, slots=True)
class Parts:
    """A document in parts."""

    whole: tuple[Block, ...]  # All blocks, which the titles' indexes count
    notice_title: TitleBlocks | None  # The title of the notice, where there is one
    front: tuple[Block, ...]  # Everything before the plan's title
    between: tuple[Block, ...]  # What stands between title and text: number, date, addressee, notes
    title: TitleBlocks | None  # The plan's title
    body: tuple[Block, ...] = ()  # Preface and sections
    closing: tuple[Block, ...] = ()  # Signatures and date below the text
    texts: tuple[AnnexPart, ...] = ()  # What a notice sends out, where that is more than one text
    annexes: tuple[AnnexPart, ...] = ()  # In order
    imprint: tuple[Block, ...] = ()  # 版记
    web: tuple[Block, ...] = ()  # What a web page added below
    agencies: tuple[str, ...] = ()  # Who issued it, by the news that hands it on

    @property
    def notice_blocks(self) -> tuple[Block, ...]:
        """The blocks that the notice's title stands on."""
        return self.whole[self.notice_title.start : self.notice_title.end] if self.notice_title else ()

    @property
    def title_blocks(self) -> tuple[Block, ...]:
        """The blocks that the plan's title stands on."""
        return self.whole[self.title.start : self.title.end] if self.title else ()

    @property
    def title_lines(self) -> tuple[int, ...]:
        """The lines the title stands on."""
        return tuple(line for block in self.title_blocks for line in block.lines)

    @property
    def above(self) -> tuple[Block, ...]:
        """Everything above the text but the title."""
        return self.front + self.between

    def all_text(self) -> tuple[Block, ...]:
        """The blocks of body, texts and annexes."""
        return (*self.body, *(block for part in (*self.texts, *self.annexes) for block in part.blocks))


def tell_parts(blocks: tuple[Block, ...]) -> Parts:
    """Divide a text, without its table of contents, into parts."""
    last = max((index for index, block in enumerate(blocks) if read_marker(block.text)), default=0)
    imprint_start = _imprint_start(blocks, last)
    web_start = _web_start(blocks[:imprint_start], last)
    kept = blocks[:web_start]
    announced = find_announced(kept)
    if announced:
        title = TitleBlocks(announced.title, announced.end - 1, announced.end)
        parts = replace(_alone(kept, title), notice_title=None, agencies=announced.agencies)
    else:
        first = find_title(kept, first_heading(kept))
        issued = find_all_issued(kept, first) if first else []
        parts = _with_issued(kept, first, issued) if first and issued else _alone(kept, first)
    return replace(parts, imprint=blocks[imprint_start:], web=blocks[web_start:imprint_start])


def _with_issued(kept: tuple[Block, ...], notice: TitleBlocks, issued: Sequence[TitleBlocks]) -> Parts:
    """A notice or decree with what it sends out: one text is the document, several stand below the notice's title."""
    numbered = [read_marker(block.text) for block in kept[notice.end : issued[0].start]]
    if sum(1 for marker in numbered if marker and marker.kind in {"comma", "article"}) > 1:
        return _alone(kept, notice, tuple(found.start for found in issued))
    if len(issued) > 1:
        return _with_texts(kept, notice, issued)
    title = issued[0]
    start = max(title.end, notice_end(kept, notice.end) if title.end <= notice.start else 0)
    between, body = _skip_front(kept, start, attached=True)
    tail = split_tail(body, first_heading(body))
    front = kept[: max(title.start, start if start > title.end else 0)]
    return Parts(kept, notice, front, between, title, tail.body, tail.closing, annexes=tail.annexes)


def _with_texts(kept: tuple[Block, ...], notice: TitleBlocks, issued: Sequence[TitleBlocks]) -> Parts:
    ends = [found.start for found in issued[1:]] + [len(kept)]
    texts = [
        AnnexPart("", found.text, kept[found.start].lines[0], kept[found.end : end])
        for found, end in zip(issued, ends, strict=True)
    ]
    tail = split_tail(texts[-1].blocks, first_heading(texts[-1].blocks))
    texts[-1] = replace(texts[-1], blocks=tail.body)
    front = kept[: issued[0].start]
    return Parts(kept, notice, front, (), notice, (), tail.closing, tuple(texts), tail.annexes)


def _alone(kept: tuple[Block, ...], title: TitleBlocks | None, attached: tuple[int, ...] = ()) -> Parts:
    """A document that sends out nothing, or whose own text has sections; what it attaches are annexes."""
    start = title.end if title else 0
    between, body = _skip_front(kept, start, attached=False)
    skipped = len(kept) - len(body)
    tail = split_tail(body, first_heading(body), tuple(index - skipped for index in attached))
    notice = title if title and is_issuing(title.text) else None
    front = kept[: title.start if title else 0]
    return Parts(kept, notice, front, between, title, tail.body, tail.closing, annexes=tail.annexes)


def _imprint_start(blocks: tuple[Block, ...], last: int) -> int:
    for index in range(last + 1, len(blocks)):
        text = blocks[index].squeezed
        if _COPIES.match(text) or (_lists_agencies(text) and DATE.fullmatch(blocks[index - 1].squeezed)):
            return index
        if text.endswith("印发") and DATE.search(text) and len(text) < _LONGEST_IMPRINT:
            alone = DATE.match(text) is not None
            return (
                index - 1 if alone and index - 1 > last and width(blocks[index - 1].text) < _LONGEST_AGENCY else index
            )
    return len(blocks)


def _lists_agencies(text: str) -> bool:
    """Whether a line is a distribution list without a label: agencies, and a full stop or a comma."""
    names = [name for name in _BETWEEN_NAMES.split(text) if name]
    named = all(name.endswith(words().addressee_endings) for name in names)
    return len(names) > 1 and named and text.endswith(("。", "，"))


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
    first = start + first_heading(kept[start:])
    if not attached:
        for index in range(start, first):
            if is_addressee(kept[index].squeezed):
                return kept[start : index + 1], kept[index + 1 :]
            if kept[index].text.endswith("。"):
                break
    index = start
    while index < first and not _is_prose(kept[index]):
        index += 1
    return kept[start:index], kept[index:]


def _is_prose(block: Block) -> bool:
    text = block.squeezed
    if text in words().unnumbered_headings:
        return True
    if text.startswith(words().web_headers) or (text.startswith(("（", "(")) and text.endswith(("）", ")"))):
        return False
    dated = DATE.match(text)
    if dated and PASSED.search(text) and not text.startswith("，", dated.end()):
        return False
    return block.kind != "text" or width(text) > _SHORT_LINE or text.endswith(("。", "；", "："))


_COPIES = pattern(r"(?:抄送|抄报|分送|发送|报送|主题词)[：:]")
_BETWEEN_NAMES = pattern(r"[，、。；]")
_FILE = pattern(r"\.(?:wps|docx?|pdf|xlsx?|pptx?|ofd|zip|rar)\s?[)）]?$", re.IGNORECASE)
PASSED = pattern(r"通过|公布|发布|批准|修订|修正|施行")
_LONGEST_IMPRINT = 60
_LONGEST_AGENCY = 30
_LONGEST_FOOTER = 60
_SHORT_LINE = 40
