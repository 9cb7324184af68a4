"""A limit of processor time for one piece of work: nothing that a file holds may keep a build waiting."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 0.5
"""Seconds after which the limit is raised again, where a library has swallowed it."""


class OverBudgetError(BaseException):
    """Some work has taken too long. No ``except Exception`` of a library stops it."""


@contextmanager
def budget(seconds: float) -> Iterator[None]:
    """Limit the processor time of this process, so that a busy machine does not count against a file.

    Python's own loops and its regular expressions look for signals; where there are no such timers (Windows), or
    outside the main thread, there is no limit.

    Args:
        seconds: How long the work may compute.

    Raises:
        OverBudgetError: It has taken longer.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise OverBudgetError
