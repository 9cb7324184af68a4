"""Packed files: gzip without a clock, which browsers unpack and check by themselves."""

from __future__ import annotations

import codecs
import json
import zlib
from collections.abc import Iterable
from itertools import pairwise
from typing import Any


class IndexFileError(Exception):
    """A file of the index is missing or damaged; the message names it."""


def pack_json(content: object) -> bytes:
    """Compress a value as JSON in ``CODE``, the same bytes every time."""
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(*CODE)
    return _packed([data], zlib.Z_DEFAULT_STRATEGY)


def pack_parts(parts: Iterable[bytes]) -> bytes:
    """Compress numbers of different kinds into one file: each kind has codes of its own, and nothing repeats."""
    return _packed(parts, zlib.Z_HUFFMAN_ONLY)


def steps(numbers: Iterable[int]) -> list[int]:
    """Rising numbers, or others, as differences to the one before: most are small, and repeat."""
    return [after - before for before, after in pairwise([0, *numbers])]


def _packed(parts: Iterable[bytes], strategy: int) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9, strategy)
    body, checksum, size = [_HEAD], 0, 0
    for part in parts:
        body += [compressor.compress(part), compressor.flush(zlib.Z_BLOCK)]
        checksum, size = zlib.crc32(part, checksum), size + len(part)
    tail = checksum.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")
    return b"".join([*body, compressor.flush(), tail])


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


CODE = ("gbk", "builder.json")
"""How JSON is encoded, and how what the code lacks is: browsers read GBK, and Chinese text in it compresses to a sixth
less than in UTF-8."""
codecs.register_error(CODE[1], _escaped)


def unpack_json(data: bytes, name: str) -> Any:  # noqa: ANN401  # as ``json.loads``
    """Decompress what ``pack_json`` made.

    Raises:
        IndexFileError: The data are damaged.
    """
    try:
        return json.loads(unpacked(data, name).decode(CODE[0]))
    except ValueError as error:
        raise IndexFileError(f"{name}: {error}") from error


def unpacked(data: bytes, name: str) -> bytes:
    """Decompress a file.

    Raises:
        IndexFileError: The data are damaged.
    """
    try:
        return zlib.decompress(data, zlib.MAX_WBITS | _GZIP)
    except zlib.error as error:
        raise IndexFileError(f"{name}: {error}") from error


_GZIP = 16
"""What tells ``zlib`` to expect a gzip file."""
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
"""Of a gzip file without name, time or system (RFC 1952, 2.3)."""
