"""Opens one file: says what it is, and hands it to the reader of its kind."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from builder.containers import limits
from builder.containers.kinds import kinds, reader_at
from builder.containers.packages import PackageError
from builder.containers.pages import holds_pictures, page_facts
from builder.containers.scans import scan_part, with_transcript
from builder.containers.sniffing import LOOKED_AT, PICTURES, sniff
from builder.model.container import Kind, Opened, Part, Read
from builder.problems import Problem

_READERS = {
    "mail": "mail.read_mail",
    "zip": "zips.read_zip",
    "feed": "feeds.read_feed",
    "json": "feeds.read_json_feed",
    "notes": "notes.read_notes",
    "webarchive": "webarchive.read_webarchive",
    "warc": "warc.read_warc",
    "csv": "tables.read_csv",
    "pdf": "pdf.read_pdf",
}
"""Module and function that read a kind; loaded when the first file of the kind is opened.

A reader takes the bytes, the path by which problems name the file, and how many containers it lies in.
"""
_MEGABYTE = 1024 * 1024
_BLANK = b" \t\r\n\0\xef\xbb\xbf"


def open_file(file: Path, path: str) -> Opened:
    """Open a file of the disk; where it cannot be read there are no parts, and a problem says why and what to do.

    Problems name it by its path; the path's suffix decides what it is where the bytes do not.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(LOOKED_AT)
            if sniff(data) == "warc":
                return _crawl(stream, path)
            if len(data) == LOOKED_AT:  # the room for the rest is allotted at once, however little there is
                data += stream.read(limits.LARGEST_HELD + 1 - LOOKED_AT)
    except (PermissionError, FileNotFoundError, IsADirectoryError) as error:  # any other is the machine's own
        return _refused(path, "unreadable", reason=error.strerror or type(error).__name__)
    if len(data) > limits.LARGEST_HELD:
        return _refused(path, "too-large", limit=str(limits.LARGEST_HELD // _MEGABYTE))
    opened = open_bytes(data, path)
    transcript = file.with_name(f"{file.name}.txt")
    scans = [part for part in opened.parts if part.kind == "scan"]
    return with_transcript(opened, transcript) if scans and transcript.is_file() else opened


def _crawl(stream: io.BufferedReader, path: str) -> Opened:
    """A crawl, which may be larger than memory: read as a stream."""
    size = stream.seek(0, io.SEEK_END)
    if size > limits.LARGEST_FILE:
        return _refused(path, "too-large", limit=str(limits.LARGEST_FILE // _MEGABYTE))
    stream.seek(0)
    sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    parts, problems = _guarded(reader_at("warc.read_stream"), stream, path)
    return _limited(Opened(sha256, size, parts, problems), path)


def open_bytes(data: bytes, path: str, depth: int = 0) -> Opened:
    """Open what a file holds that lies in so many containers; see :func:`open_file`."""
    parts, problems = _read(data, path, depth)
    return _limited(Opened(hashlib.sha256(data).hexdigest(), len(data), parts, problems), path)


def _limited(opened: Opened, path: str) -> Opened:
    """What was opened, without parts that are larger than a text may be, or without any where there are too many."""
    if len(opened.parts) > limits.MOST_PARTS:
        many = Problem("container-too-many", path, values={"limit": str(limits.MOST_PARTS)})
        return replace(opened, parts=(), problems=(*opened.problems, many))
    large = [part for part in opened.parts if len(part.data) > limits.LARGEST_TEXT]
    if not large:
        return opened
    limit = {"limit": str(limits.LARGEST_TEXT // _MEGABYTE)}
    problems = (*opened.problems, *(Problem("too-large", named(path, part.member), values=limit) for part in large))
    return replace(opened, parts=tuple(part for part in opened.parts if part not in large), problems=problems)


def named(path: str, member: str) -> str:
    """By which path problems and corrections name a part of a file."""
    return f"{path}!{member}" if member else path


def _read(data: bytes, path: str, depth: int) -> Read:
    if not data.strip(_BLANK):
        return (), (Problem("empty-file", path),)
    suffix = PurePosixPath(path).suffix.strip().lower()
    kind = sniff(data) or kinds().by_suffix.get(suffix, "")
    if kind in _READERS:
        return _guarded(reader_at(_READERS[kind]), data, path, depth)
    if kind in PICTURES and kind != "heic":
        return (scan_part(data),), ()
    if code := kinds().advice(kind, suffix):
        return (), (Problem(code, path, values={"suffix": suffix or kind}),)
    if kind == "html" or suffix in kinds().posts or (not kind and not suffix):
        return (_page(data, suffix, is_html=kind == "html"),), ()
    return (), (Problem("unknown-type", path, values={"suffix": suffix or PurePosixPath(path).name}),)


def _page(data: bytes, suffix: str, *, is_html: bool) -> Part:
    """A text file; of a saved page, with what its browser wrote above it."""
    if not is_html:
        return Part(data)
    kind: Kind = "page" if holds_pictures(data) else "plain"
    return Part(data, kind, format="" if suffix in kinds().posts else "html", facts=page_facts(data))


def _guarded(read: Callable[..., Read], *arguments: object) -> Read:
    """What a reader makes of a file; whatever a damaged or hostile one makes it raise is that file's problem alone."""
    path = str(arguments[1])
    try:
        found = read(*arguments)
        return found if any(found) else ((), (Problem("container-no-text", path),))
    except PackageError as error:
        return (), (error.problem(path),)
    except (ImportError, NameError, AttributeError, AssertionError):
        raise
    except Exception as error:  # noqa: BLE001  # see above: libraries raise anything, down to RecursionError
        return (), (Problem("container-damaged", path, values={"reason": type(error).__name__}),)


def _refused(path: str, code: str, **values: str) -> Opened:
    return Opened("", 0, (), (Problem(code, path, values=values),))
