"""Checksums, and reproducible ZIP files of everything published for machines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from builder import paths

Members = Callable[[], Iterable[tuple[str, bytes]]]
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The first moment that the format knows: no clock shows in a file."""
_UNIX, _FILE = 3, 0o644 << 16


@dataclass(frozen=True, slots=True)
class Bundle:
    """A ZIP file.

    Attributes:
        path: Below ``docs/``.
        key: Changes whenever a member may.
        members: Gives path and content of each, in their order.
    """

    path: str
    key: bytes
    members: Members

    def write(self, file: IO[bytes]) -> None:
        """Write it, and the checksums of its members behind them."""
        digests = {}
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for path, content in self.members():
                digests[path] = hashlib.sha256(content).hexdigest()
                archive.writestr(_about(path), content)
            archive.writestr(_about(paths.CHECKSUMS), checksums(digests))


def checksums(digests: Mapping[str, str]) -> bytes:
    """A list that ``sha256sum -c`` accepts.

    Args:
        digests: SHA-256 by path; paths are of this program's making, ASCII without backslash or line end.
    """
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def _about(path: str) -> ZipInfo:
    info = ZipInfo(path, _BEGINNING)
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, _UNIX, _FILE
    return info
