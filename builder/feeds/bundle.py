"""Checksums of everything published for machines, and all of it in one file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

_LEVEL = 6
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date that ZIP can say; a true one would make equal archives differ."""
_FILE = 0o100644 << 16


def checksums(digests: Mapping[str, str]) -> bytes:
    """A list that ``sha256sum -c`` accepts.

    Args:
        digests: SHA-256 by path; paths are of this program's making, ASCII without backslash or line end.
    """
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def bundle(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP file whose bytes depend on nothing but its content.

    Args:
        files: Path and content, in the order in which they shall stand.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for path, content in files:
            information = zipfile.ZipInfo(path, _EPOCH)
            information.compress_type = zipfile.ZIP_DEFLATED
            information.external_attr = _FILE
            information.create_system = 3  # Unix, whatever the machine that writes
            archive.writestr(information, content, compresslevel=_LEVEL)
    return written.getvalue()
