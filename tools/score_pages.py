#!/usr/bin/env python3
"""Score whole pages, the peers' own suites and the small cases beside the checkout, each line beside what peers get.

usage: score_pages.py [--worst N] [--held-back] [--all]

The third of each set that ``held_back.py`` draws is left out, unless it alone is asked for (``--held-back``) or all
of it (``--all``). What peers get is data (``peers.json``), measured on all items: nothing has to be installed for it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from held_back import held_back
from score import load_scorer

Row = Mapping[str, Any]
PEERS = json.loads((ROOT / "tools" / "peers.json").read_text(encoding="utf-8"))
FIELDS = ("f1", "recall", "precision", "leaks", "title", "date", "time", "source", "author", "url", "lang")
SUITE_FIELDS = ("f1", "recall", "precision", "title", "author", "date", "lead", "at")


def wanted(name: str, which: str) -> bool:
    """Whether an item belongs to the part of its set that is asked for: ``rest``, ``held-back`` or ``all``."""
    return which == "all" or held_back(name) == (which == "held-back")


def converted(folder: Path) -> dict[str, Mapping[str, Any]]:
    """What ``convert --json`` makes of a folder, by the names of its files."""
    command = [sys.executable, "-m", "builder", "convert", "--json", str(folder)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    records = (json.loads(line) for line in run.stdout.splitlines() if line.startswith("{"))
    return {record["file"].rsplit("/", 1)[-1]: record for record in records}


def line(name: str, counts: str, rows: Sequence[Row], fields: Sequence[str]) -> str:
    """One line of means, over the rows that have a field at all."""
    means = []
    for field in fields:
        values = [float(row[field]) for row in rows if field in row]
        if values:
            means.append(f"{field} {sum(values) / len(values):.3f}")
    return f"{name:14s} {counts}  " + "  ".join(means)


def pages(which: str, worst: int) -> None:
    """Saved pages: all, then by kind."""
    scorer = load_scorer("pages/score_pages.py")
    gold = json.loads((SHARED / "pages" / "gold.json").read_text(encoding="utf-8"))
    found = converted(SHARED / "pages" / "raw")
    rows = [scorer.score(entry, found.get(entry["file"], {})) for entry in gold if wanted(entry["file"], which)]
    print("\nsaved pages")
    for kind in ("all", *sorted({row["kind"] for row in rows})):
        mine = [row for row in rows if kind in {"all", row["kind"]}]
        counts = (
            f"{len(mine):3d}: clean {sum(row['perfect'] for row in mine)}, right {sum(row['right'] for row in mine)}"
        )
        print(line(kind, f"{counts}, empty {sum(row['empty'] for row in mine)}", mine, FIELDS))
    peers(PEERS["pages"])
    for row in sorted(rows, key=lambda row: (row["f1"], row["file"]))[: worst if which == "rest" else 0]:
        print(f"  {row['f1']:.3f} recall {row['recall']:.3f} precision {row['precision']:.3f}  {row['file']}")


def suites(which: str, worst: int) -> None:
    """The suites that three peers test themselves by."""
    scorer = load_scorer("pages/peer_suites.py")
    for suite in sorted(folder for folder in (SHARED / "pages" / "suites").iterdir() if (folder / "raw").is_dir()):
        found = converted(suite / "raw")
        names = sorted(path.name for path in (suite / "raw").glob("*.html") if wanted(path.name, which))
        rows = [scorer.one(str(suite), name.removesuffix(".html"), found.get(name, {})) for name in names]
        print(f"\n{suite.name}")
        print(line("ours", f"{len(rows):3d}: empty {sum(row['empty'] for row in rows)}", rows, SUITE_FIELDS))
        peers(PEERS.get(suite.name, {}))
        scored = sorted((row for row in rows if "f1" in row), key=lambda row: row["f1"])
        for row in scored[: worst if which == "rest" else 0]:
            print(f"  {row['f1']:.3f} recall {row['recall']:.3f} precision {row['precision']:.3f}  {row['file']}")


def peers(figures: Mapping[str, Mapping[str, float]]) -> None:
    """What peers get on the whole set."""
    for name, values in figures.items():
        print(f"  {name:32s} " + "  ".join(f"{key} {value:g}" for key, value in values.items()))


def cases() -> None:
    """The small invented inputs, each the least of a kind of fault."""
    command = [sys.executable, str(SHARED / "cases" / "check.py"), "articles", "--python", sys.executable]
    run = subprocess.run([*command, "--checkout", str(ROOT)], capture_output=True, text=True, check=False)
    wrong = [each for each in run.stdout.splitlines() if not each.startswith("right")]
    print("\ncases\n" + "\n".join(wrong))


def main() -> None:
    """Run every section."""
    parser = argparse.ArgumentParser(description="score whole pages")
    parser.add_argument("--worst", type=int, default=5)
    parser.add_argument("--held-back", dest="which", action="store_const", const="held-back", default="rest")
    parser.add_argument("--all", dest="which", action="store_const", const="all")
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        raise SystemExit(f"{SHARED} is not here: nothing to score against")
    print(f"which items: {arguments.which}")
    pages(arguments.which, arguments.worst)
    suites(arguments.which, arguments.worst)
    cases()


if __name__ == "__main__":
    main()
