"""Compiled templates are kept for the next process; a page never depends on what is kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from conftest import ROOT

RENDER = """
import sys, tempfile
tempfile.tempdir = sys.argv[1]
from builder.pages.rendering import Renderer
page = Renderer("zh").page("search/index.md", "search.md.j2", {"title": "<搜索>"}, {"title": "搜索"})
sys.stdout.buffer.write(page.content)
"""


def rendered(folder: Path) -> bytes:
    """A page, as a new process makes it whose folder for temporary files this is."""
    return subprocess.run([sys.executable, "-c", RENDER, str(folder)], cwd=ROOT, capture_output=True, check=True).stdout


def test_a_page_is_the_same_with_what_was_kept_without_it_and_with_damaged_bytecode(tmp_path: Path) -> None:
    """Kept, read again, cut short at any length, overwritten, out of reach: always the same bytes."""
    first = rendered(tmp_path)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert rendered(tmp_path) == first
    whole = kept[0].read_bytes()
    for damaged in (b"", whole[: len(whole) // 3], whole[:-20], b"\xff" * len(whole), whole[:24] + b"\xff" * 50):
        for path in kept:
            path.write_bytes(damaged)
        assert rendered(tmp_path) == first
    assert rendered(tmp_path / "no such folder") == first


def test_nothing_is_read_from_a_folder_that_others_may_write(tmp_path: Path) -> None:
    """Bytecode is run: only a folder that is this user's alone is trusted."""
    first = rendered(tmp_path)
    folder = next(path for path in tmp_path.iterdir() if path.is_dir())
    for path in folder.iterdir():
        path.unlink()
    folder.chmod(0o777)
    assert rendered(tmp_path) == first
    assert folder.stat().st_mode & 0o077 == 0 or not list(folder.iterdir())
