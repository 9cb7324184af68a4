"""Tables of WordprocessingML (ECMA-376 part 1, 17.4) to HTML: cells that span columns or go on below stand once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from builder.containers.docx_numbering import W, integer, value
from builder.containers.limits import TABLE_COLUMNS

HOLDERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "dir", "bdo")
)
"""Elements that only hold others: content controls, insertions, smart tags."""


def table_html(table: etree._Element, inside: Callable[[etree._Element], str]) -> str:
    """The rows of a table."""
    rows = [[_cell(cell, inside) for cell in _cells(row)] for row in _rows(table)]
    return "".join(f"<tr>{''.join(cells)}</tr>" for cells in _merged(rows) if cells)


def _cell(cell: etree._Element, inside: Callable[[etree._Element], str]) -> tuple[str, int, str | None]:
    """What stands in it, how many columns it spans, and whether it begins (``restart``) or goes on (``continue``)."""
    properties = cell.find(f"{W}tcPr")
    merge = properties.find(f"{W}vMerge") if properties is not None else None
    width = max(1, min(TABLE_COLUMNS, integer(value(properties, "gridSpan"), 1)))
    return inside(cell), width, None if merge is None else merge.get(f"{W}val") or "continue"


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table.iterchildren():
        if child.tag == f"{W}tr" and child.find(f"{W}trPr/{W}del") is None:
            yield child
        elif child.tag in HOLDERS:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row.iterchildren():
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in HOLDERS:
            yield from _cells(child)


def _merged(rows: list[list[tuple[str, int, str | None]]]) -> Iterator[list[str]]:
    """Cells as HTML: one that goes on below stands once, with the rows it spans."""
    starts = [dict(_columns(row)) for row in rows]
    for number, row in enumerate(rows):
        html = []
        for column, (inner, width, merge) in _columns(row):
            if merge == "continue":
                continue
            height = 1
            while (
                merge
                and number + height < len(rows)
                and starts[number + height].get(column, ("", 0, ""))[2] == "continue"
            ):
                height += 1
            spans = (f' colspan="{width}"' if width > 1 else "") + (f' rowspan="{height}"' if height > 1 else "")
            html.append(f"<td{spans}>{inner}</td>")
        yield html


def _columns(row: list[tuple[str, int, str | None]]) -> Iterator[tuple[int, tuple[str, int, str | None]]]:
    column = 0
    for cell in row:
        yield column, cell
        column += cell[1]
