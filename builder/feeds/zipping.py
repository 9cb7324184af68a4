"""Puts a ZIP file together from parts that were packed before, so that one new article costs one article's packing.

Large files are compressed in blocks that end where the text says so, not where a count does: a change in a list leaves
nearly all of them as they were. They stand one behind the other in one DEFLATE stream (RFC 1951, 3.2.3).

The layout is that of PKWARE's APPNOTE 6.3.10: local headers with their data (4.3.7), the central directory (4.3.12),
its end (4.3.16) and, from 65,535 members on, the end for large files (4.3.14, 4.3.15).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import pairwise
from typing import IO

import msgspec

_LEVEL = 6
_DAY = 0x21
"""1 January 1980, the earliest date that ZIP can say; a true one would make equal archives differ."""
_UTF8 = 0x800
_DEFLATED = 8
_VERSION = 20
_LARGE_VERSION = 45
_UNIX = 3 << 8 | _VERSION
_FILE = 0o100644 << 16
_MOST = 0xFFFF
_LARGEST = 0xFFFFFFFF
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LARGE_END = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_OFFSET = 42
"""Where a central header says where its member begins."""


class Block(msgspec.Struct, frozen=True, array_like=True):
    """A compressed piece of a large file: what it stands for, where it begins, its length."""

    digest: bytes
    start: int
    length: int


class Packed(msgspec.Struct, frozen=True, array_like=True):
    """Members that lie one behind the other.

    Attributes:
        data: Their local headers and contents.
        headers: Their central headers, with places counted from the first of them.
        blocks: Pieces of large files, with places counted in the same way.
    """

    data: bytes
    headers: bytes
    blocks: tuple[Block, ...]


Known = Callable[[bytes], bytes | None]
"""Gives a block that was compressed before, by the digest of what it stands for."""


def pack(files: Iterable[tuple[str, bytes]], known: Known = lambda _: None) -> Packed:
    """Compress some files.

    Args:
        files: Path and content, in the order in which they shall stand.
        known: Blocks that were compressed before.
    """
    data, headers, blocks = bytearray(), bytearray(), list[Block]()
    for path, content in files:
        name = path.encode()
        start = len(data) + _LOCAL.size + len(name)
        if len(content) < _LARGE:
            packed = _deflated(content)
        else:
            keyed = [(sha256(piece).digest(), piece) for piece in _pieces(content)]
            pieces = [(key, known(key) or _flushed(piece)) for key, piece in keyed]
            packed = b"".join(piece for _, piece in pieces) + _END_OF_STREAM
            for key, piece in pieces:
                blocks.append(Block(key, start, len(piece)))
                start += len(piece)
        about = (zlib.crc32(content), len(packed), len(content))
        headers += _CENTRAL.pack(
            b"PK\1\2", _UNIX, _VERSION, _UTF8, _DEFLATED, 0, _DAY, *about, len(name), 0, 0, 0, 0, _FILE, len(data)
        )
        headers += name
        data += _LOCAL.pack(b"PK\3\4", _VERSION, _UTF8, _DEFLATED, 0, _DAY, *about, len(name), 0) + name + packed
    return Packed(bytes(data), bytes(headers), tuple(blocks))


def finish(file: IO[bytes], parts: Iterable[tuple[int, bytes]]) -> None:
    """Write the directory behind the members.

    Args:
        file: What has been written so far; it stands where the directory begins.
        parts: Where each part begins, and its central headers.

    Raises:
        OverflowError: The members take more than 4 GiB.
    """
    start, number = file.tell(), 0
    directory = bytearray()
    for offset, headers in parts:
        for header in _moved(headers, offset):
            directory += header
            number += 1
    if start + len(directory) > _LARGEST:
        raise OverflowError
    file.write(directory)
    if number >= _MOST:
        about = (_LARGE_VERSION, _LARGE_VERSION, 0, 0, number, number, len(directory), start)
        file.write(_LARGE_END.pack(b"PK\6\6", _LARGE_END.size - 12, *about))
        file.write(_LOCATOR.pack(b"PK\6\7", 0, start + len(directory), 1))
    shown = min(number, _MOST)
    file.write(_END.pack(b"PK\5\6", 0, 0, shown, shown, len(directory), start, 0))


def _moved(headers: bytes, by: int) -> Iterator[bytearray]:
    """The central headers one by one, their places counted from the beginning of the file."""
    place = 0
    while place < len(headers):
        length = _CENTRAL.size + int.from_bytes(headers[place + 28 : place + 30], "little")
        header = bytearray(headers[place : place + length])
        struct.pack_into("<L", header, _OFFSET, by + int.from_bytes(header[_OFFSET : _OFFSET + 4], "little"))
        yield header
        place += length


def _pieces(content: bytes) -> Iterator[bytes]:
    """A large file in pieces: one ends with a line whose own checksum says so, or where it would become too long."""
    ends = [0]
    while ends[-1] < len(content):
        most, end = ends[-1] + _LONGEST, min(ends[-1] + _SHORTEST, len(content))
        while end < min(most, len(content)):
            begin, end = end, content.find(b"\n", end, most) + 1 or most
            if not zlib.crc32(content[begin:end]) % _ONE_IN:
                break
        ends.append(min(end, len(content)))
    yield from (content[begin:end] for begin, end in pairwise(ends))


_LARGE = 1 << 18
_SHORTEST = 1 << 15
_LONGEST = 1 << 18
_ONE_IN = 8
"""Bytes of a file that is cut, of its shortest and longest pieces; and how rare the lines are that end one."""
_END_OF_STREAM = b"\x03\x00"
"""An empty block that is the last (RFC 1951, 3.2.6)."""


def _flushed(content: bytes) -> bytes:
    """Compressed for itself, up to a whole byte, with no end of the stream."""
    worker = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return worker.compress(content) + worker.flush(zlib.Z_SYNC_FLUSH)


def _deflated(content: bytes) -> bytes:
    worker = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return worker.compress(content) + worker.flush()
