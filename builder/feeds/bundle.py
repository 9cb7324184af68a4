"""Checksums of everything published for machines, and all of it in one file."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from builder.archive.sharing import Progress, spread
from builder.cache import Store, packed, unpacked
from builder.feeds import zipping
from builder.pages import places

_SHELF = "zip"
_ALL = b"all"

Members = Callable[[], Iterable[tuple[str, bytes]]]


@dataclass(frozen=True, slots=True)
class Part:
    """Members of the zip that change together.

    Attributes:
        key: Changes whenever they may.
        members: Gives path and content of each.
    """

    key: bytes
    members: Members


class _Known(msgspec.Struct, frozen=True, array_like=True):
    """A part as it lies in the zip.

    Attributes:
        start: Where it begins.
        length: Of its members with their headers.
        headers: Their entries in the directory, with places counted from the part's beginning.
        sums: Their checksums, as lines.
    """

    start: int
    length: int
    headers: bytes
    sums: str


def checksums(digests: Mapping[str, str]) -> bytes:
    """A list that ``sha256sum -c`` accepts.

    Args:
        digests: SHA-256 by path; paths are of this program's making, ASCII without backslash or line end.
    """
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def bundle(file: IO[bytes], *, parts: Sequence[Part], store: Store, last: Path | None, progress: Progress) -> None:
    """Write everything into one ZIP file, whose bytes depend on nothing but its content.

    Args:
        file: Where to.
        parts: In the order in which they shall stand; the list of checksums follows them.
        store: Remembers where each part lies.
        last: The zip as it was written when that was remembered; None where there is none, or another.
        progress: Told of each part that is packed anew.
    """
    known = _remembered(store) if last else {}
    missing = [part for part in parts if part.key not in known]
    numbers = range(len(missing))
    made = spread(lambda number: _packed(missing[number]), numbers, progress, "stage_zip")
    now: dict[bytes, _Known] = {}
    with _opened(last) as before:
        for part in parts:
            start = file.tell()
            if part.key in known:
                old = known[part.key]
                before.seek(old.start)
                file.write(before.read(old.length))
                now[part.key] = _Known(start, old.length, old.headers, old.sums)
            else:
                new, sums = next(made)
                file.write(new.data)
                now[part.key] = _Known(start, len(new.data), new.headers, sums)
    next(made, None)  # lets the processes go
    sums = "".join(sorted("".join(each.sums for each in now.values()).splitlines(keepends=True), key=_path_of))
    own = zipping.pack([(places.CHECKSUMS, sums.encode())])
    start = file.tell()
    file.write(own.data)
    zipping.finish(file, [*((each.start, each.headers) for each in now.values()), (start, own.headers)])
    store.put(_SHELF, [(_ALL, packed(now, ordered=False))])


def _packed(part: Part) -> tuple[zipping.Packed, str]:
    files = list(part.members())
    return zipping.pack(files), "".join(f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in files)


def _path_of(line: str) -> str:
    return line[_SUM:]


_SUM = 66
"""Characters of a line before the path: 64 of the digest, two spaces."""


def _remembered(store: Store) -> dict[bytes, _Known]:
    stored = store.one(_SHELF, _ALL)
    return unpacked(stored, dict[bytes, _Known]) if stored else {}


@contextmanager
def _opened(file: Path | None) -> Iterator[IO[bytes]]:
    """A file for reading; without one, nothing to read."""
    if file is None:
        yield io.BytesIO()
        return
    with file.open("rb") as opened:
        yield opened
