"""Tables: which are data and which mere layout, and data as rows of equal length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.etree import _Element as Tag

from builder.markup.layout import ROW

_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})
# A span wider or higher than this is a mistake or an attack; the widest table known has 24 columns.
_WIDEST = 64
_HIGHEST = 1000
_FEWEST = 2


def cells_of(row: Tag) -> list[Tag]:
    """A row's own cells."""
    return list(row.iterchildren(*_CELLS))


def rows_of(table: Tag) -> Iterator[Tag]:
    """A table's own rows, not those of tables in it."""
    for child in table.iterchildren("tr", *_SECTIONS):
        if child.tag == "tr":
            yield child
        else:
            yield from rows_of(child)


def is_layout(table: Tag, rows: Sequence[Sequence[Tag]]) -> bool:
    """Whether a table only places things: fewer than two rows or columns, or a table inside."""
    return (
        len(rows) < _FEWEST
        or max(map(len, rows), default=0) < _FEWEST
        or next(table.iterdescendants("table"), None) is not None
    )


def table_text(rows: Sequence[Sequence[tuple[Tag, str]]]) -> str:
    """Rows of cells with their converted text as a Markdown table; the first row is its header.

    A cell that spans several columns or rows stands in the first of them, the others stay empty.
    """
    taken: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell, text in row:
            while (number, column) in taken:
                column += 1
            width, height = _span(cell, "colspan", _WIDEST), _span(cell, "rowspan", _HIGHEST)
            if column + width > _WIDEST * _FEWEST:
                width = 1
            for down in range(min(height, len(rows) - number)):
                taken.update({(number + down, column + right): "" for right in range(width)})
            taken[number, column] = text
            column += width
    columns = max(column for _, column in taken) + 1
    grid = [[taken.get((number, column), "") for column in range(columns)] for number in range(len(rows))]
    header, *others = [line for line in grid if any(line)] or grid[:1]
    return "\n".join([_row(header), f"{ROW}|{' --- |' * columns}", *map(_row, others)])


def _row(texts: Sequence[str]) -> str:
    return f"{ROW}| " + " | ".join(texts) + " |"


def _span(cell: Tag, attribute: str, most: int) -> int:
    value = str(cell.get(attribute) or "")
    return min(int(value), most) or 1 if value.isascii() and value.isdecimal() and len(value) < len("10000") else 1
