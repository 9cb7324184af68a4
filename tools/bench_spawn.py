"""What processes begun anew (``spawn``) save where forking is not safe: one archive built by one process and by two.

usage: bench_spawn.py [--posts N]

Prints seconds passed, and seconds of processor time: this process's own, and that of the others together. What a
machine with nothing else to do would take is nearly the own plus half of the others'. The bytes of both are compared.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench_build import MEMORY, contents, make

PROGRAM = """
import resource, sys
from builder.parallel import mapping, spawning, worker
if __name__ == "__main__":
    number = int(sys.argv.pop())
    worker.may_fork = mapping.may_fork = lambda: False
    mapping.processors = lambda: number
    from builder.__main__ import commands
    commands.main(standalone_mode=False)
    spawning.release()
    used = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    print(*(each.ru_utime + each.ru_stime for each in used))
"""


def main() -> None:
    """Build by one process, then by two."""
    parser = argparse.ArgumentParser(description="what spawned processes save")
    parser.add_argument("--posts", type=int, default=1000)
    made = []
    with tempfile.TemporaryDirectory(prefix="bench-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        bench = make(Path(folder), parser.parse_args().posts, 1)
        program = Path(folder) / "spawned.py"
        program.write_text(PROGRAM, encoding="utf-8")
        for number in (1, 2):
            for name in (".cache", "site"):
                shutil.rmtree(bench.project / name, ignore_errors=True)
            begun = time.perf_counter()
            done = subprocess.run(
                [sys.executable, str(program), "build", str(number)],
                cwd=bench.project, env=bench.environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                text=True, check=True,
            )  # fmt: skip
            own, others = map(float, done.stdout.split()[-2:])
            alone = own + others / number
            print(
                f"{number} processes: {time.perf_counter() - begun:.1f} s; work {own:.1f} + {others:.1f} s; {alone:.1f}"
            )
            made.append(contents(bench.project / "site"))
    print("same bytes" if made[0] == made[1] else "different bytes")


if __name__ == "__main__":
    main()
