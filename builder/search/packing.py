"""Packed files: gzip without a clock, which browsers unpack and check by themselves."""

from __future__ import annotations

import gzip
import zlib


class IndexFileError(Exception):
    """A file of the index is missing or damaged; the message names it."""


def pack(data: bytes) -> bytes:
    """Compress, the same bytes every time."""
    packed = gzip.compress(data, compresslevel=9, mtime=0)
    return packed[:9] + b"\xff" + packed[10:]  # operating system: unknown, whichever it is


def unpack(data: bytes, name: str) -> bytes:
    """Decompress.

    Raises:
        IndexFileError: The data are damaged.
    """
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise IndexFileError(f"{name}: {error}") from error
