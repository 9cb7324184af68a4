"""Finds annexes: labelled ones (附件1, 附录2：…), and a figure's title that nothing but captions follow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from builder.documents.layout import width
from builder.documents.lines import squeeze
from builder.documents.numbering import read_marker
from builder.documents.sections import is_open
from builder.documents.words import words
from builder.model.blocks import Block


@dataclass(frozen=True, slots=True)
class AnnexPart:
    """An annex: its label, its title, its blocks."""

    label: str
    title: str
    line: int
    blocks: tuple[Block, ...]


def annex_start(body: tuple[Block, ...], after: int) -> int:
    """Index of the first annex behind an index, or the number of blocks."""
    for index in range(after + 1 if after < len(body) else len(body), len(body)):
        if _labelled(body[index]) or _is_figure(body, index):
            return index
    return len(body)


def _labelled(block: Block) -> re.Match[str] | None:
    text = block.squeezed
    if width(text) > _LONGEST_LABEL or text.endswith(("。", "；", "，")):
        return None
    return annex_label().match(text)


def _is_figure(body: tuple[Block, ...], index: int) -> bool:
    """A figure's title without a label: nothing but captions follow."""
    text = body[index].squeezed
    if not (text.endswith(words().figure_endings) and width(text) <= _LONGEST_LABEL and is_open(text)):
        return False
    return read_marker(body[index].text) is None and all(
        is_open(block.text) and width(block.text) <= _LONGEST_LABEL for block in body[index:]
    )


def split_annexes(blocks: tuple[Block, ...], titled: frozenset[int] = frozenset()) -> tuple[AnnexPart, ...]:
    """The annexes of a text's tail, each from its label on, or from a title that ``titled`` counts."""
    starts = [
        index
        for index, block in enumerate(blocks)
        if index == 0 or _labelled(block) or (index in titled and not _labelled(blocks[index - 1]))
    ]
    ends = [*starts[1:], len(blocks)]
    return tuple(_annex(blocks[start:end]) for start, end in zip(starts, ends, strict=True)) if blocks else ()


def _annex(blocks: tuple[Block, ...]) -> AnnexPart:
    head = _labelled(blocks[0])
    if head is None:
        first = blocks[0].text.rstrip("：: ")
        named = blocks[0].kind == "text" and read_marker(first) is None and is_open(first)
        label = "" if named else words().annex_labels[0]
        return AnnexPart(label, squeeze(first) if named else "", blocks[0].lines[0], blocks[named:])
    label = head["label"] + (head["number"] or "")
    title = head["title"]
    rest = blocks[1:]
    if (
        not title
        and rest
        and is_open(rest[0].text)
        and width(rest[0].text) <= _LONGEST_LABEL
        and not read_marker(rest[0].text)
    ):
        title, rest = rest[0].squeezed, rest[1:]
    return AnnexPart(label, title, blocks[0].lines[0], rest)


@cache
def annex_label() -> re.Pattern[str]:
    """附件1：…, 附图 and the like, with ``label``, ``number`` and ``title``."""
    labels = "|".join(words().annex_labels)
    return re.compile(
        rf"(?P<label>{labels})(?P<number>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})?(?:[：:]|(?=[^\w])|$|(?<=\d))(?P<title>.*)$"
    )


_LONGEST_LABEL = 50
