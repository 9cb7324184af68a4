"""The articles as a table: CSV after RFC 4180."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable

from msgspec.structs import astuple

from builder.feeds.records import SummaryRecord

SEPARATOR = " | "
"""Between the values of a field that has several; within a value a ``|`` stays what it is."""


def heading() -> bytes:
    """The row of names above all others."""
    return _row(SummaryRecord.__struct_fields__)


def row(summary: SummaryRecord) -> bytes:
    """An article.

    Values are the very text of the archive, so that reading the table gives it back. A spreadsheet may take a value
    that begins with ``=`` for a formula: for those there is ``spreadsheet_row``.
    """
    return _row([_cell(value) if value.__class__ is not str else value for value in astuple(summary)])


def spreadsheet_row(summary: SummaryRecord) -> bytes:
    """The same for a spreadsheet: an apostrophe stands before what it would take for a formula (OWASP)."""
    return _row([_guarded(_cell(value)) for value in astuple(summary)])


def spreadsheet_heading() -> bytes:
    """The row of names, behind the mark by which spreadsheets know UTF-8."""
    return codecs.BOM_UTF8 + heading()


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _guarded(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _row(values: Iterable[object]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n").writerow(values)
    return written.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    return "" if value is None else value
