"""Puts a long list together from pieces, most of which stand in the list as it was written last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import IO

import msgspec

from builder.cache import Store, digest, packed, unpacked

_SHELF = "lists"


class _Written(msgspec.Struct, frozen=True, array_like=True):
    """A list as it was written: what its pieces have in common, and key and length of each."""

    shape: bytes = b""
    keys: list[bytes] = []
    lengths: list[int] = []


@dataclass(frozen=True, slots=True)
class LongList:
    """A file of many pieces, each of which depends on little.

    Attributes:
        path: Below ``docs/``.
        opening: Stands before the first piece.
        between: Stands between two.
        closing: Stands behind the last.
        context: Changes whenever all pieces may.
        keys: For each piece what changes whenever it alone may.
        make: Makes a piece, given its number.
    """

    path: str
    opening: bytes
    between: bytes
    closing: bytes
    context: bytes
    keys: Sequence[bytes]
    make: Callable[[int], bytes]

    @property
    def key(self) -> bytes:
        """Changes whenever the file may."""
        return digest(self._shape, b"".join(self.keys), self.closing)

    @property
    def _shape(self) -> bytes:
        return digest(self.opening, self.between, self.context)

    def write(self, file: IO[bytes], *, store: Store, last: Path | None) -> None:
        """Write it.

        Args:
            file: Where to.
            store: Remembers where each piece lies.
            last: The file as it was written when that was remembered; None where there is none, or another.
        """
        known = self._known(store) if last else {}
        before = last.read_bytes() if last and known else b""
        pieces = list(self._pieces(known, before))
        file.writelines((self.opening, self.between.join(pieces), self.closing))
        written = _Written(self._shape, list(self.keys), list(map(len, pieces)))
        store.put(_SHELF, [(self.path.encode(), packed(written))])

    def _pieces(self, known: Mapping[bytes, tuple[int, int]], before: bytes) -> Iterator[bytes]:
        for number, key in enumerate(self.keys):
            if place := known.get(key):
                yield before[place[0] : place[0] + place[1]]
            else:
                yield self.make(number)

    def _known(self, store: Store) -> dict[bytes, tuple[int, int]]:
        """Where each piece begins, and its length."""
        stored = store.one(_SHELF, self.path.encode())
        written = unpacked(stored, _Written) if stored else _Written()
        if written.shape != self._shape:
            return {}
        starts = accumulate((length + len(self.between) for length in written.lengths), initial=len(self.opening))
        return dict(zip(written.keys, zip(starts, written.lengths, strict=False), strict=True))
