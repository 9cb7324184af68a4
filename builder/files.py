"""Reads and replaces files, each whole or not at all.

Paths are strings here, and nobody looks before an error tells: a build touches a hundred thousand files, and making a
``Path`` of each takes longer than the rest.
"""

from __future__ import annotations

import filecmp
import hashlib
import os
from collections.abc import Callable


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


def replace(path: str, data: bytes) -> None:
    """Write a file; a reader never sees half of it. Folders are made.

    Raises:
        IsADirectoryError: A folder stands in its place.
        OSError: The disk refuses.
    """
    folder, _, name = path.rpartition("/")
    unfinished = f"{folder}/.{name}.unfinished"
    try:
        descriptor = os.open(unfinished, _NEW)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
        descriptor = os.open(unfinished, _NEW)
    with os.fdopen(descriptor, "wb") as file:  # buffered: a full disk may take a part, and only then refuse
        file.write(data)
    os.replace(unfinished, path)


def replace_in_pieces(path: str, write: Callable[..., None]) -> tuple[str, bool]:
    """Write a file that is too large for memory; it takes its place when it is whole, and only if its bytes are new.

    Args:
        path: The file.
        write: Writes to the open ``file`` it is given.

    Returns:
        SHA-256, and whether the bytes are new.

    Raises:
        OSError: The disk refuses.
    """
    folder, _, name = path.rpartition("/")
    os.makedirs(folder, exist_ok=True)
    unfinished = f"{folder}/.{name}.unfinished"
    with open(unfinished, "w+b") as file:
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


_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
