"""Remembers the last publishing: what it read, what it wrote, and each page's converted Markdown."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from builder.cache import BrokenCacheError, opened, sealed
from builder.config.project import Project

DOCS, SITE = 0, 1
"""The two trees."""

Entry = tuple[int, int, int, int, bytes]
"""A file as it was: size, time of content and of inode in nanoseconds, inode, digest."""

_VERSION = 3
# Large values lie ill in tables without row identifiers, and in small pages: reading them takes six times as long.
_TABLES = f"""
PRAGMA page_size = 16384;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
PRAGMA user_version = {_VERSION};
CREATE TABLE state (name TEXT PRIMARY KEY, value BLOB);
CREATE TABLE folders (tree INTEGER, path TEXT, entries BLOB, PRIMARY KEY (tree, path));
CREATE TABLE shapes (key BLOB PRIMARY KEY, shape BLOB);
CREATE TABLE pages (path TEXT PRIMARY KEY, date TEXT, links BLOB, digest BLOB);
CREATE TABLE converted (path TEXT PRIMARY KEY, converted BLOB);
"""
_entries = msgspec.msgpack.Decoder(dict[str, Entry])


def _seal(value: object) -> bytes:
    """A value encoded and authenticated."""
    data = value if isinstance(value, bytes) else msgspec.msgpack.encode(value)
    return sealed(data, "record")


def _open(data: bytes) -> bytes:
    """The encoded value.

    Raises:
        sqlite3.DatabaseError: It is not what was put there.
    """
    try:
        return opened(data, "record")
    except BrokenCacheError as error:
        raise sqlite3.DatabaseError("checksum") from error


class PageRow(msgspec.Struct, frozen=True, array_like=True):
    """What is remembered of a page.

    Attributes:
        path: Below ``docs/``.
        date: For the sitemap; possibly empty.
        links: As in ``Converted``.
        digest: Of its Markdown and of how it is converted.
        converted: The rest, encoded.
    """

    path: str
    date: str
    links: list[str]
    digest: bytes
    converted: bytes


def record_file(project: Project) -> Path:
    """Where the record lies."""
    return project.root / ".cache" / "publishing" / "record.sqlite"


class Record:
    """An open record."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take the open file."""
        self._connection = connection

    def get(self, name: str) -> bytes:
        """A named value; empty where there is none."""
        row = self._connection.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return _open(row[0]) if row else b""

    def folders(self, tree: int) -> dict[str, dict[str, Entry]]:
        """Every file of a tree: by folder, by name."""
        rows = self._connection.execute("SELECT path, entries FROM folders WHERE tree = ?", (tree,))
        return {path: _entries.decode(_open(entries)) for path, entries in rows}

    def folder(self, tree: int, path: str) -> dict[str, Entry]:
        """The files of one folder."""
        row = self._connection.execute(
            "SELECT entries FROM folders WHERE tree = ? AND path = ?", (tree, path)
        ).fetchone()
        return _entries.decode(_open(row[0])) if row else {}

    def shapes(self) -> dict[bytes, list[str]]:
        """All shapes of pages."""
        rows = self._connection.execute("SELECT key, shape FROM shapes")
        return {key: msgspec.msgpack.decode(_open(shape), type=list[str]) for key, shape in rows}

    def converted(self, path: str) -> PageRow | None:
        """What is remembered of a page."""
        query = "SELECT pages.*, converted FROM pages NATURAL JOIN converted WHERE path = ?"
        row = self._connection.execute(query, (path,)).fetchone()
        return (
            PageRow(row[0], row[1], msgspec.msgpack.decode(_open(row[2]), type=list[str]), row[3], _open(row[4]))
            if row
            else None
        )

    def dates(self) -> list[tuple[str, str]]:
        """Path and date of every page."""
        return self._connection.execute("SELECT path, date FROM pages").fetchall()

    def links(self) -> Iterator[tuple[str, list[str]]]:
        """Path and links of every page that links to files."""
        empty = _seal([])
        for path, links in self._connection.execute("SELECT path, links FROM pages WHERE links <> ?", (empty,)):
            yield path, msgspec.msgpack.decode(_open(links), type=list[str])

    def put(self, **values: bytes) -> None:
        """Write named values, at once."""
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", _sealed(values))

    def put_pages(self, rows: Iterable[PageRow], gone: Iterable[str] = ()) -> None:
        """Write what is to be remembered of pages, at once: it is known by digest, whatever becomes of the build."""
        known = list(rows)
        pages = [(row.path, row.date, _seal(row.links), row.digest) for row in known]
        converted = [(row.path, _seal(row.converted)) for row in known]
        left = [(path,) for path in gone]
        with self._connection as connection:
            connection.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", pages)
            connection.executemany("INSERT OR REPLACE INTO converted VALUES (?, ?)", converted)
            connection.executemany("DELETE FROM pages WHERE path = ?", left)
            connection.executemany("DELETE FROM converted WHERE path = ?", left)

    def finish(
        self,
        folders: Mapping[tuple[int, str], Mapping[str, Entry]],
        shapes: Mapping[bytes, Any],
        values: Mapping[str, bytes],
        *,
        anew: bool,
    ) -> None:
        """Vouch for a site: all that its next publishing builds on, in one transaction.

        Args:
            folders: The folders that changed.
            shapes: Shapes to add.
            values: Named values.
            anew: Whether everything else is to be forgotten.
        """
        with self._connection as connection:
            if anew:
                connection.execute("DELETE FROM folders")
                connection.execute("DELETE FROM shapes")
            rows = [(tree, path, _seal(entries)) for (tree, path), entries in folders.items()]
            connection.executemany("INSERT OR REPLACE INTO folders VALUES (?, ?, ?)", rows)
            connection.executemany(
                "INSERT OR REPLACE INTO shapes VALUES (?, ?)", [(key, _seal(shape)) for key, shape in shapes.items()]
            )
            connection.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", _sealed(values))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _sealed(values: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
    return [(name, _seal(value)) for name, value in values.items()]


def open_record(file: Path) -> Record | None:
    """Open a record to read; None where there is none, or none of this version that is whole."""
    try:
        connection = sqlite3.connect(f"file:{file}?mode=rw", uri=True, timeout=30)
        try:
            if connection.execute("PRAGMA user_version").fetchone()[0] == _VERSION:
                connection.execute("SELECT 1 FROM state, folders, shapes, pages, converted LIMIT 1")
                connection.execute("PRAGMA synchronous = OFF")  # a torn record is no loss: all is done anew
                return Record(connection)
        except sqlite3.Error:
            pass
        connection.close()
    except sqlite3.Error:
        pass
    return None


def new_record(file: Path) -> Record:
    """An empty record in place of whatever is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)
    connection = sqlite3.connect(file, timeout=30)
    connection.executescript(_TABLES)
    return Record(connection)
