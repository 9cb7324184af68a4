"""Ruled tables of a PDF page: the grid that its lines draw, and what stands in each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

Rule = tuple[float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""

_NEAR = 2.0
"""Points between two lines, or two ends, that are meant as one."""
_OPEN = 10.0
"""Points by which the rules of a table go on beyond its last upright: there is one more column."""
_MOST_RULES = 3_000
"""Of a page; drawings and maps have more."""
_MOST_CELLS = 2_000
_MOST_CROSSINGS = 40_000


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line that lies or stands: where it is on the other axis, and from where to where it goes."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its row and column, how many of each it spans, and where it stands."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: where it stands, and its cells, row by row."""

    box: Box
    columns: int
    cells: tuple[Cell, ...]


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables of a page, of two rows and two columns at least, from top to bottom."""
    if len(rules) > _MOST_RULES:
        return []
    lying = _joined(Ruling((b + t) / 2, x, right) for x, b, right, t in rules if right - x >= t - b)
    standing = _joined(Ruling((x + right) / 2, b, t) for x, b, right, t in rules if right - x < t - b)
    if len(lying) * len(standing) > _MOST_CROSSINGS:
        return []
    found = [_grid(*group) for group in _groups(lying, standing)]
    return sorted((grid for grid in found if grid), key=lambda grid: (-grid.box[3], grid.box[0]))


def table_html(grid: Grid, inside: Callable[[Box], str]) -> str:
    """A table as HTML."""
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
            f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        )
        rows.setdefault(cell.row, []).append(f"<td{spans}>{inside(cell.box)}</td>")
    written = ("".join(("<tr>", *cells, "</tr>")) for _, cells in sorted(rows.items()))
    return f"<table>{''.join(written)}</table>"


def _joined(lines: Iterable[Ruling]) -> list[Ruling]:
    """Lines that lie on one another or follow each other, as one."""
    joined: list[Ruling] = []
    for level in _levels(sorted(lines, key=lambda line: line.at)):
        at = sum(line.at for line in level) / len(level)
        for line in sorted(level, key=lambda one: one.start):
            if joined and joined[-1].at == at and line.start <= joined[-1].end + _NEAR:
                joined[-1] = Ruling(at, joined[-1].start, max(joined[-1].end, line.end))
            else:
                joined.append(Ruling(at, line.start, line.end))
    return joined


def _levels(lines: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    level: list[Ruling] = []
    for line in lines:
        if level and line.at - level[0].at > _NEAR:
            yield level
            level = []
        level.append(line)
    if level:
        yield level


def _groups(lying: Sequence[Ruling], standing: Sequence[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Lines that touch, directly or through others: each table's."""
    parent = list(range(len(lying) + len(standing)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for x, flat in enumerate(lying):
        for y, upright in enumerate(standing, len(lying)):
            if _holds(flat, upright.at) and _holds(upright, flat.at):
                parent[root(x)] = root(y)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for place in range(len(parent)):
        group = groups.setdefault(root(place), ([], []))
        if place < len(lying):
            group[0].append(lying[place])
        else:
            group[1].append(standing[place - len(lying)])
    yield from groups.values()


def _holds(line: Ruling, place: float) -> bool:
    return line.start - _NEAR <= place <= line.end + _NEAR


def _grid(lying: Sequence[Ruling], standing: Sequence[Ruling]) -> Grid | None:
    """The table that some lines draw; None where they draw fewer than two rows of two columns."""
    if not lying or not standing:
        return None
    ups = sorted({line.at for line in lying}, reverse=True)
    acrosses = sorted({line.at for line in standing})
    # A table may be open at its sides.
    acrosses = [*(each for each in [min(line.start for line in lying)] if each < acrosses[0] - _OPEN), *acrosses]
    acrosses += [each for each in [max(line.end for line in lying)] if each > acrosses[-1] + _OPEN]
    rows, columns = len(ups) - 1, len(acrosses) - 1
    if rows < 2 or columns < 2 or rows * columns > _MOST_CELLS:  # noqa: PLR2004  # else a frame, or boxes
        return None
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = tall = 1
            middle = (ups[row] + ups[row + 1]) / 2
            while column + wide < columns and not _parts(standing, acrosses[column + wide], middle):
                wide += 1
            while row + tall < rows and not _parts(
                lying, ups[row + tall], (acrosses[column] + acrosses[column + 1]) / 2
            ):
                tall += 1
            taken |= {(row + down, column + along) for down in range(tall) for along in range(wide)}
            box = (acrosses[column], ups[row + tall], acrosses[column + wide], ups[row])
            cells.append(Cell(row, column, tall, wide, box))
    return Grid((acrosses[0], ups[-1], acrosses[-1], ups[0]), columns, tuple(cells))


def _parts(lines: Iterable[Ruling], at: float, place: float) -> bool:
    return any(line.at == at and _holds(line, place) for line in lines)
