"""Files with one record for each article: records are memoized, a file is written whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from builder.cache import Memo, Store, digest, memoize


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
        return digest(self.opening, self.between, self.closing, self.context, b"".join(self.keys))

    def write(self, file: IO[bytes], *, store: Store) -> None:
        """Write it.

        Args:
            file: Where to.
            store: Remembers the pieces.
        """

        def made(missing: Iterable[int]) -> Iterable[bytes]:
            return map(self.make, missing)

        pieces = memoize(store, Memo(f"list {self.path}", bytes, self.context), self.keys, made)
        file.writelines((self.opening, self.between.join(pieces), self.closing))
