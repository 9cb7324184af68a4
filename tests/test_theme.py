"""The theme is laid into the archive: whole, healed, and never over somebody else's folder."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from conftest import ROOT

from builder.config.project import Project
from builder.problems import BuilderError
from builder.site.theme import FOLDER, LABELS, lay_theme


def _tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_laid_is_the_programs_theme_and_its_words(tmp_path: Path) -> None:
    """Every file byte for byte, the words of the archive's language, and nothing that an earlier version left."""
    lay_theme(Project(tmp_path), "zh")
    (tmp_path / FOLDER / "partials" / "of-an-earlier-version.html").write_text("x", encoding="utf-8")
    (tmp_path / FOLDER / "main.html").write_text("spoilt", encoding="utf-8")
    lay_theme(Project(tmp_path), "en")
    laid = _tree(tmp_path / FOLDER)
    assert b"Skip to the text" in laid.pop(LABELS)
    assert laid.pop(".gitignore").endswith(b"\n*\n")
    assert laid == _tree(ROOT / "builder" / "theme")


def test_what_lies_already_is_not_written_again(tmp_path: Path) -> None:
    """A second laying touches no file: whoever watches the folder sees nothing."""
    lay_theme(Project(tmp_path), "zh")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / FOLDER).rglob("*") if path.is_file()}
    lay_theme(Project(tmp_path), "zh")
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.parametrize("kind", ["link", "file", "folder"])
def test_nothing_of_somebody_elses_is_touched(tmp_path: Path, kind: str) -> None:
    """A link, a file, or a folder that this program did not make stops the build, and stays as it is."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "main.html").write_text("mine", encoding="utf-8")
    archive = tmp_path / "archive"
    archive.mkdir()
    if kind == "link":
        (archive / FOLDER).symlink_to(elsewhere)
    elif kind == "file":
        (archive / FOLDER).write_text("mine", encoding="utf-8")
    else:
        elsewhere.rename(archive / FOLDER)
    before = _tree(tmp_path)
    with pytest.raises(BuilderError, match=r"\.theme: 这里应当是程序放主题的文件夹"):
        lay_theme(Project(archive), "zh")
    assert _tree(tmp_path) == before


def test_git_ignores_it_whatever_the_archives_own_list_says(tmp_path: Path) -> None:
    """The folder says so itself: an archive that an earlier version began commits nothing of it."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    lay_theme(Project(tmp_path), "zh")
    said = subprocess.run(["git", "status", "--porcelain"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert said.stdout == ""
