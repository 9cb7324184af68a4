"""Tables: CSV (RFC 4180) and workbooks (XLSX and its kin), each sheet a table."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import PurePosixPath

from builder.containers.decoding import decoded
from builder.containers.limits import LARGEST_TEXT, TABLE_COLUMNS, TABLE_ROWS
from builder.containers.packages import Package
from builder.model.container import Part, Read
from builder.patterns import pattern
from builder.problems import Problem

_ADDRESS = pattern(r"https?://[^\s<>\"]{1,2000}")
_DELIMITERS = ",\t;|"


def read_csv(data: bytes, path: str, _depth: int) -> Read:
    """Read a table of text."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = decoded(data, ("utf-16",) if marked else ("utf-8-sig", "gb18030", "big5"))
    if text is None:
        return (), (Problem("binary-file", path),)
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:16384], _DELIMITERS)
    except csv.Error:
        dialect = csv.excel_tab if path.endswith(".tsv") else csv.excel
    csv.field_size_limit(LARGEST_TEXT)
    try:
        rows = [row for row, _ in zip(csv.reader(io.StringIO(text), dialect), range(TABLE_ROWS + 1), strict=False)]
    except csv.Error:
        return (), (Problem("container-broken", path),)
    return _table_part([("", rows)], path)


def read_workbook(_package: Package, path: str, data: bytes) -> Read:
    """Read a workbook; see :func:`read_csv`."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  # few archives hold workbooks

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [sheet.name for sheet in book.sheets_metadata if str(sheet.visible).endswith("Visible")]
        sheets = [(name, book.get_sheet_by_name(name).to_python(nrows=TABLE_ROWS + 1)) for name in visible]
    except (CalamineError, OSError, ValueError) as error:
        return (), (Problem("container-damaged", path, values={"reason": type(error).__name__}),)
    shown = [(name, [[_shown(cell) for cell in row] for row in rows]) for name, rows in sheets]
    return _table_part([(name if len(shown) > 1 else "", rows) for name, rows in shown], path)


def _shown(cell: object) -> str:
    """A cell as a spreadsheet shows it: whole numbers without a decimal point, days without midnight."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


def _table_part(sheets: Iterable[tuple[str, Sequence[Sequence[str]]]], path: str) -> Read:
    pieces, cut = [], 0
    for name, rows in sheets:
        filled = [row[:TABLE_COLUMNS] for row in rows[:TABLE_ROWS] if any(cell.strip() for cell in row)]
        cut = max(cut, len(rows))
        if filled:
            pieces.append((f"<h2>{escape(name)}</h2>" if name else "") + "".join(_html(_trimmed(filled))))
    if not pieces:
        return (), (Problem("empty-file", path),)
    title = PurePosixPath(path.rpartition("!")[2]).stem
    head = f"<html><head><title>{escape(title)}</title></head><body>"
    doubts = (Problem("table-cut", path, values={"limit": str(TABLE_ROWS)}),) if cut > TABLE_ROWS else ()
    data = f"{head}{''.join(pieces)}</body></html>".encode("utf-8", "replace")
    return (Part(data, "table", format="html", encoding="utf-8", problems=doubts),), ()


def _trimmed(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Rows without the columns behind the last that holds anything."""
    width = max((place for row in rows for place, cell in enumerate(row, 1) if cell.strip()), default=0)
    return [[*row[:width], *[""] * (width - len(row))] for row in rows]


def _html(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "<table>"
    for number, row in enumerate(rows):
        tag = "th" if number == 0 else "td"
        yield f"<tr>{''.join(f'<{tag}>{_cell(cell)}</{tag}>' for cell in row)}</tr>"
    yield "</table>"


def _cell(text: str) -> str:
    """A cell with its line breaks; addresses are links."""
    linked = _ADDRESS.sub(lambda match: f'<a href="{match[0]}">{match[0]}</a>', escape(text.strip()))
    return linked.replace("\n", "<br>")
