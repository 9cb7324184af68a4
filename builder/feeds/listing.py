"""Files with a piece of every article, written piece by piece: tables (CSV after RFC 4180), lists, ZIP files."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from msgspec.structs import astuple

from builder import paths
from builder.feeds.records import SummaryRecord

SEPARATOR = " | "
"""Between the values of a table's field that has several; within a value a ``|`` stays what it is."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The first moment that the ZIP format knows: no clock shows in a file."""
_UNIX, _FILE = 3, 0o644 << 16


@dataclass(frozen=True, slots=True)
class LongFile:
    """A file that is not held in memory."""

    path: str  # Below ``docs/``
    key: bytes  # Changes whenever the file may
    write: Callable[[IO[bytes]], None]  # Writes it to a stream


def write_list(file: IO[bytes], opening: bytes, pieces: Iterable[bytes], closing: bytes, between: bytes = b"") -> None:
    """Write pieces between an opening and a closing."""
    file.write(opening)
    for number, piece in enumerate(pieces):
        file.write((between if number else b"") + piece)
    file.write(closing)


def write_table(file: IO[bytes], records: Iterable[SummaryRecord], *, guarded: bool) -> None:
    """Write a row of names and a row for each article.

    Values are the very text of the archive, so that reading the table gives it back; a spreadsheet may take one that
    begins with ``=`` for a formula. Where ``guarded``, an apostrophe stands before those (OWASP), and before all of it
    the mark by which spreadsheets know UTF-8.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig" if guarded else "utf-8", newline="")
    rows = csv.writer(text)
    rows.writerow(SummaryRecord.__struct_fields__)
    for record in records:
        cells = [SEPARATOR.join(value) if isinstance(value, tuple) else value for value in astuple(record)]
        if guarded:
            cells = [f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in cells]
        rows.writerow(cells)
    text.detach()


def write_zip(file: IO[bytes], members: Iterable[tuple[str, bytes]]) -> None:
    """Write a reproducible ZIP file of paths with their contents, and the checksums of its members behind them."""
    digests = {}
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for path, content in members:
            digests[path] = hashlib.sha256(content).hexdigest()
            archive.writestr(_about(path), content)
        archive.writestr(_about(paths.CHECKSUMS), checksums(digests))


def _about(path: str) -> ZipInfo:
    info = ZipInfo(path, _BEGINNING)
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, _UNIX, _FILE
    return info


def checksums(digests: Mapping[str, str]) -> bytes:
    """SHA-256 by path as a list that ``sha256sum -c`` accepts; paths are this program's, ASCII without a line end."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()
