"""The cache of one archive: one build at a time writes it, and whoever cannot have it works without."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from builder.cache import BrokenCacheError, Store, version
from builder.config.project import Project

try:
    import fcntl
except ImportError:  # Windows has no such locks; two builds at once are then the editor's to avoid
    fcntl = None  # type: ignore[assignment]  # a module elsewhere

Result = TypeVar("Result")

ROOMS = (
    "cache",
    "problems",
    "model",
    "languages",
    "folding",
    "conversion",
    "config",
    "reading",
    "markup",
    "cleaning",
    "documents",
    "linking",
    "archive",
)
"""What the results of reading, cleaning and linking depend on."""


def with_cache(project: Project, work: Callable[[Store], Result]) -> Result:
    """Do something with what is remembered, or without it while a build goes on.

    Args:
        project: Whose cache.
        work: What to do.
    """
    with locked(project, wait=False) as mine:
        return with_store(project, work) if mine else work(Store(None))


def with_store(project: Project, work: Callable[[Store], Result]) -> Result:
    """Do something with what is remembered, and do it again without where that turns out to be broken.

    Args:
        project: Whose cache; the caller holds its lock.
        work: What to do.
    """
    store = Store(project.root / ".cache" / "results", version(*ROOMS))
    try:
        result = work(store)
    except (BrokenCacheError, sqlite3.Error):
        store.clear()
        result = work(store)
    store.commit()
    store.close()  # what is read of it later opens it again
    return result


@contextmanager
def locked(project: Project, *, wait: bool) -> Iterator[bool]:
    """Hold the lock of an archive's cache and of everything it generates.

    Args:
        project: The archive.
        wait: Whether to wait for another build.

    Yields:
        False where another holds it, or the folder cannot be written.
    """
    folder = project.root / ".cache"
    try:
        folder.mkdir(exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        yield False
        return
    try:
        yield _lock(descriptor, wait=wait)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, *, wait: bool) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
