"""Pictures without what they say of place, time and maker: the parts of each format that a browser needs, and no more.

Nothing is decoded: the picture itself stays byte for byte. What stands behind a picture's end goes, so that a file
that is a picture and something else becomes a picture alone.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping


class NoPictureError(Exception):
    """The bytes are not the picture that they say they are."""


Bare = tuple[bytes, int, int]
"""The picture's bytes, its width and its height in pixels, as it is shown."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs IDAT acTL fcTL fdAT IEND".split()
)  # fmt: skip
_JPEG_FRAMES = frozenset([*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)])
_ALONE = frozenset([0x01, *range(0xD0, 0xD8)])
_SOS, _EOI, _APP1, _APP2, _COMMENT = 0xDA, 0xD9, 0xE1, 0xE2, 0xFE
_ORIENTATION = 0x0112
_TURN, _ON_ITS_SIDE = 24, 5
"""Where the orientation stands in the segment that :func:`_orientation` writes; from 5 on width and height change."""
_WEBP_KEPT = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"])
_WEBP_SAID = 0b00001100
"""Flags of ``VP8X`` for EXIF and XMP."""
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def bare(data: bytes, kind: str) -> Bare:
    """A picture with nothing but the picture.

    Raises:
        NoPictureError: It is cut off, or is none of that kind.
    """
    try:
        found = _BARE[kind](data)
    except (IndexError, struct.error, ValueError, KeyError) as error:
        raise NoPictureError(kind) from error
    if not found[1] or not found[2]:
        raise NoPictureError(kind)
    return found


def _jpeg(data: bytes) -> Bare:
    """JFIF and EXIF (ISO 10918-1): frames, tables and scans, the colour profile, and which side is up."""
    pieces, size, position, turned = [b"\xff\xd8"], (0, 0), 2, False
    while True:
        if data[position] != 0xFF:  # noqa: PLR2004  # every segment begins with it
            raise ValueError
        while data[position] == 0xFF:  # noqa: PLR2004  # it may stand several times
            position += 1
        marker = data[position]
        position += 1
        if marker == _EOI:
            pieces.append(b"\xff\xd9")
            return b"".join(pieces), *(size[::-1] if turned else size)
        if marker in _ALONE:
            continue
        length = int.from_bytes(data[position : position + 2])
        segment = data[position + 2 : position + length]
        if len(segment) != length - 2:
            raise ValueError
        position += length
        if marker in _JPEG_FRAMES:
            size = (int.from_bytes(segment[3:5]), int.from_bytes(segment[1:3]))
        if kept := _jpeg_segment(marker, segment):
            pieces.append(bytes([0xFF, marker]) + (len(kept) + 2).to_bytes(2) + kept)
            turned = turned or (marker == _APP1 and int.from_bytes(kept[_TURN : _TURN + 2]) >= _ON_ITS_SIDE)
        if marker == _SOS:
            end = _scan_end(data, position)
            pieces.append(data[position:end])
            position = end


def _jpeg_segment(marker: int, segment: bytes) -> bytes:
    """What is kept of a segment; of what cameras write, only the orientation."""
    if marker == _APP1:
        return _orientation(segment)
    if marker == _APP2:
        return segment if segment.startswith(b"ICC_PROFILE\0") else b""
    said = marker == _COMMENT or 0xE3 <= marker <= 0xED or marker == 0xEF  # noqa: PLR2004  # applications' own, but Adobe's
    return b"" if said else segment


def _scan_end(data: bytes, position: int) -> int:
    """Where the coded data of a scan ends: at a marker that is neither a stuffed byte nor a restart."""
    while True:
        position = data.index(b"\xff", position)
        if data[position + 1] != 0 and data[position + 1] not in _ALONE:
            return position
        position += 2


def _orientation(segment: bytes) -> bytes:
    """An EXIF segment that says which side is up and nothing else; empty where it is the usual one, or unsaid."""
    if not segment.startswith(b"Exif\0\0"):
        return b""
    tiff = segment[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return b""
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for entry in range(min(count, 200)):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * entry)
            if tag == _ORIENTATION and 2 <= value <= 8:  # noqa: PLR2004  # EXIF 2.3: 1 is the usual one
                return b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
    except struct.error:
        return b""
    return b""


