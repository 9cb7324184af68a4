"""One other process that works while this one goes on: once, or whenever it is told to."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else min(os.cpu_count() or 1, _MOST)


def may_fork() -> bool:
    """Forking is safe where no other thread can hold a lock; elsewhere than on Linux system libraries start threads."""
    return sys.platform == "linux" and threading.active_count() == 1


def end_with_parent() -> None:
    """In another process: leave Ctrl-C to the parent, and end when it is gone. It may not fork after that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    """A killed parent sends no signal, and its children would wait for ever."""
    from multiprocessing import parent_process  # noqa: PLC0415  # slow to load, and most commands do little

    if parent := parent_process():
        parent.join()
        os._exit(1)


_MOST = 8
"""Where nobody says how many of a machine's processors are for this process; each takes some 100 MB."""
Result = TypeVar("Result")


@contextmanager
def beside(work: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Work in a process of its own, which ends with the work and gives all its memory back, or else with the context.

    Args:
        work: Changes nothing in memory that anybody else looks at; what it gives passes between processes. Where
            forking is not safe or gains nothing, or the process fails, it is done when the result is asked for.

    Yields:
        Waits for the result.
    """
    if not may_fork() or processors() == 1:
        yield work
        return
    from multiprocessing import get_context  # noqa: PLC0415  # slow to load, and most commands do little

    with TemporaryFile() as file:  # a pipe would keep the process until somebody reads
        process = get_context("fork").Process(target=_do_once, args=(work, file))
        process.start()

        def result() -> Result:
            process.join()
            file.seek(0)
            return pickle.load(file) if process.exitcode == 0 else work()  # noqa: S301  # ours

        try:
            yield result
        finally:
            process.kill()
            process.join()


def _do_once(work: Callable[[], object], file: IO[bytes]) -> None:
    end_with_parent()
    with suppress(Exception):  # whoever asks does the work and sees for itself what goes wrong
        pickle.dump(work(), file)
        file.flush()
        os._exit(0)
    os._exit(1)


class Worker(Generic[Result]):
    """A process with all that this one knows when it begins. Whoever begins it closes it."""

    def __init__(self, work: Callable[[], Result]) -> None:
        """Begin to stand ready.

        Args:
            work: As for ``beside``, but it may share its work among processes, and is always done in the other
                process where forking is safe. It ends with this process once the work at hand is done.
        """
        self._work = work
        self._ours: Connection | None = None
        if may_fork():
            from multiprocessing import get_context  # noqa: PLC0415  # slow to load, and most commands do little

            context = get_context("fork")
            self._ours, theirs = context.Pipe()
            arguments = (work, theirs, self._ours)
            self._process = context.Process(target=_obey, args=arguments, daemon=False)
            self._process.start()
            theirs.close()

    def start(self) -> None:
        """Let it begin to work."""
        if self._ours is not None:
            with suppress(OSError):  # the process is gone, which shows when the result is asked for
                self._ours.send(None)

    def result(self) -> Result:
        """Wait for what the work gives; to be asked for once after each start."""
        if self._ours is not None:
            with suppress(OSError, EOFError):
                return self._ours.recv()  # type: ignore[no-any-return]  # a pipe knows no types
            self.close()
        return self._work()

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._ours is not None:
            self._process.kill()
            self._process.join()
            self._ours.close()
            self._ours = None


def _obey(work: Callable[[], object], theirs: Connection, ours: Connection) -> None:
    ours.close()  # so that the end of that process is the end of this
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process whose work this is
    while True:
        try:
            theirs.recv()
            theirs.send(work())
        except Exception:  # noqa: BLE001  # whoever asks does the work and sees for itself what goes wrong
            return
