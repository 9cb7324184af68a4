"""Tables that were copied as one cell a line: put together again below their captions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from builder.documents.layout import width
from builder.documents.numbering import read_marker
from builder.documents.tables import table_text
from builder.model.blocks import Block
from builder.patterns import pattern

CAPTION = pattern(
    r"(?:专栏|專欄|附表|表)[ \u3000]?(?:\d{1,2}(?:[-—.]\d{1,2})?|[一二三四五六七八九十]{1,3})(?![\d年月])"
    r"[ \u3000：:]?.{0,40}"
)


def restore_tables(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Make tables of the short lines that follow a caption, where they fill whole rows."""
    whole: list[Block] = []
    index = 0
    while index < len(blocks):
        whole.append(blocks[index])
        index += 1
        if not is_caption(blocks[index - 1]):
            continue
        end = index
        while end < len(blocks) and is_cell(blocks[end]):
            end += 1
        cells = blocks[index:end]
        columns = _columns([cell.squeezed for cell in cells])
        if columns:
            taken = len(cells) - len(cells) % columns
            whole.append(_table(cells[:taken], columns))
            index += taken
    return tuple(whole)


def is_caption(block: Block) -> bool:
    """Whether a block is the caption of a table: 专栏1, 表2 … and a few words."""
    return block.kind == "text" and CAPTION.fullmatch(block.text) is not None and not block.text.endswith("。")


def is_cell(block: Block) -> bool:
    """Whether a block may be the cell of a table: a few words, no sentence, no heading of a section."""
    if block.kind != "text" or width(block.text) > _WIDEST_CELL or block.text.endswith(("。", "：", ":")):
        return False
    marker = read_marker(block.text)
    return marker is None or not marker.rest


def _columns(cells: Sequence[str]) -> int:
    """How many columns the cells fill: serial numbers stand below each other, or words that come again do."""
    best, columns = 0.0, 0
    for number in range(_FEWEST_COLUMNS, _MOST_COLUMNS + 1):
        rows = len(cells) // number
        if rows < _FEWEST_ROWS or any(re.search(r"\d", cell) and "年" not in cell for cell in cells[:number]):
            continue
        score = _fit(cells, number, rows)
        if score > best:
            best, columns = score, number
    return columns if best >= _LEAST_FIT else 0


def _fit(cells: Sequence[str], number: int, rows: int) -> float:
    """How well a number of columns fits; 0 where it does not."""
    body = [cells[number * row : number * (row + 1)] for row in range(1, rows)]
    serial = all(row[0].rstrip(".、") == str(place) for place, row in enumerate(body, 1))
    rest = len(cells) % number
    alike = 0.0
    for column in range(number):
        below = [_shape(row[column]) for row in body]
        alike += Counter(below).most_common(1)[0][1] / len(below)
    return (2.0 if serial else 0.0) + alike / number - rest * _REST


def _shape(cell: str) -> str:
    """What kind of cell it is: a number, a number with words, or words by their length."""
    if re.fullmatch(r"[<>≤≥＜＞]?[\d.,%％]+", cell):
        return "number"
    if re.search(r"\d", cell):
        return "mixed"
    return cell if len(cell) <= _LABEL else "words"


def _table(cells: Sequence[Block], columns: int) -> Block:
    rows = tuple(
        tuple("".join(cell.text.split()) for cell in cells[start : start + columns])
        for start in range(0, len(cells), columns)
    )
    lines = tuple(line for cell in cells for line in cell.lines)
    return Block(table_text(rows), lines, cells[0].gap, cells[0].after_page, kind="table", rows=rows, header=1)


_WIDEST_CELL = 30
_FEWEST_COLUMNS = 2
_MOST_COLUMNS = 8
_FEWEST_ROWS = 3
_LEAST_FIT = 0.8
_REST = 0.5
_LABEL = 4
