"""What stands below a document's text: attachment note, signatures, date, annexes."""

from __future__ import annotations

from dataclasses import dataclass

from builder.documents.annexes import AnnexPart, annex_label, annex_start, split_annexes
from builder.documents.dates import DATE
from builder.documents.layout import width
from builder.documents.numbering import read_marker
from builder.documents.titles import may_be_title
from builder.documents.words import words
from builder.model.blocks import Block


@dataclass(frozen=True, slots=True)
class Tail:
    """A text divided at its end."""

    body: tuple[Block, ...]
    closing: tuple[Block, ...]
    annexes: tuple[AnnexPart, ...]


def first_heading(blocks: tuple[Block, ...]) -> int:
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


def split_tail(blocks: tuple[Block, ...], first: int, attached: tuple[int, ...] = ()) -> Tail:
    """Divide a text into body, closing (signatures and date) and annexes.

    Args:
        blocks: From the first block of the text on.
        first: Index of its first heading; the number of blocks where it has none.
        attached: Indexes of titles that are known to begin an annex.
    """
    attached = attached or _annexed(blocks, first)
    first = first if first < len(blocks) and not (attached and attached[0] < first) else 0
    start, end = _closing(blocks[: attached[0]] if attached else blocks, first)
    closed = end > start
    annex = annex_start(blocks, end - 1 if closed else first)
    annex = min([annex, *attached, *([_titled(blocks, end)] if closed else [])])
    if annex < start:
        start = end = annex
    if closed:
        annex = min(annex, _text_below(blocks, end, annex))
    titled = frozenset(index - annex for index in attached)
    annexes = split_annexes(blocks[annex:], titled)
    return Tail(blocks[: start if closed else annex], blocks[start:annex] if closed else (), annexes)


def _annexed(blocks: tuple[Block, ...], first: int) -> tuple[int, ...]:
    """Index of an annex that begins right below a date above the first heading: the numbers are then the annex's."""
    for index in range(1, first if first < len(blocks) else 0):
        above = index - 1 - blocks[index - 1].squeezed.startswith(("（", "("))
        if annex_label().match(blocks[index].squeezed) and DATE.fullmatch(blocks[above].squeezed):
            return (index,)
    return ()


def _text_below(blocks: tuple[Block, ...], end: int, annex: int) -> int:
    """Where a text begins between a document's date and its annexes; ``annex`` where only notes stand there."""
    for index in range(end, annex):
        text = blocks[index].squeezed
        note = (
            text.startswith(("（", "(", "抄送", "联系", "附件")) or is_signature(blocks[index]) or DATE.fullmatch(text)
        )
        if note:
            continue
        rest = blocks[index:annex]
        spoken = any(
            block.kind == "table" or (len(block.text) > _SENTENCE and block.text.endswith("。")) for block in rest
        )
        return index if spoken or any(read_marker(block.text) for block in rest) else annex
    return annex


def _titled(blocks: tuple[Block, ...], end: int) -> int:
    """Index of a title without a label that stands right below a document's date; the number of blocks without one."""
    for index in range(end, min(end + _NOTES, len(blocks))):
        text = blocks[index].squeezed
        if text.startswith(("（", "(")) and text.endswith(("）", ")")):
            continue
        if may_be_title(blocks[index]) and index + 1 < len(blocks) and not is_signature(blocks[index]):
            return index
        break
    return len(blocks)


def _closing(body: tuple[Block, ...], first: int) -> tuple[int, int]:
    """Where signatures and date stand below the text; an empty range where they do not."""
    for index in range(len(body) - 1, first, -1):
        if DATE.fullmatch(body[index].squeezed) is None:
            continue
        start = index
        while start > first + 1 and is_signature(body[start - 1]):
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


def is_signature(block: Block) -> bool:
    """Whether a block is the name of an agency and no more."""
    text = block.squeezed
    return text.endswith(words().agency_endings) and width(text) <= _LONGEST_AGENCY and read_marker(block.text) is None


_SECOND = 2
_NOTES = 6
_SENTENCE = 20
_MOST_ATTACHMENTS = 12
_LONGEST_AGENCY = 30
_LONGEST_LABEL = 50
