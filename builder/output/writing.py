"""Writes pages below ``docs/``: only what may have changed, never outside the generated places, and removes orphans."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path

import msgspec

from builder import conversion, paths
from builder.cache import Store, packed, unpacked
from builder.conversion import Needed
from builder.files import replace_in_pieces
from builder.output.files import Folder, differing, orphans, write_file
from builder.output.products import Product
from builder.parallel.mapping import Progress, parallel_map
from builder.parallel.worker import beside
from builder.problems import BuilderError, Wording

_TABLE = "products"
_ALL = b"all"

_FOLDERS = "folders"

Update = Callable[[Folder, bytes | None], bytes]
Digests = Mapping[str, str]
"""SHA-256 by path below ``docs/``."""


_Updated = tuple[Mapping[str, str], set[str], bytes]
"""What became of a folder: digests of its files, those whose bytes are new, and what it wants to know next time."""


class _Made(msgspec.Struct, frozen=True, array_like=True):
    """What became of a product: its key, path and digest of each file, and what its pages need to be converted."""

    key: bytes
    files: tuple[tuple[str, str], ...]
    needed: tuple[Needed, ...] = ()


class Writer:
    """Brings the generated part of ``docs/`` into line with products, in as many steps as it takes."""

    def __init__(self, docs: Path, store: Store, context: bytes, damaged: Collection[str] | None) -> None:
        """Begin; ``context`` stands for what all products depend on, ``damaged`` is None where unknown."""
        self._docs = docs
        self._store = store
        self._context = context
        self._before = _remembered(store, context)
        self._is_known = bool(self._before)  # said now: a folder's own files are noted in it later
        unknown = damaged is None and self._before
        self._damaged = differing(docs, dict(_files(self._before))) if unknown else damaged
        self._now: dict[str, _Made] = {}
        self._claimed: set[str] = set()
        self._written: set[str] = set()

    def write(self, products: Iterable[Product], progress: Progress) -> Digests:
        """Write what may have changed of some products; gives the digest of every file of theirs.

        Raises:
            BuilderError: Two products claim one file, a path lies outside the generated places, or the disk refuses.
        """
        these = list(products)
        stale = [each for each in these if not self._stands(each)]
        fresh = {each.name: self._before[each.name] for each in these if each.name in self._before}
        if stale:
            conversion.prepare(self._store)  # before any other process is forked
        self._store.commit()  # what was put is seen by the processes that share the work
        numbers = range(len(stale))
        docs, store = self._docs, self._store
        results = parallel_map(lambda number: _make(docs, stale[number], store), numbers, progress, "stage_write")
        try:
            for each, (files, written, needed) in zip(stale, results, strict=True):
                fresh[each.name] = _Made(each.key, files, needed)
                self._written.update(written)
        except OSError as error:
            raise BuilderError(
                Wording("unwritable", {"path": str(error.filename), "reason": str(error.strerror)})
            ) from error
        self._now.update(fresh)
        return dict(self._claim(fresh.values()))

    def stream(self, path: str, write: Callable[..., None], key: bytes) -> Digests:
        """Write one file that is too large for memory, if the key of what it is made of has changed."""
        before = self._before.get(path)
        intact = before is not None and self._damaged is not None and path not in self._damaged
        if before is None or not intact or before.key != key:
            digest, is_new = replace_in_pieces(f"{self._docs}/{path}", write)
            self._written.update([path] if is_new else [])
            before = _Made(key, ((path, digest),))
        self._now[path] = before
        return dict(self._claim([before]))

    @contextmanager
    def folder(self, folder: str, update: Update, key: bytes) -> Iterator[Callable[[], None]]:
        """Bring a folder of many files up to date in a process of its own, beside whatever follows.

        Args:
            folder: Below ``docs/``.
            update: Changes some of its files, given what it gave the last time, and says what it wants to know next.
            key: Digest of everything they are made of.

        Yields:
            Waits for the end.
        """
        before = self._before.get(folder)
        known = dict(before.files) if before else {}
        damaged = self._damaged is None or any(path in self._damaged for path in known)
        if before and not damaged and before.key == key:
            yield partial(self._updated, folder, before)
            return
        files = Folder(self._docs, folder, {} if damaged else known)
        self._store.commit()  # what was put is seen by the other process

        def work() -> _Updated:
            state = update(files, self._store.one(_FOLDERS, folder.encode()))
            return files.digests, files.written, state

        def note(digests: Mapping[str, str], written: set[str], state: bytes) -> None:
            self._written |= written
            self._store.put(_FOLDERS, [(folder.encode(), state)])
            self._updated(folder, _Made(key, tuple(sorted(digests.items()))))

        with beside(work) as result:
            yield lambda: note(*result())

    def _updated(self, folder: str, made: _Made) -> None:
        self._now[folder] = made
        self._before.setdefault(folder, made)
        for _ in self._claim([made]):
            pass

    def needed(self) -> Iterator[Needed]:
        """What all that has been written needs to be converted to the other script."""
        conversion.prepare(self._store)
        return chain.from_iterable(each.needed for each in self._now.values())

    def finish(self) -> frozenset[str]:
        """Remove what no product claims any more, and remember what was made of what; gives all paths that changed."""
        once = (path for path, _ in _files(self._before)) if self._is_known else None
        gone = orphans(self._docs, once, self._claimed, self._damaged)
        for path in gone:
            (self._docs / path).unlink(missing_ok=True)
        for folder in sorted({parent for path in gone for parent in Path(path).parents}, reverse=True):
            if folder != Path() and (self._docs / folder).is_dir() and not any((self._docs / folder).iterdir()):
                (self._docs / folder).rmdir()
        if self._now != self._before:
            self._store.put(_TABLE, [(_ALL, packed((self._context, self._now), ordered=False))])
        return frozenset({*self._written, *gone})

    def _stands(self, product: Product) -> bool:
        """Whether a product was made of the same things, and its files are as they were left."""
        before = self._before.get(product.name)
        if before is None or before.key != product.key or self._damaged is None:
            return False
        return not self._damaged or not any(path in self._damaged for path, _ in before.files)

    def _claim(self, made: Iterable[_Made]) -> Iterator[tuple[str, str]]:
        for path, digest in chain.from_iterable(each.files for each in made):
            if path in self._claimed:
                raise BuilderError(Wording("two-pages-one-file", {"path": path}))
            self._claimed.add(path)
            yield path, digest


def _make(
    docs: Path, product: Product, store: Store
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...], tuple[Needed, ...]]:
    """Path and digest of each of its files, the paths of those whose bytes are new, and what they need."""
    conversion.prepare(store)
    files, written, needed = [], [], []
    for file in product.make():
        digest, is_new = write_file(docs, file)
        files.append((file.path, digest))
        if is_new:
            written.append(file.path)
        if file.path.endswith(".md") or file.path == paths.BROWSE_ROWS:
            assert isinstance(file.content, bytes)  # noqa: S101  # for the type checker: pages are made, not copied
            needed.append(conversion.needed(file.content.decode()))
    return tuple(files), tuple(written), tuple(needed)


def _files(made: Mapping[str, _Made]) -> Iterable[tuple[str, str]]:
    """Path and digest of every file."""
    return chain.from_iterable(each.files for each in made.values())


def _remembered(store: Store, context: bytes) -> dict[str, _Made]:
    stored = store.one(_TABLE, _ALL)
    if stored is None:
        return {}
    known, made = unpacked(stored, tuple[bytes, msgspec.Raw])
    return unpacked(bytes(made), dict[str, _Made]) if known == context else {}
