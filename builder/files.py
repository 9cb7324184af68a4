"""Reads files, and replaces them atomically.

Paths are strings here, and nobody looks before an error tells: a build touches a hundred thousand files, and making a
``Path`` of each takes longer than the rest.
"""

from __future__ import annotations

import filecmp
import hashlib
import os
from collections.abc import Callable, Iterator


def holds(path: str, data: bytes) -> bool:
    """Whether a file has this content already."""
    try:
        return os.stat(path).st_size == len(data) and content(path) == data
    except OSError:
        return False


def content(path: str) -> bytes:
    """What a file holds.

    Raises:
        OSError: It cannot be read.
    """
    with open(path, "rb", buffering=0) as file:
        return file.read()


def digest_of(path: str) -> str:
    """SHA-256 of a file of any size, in hexadecimal.

    Raises:
        OSError: It cannot be read.
    """
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def status(path: str) -> os.stat_result:
    """Size, times and number of a file.

    Raises:
        OSError: It is not there.
    """
    return os.stat(path)


def is_settled(changed: int, now: int) -> bool:
    """Whether any later change of a file must show in its times, which many file systems count by a few milliseconds.

    Given when its inode changed last, and when that was looked up; both in nanoseconds since the epoch.
    """
    return now - changed > _RACE


def replace(path: str, data: bytes) -> None:
    """Write a file; a reader never sees half of it. Folders are made.

    Raises:
        IsADirectoryError: A folder stands in its place.
        OSError: The disk refuses.
    """
    folder, _, name = path.rpartition("/")
    unfinished = f"{folder}/.{name}.unfinished"
    try:
        descriptor = _opened(unfinished, os.O_WRONLY)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
        descriptor = _opened(unfinished, os.O_WRONLY)
    with os.fdopen(descriptor, "wb") as file:  # buffered: a full disk may take a part, and only then refuse
        file.write(data)
    os.replace(unfinished, path)


def replace_in_pieces(path: str, write: Callable[..., None]) -> tuple[str, bool]:
    """Write a file that is too large for memory; it takes its place when it is whole, and only if its bytes are new.

    Returns:
        SHA-256, and whether the bytes are new.

    Raises:
        OSError: The disk refuses.
    """
    folder, _, name = path.rpartition("/")
    os.makedirs(folder, exist_ok=True)
    unfinished = f"{folder}/.{name}.unfinished"
    with os.fdopen(_opened(unfinished, os.O_RDWR), "w+b") as file:
        write(file)
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if os.path.isfile(path) and filecmp.cmp(unfinished, path, shallow=False):
        os.unlink(unfinished)
        return digest, False
    os.replace(unfinished, path)
    return digest, True


def remove(root: str, path: str) -> None:
    """Remove a file below a root, and the folders that it leaves empty; nothing where it is gone."""
    try:
        os.unlink(f"{root}/{path}")
    except (FileNotFoundError, NotADirectoryError):
        return
    folder = path.rpartition("/")[0]
    while folder:
        try:
            os.rmdir(f"{root}/{folder}")
        except OSError:
            return
        folder = folder.rpartition("/")[0]


def is_link(path: str) -> bool:
    """Whether a path leads elsewhere: a symbolic link, or a junction of Windows (which Python tells from 3.12 on)."""
    return os.path.islink(path) or getattr(os.path, "isjunction", _never)(path)


def links_at(path: str) -> Iterator[str]:
    """Every link at a path and below it; none is followed."""
    if is_link(path):
        yield path
        return
    try:
        with os.scandir(path) as found:
            for entry in found:
                if entry.is_symlink() or entry.is_dir(follow_symlinks=False):
                    yield from links_at(entry.path)
    except (FileNotFoundError, NotADirectoryError):
        return


def files_at(path: str) -> Iterator[str]:
    """Every file at a path and below it."""
    if os.path.isfile(path):
        yield path
    for folder, _, names in os.walk(path):
        yield from (f"{folder}/{name}" for name in names)


_RACE = 20_000_000


def _never(_path: str) -> bool:
    return False


def _opened(path: str, how: int) -> int:
    """A new file, or an old one begun anew; a link in its place is refused, since it may lead to somebody's file."""
    return os.open(path, how | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
