"""How long ``check`` takes: over 1,000 made posts with nothing remembered, after one has changed, and for one file."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from made_posts import make_posts

ROOT = Path(__file__).parents[1]
POSTS = 1000
RUNS = 5
LIMITS = {"check, all anew": 6.0, "check, one changed": 0.5, "check FILE": 1.0}


def main() -> None:
    """Print the median of each, beside its limit."""
    with tempfile.TemporaryDirectory(prefix="archive-") as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "curation", root / "curation")
        shutil.copy(ROOT / "mkdocs.yml", root)
        make_posts(root / "seeds", POSTS)
        one = min(path for path in (root / "seeds").rglob("*") if path.is_file())
        print(f"{POSTS} posts, {os.cpu_count()} processors, Python {sys.version.split()[0]}, median of {RUNS}")
        for name, limit in LIMITS.items():
            runs = [_run(root, name, one) for _ in range(RUNS)]
            wall, work = (statistics.median(column) for column in zip(*runs, strict=True))
            print(f"{name:20} {wall:6.2f} s   (limit {limit:g} s), {work:.2f} s of processor time")


def _run(root: Path, name: str, one: Path) -> tuple[float, float]:
    if name == "check, all anew":
        shutil.rmtree(root / ".cache", ignore_errors=True)
    if name == "check, one changed":
        one.write_text(one.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    return _seconds(root, [str(one)] if name == "check FILE" else [])


def _seconds(root: Path, arguments: list[str]) -> tuple[float, float]:
    """Wall and processor time of one run, the interpreter's start included; the second grows less on a busy machine."""
    begun, worked = time.perf_counter(), _worked()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "builder", "check", *arguments]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
    if done.returncode not in {0, 1}:
        sys.exit(done.stderr.decode())
    return time.perf_counter() - begun, _worked() - worked


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
