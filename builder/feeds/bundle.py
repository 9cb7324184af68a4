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

from builder.cache import Store, packed, unpacked
from builder.feeds import zipping
from builder.pages import places
from builder.sharing.spreading import Progress, spread

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
        blocks: Pieces of large members, with places counted in the same way.
    """

    start: int
    length: int
    headers: bytes
    sums: str
    blocks: tuple[zipping.Block, ...]


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
    blocks = _Blocks(known.values(), last)
    made = spread(lambda number: _packed(missing[number], blocks), range(len(missing)), progress, "stage_zip")
    now: dict[bytes, _Known] = {}
    start = 0
    with _opened(last) as before:
        copier = _Copier(before, file)
        for part in parts:
            if old := known.get(part.key):
                copier.copy(old.start, old.length)
                now[part.key] = msgspec.structs.replace(old, start=start) if old.start != start else old
            else:
                new, sums = next(made)
                copier.write(new.data)
                now[part.key] = _Known(start, len(new.data), new.headers, sums, new.blocks)
            start += now[part.key].length
        copier.flush()
    next(made, None)  # lets the processes go
    sums = "".join(sorted("".join(each.sums for each in now.values()).splitlines(keepends=True), key=_path_of))
    own = zipping.pack([(places.CHECKSUMS, sums.encode())], blocks)
    file.write(own.data)
    now[_OWN] = _Known(start, len(own.data), own.headers, "", own.blocks)
    zipping.finish(file, [(each.start, each.headers) for each in now.values()])
    store.put(_SHELF, [(_ALL, packed(now, ordered=False))])


_OWN = b"checksums"


class _Blocks:
    """Finds compressed blocks in the zip that was written last."""

    def __init__(self, known: Iterable[_Known], last: Path | None) -> None:
        self._last = last
        self._places = {
            block.digest: (each.start + block.start, block.length) for each in known for block in each.blocks
        }

    def __call__(self, digest: bytes) -> bytes | None:
        """The block, or None."""
        if self._last is None or digest not in self._places:
            return None
        start, length = self._places[digest]
        with self._last.open("rb") as file:
            file.seek(start)
            return file.read(length)


class _Copier:
    """Writes a file partly from another: what stands side by side there is copied in one go."""

    def __init__(self, source: IO[bytes], target: IO[bytes]) -> None:
        self._source = source
        self._target = target
        self._start = self._end = 0

    def copy(self, start: int, length: int) -> None:
        """Copy a piece, now or together with the next."""
        if start != self._end:
            self.flush()
            self._start = start
        self._end = start + length

    def write(self, data: bytes) -> None:
        """Write something new."""
        self.flush()
        self._target.write(data)

    def flush(self) -> None:
        """Copy what is still to be copied."""
        self._source.seek(self._start)
        while self._start < self._end:
            self._target.write(self._source.read(min(_PIECE, self._end - self._start)))
            self._start = min(self._start + _PIECE, self._end)


_PIECE = 1 << 20
"""Bytes copied at a time."""


def _packed(part: Part, known: zipping.Known) -> tuple[zipping.Packed, str]:
    files = list(part.members())
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in files)
    return zipping.pack(files, known), sums


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
