"""Reads one PDF in a process of its own: bytes on standard input, lines with positions as JSON on standard output.

PDFium is C++ and its input is hostile: it runs where a crash or a hang harms nothing, within limits of memory and time
that the system enforces. Run as ``python -m builder.containers.pdf_worker``.
"""

from __future__ import annotations

import base64
import ctypes
import json
import math
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from builder.containers import limits
from builder.containers.pdf_drawings import pictures, png, rules

_SCAN_WIDTH = 1400
"""Pixels across of a page without text; a small print is legible."""
_FEW = 20
"""Characters below which a page counts as without text: a page number, a stamp."""
_TURNED = 0.1
"""Radians; what is turned further is a watermark."""
_MOST_SCANS = 300
_MOST_BYTES = 96 * 1024 * 1024
"""Of pictures, in base64."""


def main() -> None:
    """Read, and print one JSON object."""
    _limit()
    data = sys.stdin.buffer.read()
    json.dump(_read(data), sys.stdout)


def _limit() -> None:
    """Let the system end this process beyond its memory or time; where it cannot (Windows), the parent's clock does."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  # not on every system

        for kind, most in ((resource.RLIMIT_AS, limits.PDF_MEMORY), (resource.RLIMIT_CPU, limits.PDF_SECONDS)):
            hard = resource.getrlimit(kind)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)  # noqa: PLW2901  # the lower counts
            resource.setrlimit(kind, (most, hard))


def _read(data: bytes) -> dict[str, Any]:
    import pypdfium2  # noqa: PLC0415  # here alone
    from pypdfium2 import raw  # noqa: PLC0415  # here alone

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"error": "locked" if "assword" in str(error) else "broken"}
    pages: list[dict[str, Any]] = []
    held: list[dict[str, Any]] = []
    for number in range(min(len(document), limits.PDF_PAGES)):
        try:
            page = document[number]
            pages.append(_page(page, raw, held, scans=sum("scan" in each for each in pages)))
        except (pypdfium2.PdfiumError, ValueError, OSError):
            pages.append({"width": 0, "height": 0, "characters": [], "damaged": True})
    said = document.get_metadata_dict() or {}
    return {"pages": pages, "count": len(document), **{key.lower(): said.get(key, "") for key in ("Title", "Creator")}}


def _page(page: Any, raw: Any, held: list[dict[str, Any]], *, scans: int) -> dict[str, Any]:  # noqa: ANN401  # the library has no types
    width, height = page.get_size()
    text = page.get_textpage()
    characters = list(_characters(text.raw, raw, text.count_chars()))
    found = {"width": width, "height": height, "characters": characters, "rules": rules(page, raw)}
    if sum(1 for each in characters if each[0].strip()) < _FEW and scans < _MOST_SCANS and _has_picture(page, raw):
        bitmap = page.render(scale=_SCAN_WIDTH / max(width, 1), grayscale=True)
        found["scan"] = base64.b64encode(png(bitmap)).decode("ascii")
    elif sum(len(each["data"]) for each in held) < _MOST_BYTES:
        found["pictures"] = list(pictures(page, raw))
        held += found["pictures"]
    return found


def _characters(text: Any, raw: Any, count: int) -> Iterator[list[Any]]:  # noqa: ANN401  # as above
    """Character, left, right, base line, size and weight of each that stands upright."""
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    across, up = ctypes.c_double(), ctypes.c_double()
    for place in range(count):
        code = raw.FPDFText_GetUnicode(text, place)
        code = ord("-") if code == 2 else code  # noqa: PLR2004  # a hyphen at a line's end, as PDFium marks it
        if code in {0, 10, 13, 0xFFFE, 0xFFFF}:
            continue
        if code == ord(" "):  # the file's own, or PDFium's reading of a gap
            yield [" ", 0, 0, 0, 0, 0]
            continue
        angle = raw.FPDFText_GetCharAngle(text, place) % (2 * math.pi)
        if min(angle, 2 * math.pi - angle) > _TURNED:
            continue
        if not raw.FPDFText_GetLooseCharBox(text, place, ctypes.byref(box)):
            continue
        raw.FPDFText_GetCharOrigin(text, place, ctypes.byref(across), ctypes.byref(up))
        raw.FPDFText_GetMatrix(text, place, ctypes.byref(matrix))
        size = raw.FPDFText_GetFontSize(text, place) * math.hypot(matrix.c, matrix.d)
        where = (box.left, box.right, up.value, size)
        yield [chr(code), *(round(value, 2) for value in where), raw.FPDFText_GetFontWeight(text, place)]


def _has_picture(page: Any, raw: Any) -> bool:  # noqa: ANN401  # as above
    return any(True for _ in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3))


if __name__ == "__main__":
    main()
