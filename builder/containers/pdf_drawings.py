"""What a PDF page has beside text, read in the worker: the rules that tables are drawn with, and pictures."""

from __future__ import annotations

import base64
import ctypes
import math
import struct
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

Rule = tuple[float, float, float, float]
"""Left, bottom, right, top of a line that stands or lies, in points."""

_THIN = 3.0
"""Points: a filled rectangle no thicker than this is a rule."""
_SHORTEST = 4.0
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 64
"""Of one path: a drawing of more is none of a table."""
_SMALLEST = (60.0, 40.0)
"""Points across and down: smaller pictures are signs and buttons."""
_WHOLE = 0.85
"""Of the page: a picture from here on is its background."""
_WIDEST = 1600


def rules(page: Any, raw: Any) -> list[Rule]:  # noqa: ANN401  # the library has no types
    """Every horizontal and vertical line of a page, drawn as a stroke or as a thin rectangle."""
    found: list[Rule] = []
    objects = page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=1)
    for each, _ in zip(objects, range(_MOST_OBJECTS), strict=False):
        if 1 < raw.FPDFPath_CountSegments(each) <= _MOST_SEGMENTS:
            found += _of_path(each, raw)
    return found


def _of_path(path: Any, raw: Any) -> Iterator[Rule]:  # noqa: ANN401  # as above
    left, bottom, right, top = path.get_bounds()
    if min(right - left, top - bottom) <= _THIN:
        if max(right - left, top - bottom) >= _SHORTEST:
            yield left, bottom, right, top
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value:
        return
    points = list(_points(path, raw))
    for (x, y, _), (to_x, to_y, drawn) in pairwise(points):
        across, up = abs(to_x - x), abs(to_y - y)
        if drawn and min(across, up) < 1 and max(across, up) >= _SHORTEST:
            yield min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)


def _points(path: Any, raw: Any) -> Iterator[tuple[float, float, bool]]:  # noqa: ANN401  # as above
    """The corners of a path on the page, and whether a line leads to each; a closed path ends where it began."""
    matrix = path.get_matrix()
    across, up = ctypes.c_float(), ctypes.c_float()
    start = None
    for number in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(across), ctypes.byref(up))
        kind = raw.FPDFPathSegment_GetType(segment)
        here = matrix.on_point(across.value, up.value)
        start = here if kind == raw.FPDF_SEGMENT_MOVETO or start is None else start
        yield *here, kind == raw.FPDF_SEGMENT_LINETO
        if raw.FPDFPathSegment_GetClose(segment):
            yield *start, True


def pictures(page: Any, raw: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  # as above
    """Every picture of a page that is neither a sign nor its background: where it stands, and its bytes in base64."""
    width, height = page.get_size()
    objects = page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3)
    for each, _ in zip(objects, range(_MOST_OBJECTS), strict=False):
        left, bottom, right, top = each.get_bounds()
        left, bottom, right, top = max(left, 0), max(bottom, 0), min(right, width), min(top, height)
        across, up = right - left, top - bottom
        if across < _SMALLEST[0] or up < _SMALLEST[1] or across * up > _WHOLE * width * height:
            continue
        data = _photograph(each, raw)
        if data is None:
            scale = min(_WIDEST / across, max(2.0, each.get_px_size()[0] / across))
            crop = (left, bottom, width - right, height - top)
            data = png(page.render(scale=scale, crop=crop, rev_byteorder=True))
        yield {"box": [left, bottom, right, top], "data": base64.b64encode(data).decode("ascii")}


def _photograph(image: Any, raw: Any) -> bytes | None:  # noqa: ANN401  # as above
    """The bytes of a JPEG file that stands in the PDF as it is: upright, whole, in grey or RGB; None for others."""
    matrix = image.get_matrix()
    upright = matrix.a > 0 and matrix.d > 0 and math.isclose(matrix.b, 0) and math.isclose(matrix.c, 0)
    if image.get_filters() != ["DCTDecode"] or not upright or raw.FPDFPageObj_HasTransparency(image):
        return None
    if image.get_metadata().colorspace not in {raw.FPDF_COLORSPACE_DEVICERGB, raw.FPDF_COLORSPACE_DEVICEGRAY}:
        return None
    return bytes(image.get_data(decode_simple=False))


def png(bitmap: Any) -> bytes:  # noqa: ANN401  # as above
    """A bitmap of one, three or four channels as PNG (ISO 15948)."""
    channels = bitmap.n_channels
    pixels, stride, width = bytes(bitmap.buffer), bitmap.stride, bitmap.width * channels
    rows = b"".join(b"\0" + pixels[row * stride : row * stride + width] for row in range(bitmap.height))
    header = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, {1: 0, 3: 2, 4: 6}[channels], 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )
