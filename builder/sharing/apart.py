"""Work that one other process does whenever it is asked to, so that this one may have threads and stays awake."""

from __future__ import annotations

import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from builder.sharing.beside import may_fork

Result = TypeVar("Result")


class Apart(Generic[Result]):
    """A process that stands ready to do some work, with all that this one knows when it begins.

    Attributes:
        result: What the work gave last.
    """

    def __init__(self, work: Callable[[], Result], result: Result) -> None:
        """Begin to stand ready; call it before any thread is started.

        Args:
            work: Raises nothing; what it gives passes between processes. Where forking is not safe it is done here.
            result: What it gave before.
        """
        self.result = result
        self._work = work
        self._ours: Connection | None = None
        if may_fork():
            context = get_context("fork")
            self._ours, theirs = context.Pipe()
            self._process = context.Process(target=_stand_ready, args=(work, theirs, self._ours), daemon=False)
            self._process.start()
            theirs.close()

    def do(self) -> None:
        """Have the work done once."""
        if self._ours is None:
            self.result = self._work()
            return
        try:
            self._ours.send(None)
            self.result = self._ours.recv()
        except (OSError, EOFError):  # the process is gone: killed, or out of memory
            self._ours = None
            self.result = self._work()

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._ours is not None:
            self._process.kill()
            self._process.join()
            self._ours.close()
            self._ours = None


def _stand_ready(work: Callable[[], object], theirs: Connection, ours: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process whose work this is
    ours.close()  # so that the end of that process is the end of this
    while True:
        try:
            theirs.recv()
            theirs.send(work())
        except (OSError, EOFError):
            return
