"""The attack on the program: injections, faults of the machine, kills, damage, mutants, growth.

    python tools/attack.py [--quick] [--only PART...] [--seed N]

Each part prints what it tried and what was wrong; the exit code is 1 where anything was. ``--quick`` takes a few
minutes, the whole about half an hour of processor time. The parts stand in modules of their own:
``attack_patterns``, ``attack_stages``, ``attack_faults``, ``attack_mutants``; injections are the tests of
``tests/test_injection*.py``.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tools")]

import attack_patterns
import attack_stages
from attack_faults import Laboratory, damage, faults, kills, swaps
from attack_growth import SIGNS, UNITS
from attack_mutants import mutants
from conftest import copy_project
from editing import post

SEED = "03.md"
CHANGES = (("回归本源", "离开本源"), ("第3天", "第三天"))
Found = Iterator[tuple[str, Sequence[object]]]


def laboratory(folder: Path) -> Laboratory:
    """An archive of twelve seeds, one of which is edited back and forth."""
    project = copy_project(folder / "archive", seeds=False)
    for number in range(12):
        body = f"<p>第{number}篇写得足够长，说明移动支付新规如何落实，机构{number}回归本源。</p>"
        (project.seeds / f"{number:02}.md").write_text(post(number, body=body), encoding="utf-8")
    made = Laboratory(project.root, SEED, CHANGES)
    made.build()
    return made


def parts(draw: random.Random, scratch: Path, *, quick: bool) -> dict[str, Callable[[], Found]]:
    """Every part of the attack."""
    made: list[Laboratory] = []

    def here() -> Laboratory:
        if not made:
            made.append(laboratory(scratch))
        return made[0]

    def patterns() -> Found:
        longest = 1 << (13 if quick else 15)
        for name, each in attack_patterns.patterns().items():
            units = draw.sample(UNITS, 5) if quick else UNITS
            yield name, list(attack_patterns.slow_patterns(units, longest, {name: each}))

    def stages() -> Found:
        longest = 1 << (13 if quick else 16)
        for name, each in attack_stages.stages().items():
            units = draw.sample(UNITS, 15) if quick else UNITS
            yield name, list(attack_stages.slow_stages(units, longest, {name: each}))

    def large() -> Found:
        for name, each in attack_stages.stages().items():
            yield name, list(attack_stages.slow_large(SIGNS[:: 20 if quick else 1], {name: each}))

    return {
        "injection": lambda: _tests("injection", "injection_site", "attempts"),
        "faults": lambda: faults(here(), draw, scratch, 20 if quick else 999),
        "swaps": lambda: swaps(here(), SEED, here().other, scratch),
        "kills": lambda: kills(here(), draw, 10 if quick else 200),
        "damage": lambda: damage(here(), draw, 10 if quick else 100),
        "mutants": lambda: mutants(draw, 300 if quick else 10_000),
        "patterns": patterns,
        "stages": stages,
        "large": large,
    }


def _tests(*names: str) -> Found:
    files = [f"tests/test_{name}.py" for name in names]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", *files], cwd=ROOT, capture_output=True, text=True, check=False
    )
    yield done.stdout.strip().rpartition("\n")[2], [done.stdout[-2000:]] if done.returncode else []


def main() -> int:
    """Run the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    total = 0
    with tempfile.TemporaryDirectory(prefix="attack-") as folder:
        for name, part in parts(random.Random(asked.seed), Path(folder), quick=asked.quick).items():  # noqa: S311  # no secret
            if asked.only and name not in asked.only:
                continue
            begun, tried, wrong = time.process_time(), 0, 0
            for _, found in part():
                tried += 1
                wrong += len(found)
                for each in found:
                    print(f"{name}: {each}", flush=True)
            print(f"{name}: {tried} tried, {wrong} wrong, {time.process_time() - begun:.0f} s", flush=True)
            total += wrong
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
