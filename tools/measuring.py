"""Times whole processes, adds up the memory of all of them together, and names the machine."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_INTERVAL = 0.05
_RESTING = 10


@dataclass(frozen=True)
class Run:
    """One run of a command.

    Attributes:
        seconds: From start to end.
        worked: Seconds of processor time of all its processes; a busy machine disturbs it less.
        megabytes: The largest proportional share of memory that its processes had together; 0 where nobody looked.
    """

    seconds: float
    worked: float
    megabytes: float = 0.0


@dataclass(frozen=True)
class Runs:
    """Several runs of one command."""

    seconds: tuple[float, ...]
    worked: tuple[float, ...]
    megabytes: float

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.seconds)


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], *, watched: bool = False) -> Run:
    """Run a command.

    Args:
        command: Program and arguments.
        folder: Where.
        environment: Set besides this process's own.
        watched: Whether to look at its memory, which takes time of its own.
    """
    with (folder / ".output").open("w+b") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stdout=output, stderr=subprocess.STDOUT
        )
        peaks: list[int] = []
        watcher = threading.Thread(target=_watch, args=(process.pid, peaks))
        if watched:
            watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = code = os.waitstatus_to_exitcode(status)
        if watched:
            watcher.join()
        output.seek(0)
        if code not in {0, 1}:
            sys.exit(f"{' '.join(command)}: {code}\n{output.read()[-2000:].decode(errors='replace')}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, max(peaks, default=0) / 1024)


def machine() -> str:
    """Processor, cores, memory, system and Python."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{_processor()}, {cores} cores, {memory:.0f} GB, {system}"


def busy() -> float:
    """How many processes wanted a processor in the last minute, on average."""
    return os.getloadavg()[0]


def size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _processor() -> str:
    information = _PROC / "cpuinfo"
    lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _watch(root: int, peaks: list[int]) -> None:
    while (_PROC / str(root) / "smaps_rollup").exists():
        begun = time.thread_time()
        total = sum(_kilobytes(number) for number in _family(root))
        if not total:
            return
        peaks.append(total)
        # Looking at large processes takes time that they should have: never more than a tenth of it.
        time.sleep(max(_INTERVAL, _RESTING * (time.thread_time() - begun)))


def _family(number: int) -> Iterator[int]:
    """A process and everyone that descends from it."""
    yield number
    try:
        children = [
            int(child)
            for task in (_PROC / str(number) / "task").iterdir()
            for child in (task / "children").read_text(encoding="ascii").split()
        ]
    except OSError:
        return
    for child in children:
        yield from _family(child)


def _kilobytes(number: int) -> int:
    """A process's memory, what it shares divided by those who share it; 0 once it has ended."""
    try:
        lines = (_PROC / str(number) / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
