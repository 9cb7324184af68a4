"""Tables: which of a page's hold data, how Markdown writes them, how their rows stand as text."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from builder.patterns import pattern
from builder.reading.html_tree import parse_html

Rows = tuple[tuple[str, ...], ...]


def is_data_table(table: etree._Element) -> bool:
    """Whether a table holds data rather than a page's layout or its paragraphs."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = list(table.iter("tr"))
    widest = max((sum(1 for _ in row.iterchildren("td", "th")) for row in rows), default=0)
    if len(rows) < _FEWEST_ROWS or widest < _FEWEST_COLUMNS:
        return False
    cells = [cell for row in rows for cell in row.iterchildren("td", "th")]
    articles = len([cell for cell in cells if _ARTICLE.fullmatch("".join(_text(cell).split()))])
    if articles >= _FEWEST_ROWS:
        return False
    return not any(sum(1 for _ in cell.iterdescendants("p")) > _MOST_PARAGRAPHS for cell in cells)


def _text(cell: etree._Element, between: str = "") -> str:
    return between.join(str(piece) for piece in cell.itertext())


def is_label_table(rows: Rows) -> bool:
    """Whether a table says things of the document: labels that end in a colon, with their values."""
    cells = [cell for row in rows for cell in row if cell]
    labels = sum(1 for cell in cells if cell.endswith(("：", ":")))
    return labels > 1 and labels * 3 >= len(cells)


def read_html_table(text: str) -> tuple[Rows, int]:
    """The cells of a table written as HTML, and how many rows are its head."""
    table = parse_html(text).find(".//table")
    return read_rows(table) if table is not None else ((), 0)


def read_rows(table: etree._Element) -> tuple[Rows, int]:
    """The cells of a table, spans filled in, and how many rows are its head."""
    rows: list[list[str]] = []
    carried: dict[int, tuple[int, str]] = {}
    header = 0
    for row in list(table.iter("tr"))[:_MOST_ROWS]:
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _carry(cells, carried)
            text = _SPACES.sub(" ", _text(cell, " ")).strip().replace("\xa0", "")
            text = _BY_CHINESE.sub("", text)
            for _ in range(_span(cell, "colspan")):
                if _span(cell, "rowspan") > 1:
                    carried[len(cells)] = (_span(cell, "rowspan") - 1, text)
                cells.append(text)
        _carry(cells, carried)
        if any(cells):
            rows.append(cells)
            is_head = all(cell.tag == "th" for cell in row.iterchildren("td", "th")) or _parent(row) == "thead"
            header += is_head and header == len(rows) - 1
    width = max((len(row) for row in rows), default=0)
    return tuple(tuple(row + [""] * (width - len(row))) for row in rows), header


def _carry(cells: list[str], carried: dict[int, tuple[int, str]]) -> None:
    """Fill in what cells of rows above span, from the next free column on."""
    while len(cells) in carried:
        column = len(cells)
        left, text = carried.pop(column)
        if left > 1:
            carried[column] = (left - 1, text)
        cells.append(text)


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name) or ""
    return min(int(value), _WIDEST) if value.isdecimal() and int(value) else 1


def _parent(element: etree._Element) -> str:
    parent = element.getparent()
    return str(parent.tag) if parent is not None else ""


def is_head(rows: Rows) -> int:
    """1 where the first of a table's rows is its head: words only, none of them twice; 0 where it is not."""
    first = rows[0]
    words = all(cell and not _NUMBER_CELL.fullmatch(cell) for cell in first)
    return int(len(rows) > 1 and words and len(set(first)) == len(first))


def table_text(rows: Rows) -> str:
    """A table as text: its rows, a line each."""
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def read_pipes(lines: Sequence[str]) -> tuple[Rows, int]:
    """The cells of a Markdown table's lines and how many rows are its head."""
    rows: list[tuple[str, ...]] = []
    header = 0
    for line in lines:
        if _DIVIDER.fullmatch(line.strip()):
            header = len(rows) if header == 0 else header
            continue
        inner = line.strip().removeprefix("|").removesuffix("|")
        rows.append(tuple(cell.strip().replace("**", "").replace("\\|", "|") for cell in _PIPE.split(inner)))
    width = max((len(row) for row in rows), default=0)
    return tuple((*row, *("",) * (width - len(row))) for row in rows if any(row)), header


_ARTICLE = pattern(r"第[\d一二三四五六七八九十百零〇]{1,7}[条條](?:之[\d一二三四五六七八九十]{1,2})?")
_NUMBER_CELL = pattern(r"[<>≤≥＜＞]?[\d.,%％]+")
_PIPE = pattern(r"(?<!\\)\|")
_DIVIDER = pattern(r"\|?(?:\s*:?-{1,200}:?\s*\|){1,60}\s*(?:(?::?-{1,200}:?|::?)\s*)?\|?")
_FEWEST_ROWS = 2
_FEWEST_COLUMNS = 2
_MOST_PARAGRAPHS = 8
_SPACES = pattern(r"[ \t\r\n\f]+")
_BY_CHINESE = pattern(r"(?<=[^\x00-\x7f]) +|(?<! ) +(?=[^\x00-\x7f])")
_MOST_ROWS = 2000
_WIDEST = 60
