"""Runs one command of the program on a machine that fails at one call.

    python tools/faulty_run.py SPEC COMMAND...

SPEC is a JSON object: ``{"record": FILE}`` writes which calls there are, by where in the program they are made;
``{"site": PLACE, "nth": N, "errno": E}`` lets the Nth call made there fail; ``{"swap": FILE, "nth": N, "content":
FILE}`` puts other content into a file just before it is opened for the Nth time.

Calls of the operating system are seen through Python's audit hooks (PEP 578), writes through the files that ``open``
gives, the database through the class of its connections: nothing of the program itself is replaced.
"""

from __future__ import annotations

import builtins
import io
import json
import os
import sqlite3
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = str(ROOT / "builder")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.scandir", "os.listdir"})


class Faults:
    """Counts calls by place, and fails where it is told to."""

    def __init__(self, spec: dict[str, Any]) -> None:
        """Take what is to happen."""
        self.spec = spec
        self.calls: Counter[str] = Counter()
        self._here = os.getcwd()  # noqa: PTH109  # compared with strings
        self._busy = False

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Python is about to do something."""
        if self._busy or not self._concerns(event, arguments):
            return
        self._busy = True
        try:
            if event == "open":
                self._swap(str(arguments[0]))
            kind = event if event != "open" else "open to write" if (arguments[2] or 0) & _WRITES else "open to read"
            self.met(kind, OSError(self.spec.get("errno", 5), "injected", str(arguments[0])))
        finally:
            self._busy = False

    def _concerns(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event not in _CHANGES and event != "open":
            return False
        path = arguments[0] if arguments else None
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        return isinstance(path, (str, os.PathLike)) and str(path).startswith(self._here) and "/.theme" not in str(path)

    def met(self, kind: str, error: Exception) -> None:
        """A call is made: count it, fail where that is wanted."""
        place = f"{kind} in {_place()}"
        self.calls[place] += 1
        if self.spec.get("site") == place and self.calls[place] == self.spec["nth"]:
            raise error

    def _swap(self, path: str) -> None:
        if path == self.spec.get("swap"):
            self.calls["swap"] += 1
            if self.calls["swap"] == self.spec["nth"]:
                Path(path).write_bytes(Path(self.spec["content"]).read_bytes())


def _place() -> str:
    """Where in the program a call is made: the innermost frame of its own."""
    frame = sys._getframe(1)  # noqa: SLF001  # the traceback module does the same, and more slowly
    while frame.f_back is not None:
        name = frame.f_code.co_filename
        if name.startswith(PACKAGE):
            return f"{name.removeprefix(PACKAGE + '/')}:{frame.f_code.co_name}:{frame.f_lineno}"
        frame = frame.f_back
    return "elsewhere"


class File:
    """An open file whose writes may fail in the middle, as on a full disk."""

    def __init__(self, file: Any, faults: Faults, path: str) -> None:  # noqa: ANN401  # any kind of file
        """Take the file."""
        self._file, self._faults, self._path = file, faults, path

    def write(self, data: Any) -> int:  # noqa: ANN401  # bytes or text
        """Write all of it, or half of it and fail."""
        try:
            self._faults.met("write", OSError(self._faults.spec.get("errno", 28), "injected", self._path))
        except OSError:
            self._file.write(data[: len(data) // 2])
            raise
        return int(self._file.write(data))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the file has
        """All else is the file's."""
        return getattr(self._file, name)

    def __enter__(self) -> File:  # noqa: PYI034  # a stand-in, not a base class
        """Open it."""
        self._file.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        """Close it."""
        self._file.__exit__(*raised)

    def __iter__(self) -> Any:  # noqa: ANN401  # lines of any kind
        """Its lines."""
        return iter(self._file)


def install(faults: Faults) -> None:
    """Watch every call from now on."""
    usual_open, usual_fdopen = io.open, os.fdopen

    def opened(file: Any, mode: str = "r", *more: Any, **named: Any) -> Any:  # noqa: ANN401  # as the built-in
        found = usual_open(file, mode, *more, **named)
        watched = set(mode) & set("wax+") and faults._concerns("open", (file,))  # noqa: SLF001  # one module
        return File(found, faults, str(file)) if watched else found

    def descriptor(number: int, mode: str = "r", *more: Any, **named: Any) -> Any:  # noqa: ANN401  # as the library's
        found = usual_fdopen(number, mode, *more, **named)
        return File(found, faults, str(number)) if set(mode) & set("wax+") else found

    class Connection(sqlite3.Connection):
        """A connection that may find the disk full."""

        def execute(self, *arguments: Any) -> sqlite3.Cursor:  # noqa: ANN401  # as the library's
            faults.met("sql", sqlite3.OperationalError("database or disk is full"))
            return super().execute(*arguments)

        def executemany(self, *arguments: Any) -> sqlite3.Cursor:  # noqa: ANN401  # likewise
            faults.met("sql", sqlite3.OperationalError("database or disk is full"))
            return super().executemany(*arguments)

        def commit(self) -> None:
            faults.met("commit", sqlite3.OperationalError("disk I/O error"))
            super().commit()

    usual_connect = sqlite3.connect

    def connected(*arguments: Any, **named: Any) -> sqlite3.Connection:  # noqa: ANN401  # likewise
        faults.met("connect", sqlite3.OperationalError("unable to open database file"))
        return usual_connect(*arguments, factory=Connection, **named)

    builtins.open = io.open = opened
    os.fdopen = descriptor  # type: ignore[assignment]  # likewise
    sqlite3.connect = connected  # type: ignore[assignment]  # likewise
    sys.addaudithook(faults.audit)


def main() -> None:
    """Run the command."""
    faults = Faults(json.loads(sys.argv[1]))
    sys.argv = ["builder", *sys.argv[2:]]
    sys.path.insert(0, str(ROOT))
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one process alone, so that calls can be counted
    from builder.__main__ import _run  # noqa: PLC0415  # found below ROOT only now

    install(faults)
    code = _run()
    faults.spec.pop("site", None)
    if record := faults.spec.get("record"):
        Path(record).write_text(json.dumps(faults.calls), encoding="utf-8")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
