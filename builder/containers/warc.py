"""Crawls: WARC (ISO 28500) read as a stream, and WACZ 1.1, a ZIP file of them with a list of pages."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import IO, Any

from builder.containers import limits
from builder.containers.decoding import address, facts, member_name
from builder.containers.packages import Package
from builder.model.container import Part, Read
from builder.problems import Problem

ArcWarcRecord = Any
"""The library's record; it has no types."""
_HTML = ("text/html", "application/xhtml+xml")
_KINDS = frozenset({"response", "resource"})
_PAGES = "pages/pages.jsonl"
_MOST_PAGES = 5_000
_PIECE = 1 << 16


def read_warc(data: bytes, path: str, _depth: int) -> Read:
    """Open a crawl that is held in memory; see :func:`read_stream`."""
    return read_stream(io.BytesIO(data), path)


def read_stream(stream: IO[bytes], path: str) -> Read:
    """Open a crawl.

    Returns:
        A part for each page that was answered with success, the last answer of an address; records of other kinds
        (requests, metadata, pictures, scripts) are none.
    """
    parts, problems = _pages(stream, path)
    return tuple(parts.values()), tuple(problems)


def read_wacz(package: Package, path: str, _data: bytes) -> Read:
    """Open a WACZ file: where it lists pages, those are its articles."""
    wanted = frozenset(_listed(package))
    parts: dict[str, Part] = {}
    problems: list[Problem] = []
    for name in package.names:
        if name.startswith("archive/") and ".warc" in name:
            found, doubts = _pages(io.BytesIO(package.read(name)), path)
            parts |= found
            problems += doubts
    listed = [part for key, part in parts.items() if key in wanted]
    return tuple(listed or parts.values()), tuple(problems)


def _listed(package: Package) -> Iterator[str]:
    if _PAGES not in package:
        return
    for line in package.read(_PAGES, limits.LARGEST_TEXT).splitlines():
        try:
            page = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(page, dict) and page.get("url"):
            yield address(page["url"])


def _pages(stream: IO[bytes], path: str) -> tuple[dict[str, Part], list[Problem]]:
    """Pages by address, and why there are not more."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415  # few archives hold crawls
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415  # as above

    parts: dict[str, Part] = {}
    left = limits.LARGEST_UNPACKED
    try:
        for record in ArchiveIterator(stream):
            where = address(record.rec_headers.get_header("WARC-Target-URI"))
            if not where or not _is_page(record):
                continue
            content = _content(record.content_stream(), min(limits.LARGEST_TEXT, left))
            left -= len(content)
            if left <= 0 or len(parts) >= _MOST_PAGES:
                return parts, [Problem("container-cut", path, values={"count": str(len(parts)), "reason": "limit"})]
            if content.strip():
                parts[where] = _part(where, content, record)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, UnicodeError) as error:
        return parts, [
            Problem("container-cut", path, values={"count": str(len(parts)), "reason": type(error).__name__})
        ]
    return parts, []


def _is_page(record: ArcWarcRecord) -> bool:
    kind, headers = record.rec_type, record.http_headers
    if kind not in _KINDS:
        return False
    if headers is None:
        declared = record.rec_headers.get_header("Content-Type") or ""
        return kind == "resource" and declared.lower().startswith(_HTML)
    return headers.get_statuscode() == "200" and (headers.get_header("Content-Type") or "").lower().startswith(_HTML)


def _content(stream: IO[bytes], largest: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while size <= largest and (piece := stream.read(_PIECE)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)[:largest]


def _part(where: str, content: bytes, record: ArcWarcRecord) -> Part:
    headers = record.http_headers
    declared = (headers.get_header("Content-Type") or "") if headers is not None else ""
    return Part(
        data=content,
        kind="warc",
        member=member_name(where),
        format="html",
        encoding=declared.lower().partition("charset=")[2].strip(" \"';"),
        facts=facts(
            ("url", where, "WARC-Target-URI"), ("saved", record.rec_headers.get_header("WARC-Date"), "WARC-Date")
        ),
    )
