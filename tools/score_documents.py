"""Scores official documents against their gold, without the third that is held back.

Usage: ``python tools/score_documents.py FOLDER [--held-back] [--misses]``. FOLDER holds ``docs/``, ``gold/`` and the
scorer ``score_documents.py``; ``--held-back`` scores the held-back third alone.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from held_back import held_back

ROOT = Path(__file__).resolve().parents[1]


def main(folder: Path, options: list[str]) -> int:
    """Convert the documents that count, compare them with their gold, print the scorer's table.

    Args:
        folder: Documents, gold and scorer.
        options: ``--held-back``, and the scorer's own.
    """
    wanted = "--held-back" in options
    with tempfile.TemporaryDirectory() as temporary:
        documents, gold = Path(temporary, "docs"), Path(temporary, "gold")
        documents.mkdir()
        gold.mkdir()
        for path in sorted((folder / "docs").iterdir()):
            if held_back(path.name) == wanted:
                shutil.copy(path, documents)
                shutil.copy(folder / "gold" / f"{path.stem}.json", gold)
        converted = Path(temporary, "converted.jsonl")
        with converted.open("w", encoding="utf-8") as output:
            command = [sys.executable, "-m", "builder", "convert", "--json", str(documents)]
            subprocess.run(command, cwd=ROOT, stdout=output, check=False)  # our own program
        rest = [option for option in options if option != "--held-back"]
        scorer = [sys.executable, str(folder / "score_documents.py"), str(gold.parent), str(converted), *rest]
        return subprocess.run(scorer, check=False).returncode  # the scorer that was named


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
