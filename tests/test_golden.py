"""Real files as Markdown, word for word: ``pytest --update-golden`` writes the files anew, git shows the change."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from conftest import ARCHIVE, ROOT, copy_project, run_builder
from machines import SEEDS

from builder.config.project import find_project

GOLDEN = Path(__file__).parent / "golden"
GIVEN = sorted(path.stem for path in (GOLDEN / "given").glob("*.md"))
"""Beginnings of the digests of the files that the repository's first archive began with."""


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: str(seed.stem))
def test_a_seed_becomes_its_golden_markdown(tmp_path: Path, seed: Path, request: pytest.FixtureRequest) -> None:
    """Front matter and body are exactly what was looked at and found right."""
    _compare(
        copy_project(tmp_path).seeds / seed.relative_to(ARCHIVE.seeds), GOLDEN / "seeds" / f"{seed.stem}.md", request
    )


def test_there_is_no_golden_file_without_its_seed() -> None:
    """A removed seed takes its golden file along."""
    assert sorted(path.stem for path in (GOLDEN / "seeds").iterdir()) == [seed.stem for seed in SEEDS]


@pytest.mark.parametrize("digest", GIVEN)
def test_the_first_archives_files_become_theirs(tmp_path: Path, digest: str, request: pytest.FixtureRequest) -> None:
    """Wherever the repository's archive still holds one of its first files, the same holds, read as a stranger's."""
    files = (path for path in (ROOT / "seeds").rglob("*") if path.is_file())
    seed = next((path for path in files if hashlib.sha256(path.read_bytes()).hexdigest().startswith(digest)), None)
    if seed is None:
        pytest.skip("this archive does not hold that file, or no longer")
    copy = copy_project(tmp_path, seeds=False).seeds / f"{digest}{seed.suffix}"
    copy.write_bytes(seed.read_bytes())
    _compare(copy, GOLDEN / "given" / f"{digest}.md", request)


def _compare(seed: Path, golden: Path, request: pytest.FixtureRequest) -> None:
    """Convert a file of an archive."""
    written = run_builder(find_project(seed.parent), "convert", str(seed)).out
    if request.config.getoption("--update-golden"):
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")
