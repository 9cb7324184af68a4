"""How many processors there are, when a process may fork, and the end of those whose parent is gone."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else min(os.cpu_count() or 1, _MOST)


def may_fork() -> bool:
    """Forking is safe where no other thread can hold a lock; elsewhere than on Linux system libraries start threads."""
    return sys.platform == "linux" and threading.active_count() == 1


def end_with_parent(parent: int) -> None:
    """In a forked process: leave Ctrl-C to the parent, and end when it is gone. It may not fork after that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_end, args=(parent,), daemon=True).start()


def _wait_for_end(parent: int) -> None:
    """A killed parent sends no signal, and its children would wait for ever."""
    while os.getppid() == parent:
        time.sleep(_SECONDS_BETWEEN_CHECKS)
    os._exit(1)


_MOST = 8
"""Where nobody says how many of a machine's processors are for this process; each takes some 100 MB."""
_SECONDS_BETWEEN_CHECKS = 0.5
