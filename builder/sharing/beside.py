"""Work that a process of its own does, while this one goes on."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Beside(Generic[Result]):
    """Some work in a process of its own. Whoever begins it closes it."""

    def __init__(self, work: Callable[[], Result]) -> None:
        """Begin.

        Args:
            work: Changes nothing in memory that anybody else looks at; what it gives passes between processes. Where
                forking is not safe, or the process fails, it is done when the result is asked for.
        """
        self._work = work
        self._child = _begun(work) if may_fork() and processors() > 1 else None

    def result(self) -> Result:
        """Wait for what the work gives; to be asked for once."""
        if self._child is None:
            return self._work()
        child, read = self._child
        self._child = None
        with os.fdopen(read, "rb") as answer:
            data = answer.read()
        _, status = os.waitpid(child, 0)
        return self._work() if status else pickle.loads(data)  # noqa: S301  # of this program's own child

    def close(self) -> None:
        """End work whose result nobody has asked for."""
        if self._child is not None:
            child, read = self._child
            self._child = None
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(read)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else min(os.cpu_count() or 1, _MOST)


def may_fork() -> bool:
    """Forking is safe where no other thread can hold a lock; elsewhere than on Linux system libraries start threads."""
    return sys.platform == "linux" and threading.active_count() == 1


def watch(parent: int) -> None:
    """In a forked process: leave Ctrl-C to the process whose work this is, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _begun(work: Callable[[], object]) -> tuple[int, int]:
    """A process that works, and where its result can be read."""
    read, write = os.pipe()
    parent, child = os.getpid(), os.fork()
    if child:
        os.close(write)
        return child, read
    status = 1
    try:
        os.close(read)
        watch(parent)
        with os.fdopen(write, "wb") as answer:
            pickle.dump(work(), answer)
        status = 0
    finally:
        os._exit(status)


def _end_with(parent: int) -> None:
    """End once the process that shares its work is gone: killed, it tells nobody, and they would wait for ever."""
    while os.getppid() == parent:
        time.sleep(_PATIENCE)
    os._exit(1)


_MOST = 8
"""Where nobody says how many of a machine's processors are for this process; each takes some 100 MB."""
_PATIENCE = 0.5
