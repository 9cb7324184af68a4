"""The real seeds as Markdown, word for word: ``pytest --update-golden`` writes the files anew, git shows the change."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, run_builder

from builder.config.project import Project

SEEDS = sorted((ROOT / "seeds").iterdir())
GOLDEN = Path(__file__).parent / "golden" / "seeds"


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: str(seed.stem))
def test_a_seed_becomes_its_golden_markdown(seed: Path, request: pytest.FixtureRequest) -> None:
    """Front matter and body are exactly what was looked at and found right."""
    written = run_builder(Project(ROOT), "convert", str(seed)).out
    golden = GOLDEN / f"{seed.stem}.md"
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


def test_there_is_no_golden_file_without_its_seed() -> None:
    """A removed seed takes its golden file along."""
    assert sorted(path.stem for path in GOLDEN.iterdir()) == [seed.stem for seed in SEEDS]
