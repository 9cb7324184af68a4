"""Rows of a PDF page to lines in the order in which they are read: one column or two, tables and pictures between."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from builder.containers.pdf_lines import Character, TextLine, line_of, rows_of

_GUTTER = 0.9
"""Of the size of type: the least space between two columns."""
_COLUMN = 0.35
"""Of the page's text: a line that is wider than this on one side of the middle fills a column."""
_LEAST_LINES = 5
_FILLED = 0.6
"""Of the rows with text on both sides: so many fill both columns; rows of a table do not."""


def lines_of(characters: Sequence[Character]) -> list[TextLine]:
    """The lines of a page: from top to bottom, column by column."""
    rows = rows_of(characters)
    gutter = _gutter(rows)
    lines: list[TextLine] = []
    columns: tuple[list[TextLine], list[TextLine]] = ([], [])
    for row in rows:
        parts = _parted(row, gutter) if gutter is not None else None
        if parts is None:  # it goes over both columns, as titles do
            lines += [*columns[0], *columns[1], line_of(row)]
            columns = ([], [])
        else:
            for number, part in enumerate(parts):
                if part:
                    columns[number].append(replace(line_of(part), column=number + 1))
    return [*lines, *columns[0], *columns[1]]


def with_blocks(lines: Sequence[TextLine], blocks: Iterable[TextLine]) -> list[TextLine]:
    """Lines with tables and pictures between them: each before the first line that stands below its upper edge."""
    placed = list(lines)
    for block in blocks:
        below = [place for place, line in enumerate(placed) if line.base < block.base]
        beside = [place for place in below if placed[place].left < block.right and placed[place].right > block.left]
        place = min(beside or below, default=len(placed))
        column = placed[min(place, len(placed) - 1)].column if placed else 0
        placed.insert(place, replace(block, column=column))
    return placed


def _parted(row: Sequence[Character], gutter: float) -> tuple[list[Character], list[Character]] | None:
    """A row on both sides of the gutter; None where it goes over it."""
    west = [each for each in row if (each.left + each.right) / 2 < gutter]
    east = list(row[len(west) :])
    over = west and east and east[0].left - west[-1].right < _GUTTER * row[0].size
    return None if over else (west, east)


def _gutter(rows: Sequence[Sequence[Character]]) -> float | None:
    """The middle of the space between two columns of running text; None where the page has one column."""
    if len(rows) < _LEAST_LINES:
        return None
    left, right = min(row[0].left for row in rows), max(each.right for row in rows for each in row)
    width = right - left
    gaps = [
        (before, after)
        for row in rows
        for before, after in pairwise(row)
        if after.left - before.right >= _GUTTER * after.size and left + 0.3 * width < after.left < left + 0.75 * width
    ]
    if len(gaps) < _LEAST_LINES:
        return None
    middle = statistics.median((before.right + after.left) / 2 for before, after in gaps)
    wide = [row for row in rows if row[0].left < middle - 0.1 * width and row[-1].right > middle + 0.1 * width]
    parts = [part for row in wide if (part := _parted(row, middle))]
    filled = [
        sum(side[-1].right - side[0].left > width * _COLUMN for side in sides) for sides in zip(*parts, strict=True)
    ]
    return middle if parts and min(filled) >= max(_LEAST_LINES, len(wide) * _FILLED) else None
