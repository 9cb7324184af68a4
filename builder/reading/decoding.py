"""Bytes of a file to text: encodings, line ends, characters that no text has."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from builder.model.container import NO_FILES, Part
from builder.model.post import RawDocument
from builder.patterns import pattern
from builder.problems import Problem
from builder.reading.words import words

# The legacy encodings of Chinese text; every other guess is worth less than damaged UTF-8.
_LEGACY = ("gb18030", "big5", "big5hkscs")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
# Codecs of Python's own that encode no files.
_NO_FILES_ENCODING = frozenset(["idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"])
_LINE_ENDS = pattern(r"\r\n?|[\x0b\x0c\u0085\u2028\u2029]")
_CONTROLS = pattern(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
# ASCII, Latin, punctuation, kana, Han of the basic plane, full-width forms.
_COMMON = pattern(r"[\t\n\r\x20-\x7e\u00a0-\u024f\u2000-\u206f\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
_DECLARED = pattern(rb"""(?i)<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*(?:["']\s*)?([\w-]{2,20})""")
_DECLARED_WITHIN = 4096


def read_document(path: Path, relative: str) -> tuple[RawDocument | None, tuple[Problem, ...]]:
    """Read and decode one file that holds one text.

    Args:
        path: Where it lies.
        relative: Its POSIX path below ``seeds/``, by which problems name it.

    Returns:
        The document, or None where it is no text, and what had to be guessed or dropped; the document carries the
        same problems.
    """
    largest = words().limits.largest_bytes
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        return None, (Problem("unreadable", relative, values={"reason": error.strerror or type(error).__name__}),)
    if len(data) > largest:
        return None, (Problem("too-large", relative, values={"limit": str(largest // (1024 * 1024))}),)
    return decode_document(data, relative)


def decode_document(data: bytes, relative: str) -> tuple[RawDocument | None, tuple[Problem, ...]]:
    """Decode the bytes of one file; see :func:`read_document`."""
    return decode_part(Part(data), relative, hashlib.sha256(data).hexdigest(), len(data))


def decode_part(
    part: Part, relative: str, sha256: str, size: int, files: Mapping[str, bytes] = NO_FILES
) -> tuple[RawDocument | None, tuple[Problem, ...]]:
    """Decode one part of a file that has been opened.

    Args:
        part: The part.
        relative: The file's path, and the part's name where it is one of several.
        sha256: Digest of the file's bytes.
        size: Their number.
        files: Files that lie beside the file, by the address that the text has for each.

    Returns:
        As :func:`read_document`.
    """
    if not part.data.strip(b" \t\r\n\0" + codecs.BOM_UTF8):
        return None, (Problem("empty-file", relative),)
    decoded, encoding, problems = _decode(part.data, relative, _canonical(part.encoding))
    if decoded is None:
        return None, problems
    text, dropped = _normalise(decoded)
    if dropped > words().limits.control_share * len(decoded):
        return None, (Problem("binary-file", relative),)
    if dropped:
        problems += (Problem("control-characters", relative, values={"count": str(dropped)}),)
    if not text.strip():
        return None, (Problem("empty-file", relative),)
    problems += tuple(replace(problem, path=relative) for problem in part.problems)
    pictures = {**files, **part.files} if files and part.files else part.files or files
    held = (part.member, part.kind, part.format, part.facts, pictures)
    return RawDocument(relative, sha256, size, encoding, text, problems, *held), problems


def _decode(data: bytes, relative: str, declared: str = "") -> tuple[str | None, str, tuple[Problem, ...]]:
    """Decode bytes; what a container declares counts where they are no UTF-8, or in an encoding of seven bits."""
    for mark, encoding, codec in _MARKS:
        if data.startswith(mark):
            return _decode_with(data[len(mark) :], codec, encoding, relative)
    for encoding in (declared, "utf-8") if data.isascii() else ("utf-8", declared):
        with suppress(UnicodeDecodeError, LookupError):
            return data.decode(encoding), encoding, ()
    return _guess(data, relative)


def _decode_with(data: bytes, codec: str, encoding: str, relative: str) -> tuple[str, str, tuple[Problem, ...]]:
    """Decode bytes whose encoding is known; what does not fit becomes U+FFFD, with a problem."""
    try:
        return data.decode(codec), encoding, ()
    except UnicodeDecodeError:
        text = data.decode(codec, errors="replace")
        lost = str(text.count("\ufffd"))
        return text, encoding, (Problem("undecodable-bytes", relative, values={"encoding": encoding, "count": lost}),)


def _guess(data: bytes, relative: str) -> tuple[str | None, str, tuple[Problem, ...]]:
    """Text that is no UTF-8: damaged UTF-8, UTF-16 without a mark, or a legacy encoding."""
    damaged = data.decode("utf-8", errors="replace")
    if damaged.count("\ufffd") <= words().limits.damaged_share * len(damaged):
        return _decode_with(data, "utf-8", "utf-8", relative)
    encoding = _wide(data) or _legacy(data)
    if encoding is None:
        return None, "", (Problem("binary-file", relative),)
    text, _, problems = _decode_with(data, encoding, encoding, relative)
    return text, encoding, (*problems, Problem("encoding-guessed", relative, values={"encoding": encoding}))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: zero bytes on one side, from spaces and line feeds, and clean text when decoded."""
    high, low = data[::2].count(0), data[1::2].count(0)
    if high == low:
        return None
    encoding = "utf-16-be" if high > low else "utf-16-le"
    return encoding if _commonness(data, encoding) >= words().limits.common_share else None


def _legacy(data: bytes) -> str | None:
    """The encoding that the file declares and keeps to, or the one charset-normalizer finds most plausible."""
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    if declared:
        named = _canonical(declared[1].decode("ascii"))
        if named in _LEGACY and data.decode(named, errors="replace").count("\ufffd") == 0:
            return named
    import charset_normalizer  # noqa: PLC0415  # takes a while, and few files come so far

    best = charset_normalizer.from_bytes(data, cp_isolation=list(_LEGACY), enable_fallback=False).best()
    if best:
        return best.encoding
    commonest = max(_LEGACY, key=lambda encoding: _commonness(data, encoding))
    return commonest if _commonness(data, commonest) >= words().limits.common_share else None


def _commonness(data: bytes, encoding: str) -> float:
    """The share of decoded characters that any Chinese text is made of; 0 where the bytes do not decode."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    return len(_COMMON.findall(text)) / len(text)


def _canonical(name: str) -> str:
    """A declared name as Python knows it; GBK and GB2312 are parts of GB18030."""
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return "gb18030" if codec in {"gbk", "gb2312"} else "" if codec in _NO_FILES_ENCODING else codec


def _normalise(text: str) -> tuple[str, int]:
    """Line feeds for line ends, no control characters; how many of those there were."""
    text = _LINE_ENDS.sub("\n", text)
    clean, dropped = _CONTROLS.subn("", text)
    return clean, dropped - text.count("\ufeff")
