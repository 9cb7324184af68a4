"""Pictures fit to be published: what they say they are, nothing about place and maker, no larger than a page needs."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from builder.containers.limits import LARGEST_PICTURE
from builder.containers.picture_formats import NoPictureError, bare
from builder.containers.sniffing import PICTURES, sniff
from builder.patterns import pattern

_SUFFIXES = {"jpeg": ".jpg", "png": ".png", "gif": ".gif", "webp": ".webp"}
_WIDEST = 1600
"""Pixels across: twice the column of text, for screens of double density."""
_HEAVY = 400 * 1024
"""Bytes from which a picture is worth making smaller."""
_MOST_PIXELS = 100_000_000
_SMALLEST = 8
"""Pixels: what is smaller on a side is a rule, a spacer or a counter."""
_QUALITY = 82
_DATA = pattern(r"data:image/[\w.+-]{1,40}(?:;[\w=-]{1,40})*?(;base64)?,", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be published; its file's name is its content's digest and the suffix of its kind."""

    name: str
    data: bytes
    width: int
    height: int


def from_address(address: str) -> bytes | None:
    """The picture that is written into a ``data:`` address (RFC 2397); None where none is."""
    match = _DATA.match(address)
    if match is None or len(address) > 2 * LARGEST_PICTURE:
        return None
    content = address[match.end() :]
    try:
        return base64.b64decode(unquote_to_bytes(content), validate=False) if match[1] else unquote_to_bytes(content)
    except (binascii.Error, ValueError):
        return None


def is_picture(data: bytes) -> bool:
    """Whether bytes begin like a picture."""
    return sniff(data) in PICTURES


def is_tiny(data: bytes) -> bool:
    """Whether a picture only holds a place: a spacer, a counter; false where that cannot be told."""
    try:
        _, width, height = bare(data, sniff(data))
    except NoPictureError:
        return False
    return min(width, height) < _SMALLEST


def publishable(data: bytes) -> Picture:
    """A picture as it is published.

    Returns:
        The same picture without what it says beside; smaller, or as JPEG, where the extra package for pictures is
        there and the picture is wider than a page shows or of a kind that browsers do not know.

    Raises:
        NoPictureError: It is broken, none, or larger than it may be; its argument is the code of the problem.
    """
    kind = sniff(data)
    if kind not in PICTURES or len(data) > LARGEST_PICTURE:
        raise NoPictureError("picture-broken")
    if kind not in _SUFFIXES:
        made = _redrawn(data)
        if made is None:
            raise NoPictureError("picture-needs-extra")
        return _named(*made)
    try:
        plain, width, height = bare(data, kind)
    except NoPictureError as error:
        raise NoPictureError("picture-broken") from error
    if width * height > _MOST_PIXELS:
        raise NoPictureError("picture-broken")
    large = kind in {"jpeg", "png", "webp"} and (width > _WIDEST or len(plain) > _HEAVY)
    made = _redrawn(plain) if large else None
    return _named(*made) if made and len(made[0]) < len(plain) else _named(plain, kind, width, height)


def _named(data: bytes, kind: str, width: int, height: int) -> Picture:
    return Picture(f"{hashlib.sha256(data).hexdigest()[:32]}{_SUFFIXES[kind]}", data, width, height)


def _redrawn(data: bytes) -> tuple[bytes, str, int, int] | None:
    """A picture drawn anew, no wider than a page shows it: bytes, kind, width and height; None without the package.

    Raises:
        NoPictureError: It cannot be drawn.
    """
    try:
        from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  # an extra
    except ImportError:
        return None
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with Image.open(io.BytesIO(data)) as opened:
            if getattr(opened, "is_animated", False):
                return None
            picture = ImageOps.exif_transpose(opened)
            clear = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
            picture = picture.convert("RGBA" if clear else "RGB")
            picture.thumbnail((_WIDEST, 4 * _WIDEST), Image.Resampling.LANCZOS)
            buffer = io.BytesIO()
            picture.save(buffer, "PNG" if clear else "JPEG", quality=_QUALITY, optimize=True)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise NoPictureError("picture-broken") from error
    return buffer.getvalue(), "png" if clear else "jpeg", *picture.size
