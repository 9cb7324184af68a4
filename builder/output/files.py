"""Files and folders below ``docs/``: written only where their bytes are new, found where they were changed."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from builder import files, paths
from builder.files import digest_of, files_at
from builder.output.products import PageFile
from builder.problems import BuilderError, SeedChangedError, Wording


def differing(docs: Path, known: Mapping[str, str]) -> set[str]:
    """Generated files whose content is not as they were left: a tenth of the work of making all anew."""
    changed = {path for path in _generated(docs) if path not in known}
    for path, digest in known.items():
        try:
            if digest_of(f"{docs}/{path}") != digest:
                changed.add(path)
        except OSError:
            changed.add(path)
    return changed


def orphans(
    docs: Path, once: Iterable[str] | None, claimed: Collection[str], damaged: Collection[str] | None
) -> list[str]:
    """Generated files that no product claims.

    ``once`` are those that were made, ``damaged`` those that are not as they were left, strangers among them; None
    where unknown.
    """
    if damaged is None or once is None:
        there: Iterable[str] = _generated(docs)
    else:
        there = chain(once, filter(paths.is_generated, damaged))
    return sorted({path for path in there if path not in claimed and (docs / path).is_file()})


def _generated(docs: Path) -> Iterator[str]:
    """Every file in a generated place."""
    for place in paths.GENERATED:
        yield from (Path(file).relative_to(docs).as_posix() for file in files_at(str(docs / place)))


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

    def __contains__(self, path: object) -> bool:
        """Whether a file is there as it was left."""
        return f"{self._folder}/{path}" in self.digests

    def __getitem__(self, path: str) -> bytes:
        """Bytes of such a file."""
        return (self._docs / self._folder / path).read_bytes()

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
