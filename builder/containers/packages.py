"""ZIP files opened with care: limits on number, size and ratio, names in any encoding, no way out of the package."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from builder.containers import limits
from builder.patterns import pattern
from builder.problems import Problem

_UTF8_NAME = 0x800
_LOCKED = 0x1
_UNICODE_PATH = 0x7075
"""Info-ZIP's extra field with the name in UTF-8 (APPNOTE.TXT 4.6.9)."""
_COMMON = {
    "gb18030": pattern(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]\Z"),
    "big5": pattern(rb"[\xa1-\xa3\xa4-\xc6][\x40-\x7e\xa1-\xfe]\Z"),
}
"""Of each legacy encoding, the bytes of its punctuation and of its commoner characters, its level 1."""
_PIECE = 1 << 16


class PackageError(Exception):
    """A package that cannot be read; ``code`` is that of the problem which says why."""

    def __init__(self, code: str, **values: str) -> None:
        """What is wrong with it."""
        super().__init__(code)
        self.code = code
        self.values = values

    def problem(self, path: str) -> Problem:
        """The problem that an editor is told."""
        return Problem(self.code, path, values=self.values)


class Package:
    """A ZIP file.

    Attributes:
        names: Of its files, as posix paths that stay inside, in the package's own order.
    """

    def __init__(self, data: bytes) -> None:
        """Read the list of files.

        Raises:
            PackageError: It is damaged, locked, or lists more files than a container may hold.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
            raise PackageError("container-broken") from error
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if len(entries) > limits.MOST_MEMBERS:
            raise PackageError("container-too-many", limit=str(limits.MOST_MEMBERS))
        if any(entry.flag_bits & _LOCKED for entry in entries):
            raise PackageError("container-locked")
        self._entries: dict[str, zipfile.ZipInfo] = {}
        encoding = _encoding_of(entries)
        for entry in entries:
            if name := _inside(_name(entry, encoding)):
                self._entries.setdefault(name, entry)
        self._left = limits.LARGEST_UNPACKED
        self.names = tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        """Whether a file is there."""
        return name in self._entries

    def read(self, name: str, largest: int = limits.LARGEST_UNPACKED) -> bytes:
        """A file's bytes.

        Raises:
            PackageError: It is damaged, or unpacks to more than it may.
            KeyError: It is not there.
        """
        return b"".join(self._pieces(self._entries[name], largest))

    def _pieces(self, entry: zipfile.ZipInfo, largest: int) -> Iterator[bytes]:
        size = 0
        try:
            with self._zip.open(entry) as file:
                while piece := file.read(_PIECE):
                    size += len(piece)
                    self._left -= len(piece)
                    ratio = size / max(1, entry.compress_size)
                    if min(self._left, largest - size) < 0 or (
                        size > limits.RATIO_FROM and ratio > limits.HIGHEST_RATIO
                    ):
                        raise PackageError("container-bomb")
                    yield piece
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise PackageError("container-broken") from error

    def xml(self, name: str) -> etree._Element | None:
        """A file as a tree; None where it is not there.

        Raises:
            PackageError: It is no XML.
        """
        return parse_xml(self.read(name)) if name in self._entries else None


def parse_xml(data: bytes, *, recover: bool = False, huge: bool = False) -> etree._Element:
    """XML as a tree: nothing is fetched, no entity is replaced, no document type is read.

    Raises:
        PackageError: It is no XML, or nests deeper than any document does.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True,
        recover=recover, huge_tree=huge, strip_cdata=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PackageError("container-broken") from error
    if root is None or (huge and _too_deep(root)):
        raise PackageError("container-broken")
    return root


def _too_deep(root: etree._Element) -> bool:
    level = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        if level > limits.DEEPEST_TREE:
            return True
    return False


def _encoding_of(entries: list[zipfile.ZipInfo]) -> str:
    """The encoding of names that do not say theirs: UTF-8, else the one that gives commoner characters."""
    raw = b"\n".join(entry.filename.encode("cp437", "replace") for entry in entries if not entry.flag_bits & _UTF8_NAME)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        best = max(_COMMON, key=lambda encoding: _commonness(raw, encoding))
        return best if _commonness(raw, best) else "cp437"
    return "utf-8"


def _commonness(raw: bytes, encoding: str) -> float:
    """The share of characters outside ASCII that stand in the encoding's first plane; 0 where it does not decode."""
    try:
        signs = [sign for sign in raw.decode(encoding) if not sign.isascii()]
    except UnicodeDecodeError:
        return 0.0
    return sum(_COMMON[encoding].match(sign.encode(encoding)) is not None for sign in signs) / max(1, len(signs))


def _name(entry: zipfile.ZipInfo, encoding: str) -> str:
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    return _unicode_path(entry.extra) or entry.filename.encode("cp437", "replace").decode(encoding, "replace")


def _unicode_path(extra: bytes) -> str:
    while len(extra) > 4:  # noqa: PLR2004  # a field's head
        kind, length = struct.unpack("<HH", extra[:4])
        if kind == _UNICODE_PATH and length > 5:  # noqa: PLR2004  # version and checksum stand before the name
            return extra[9 : 4 + length].decode("utf-8", "replace")
        extra = extra[4 + length :]
    return ""


def _inside(name: str) -> str:
    """A name as a path inside the package; empty where it leads out of it."""
    path = posixpath.normpath(name.replace("\\", "/").replace("\0", "").lstrip("/"))
    return "" if path.startswith("..") or path == "." or ":" in path[:2] else path
