"""The bench of whole builds: it runs, finds the site the same, and judges by the limits."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tools"))

from bench_report import NAMES, report, table
from measuring import Runs, run


@dataclass
class _Archive:
    posts: int
    measured: dict[str, Runs]
    sizes: dict[str, int] = field(default_factory=lambda: {"site": 100_000_000, "files": 9, "same": 1})


def _archive(posts: int, seconds: float, **others: float) -> _Archive:
    times = {key: others.get(key, 0.1) for key in NAMES} | {"cold": seconds}
    return _Archive(posts, {key: Runs((time,), (time,), 50.0) for key, time in times.items()})


def test_bench_runs_at_fifty_posts() -> None:
    """One command makes an archive, changes it in every way, and finds that a build from nothing gives the same."""
    done = subprocess.run(
        [sys.executable, "tools/bench_build.py", "--posts", "50", "--runs", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in NAMES.values())
    assert "逐字节相同 ✓" in done.stdout, done.stderr


def test_limits_are_multiples_of_what_others_take() -> None:
    """A row that keeps its limit is ticked, one that breaks it is crossed; without the other there is no verdict."""
    others = {"pipeline": 30.0, "base, added": 2.0, "base, changed": 2.0}
    shown = table([_archive(1000, 54.1, added=1.9, changed=2.1, **others)])
    rows = {line.split("|")[1].strip(): line for line in shown.splitlines() if line.startswith("|")}
    assert "1.80 ✗（要求 1.8）" in rows["全部从头"]
    assert "0.95 ✓（要求 1）" in rows["加一篇新文"]
    assert "1.05 ✗（要求 1）" in rows["改一篇"]
    alone = _archive(1000, 6)
    for other in others:
        del alone.measured[other]
    assert "要求" not in table([alone])


def test_growth_is_even_where_each_post_costs_the_same() -> None:
    """Equal costs per further post are even; a fifth more is not."""
    small, middle = _archive(1000, 6), _archive(10000, 60)
    assert "两段之比 1.00，上限 1 ± 0.15 ✓" in table([small, middle, _archive(30000, 180)])
    assert "两段之比 1.20，上限 1 ± 0.15 ✗" in table([small, middle, _archive(30000, 204)])


def test_page_names_the_machine() -> None:
    """The page of the manual says on which machine, and how often."""
    assert "机器：某处理器" in report([_archive(1000, 6)], "某处理器", 0.5, 3)


def test_memory_of_children_counts(tmp_path: Path) -> None:
    """A process's children are added to it, their work and, each byte once, their memory."""
    child = "import time; data = b'x' * 60_000_000; time.sleep(1); sum(range(10_000_000))"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    measured = run([sys.executable, "-c", parent], tmp_path, {}, watched=True)
    assert 60 < measured.megabytes < 160
    assert measured.worked > 0.05
