"""A key-value store in one SQLite file: authenticated bytes by table and key."""

from __future__ import annotations

import os
import sqlite3
import struct
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from weakref import finalize

from builder.cache.sealing import BrokenCacheError, opened, sealed

_ONE_QUERY = 500
"""Keys asked for in one query; SQLite's own limit is 999 in old versions."""


class Store:
    """Bytes by table and key; what was not put there by the same version of the program is not there."""

    def __init__(self, file: Path | None, version: bytes = b"") -> None:
        """Open the file, or begin it anew where it is missing, broken or of another version; None is one in memory."""
        self._file = file
        self._version = version
        self._process = 0
        self._connection: sqlite3.Connection | None = None
        try:
            known = self.one("", b"version")
        except (sqlite3.Error, BrokenCacheError):
            known = None
        if known != version:
            self.clear()

    def __reduce__(self) -> tuple[object, ...]:
        """Pass to another process: by the file, or, in memory, as a copy."""
        return _passed, (self._file, self._version, b"" if self._file else self._open().serialize())

    def one(self, table: str, key: bytes) -> bytes | None:
        """What is remembered under a key.

        Raises:
            BrokenCacheError: It is damaged.
        """
        row = self._open().execute("SELECT value FROM kept WHERE name = ? AND key = ?", (table, key)).fetchone()
        return None if row is None else opened(row[0], table, key)

    def many(self, table: str, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """What is remembered under some keys; those without are left out.

        Raises:
            BrokenCacheError: Some of it is damaged.
        """
        for start in range(0, len(keys), _ONE_QUERY):
            asked = keys[start : start + _ONE_QUERY]
            marks = ",".join("?" * len(asked))
            query = f"SELECT key, value FROM kept WHERE name = ? AND key IN ({marks})"  # noqa: S608  # only marks
            for key, value in self._open().execute(query, (table, *asked)).fetchall():
                yield key, opened(value, table, key)

    def put(self, table: str, items: Iterable[tuple[bytes, bytes]]) -> None:
        """Remember; other processes see it after ``commit``."""
        rows = ((table, key, sealed(value, table, key)) for key, value in items)
        self._open().executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

    def drop(self, table: str, keys: Iterable[bytes]) -> None:
        """Forget."""
        self._open().executemany("DELETE FROM kept WHERE name = ? AND key = ?", ((table, key) for key in keys))

    def keep_only(self, table: str, keys: Iterable[bytes]) -> None:
        """Forget all of a table but some keys."""
        known = {key for (key,) in self._open().execute("SELECT key FROM kept WHERE name = ?", (table,))}
        self.drop(table, known.difference(keys))

    def commit(self) -> None:
        """Let other processes, and later builds, see what was put."""
        self._open().commit()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def clear(self) -> None:
        """Forget everything."""
        self.close()
        for suffix in ("", "-wal", "-shm", "-journal"):
            if self._file:
                self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        self.put("", [(b"version", self._version)])
        self.commit()

    def load(self, content: bytes) -> None:
        """Become a copy of another store that is in memory."""
        self._open().deserialize(content)

    def _open(self) -> sqlite3.Connection:
        """The connection of this process; one made before a fork must not be used behind it, but for memory's own."""
        if self._connection is None or (self._file and self._process != os.getpid()):
            self._process = os.getpid()
            self._connection = _connect(self._file)
            finalize(self, self._connection.close)
        return self._connection


def _passed(file: Path | None, version: bytes, content: bytes) -> Store:
    store = Store(file, version)
    if content:
        store.load(content)
    return store


def _connect(file: Path | None) -> sqlite3.Connection:
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
    # One thread works with it; but it may be another, a preview's, that finds it is no longer needed and closes it.
    connection = sqlite3.connect(file or ":memory:", timeout=60, check_same_thread=False)
    connection.execute("PRAGMA page_size = 16384")  # values are large; small pages take six times as long to read
    # A result lost with the power is worked out again; waiting for the disk would cost more.
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA trusted_schema = OFF")  # the file may be a stranger's
    connection.execute("PRAGMA journal_mode = WAL")
    columns = "name TEXT, key BLOB, value BLOB, PRIMARY KEY (name, key)"
    connection.execute(f"CREATE TABLE IF NOT EXISTS kept ({columns})")
    return connection


def digest(*parts: bytes | str) -> bytes:
    """A short name for some values: 16 bytes of BLAKE2b; where one part ends and the next begins counts."""
    every = [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts]
    lengths = struct.pack(f">{len(every)}Q", *map(len, every))
    return blake2b(b"".join([lengths, *every]), digest_size=16).digest()


@cache
def version(*rooms: str) -> bytes:
    """Digest of some rooms of this program (by default all) with their data, of Python and every library."""
    package = Path(__file__).parents[1]
    parts: list[bytes | str] = [sys.version, *_libraries()]
    for place in [package / room for room in rooms] or [package]:
        for path in _files(place) if place.is_dir() else [f"{place}.py"]:
            parts += [path.removeprefix(str(package)), Path(path).read_bytes()]
    return digest(*parts)


def _libraries() -> list[str]:
    """Names of the folders that say which version of a library is installed; reading them all would take longer."""
    folders = [Path(folder) for folder in sys.path if Path(folder).is_dir()]
    return sorted(path.name for folder in folders for path in folder.iterdir() if path.suffix in _INSTALLED)


_INSTALLED = {".dist-info", ".egg-info"}


def _files(folder: Path) -> list[str]:
    """Every file but compiled ones; ``Path.rglob`` takes ten times as long."""
    return sorted(
        f"{parent}/{name}"
        for parent, _, names in os.walk(folder)
        if not parent.endswith("__pycache__")
        for name in names
    )
