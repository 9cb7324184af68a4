"""Targets that stand in tables: rows of 主要指标, read by what the head says of each column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.documents.quantities import target_words
from builder.model.blocks import Table
from builder.model.official import Target
from builder.model.plan import Paragraph
from builder.patterns import pattern


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a table has what."""

    indicator: int  # Index of the column that names what is measured
    unit: int  # Index of the column of units; -1 where there is none
    # Indexes of the columns of targets, with the year of each; empty where none is given
    values: tuple[tuple[int, str], ...]


def find_table_targets(paragraphs: Iterable[Paragraph], written: int) -> tuple[Target, ...]:
    """The targets of every table, row by row; columns up to the year the document was written (0: unknown) are none."""
    return tuple(
        target
        for paragraph in paragraphs
        if paragraph.table and (columns := _columns(paragraph.table.header, written))
        for target in _targets(paragraph.eid, paragraph.table, columns)
    )


def _columns(header: Sequence[str], written: int) -> _Columns | None:
    language = target_words()
    cells = [re.sub(r"\s", "", cell) for cell in header]
    indicator = next((index for index, cell in enumerate(cells) if re.search(language.table_indicator, cell)), -1)
    unit = next((index for index, cell in enumerate(cells) if re.search(language.table_unit, cell)), -1)
    values = [
        (index, found["year"] or "")
        for index, cell in enumerate(cells)
        if index not in {indicator, unit}
        and (found := re.search(language.table_target, cell))
        and not re.search(language.table_present, cell)
    ]
    years = sorted({year for _, year in values if year})
    present = {year for year in years if int(year) <= written} if written else set(years[:-1])
    values = [(index, year) for index, year in values if year not in present]
    return _Columns(indicator, unit, tuple(values)) if indicator >= 0 and values else None


def _targets(eid: str, table: Table, columns: _Columns) -> Iterator[Target]:
    for row in table.rows:
        name = row[columns.indicator]
        inner = _UNIT_IN_NAME.search(name)
        values = [
            (index, year, found)
            for index, year in columns.values
            if name and (found := re.match(target_words().table_value, re.sub(r"\s", "", row[index])))
        ]
        dated = any(year for _, year, _ in values)
        for index, year, found in values:
            if dated and not year:  # growth over the whole time repeats what the last year's value says
                continue
            unit = row[columns.unit].strip("—-－/") if columns.unit >= 0 else ""
            unit = found["unit"] or unit or (inner[1] if inner else "")
            yield Target(
                eid=eid,
                quote=" ".join(dict.fromkeys(cell for cell in row if cell)),
                indicator=_SERIAL.sub("", _UNIT_IN_NAME.sub("", name)).strip(),
                comparator=_comparator(found),
                value=float(found["number"].replace(",", "")),
                unit=unit.replace("％", "%"),
                value_text=_printed(row[index], found, unit),
                deadline=year,
                deadline_text=f"{year}年" if year else "",
                value_max=float(found["upper"]) if found["upper"] else None,
            )


def _printed(cell: str, found: re.Match[str], unit: str) -> str:
    """A cell's value with its unit, which may stand in another cell."""
    behind = found["behind"] or ""
    return cell if found["unit"] else f"{cell.removesuffix(behind)}{unit}{behind}"


def _comparator(found: re.Match[str]) -> str:
    language = target_words()
    sign = found["sign"] or found["behind"] or ""
    for words, comparator in ((language.at_least, ">="), (language.at_most, "<="), (language.about, "~")):
        if sign in words or (sign and any(word and sign.startswith(word) for word in words)):
            return comparator
    return "="


_UNIT_IN_NAME = pattern(r"[（(]([^（）()]{1,12})[）)]$")
_SERIAL = pattern(r"^(?:\d{1,3}[.、．]?|[（(]\d{1,3}[）)])\s*(?=[^\d\s])")
