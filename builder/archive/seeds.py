"""Opens every file of ``seeds/`` into its parts, each of which is read like a post of its own."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from builder import containers, reading
from builder.archive.attempts import attempt
from builder.cache import BrokenCacheError, Memo, Store, digest, memoize, packed, unpacked
from builder.containers.kinds import kinds
from builder.files import is_settled
from builder.model.container import NO_FILES, Opened, Part
from builder.model.post import RawDocument
from builder.parallel.mapping import Progress, parallel_map
from builder.problems import Problem, SeedChangedError
from builder.reading.discovery import SeedFile

_PARTS = "parts"
_KEPT = frozenset({"pdf"})
"""Kinds whose opening takes long: what was found is remembered, as it is of files with several parts."""
_WORTHWHILE = 4
"""From so many files on that are no plain posts, opening them is shared: each takes some hundredths of a second."""


class Seed(msgspec.Struct, frozen=True, array_like=True):
    """A part of a file that is to be taken in; nearly always all of it."""

    file: str  # Where the file lies
    path: str  # POSIX path by which corrections and problems name it
    key: bytes  # Digest of path and content
    sha256: str = ""  # Digest of the file's bytes
    size: int = 0  # Their number
    member: str = ""  # The part's name in the file; empty where the file holds only one
    kept: bool = False  # Whether the part is remembered
    # What opening the file met; of a file that holds nothing to be read there is a seed that says why
    problems: tuple[Problem, ...] = ()
    unread: bool = False  # Whether this is such a seed
    settled: bool = True  # Whether any later change of the file must show in its look


def seeds_of(files: Sequence[SeedFile], store: Store, progress: Progress) -> list[Seed]:
    """Open every file; one that looks as it did is not read again.

    Returns:
        At least one seed for each file, in the files' order.
    """
    looks = [f"{file.file}\0{file.path}\0{file.look}".encode("utf-8", "surrogatepass") for file in files]

    def open_all(missing: list[int]) -> Iterator[tuple[Seed, ...]]:
        slow = [files[place] for place in missing if not _is_post(files[place])]
        opened = parallel_map(_opened, slow, progress, "stage_open", worthwhile=_WORTHWHILE)
        for place in missing:
            seeds, parts = _opened(files[place]) if _is_post(files[place]) else next(opened)
            store.put(_PARTS, parts)
            yield seeds

    known = memoize(store, Memo("seeds", tuple[Seed, ...]), looks, open_all, _are_settled)
    seeds = [seed for those in known for seed in those]
    store.keep_only(_PARTS, [seed.key for seed in seeds if seed.kept])
    return seeds


def document_of(
    seed: Seed, store: Store, files: Mapping[str, bytes] = NO_FILES
) -> tuple[RawDocument | None, tuple[Problem, ...]]:
    """Read a seed: its text, or None where there is none, and what had to be guessed or dropped.

    ``files`` are pictures that lie beside the file, by the address that the text has for each.

    Raises:
        BrokenCacheError: A part that is remembered is not there.
        SeedChangedError: The file is not the one that its digest was taken of.
    """
    if seed.unread:
        return None, seed.problems
    document, problems = reading.decode_part(_part(seed, store), seed.path, seed.sha256, seed.size, files)
    return document, (*seed.problems, *problems)


def _part(seed: Seed, store: Store) -> Part:
    if not seed.kept:
        opened = containers.open_file(Path(seed.file), seed.path)
        if opened.sha256 != seed.sha256 or not opened.parts:
            raise SeedChangedError(seed.path)
        return opened.parts[0]
    stored = store.one(_PARTS, seed.key)
    if stored is None:
        raise BrokenCacheError
    return unpacked(stored, Part)


def _is_post(file: SeedFile) -> bool:
    return os.path.splitext(file.path)[1].lower() in kinds().posts  # noqa: PTH122  # as in discovery


def _opened(file: SeedFile) -> tuple[tuple[Seed, ...], list[tuple[bytes, bytes]]]:
    """The seeds of one file, and, packed, the parts that are to be remembered."""
    settled = bool(file.look) and is_settled(file.look[2], time.time_ns())
    opened = attempt(file.path, lambda: containers.open_file(Path(file.file), file.path))
    if isinstance(opened, Problem):
        opened = Opened("", 0, (), (opened,))
    if not opened.parts:
        why = opened.problems or (Problem("empty-file", file.path),)
        key = digest(file.path, opened.sha256)
        return (Seed(file.file, file.path, key, problems=why, unread=True, settled=settled),), []
    kept = len(opened.parts) > 1 or opened.parts[0].kind in _KEPT
    seeds, stored = [], []
    for number, part in enumerate(opened.parts):
        path = containers.named(file.path, part.member)
        key = digest(path, opened.sha256, repr(file.look[4:]))  # what a transcript beside it looks like
        first = opened.problems if number == 0 else ()
        about = (opened.sha256, opened.size, part.member, kept, first)
        seeds.append(Seed(file.file, path, key, *about, settled=settled))
        stored += [(key, packed(part, ordered=False))] if kept else []
    return tuple(seeds), stored


def _are_settled(_place: int, seeds: tuple[Seed, ...]) -> bool:
    return all(seed.settled for seed in seeds)
