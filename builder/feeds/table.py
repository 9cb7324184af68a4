"""The articles as a table: CSV after RFC 4180."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from msgspec.structs import astuple

from builder.feeds.records import SummaryRecord

SEPARATOR = " | "
"""Between the values of a field that has several; within a value a ``|`` stays what it is."""


def table(summaries: Iterable[SummaryRecord]) -> bytes:
    """A row for each article, in the order given, below a row of names.

    Values are the very text of the archive, so that reading the table gives it back. A spreadsheet may take a value
    that begins with ``=`` for a formula; import the columns as text.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(SummaryRecord.__struct_fields__)
    for summary in summaries:
        writer.writerow([_cell(value) if value.__class__ is not str else value for value in astuple(summary)])
    return written.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    return "" if value is None else value
