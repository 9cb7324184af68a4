"""Single files and folders below ``docs/``, written only where their bytes are new."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from builder import files, paths
from builder.output.products import PageFile
from builder.problems import BuilderError, SeedChangedError, Wording


def write_file(docs: Path, file: PageFile) -> tuple[str, bool]:
    """Write one file if its bytes differ.

    Returns:
        Its SHA-256, and whether its bytes are new.

    Raises:
        BuilderError: Its path lies outside the generated places.
        SeedChangedError: The seed to be copied is not the one that the page was made of.
    """
    if not paths.is_generated(file.path) or ".." in file.path.split("/"):
        raise BuilderError(Wording("outside-generated", {"path": file.path}))
    data = _seed(file.content) if isinstance(file.content, Path) else file.content
    digest = hashlib.sha256(data).hexdigest()
    if file.sha256 and digest != file.sha256:
        raise SeedChangedError(str(file.content))
    target = f"{docs}/{file.path}"
    if files.holds(target, data):
        return digest, False
    files.replace(target, data)
    return digest, True


class Folder:
    """The files of one folder, which are brought up to date together.

    Attributes:
        digests: SHA-256 by path below ``docs/``.
        written: Paths of files whose bytes are new.
    """

    def __init__(self, docs: Path, folder: str, digests: Mapping[str, str]) -> None:
        """Begin with what is there; no digests where files are not as they were left."""
        self._docs = docs
        self._folder = folder
        self.digests = dict(digests)
        self.written: set[str] = set()

    def read(self, path: str) -> bytes:
        """A file as it was left.

        Raises:
            OSError: It is not as it was left, or not there.
        """
        whole = f"{self._folder}/{path}"
        if whole not in self.digests:
            raise FileNotFoundError(whole)
        return (self._docs / whole).read_bytes()

    def change(self, new: Mapping[str, bytes], removed: Iterable[str], *, whole: bool) -> None:
        """Write some files and let others go; where ``whole``, all that are not among those written."""
        for path in list(self.digests) if whole else [f"{self._folder}/{path}" for path in removed]:
            del self.digests[path]
        for name, content in new.items():
            path = f"{self._folder}/{name}"
            self.digests[path], is_new = write_file(self._docs, PageFile(path, content))
            self.written.update([path] if is_new else [])


def _seed(path: Path) -> bytes:
    try:
        return _kept(path).read_bytes()
    except OSError as error:
        raise SeedChangedError(str(path)) from error  # it was readable when it was read first


def _kept(path: Path) -> Path:
    """A file by its path in NFC, whatever form of its name the system keeps."""
    if path.exists() or path == path.parent:
        return path
    above = _kept(path.parent)
    alike = (each for each in above.iterdir() if unicodedata.normalize("NFC", each.name) == path.name)
    return next(alike, path)
