"""Packed files: gzip without a clock, which browsers unpack and check by themselves."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator


class IndexFileError(Exception):
    """A file of the index is missing or damaged; the message names it."""


def pack(data: bytes, dense: bytes = b"") -> bytes:
    """Compress, the same bytes every time.

    Args:
        data: What compresses.
        dense: What follows it and does not: kept as it is, which saves most of the time.
    """
    window, memory = _SMALL if len(data) <= _SMALL_SIZE else _LARGE
    compressor = zlib.compressobj(9, zlib.DEFLATED, -window, memory)
    parts = [_HEAD, compressor.compress(data)]
    if dense:
        parts.append(compressor.flush(zlib.Z_SYNC_FLUSH))
        parts += _stored(dense)
    else:
        parts.append(compressor.flush())
    checksum, size = zlib.crc32(dense, zlib.crc32(data)), len(data) + len(dense)
    return b"".join([*parts, checksum.to_bytes(4, "little"), (size & 0xFFFFFFFF).to_bytes(4, "little")])


def pack_parts(parts: Iterable[bytes]) -> bytes:
    """Compress several parts into one file, each with codes of its own: numbers of different kinds compress apart."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    body, checksum, size = [_HEAD], 0, 0
    for part in parts:
        body += [compressor.compress(part), compressor.flush(zlib.Z_BLOCK)]
        checksum, size = zlib.crc32(part, checksum), size + len(part)
    tail = checksum.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")
    return b"".join([*body, compressor.flush(), tail])


def unpack(data: bytes, name: str) -> bytes:
    """Decompress.

    Raises:
        IndexFileError: The data are damaged.
    """
    try:
        return zlib.decompress(data, zlib.MAX_WBITS | _GZIP)
    except zlib.error as error:
        raise IndexFileError(f"{name}: {error}") from error


def _stored(data: bytes) -> Iterator[bytes]:
    """The end of a deflate stream: blocks of bytes as they are (RFC 1951, 3.2.4)."""
    for start in range(0, len(data), _BLOCK):
        block = data[start : start + _BLOCK]
        size = len(block).to_bytes(2, "little")
        is_last = start + _BLOCK >= len(data)
        yield b"".join([b"\x01" if is_last else b"\x00", size, bytes(255 - byte for byte in size), block])


_BLOCK = 0xFFFF
_SMALL_SIZE = 4096
_SMALL, _LARGE = (12, 5), (15, 8)
"""Bits of the window and level of memory: with little to compress, setting up large ones is most of the time."""
_GZIP = 16
"""What tells ``zlib`` to expect a gzip file."""
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
"""Of a gzip file without name, time or system (RFC 1952, 2.3)."""
