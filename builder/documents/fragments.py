"""Puts together what a web page's markup tore apart: numbers, blocks and brackets on lines of their own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from builder.documents.dates import DATE, DAY
from builder.documents.layout import width
from builder.documents.lines import join_blocks
from builder.documents.numbering import read_marker
from builder.documents.words import words
from builder.model.blocks import Block
from builder.patterns import pattern


def mend_fragments(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Join scraps to their neighbours where a text is full of them; other texts come back unchanged."""
    scraps = sum(1 for block in blocks if _SCRAP.fullmatch(block.text))
    if scraps < _FEWEST or scraps < _SHARE * len(blocks):
        return blocks
    mended: list[Block] = []
    last = ""
    for block in blocks:
        if mended and block.gap == 0 and _belongs(mended[-1], last, block):
            mended[-1] = join_blocks(mended[-1], block)
        else:
            mended.append(block)
        last = block.text
    return tuple(mended)


def unwrap(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Join lines that were broken at a fixed width, where indents mark the paragraphs; other texts stay as they are."""
    rests = [index for index, block in enumerate(blocks) if index and block.gap == 0 and not block.indented]
    if len(rests) < _FEWEST_WRAPPED or sum(1 for block in blocks if block.indented) < _FEWEST_WRAPPED:
        return blocks
    broken = Counter(round(width(blocks[index - 1].text)) for index in rests)
    usual = broken.most_common(1)[0][0]
    near = sum(count for size, count in broken.items() if abs(size - usual) <= _WRAP_SLACK)
    if near < _WRAPPED_SHARE * len(rests):
        return blocks
    whole: list[Block] = []
    last = 0.0
    for block in blocks:
        if whole and block.gap == 0 and not block.indented and last >= usual - _WRAP_SLACK and block.kind == "text":
            whole[-1] = join_blocks(whole[-1], block)
        else:
            whole.append(block)
        last = width(block.text)
    return tuple(whole)


def split_signed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Part signatures from the date that stands on the same line, and agencies that sign on one line."""
    whole: list[Block] = []
    for place, block in enumerate(blocks):
        names, date = _signed(block)
        dated = date or (names and _date_follows(blocks[place + 1 : place + 1 + _SOON]))
        if not names or not dated:
            whole.append(block)
            continue
        whole += [replace(block, text=name, gap=block.gap if index == 0 else 0) for index, name in enumerate(names)]
        whole += [replace(block, text=date, gap=0, after_page=False)] if date else []
    return tuple(whole)


def _date_follows(below: tuple[Block, ...]) -> bool:
    """Whether nothing but agencies stand above the next date."""
    for block in below:
        if DATE.fullmatch(block.squeezed):
            return True
        if not _signed(block)[0] and not block.squeezed.endswith(words().agency_endings):
            return False
    return False


def _signed(block: Block) -> tuple[list[str], str]:
    """The agencies of a line and the date behind them; none where it is no such line."""
    text = block.text.strip()
    if block.kind != "text" or len(text) > _LONGEST_SIGNED or _SENTENCE_MARK.search(text):
        return [], ""
    found = _DATED.fullmatch(text)
    names = (found["names"] if found else text).split()
    if not names or not all(len(name) >= _SHORTEST_NAME and name.endswith(words().agency_endings) for name in names):
        return [], ""
    return (names, found["date"]) if found else (names if len(names) > 1 else [], "")


def split_running(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The text without what every page repeats at its head or foot (short lines, alike but for numbers), and that."""
    keys = [_repeated_key(block) for block in blocks]
    counts = Counter(key for key in keys if key)
    cut = {
        key
        for index, key in enumerate(keys)
        if key and counts[key] > 1 and 0 < index < len(blocks) - 1 and _is_amid(blocks[index - 1], blocks[index + 1])
    }
    heads = [index for index, key in enumerate(keys) if key in cut and index >= _FIRST_LINES]
    taken = set(heads)
    kept = tuple(
        replace(block, after_page=block.after_page or index - 1 in taken, gap=0 if index - 1 in taken else block.gap)
        for index, block in enumerate(blocks)
        if index not in taken
    )
    return kept, tuple(blocks[index] for index in heads)


def _repeated_key(block: Block) -> str:
    """What two lines of pages' heads have in common; empty for what is none."""
    text = block.squeezed
    if block.kind != "text" or not _SHORTEST_HEAD <= len(text) <= _LONGEST_HEAD or _SENTENCE_MARK.search(text):
        return ""
    return "" if read_marker(block.text) else _DIGITS.sub("#", text)


def _is_amid(before: Block, after: Block) -> bool:
    """Whether a sentence goes on from one block to the next but one."""
    text = before.text
    if before.kind != "text" or after.kind != "text" or len(text) < _LONG or text.endswith((*_STOPS, "；", "）")):
        return False
    return read_marker(after.text) is None and after.text.endswith((*_STOPS, "；", "，"))


def split_glued(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Part headings that stand on one line with the first number below them, where the second stands soon after."""
    whole: list[Block] = []
    for index, block in enumerate(blocks):
        glued = _GLUED.match(block.text) if "一" in block.text or "1" in block.text else None
        if glued and _second_follows(blocks, index, glued["below"]):
            whole.append(replace(block, text=glued["above"].strip()))
            rest = block.text[glued.start("below") :]
            whole.append(replace(block, text=rest, gap=1, after_page=False, indented=False))
        else:
            whole.append(block)
    return tuple(whole)


def _second_follows(blocks: tuple[Block, ...], index: int, first: str) -> bool:
    below = read_marker(first + "文")
    for block in blocks[index + 1 : index + 1 + _SOON]:
        marker = read_marker(block.text)
        if marker and below and marker.kind == below.kind:
            return marker.ordinal == below.ordinal + 1
    return False


def _belongs(before: Block, last: str, block: Block) -> bool:
    """Whether a block goes on the line of the one before, whose last scrap is ``last``."""
    text = block.text
    if before.text.endswith(_OPEN_END) or text.startswith(_CLOSING):
        return True
    if text.startswith(("年", "月", "日")) and before.text[-1:].isdigit():
        return True
    if (
        before.text.endswith(_STOPS)
        or _is_heading(before.text)
        or _is_heading(text)
        or text.startswith(words().annex_labels)
    ):
        return False
    return bool(_SCRAP.fullmatch(last)) != bool(_SCRAP.fullmatch(text))


def _is_heading(text: str) -> bool:
    marker = read_marker(text)
    return marker is not None and marker.kind in {"comma", "bracket"} and bool(marker.rest) and "，" not in marker.rest


# Measured on a page crawled as plain text, where 235 of 428 lines were scraps; an ordinary plan has none or a few.
_FEWEST = 12
_SHARE = 0.12
_SCRAP = pattern(r"[\d\s.,:：/％%~～—\-－+×A-Za-z＜＞<>≤≥=°（）()〔〕\[\]．；;，、。]{1,24}")
_OPEN_END = ("（", "(", "〔", "《", "“", "、", "，", "/")
_CLOSING = ("）", ")", "〕", "》", "”", "，", "。", "；", "：", "、", "．", "%", "％", "/")
_FEWEST_WRAPPED = 5
_WRAPPED_SHARE = 0.7
_WRAP_SLACK = 3
_LONGEST_SIGNED = 120
_SHORTEST_NAME = 3
_DATED = pattern(rf"(?P<names>.{{2,80}}?)[ \u3000]*(?P<date>{DAY})")
_FIRST_LINES = 3
_SHORTEST_HEAD = 4
_LONGEST_HEAD = 40
_LONG = 20
_SENTENCE_MARK = pattern(r"[。；，：:！？]")
_DIGITS = pattern(r"\d+")
_SOON = 8
_DIGIT = "一二三四五六七八九十"
_GLUED = pattern(
    rf"(?P<above>(?:[{_DIGIT}]{{1,3}}、|第[{_DIGIT}百]{{1,4}}[章节][ \u3000]?|[（(][二-十]{{1,3}}[）)])"
    rf"[^，。；：（(）)、\d\s]{{2,24}}[ \u3000]?)(?P<below>[（(]一[）)]|1[.．、]|第[{_DIGIT}百]{{1,4}}[节条])(?=.)"
)
_STOPS = ("。", "；", "！", "？", "：")
