"""Writes what is published: whole or not at all, and only where bytes differ."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

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
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # fifty thousand of them
        data = file.read()
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
    if was is None and _holds(path, data):
        return entry(path, digest), False
    temporary = f"{path}.{os.getpid()}.part"
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120  # on the way of every file
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        file.write(data)
    try:
        os.replace(temporary, path)  # noqa: PTH105  # on the way of every file
    except IsADirectoryError:
        shutil.rmtree(path)
        os.replace(temporary, path)  # noqa: PTH105  # strings: many files, each time
    return entry(path, digest), True


def _holds(path: str, data: bytes) -> bool:
    try:
        return os.stat(path).st_size == len(data) and Path(path).read_bytes() == data  # noqa: PTH116  # strings: many files, each time
    except OSError:
        return False


def remove(root: str, path: str) -> None:
    """Remove a file below a root, and the folders that it leaves empty."""
    try:
        os.unlink(os.path.join(root, path))  # noqa: PTH108, PTH118  # strings: many files, each time
    except (FileNotFoundError, NotADirectoryError):
        return
    folder = os.path.dirname(path)  # noqa: PTH120  # strings: many files, each time
    while folder:
        try:
            os.rmdir(os.path.join(root, folder))  # noqa: PTH106, PTH118  # strings: many files, each time
        except OSError:
            return
        folder = os.path.dirname(folder)  # noqa: PTH120  # strings: many files, each time
