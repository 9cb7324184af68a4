"""Workers that are begun anew (``spawn``), where forking is not safe; they stay for the next work."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import cloudpickle

from builder.parallel.worker import end_with_parent

Item = TypeVar("Item")
Result = TypeVar("Result")


def spawned(
    work: Callable[[Item], Result], items: Sequence[Item], told: Iterable[Item], number: int, portion: int
) -> Iterator[Result]:
    """Do the same work on every item.

    Args:
        work: Passes between processes by value, closures too; depends on no variable of a module that this process set.
        items: What to work on.
        told: The items again, taken one by one as results come.
        number: Of workers.
        portion: How many items pass at once.

    Returns:
        The results, in the order of the items.

    Raises:
        BrokenExecutor: A worker was killed.
    """
    with tempfile.TemporaryDirectory(prefix="builder-") as folder:
        file = Path(folder) / "work"  # once for each worker, not with each portion
        file.write_bytes(cloudpickle.dumps(work))
        try:
            results = _workers(number).map(partial(_do, str(file)), items, chunksize=portion)
            for _, result in zip(told, results, strict=True):
                yield result
        except BrokenExecutor:
            release()
            raise


_pool: list[ProcessPoolExecutor] = []
_environment: dict[str, str] = {}
"""The environment in which the workers began: theirs does not follow this process's."""


def _workers(number: int) -> ProcessPoolExecutor:
    if _environment != dict(os.environ):
        release()
    if not _pool:
        _environment.clear()
        _environment.update(os.environ)
        _pool.append(ProcessPoolExecutor(number, get_context("spawn"), end_with_parent))
    return _pool[0]


def release() -> None:
    """Let the workers go, and wait until they are gone."""
    while _pool:
        _pool.pop().shutdown(cancel_futures=True)


def _do(file: str, item: Any) -> Any:  # noqa: ANN401  # items and results are the caller's; only spread knows their types
    return _known(file)(item)


_last: tuple[str, Callable[[Any], Any]] = ("", repr)


def _known(file: str) -> Callable[[Any], Any]:
    """The work that a file tells of; the one before is forgotten."""
    global _last  # noqa: PLW0603  # what a worker knows from one portion to the next
    if _last[0] != file:
        _last = file, pickle.loads(Path(file).read_bytes())  # noqa: S301  # written by the process whose work this is
    return _last[1]
