"""Hostile and broken containers: each ends as a line for the editor or as harmless text, within the room's limits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from conftest import ROOT
from hostile_containers import HOSTILE

_MEMORY = 300 * 1024
"""Kilobytes that opening all of them may take, the interpreter and its libraries counted."""
_OPEN = """
import json, sys
from pathlib import Path
from builder.archive.intake import take_in
from builder.config.curation import Corrections, Entities, Vocabulary
from builder.config.project import Curation
nothing = Curation({}, Vocabulary(topics={}), Corrections(), Entities())
for file in sorted(Path(sys.argv[1]).iterdir()):
    intake = take_in(file, nothing)
    problems = [*intake.problems, *(problem for article in intake.articles for problem in article.problems)]
    texts = "".join(f"{article.title} {article.text} {article.markdown}" for article in intake.articles)
    leaked = "root:" in texts or "aaaaaaaaaaaaaaaaaaaa" in texts[:10**6] and file.suffix != ".csv" or "<script" in texts
    # Not ru_maxrss, in which a process begins with the memory of the one that started it.
    memory = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
    print(json.dumps([file.name, len(intake.articles), sorted({p.code for p in problems}), leaked, memory]), flush=True)
"""


def test_each_ends_as_a_line_or_as_harmless_text(tmp_path: Path) -> None:
    """Forty and more, opened by one process: it does not die, nothing is replaced, fetched or run, and each is said."""
    assert len(HOSTILE) >= 40
    folder = tmp_path / "seeds"
    folder.mkdir()
    for name, data in HOSTILE.items():
        (folder / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", _OPEN, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert {name for name, *_ in results} == set(HOSTILE)
    assert not [name for name, number, codes, _, _ in results if not number and not codes], "neither read nor reported"
    assert not [name for name, _, _, leaked, _ in results if leaked]
    assert max(memory for *_, memory in results) < _MEMORY
    assert {path.name for path in tmp_path.iterdir()} == {"seeds"}
    assert {path.name for path in folder.iterdir()} == set(HOSTILE)
