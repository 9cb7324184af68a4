"""Re-joins what pages cut: by open sentences, by open marks, by the page grid; never across entries of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.documents.edits import apply_edits
from builder.documents.layout import LINE_WIDTH, PAGE_LINES, line_count, overhang, width
from builder.documents.lines import join_blocks, unfold_width
from builder.documents.numbering import read_marker
from builder.documents.sections import Mark, continues_heading, is_open, is_table, split_title
from builder.documents.words import words
from builder.model.blocks import Block
from builder.model.plan import Edit
from builder.patterns import pattern


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or heading, whole again."""

    block: Block  # Its text and lines
    mark: Mark  # What it is
    joins: tuple[tuple[int, int], ...] = ()  # Pairs of lines across which it was joined
    edits: tuple[Edit, ...] = ()  # Its repairs

    @property
    def repaired(self) -> str:
        """The text after its repairs."""
        return apply_edits(self.block.text, self.edits)


@dataclass(slots=True)
class _Page:
    """Lines filled since the last page end that is known, and whether numbered paragraphs stand alone."""

    single: bool = False
    known: bool = False
    lines: int = 0

    def ends_here(self) -> bool:
        """Whether a page of the grid ends here; punctuation at margins adds a line or two a page."""
        return self.known and self.lines > 0 and self.lines % PAGE_LINES <= (self.lines // PAGE_LINES) * _DRIFT


def join_passages(blocks: Sequence[Block], marks: Sequence[Mark]) -> tuple[Passage, ...]:
    """Put paragraphs together again: one passage for each paragraph and heading, in order."""
    passages: list[Passage] = []
    page = _Page(_are_single(blocks, marks))
    for block, mark in zip(blocks, marks, strict=True):
        if block.after_page:
            page.known, page.lines = True, 0
        if passages and _goes_on_as_table(passages[-1].block, block):
            passages[-1] = _with_rows(passages[-1], block)
        elif len(passages) > 1 and mark.role == "plain" and _goes_on_below_table(passages, block):
            passages[-2] = _joined(passages[-2], block)
        elif passages and mark.role == "plain" and _continues(passages, block, page):
            passages[-1] = _joined(passages[-1], block)
            page.known, page.lines = True, line_count(block.text, indent=0)
        else:
            passages.append(Passage(block, mark))
            page.lines += line_count(block.text)
    return tuple(passages)


def _joined(passage: Passage, block: Block) -> Passage:
    mark = passage.mark
    joined = join_blocks(passage.block, block)
    if mark.marker:
        rest = join_blocks(replace(block, text=mark.marker.rest), block).text
        mark = replace(mark, marker=replace(mark.marker, rest=rest))
    return Passage(joined, mark, (*passage.joins, (passage.block.lines[-1], block.lines[0])))


def _goes_on_as_table(before: Block, block: Block) -> bool:
    """Whether a table is the rest of the one before, on the next page: as many columns, no head of its own."""
    if before.kind != "table" or block.kind != "table" or block.header:
        return False
    return (block.gap == 0 or block.after_page) and len(before.rows[0]) == len(block.rows[0])


def _with_rows(passage: Passage, block: Block) -> Passage:
    """A table with more rows."""
    before = passage.block
    rows, lines = before.rows + block.rows, before.lines + block.lines
    return replace(passage, block=replace(before, text=f"{before.text}\n{block.text}", lines=lines, rows=rows))


def _goes_on_below_table(passages: Sequence[Passage], block: Block) -> bool:
    """Whether a text goes on with the sentence that a table cut in two."""
    table, before = passages[-1].block, passages[-2]
    text = before.block.text
    if table.kind != "table" or block.kind == "table" or not is_open(text) or is_open(block.text):
        return False
    if before.mark.role == "heading" and before.mark.marker and not split_title(before.mark.marker).run_in:
        return False
    said = "，" in text or width(text) > LINE_WIDTH
    return said and bool(block.text.startswith(_CLOSING) or _GOES_ON.match(block.text)) and not _NEW_ENTRY.match(text)


def _continues(passages: Sequence[Passage], block: Block, page: _Page) -> bool:
    before = passages[-1]
    text, following = before.block.text, block.text
    if before.mark.role == "heading" and before.mark.marker and not split_title(before.mark.marker).run_in:
        return continues_heading(before.block, before.mark.marker, block)
    if is_table(text) or is_table(following) or _NEW_ENTRY.match(following):
        return False
    if following.startswith(_CLOSING) or re.match(words().duty, following):
        return True
    if is_open(text):
        return _open_marks(text) or _open_continues(before, block)
    if text.endswith(("；", ";")) and _open_marks(text):
        return True
    return _cut_at_stop(passages, block, page)


def _open_continues(before: Passage, block: Block) -> bool:
    """Whether a sentence that nothing ended goes on: not behind a caption or a signature."""
    text = before.block.text
    if text.endswith(_OPENERS) or block.text.startswith(_NEVER_FIRST) or read_marker(block.text):
        return True
    if text.endswith(_ENDS_IN_BRACKET) and not (block.after_page or abs(overhang(text)) <= _SLACK):
        return False
    long_enough = width(text[: 2 * LINE_WIDTH]) >= LINE_WIDTH - _INDENT_AND_KERN
    listed = before.mark.role in {"item", "heading"} and is_open(block.text) is False and block.gap == 0
    return (long_enough or listed) and not (block.indented and block.gap > 0 and not block.after_page)


def _cut_at_stop(passages: Sequence[Passage], block: Block, page: _Page) -> bool:
    """Whether a page ended exactly at a stop: the last line is full and a page ends here."""
    before = passages[-1]
    text = before.block.text
    if not text.endswith(("；", ";", "。")) or block.indented or not (block.after_page or page.ends_here()):
        return False
    if width(block.text) < _SHORTEST_REST or _DEFINES.match(block.text):
        return False
    over = overhang(text)
    if text.endswith("。"):
        alike = _LEAD_SENTENCE.match(text) is not None and _LEAD_SENTENCE.match(block.text) is not None
        if page.single and before.mark.role == "heading":
            return _SHORT_OF_MARGIN <= over <= _OVER_MARGIN
        return not alike and -_SLACK_AT_STOP <= over <= _SLACK
    siblings = (passage for passage in passages[-4:-1] if passage.mark.role == "plain" and before.mark.role == "plain")
    listed = _NEW_ENTRY.match(text) is None and any(passage.block.text.endswith("；") for passage in siblings)
    return not listed and _SHORT_OF_MARGIN <= over <= _OVER_MARGIN


def _are_single(blocks: Sequence[Block], marks: Sequence[Mark]) -> bool:
    """Whether numbered paragraphs stand alone: none that ends at a stop has plain text behind it on the same page."""
    numbered = [
        index
        for index, mark in enumerate(marks[:-1])
        if mark.role == "heading" and mark.marker and split_title(mark.marker).run_in
    ]
    followed = (
        index
        for index in numbered
        if marks[index + 1].role == "plain" and not blocks[index + 1].after_page and not is_open(blocks[index].text)
    )
    return len(numbered) >= _FEWEST_NUMBERED and next(followed, None) is None


def _open_marks(text: str) -> bool:
    """Whether a bracket, a quotation or a book title is still open at the end."""
    folded = unfold_width(text)
    return any(folded.count(opening) > folded.count(closing) for opening, closing in _PAIRS)


_PAIRS = (("“", "”"), ("《", "》"), ("(", ")"), ("〔", "〕"), ("「", "」"), ("『", "』"))
_CLOSING = ("，", "。", "；", "、", "：", "）", ")", "》", "”", "」", "』", "〕", "！", "？", "％", "%")
_OPENERS = ("，", "、", "（", "(", "《", "“", "〔", ",")
_GOES_ON = pattern(r"[\d%％]|[^，。；：]{1,12}[，。；]")
_NEVER_FIRST = ("的", "等", "及", "和", "与", "或者", "以及")
_NEW_ENTRY = pattern(r"—{1,2}(?!\d)|--|[①-⑳●■◆•·○☆★▲]|专栏|附[件录表图]|注[：:]|[图表]\s?\d")
_DEFINES = pattern(r"“[^”]{1,12}”(?:是|指|即|除了|以|包括)|[^，。；：]{2,16}：")
_LEAD_SENTENCE = pattern(
    r"[^，。；：]{2,16}[，、]?[^，。；：]{0,12}。.{20}|(?:首先|其次|再次|最后|第[一二三四五六七八九十]|[一二三四五六七八九]是)[，,：]?"
)
_ENDS_IN_BRACKET = ("”", "』", "」", "）", ")", "》", "】")
_INDENT_AND_KERN = 4
_SHORTEST_REST = 6
_FEWEST_NUMBERED = 3
# Of 40 page ends measured in three plans, 17 lie at the margin, 9 a column over it, 4 one short, 4 two over, 2 three.
# A paragraph ends at the margin by chance once in 28 times: at a full stop only the likely ends count, at a semicolon
# (where few paragraphs end) all of them.
_SLACK_AT_STOP = 0.5
_SLACK = 1.5
_OVER_MARGIN = 3.0
_SHORT_OF_MARGIN = -2.0
# Of the pages measured, each took up to two lines more than the grid's 22 by width alone.
_DRIFT = 2