def _png(data: bytes) -> Bare:
    """PNG and its animations: chunks by name, their checksums right."""
    pieces, size, drawn = [_PNG], (0, 0), False
    for name, chunk in _chunks(data):
        if name == b"IHDR":
            size = struct.unpack(">II", chunk[:8])
        drawn = drawn or name == b"IDAT"
        if name in _PNG_KEPT:
            checksum = zlib.crc32(name + chunk)
            pieces.append(struct.pack(">I", len(chunk)) + name + chunk + struct.pack(">I", checksum))
        if name == b"IEND":
            break
    else:
        raise ValueError
    if not drawn:
        raise ValueError
    return b"".join(pieces), *size


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = len(_PNG)
    while position < len(data):
        length, name = struct.unpack_from(">I4s", data, position)
        chunk = data[position + 8 : position + 8 + length]
        (checksum,) = struct.unpack_from(">I", data, position + 8 + length)
        if zlib.crc32(name + chunk) != checksum:
            raise ValueError
        yield name, chunk
        position += 12 + length


def _gif(data: bytes) -> Bare:
    """GIF 87a and 89a: frames, their timing and the loop; comments and other applications' blocks go."""
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    position = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    pieces = [data[:position]]
    while (mark := data[position]) != 0x3B:  # noqa: PLR2004  # the trailer
        if mark == 0x2C:  # noqa: PLR2004  # a frame
            own = data[position + 9]
            start = position + 10 + (3 << ((own & 7) + 1) if own & 0x80 else 0) + 1
        elif mark == 0x21:  # noqa: PLR2004  # an extension
            start = position + 2
        else:
            raise ValueError
        end = _blocks_end(data, start)
        if _is_kept(data[position:end]):
            pieces.append(data[position:end])
        position = end
    if len(pieces) == 1:
        raise ValueError
    return b"".join([*pieces, b"\x3b"]), width, height


def _blocks_end(data: bytes, position: int) -> int:
    while data[position]:
        position += 1 + data[position]
    return position + 1


def _is_kept(block: bytes) -> bool:
    """A frame, its timing (0xF9), or how often all of them are shown (0xFF, by two names)."""
    return block[0] == 0x2C or block[1] == 0xF9 or (block[1] == 0xFF and block[3:14] in _GIF_LOOPS)  # noqa: PLR2004


def _webp(data: bytes) -> Bare:
    """WebP (RFC 9649): the picture's chunks, and flags that no longer promise the others."""
    pieces, size, position = [], (0, 0), 12
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while position + 8 <= end:
        name, length = struct.unpack_from("<4sI", data, position)
        chunk = data[position + 8 : position + 8 + length]
        if len(chunk) != length:
            raise ValueError
        if name == b"VP8X":
            chunk = bytes([chunk[0] & ~_WEBP_SAID & 0xFF]) + chunk[1:]
        if not any(size):
            size = _webp_size(name, chunk)
        if name in _WEBP_KEPT:
            pieces.append(name + struct.pack("<I", length) + chunk + b"\0" * (length % 2))
        position += 8 + length + length % 2
    body = b"WEBP" + b"".join(pieces)
    return b"RIFF" + struct.pack("<I", len(body)) + body, *size


def _webp_size(name: bytes, chunk: bytes) -> tuple[int, int]:
    if name == b"VP8X":
        return int.from_bytes(chunk[4:7], "little") + 1, int.from_bytes(chunk[7:10], "little") + 1
    if name == b"VP8L":
        bits = int.from_bytes(chunk[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8 ":
        return int.from_bytes(chunk[6:8], "little") & 0x3FFF, int.from_bytes(chunk[8:10], "little") & 0x3FFF
    return 0, 0


_BARE: Mapping[str, Callable[[bytes], Bare]] = {"jpeg": _jpeg, "png": _png, "gif": _gif, "webp": _webp}
