"""The cache of one archive, under a lock: one build at a time writes it, other processes work without it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from builder.cache import BrokenCacheError, Store, version
from builder.config.project import Project
from builder.problems import BuilderError, SeedChangedError, Wording
from builder.site import ownership

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
    "containers",
    "reading",
    "markup",
    "cleaning",
    "documents",
    "linking",
    "archive",
)
"""What the results of reading, cleaning and linking depend on."""


def with_cache(project: Project, work: Callable[[Store], Result]) -> Result:
    """Do something with what is remembered, or without it while a build goes on."""
    with locked(project, wait=False) as mine:
        return beginning_anew(project, lambda: with_store(project, work) if mine else work(Store(None)))


def with_store(project: Project, work: Callable[[Store], Result]) -> Result:
    """Do something with what is remembered; the caller holds the lock.

    Raises:
        BrokenCacheError: What is remembered is damaged.
        sqlite3.Error: Likewise, or the disk refuses.
    """
    store = Store(project.root / ".cache" / "results", version(*ROOMS))
    result = work(store)
    store.commit()
    store.close()  # what is read of it later opens it again
    return result


def beginning_anew(project: Project, work: Callable[[], Result]) -> Result:
    """Do something, and all of it again where what is remembered turns out to be broken, or a seed was just changed.

    All of it: what a first try has written must not be taken for what an earlier build left.

    Raises:
        BuilderError: A seed is changed again and again, or the disk refuses.
    """
    for _ in range(_TRIES):
        try:
            return work()
        except (BrokenCacheError, sqlite3.Error):
            forget(project)
        except SeedChangedError:
            pass
    try:
        return work()
    except SeedChangedError as error:
        raise BuilderError(
            Wording("seeds-unsettled", {"path": error.path.removeprefix(f"{project.seeds}/")})
        ) from error
    except sqlite3.Error as error:
        values = {"path": str(project.root / ".cache"), "reason": str(error)}
        raise BuilderError(Wording("unwritable", values)) from error


def forget(project: Project) -> None:
    """Forget everything that is remembered but what the archive held: the guard against losses needs that."""
    folder = project.root / ".cache"
    for file in (*folder.glob("results*"), *folder.glob("publishing/record*"), folder / "last"):
        with suppress(OSError):
            file.unlink()


_TRIES = 3


@contextmanager
def locked(project: Project, *, wait: bool) -> Iterator[bool]:
    """Hold the lock of an archive's cache and of everything it generates.

    Yields:
        False where another holds it, or the folder cannot be written.

    Raises:
        BuilderError: Something in the archive leads elsewhere, or the cache came with the repository.
    """
    ownership.vet(project)
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
