"""Long work on many items, shared among the machine's processors; the result is that of doing one after the other."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Progress = Callable[[Sequence[Any], str], Iterable[Any]]
"""Told of long work: passes the items of a stage on, one by one."""

WORTHWHILE = 64
"""With fewer items a second process costs more than it saves: 30 ms to start one, some 8 ms an item."""
_CHUNK = 16
_SHARES = 8
"""Portions for each process, so that none waits long for the last."""

_work: Callable[[Any], Any] | None = None


def spread(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    progress: Progress,
    stage: str,
    processes: int | None = None,
    worthwhile: int = WORTHWHILE,
) -> Iterator[Result]:
    """Do the same work on every item.

    Args:
        work: Depends on its item alone.
        items: What to work on; they and the results pass between processes.
        progress: Told of each item.
        stage: Label of the stage.
        processes: How many; by default as many as this process may use.
        worthwhile: From so many items on the work is shared.

    Returns:
        The results, in the order of the items.
    """
    number = min(processes or _processors(), len(items)) if len(items) >= worthwhile else 1
    if number < _TWO or not _may_fork():
        yield from map(work, progress(items, stage))
        return
    # Forked processes know the work, its profiles and tables already; nothing but items and results is passed.
    with ProcessPoolExecutor(number, get_context("fork"), _begin, (work, os.getpid())) as executor:
        portion = max(1, min(_CHUNK, len(items) // (number * _SHARES)))
        results = executor.map(_do, items, chunksize=portion)
        for _, result in zip(progress(items, stage), results, strict=True):
            yield result


@contextmanager
def beside(work: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Do some work in a process of its own, which ends with the context at the latest.

    Args:
        work: Changes nothing in memory that anybody else looks at; what it gives passes between processes.

    Yields:
        Waits for the result, once. Where forking is not safe, or the process fails, the work is done then.
    """
    if not _may_fork() or _processors() < _TWO:
        yield work
        return
    child, read = _begun(work)
    waiting = True

    def wait() -> Result:
        nonlocal waiting
        with os.fdopen(read, "rb") as answer:
            data = answer.read()
        waiting = False
        _, status = os.waitpid(child, 0)
        return work() if status else pickle.loads(data)  # noqa: S301  # of this program's own child

    try:
        yield wait
    finally:
        if waiting:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _begun(work: Callable[[], Any]) -> tuple[int, int]:
    """A process that works, and where its result can be read."""
    read, write = os.pipe()
    parent, child = os.getpid(), os.fork()
    if child:
        os.close(write)
        return child, read
    status = 1
    try:
        os.close(read)
        _watch(parent)
        with os.fdopen(write, "wb") as answer:
            pickle.dump(work(), answer)
        status = 0
    finally:
        os._exit(status)


_TWO = 2


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _may_fork() -> bool:
    """Forking is safe where no other thread can hold a lock; elsewhere than on Linux system libraries start threads."""
    return sys.platform == "linux" and threading.active_count() == 1


def _begin(work: Callable[[Any], Any], parent: int) -> None:
    global _work  # noqa: PLW0603  # what a forked process is for is known once, at its birth
    _work = work
    _watch(parent)


def _watch(parent: int) -> None:
    """Leave Ctrl-C to the process whose work this is, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End once the process that shares its work is gone: killed, it tells nobody, and they would wait for ever."""
    while os.getppid() == parent:
        time.sleep(_PATIENCE)
    os._exit(1)


_PATIENCE = 0.5


def _do(item: Any) -> Any:  # noqa: ANN401  # whatever the work takes and gives
    assert _work is not None  # noqa: S101  # set at birth
    return _work(item)
