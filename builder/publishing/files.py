"""Reads and writes files with what they are known by next time; writes only where bytes differ."""

from __future__ import annotations

import hashlib
import shutil

from builder import files
from builder.publishing.record import Entry
from builder.publishing.survey import entry

_RACE = 20_000_000
"""Nanoseconds: a file changed again so soon after it was read may show the same times."""


def digest_of(data: bytes) -> bytes:
    """What stands for content."""
    return hashlib.sha256(data).digest()[:16]


def read(path: str, now: int) -> tuple[bytes, Entry]:
    """Read a file with what it is known by next time.

    Args:
        path: The file.
        now: The time in nanoseconds since the epoch.

    Raises:
        OSError: It cannot be read.
    """
    found = entry(path, b"")
    data = files.content(path)
    size = found[0] if now - found[2] > _RACE else -1
    return data, (size, *found[1:4], digest_of(data))


def put(path: str, data: bytes, was: Entry | None, digest: bytes = b"") -> tuple[Entry, bool]:
    """Bring a published file into line.

    Args:
        path: The file.
        data: Its content.
        was: What is known of the file that stands there.
        digest: Of the content, where somebody has it.

    Returns:
        What it is known by next time, and whether it was written.
    """
    digest = digest or digest_of(data)
    if was is not None and was[4] == digest:
        return was, False
    if was is None and files.holds(path, data):
        return entry(path, digest), False
    try:
        files.replace(path, data)
    except IsADirectoryError:  # of an earlier site; all that is below is published by us
        shutil.rmtree(path)
        files.replace(path, data)
    return entry(path, digest), True
