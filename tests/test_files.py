"""A file is replaced whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from builder import files

FULL = """
import resource, sys
from builder import files
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    files.replace(sys.argv[1], b"new" * 1000)
except OSError:
    print("refused")
"""


def test_what_the_disk_takes_only_in_part_replaces_nothing(tmp_path: Path) -> None:
    """A full disk takes the beginning of a file before it refuses: the old one stays."""
    path = tmp_path / "page.html"
    path.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout == "refused\n", done.stderr
    assert path.read_bytes() == b"old"


def test_a_folder_in_a_file_s_place_stays(tmp_path: Path) -> None:
    """Somebody's files are in it; what to do about that is for others to say."""
    (tmp_path / "page.html").mkdir()
    (tmp_path / "page.html" / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(IsADirectoryError):
        files.replace(f"{tmp_path}/page.html", b"new")
    assert (tmp_path / "page.html" / "note.txt").read_text(encoding="utf-8") == "mine"


def test_missing_folders_are_made_and_empty_ones_go(tmp_path: Path) -> None:
    """Writing deep below a root and removing again leaves the root as it was, and what others put there."""
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "kept").write_bytes(b"")
    files.replace(f"{tmp_path}/one/two/three/page.html", b"new")
    assert (tmp_path / "one/two/three/page.html").read_bytes() == b"new"
    files.remove(str(tmp_path), "one/two/three/page.html")
    files.remove(str(tmp_path), "one/two/three/page.html")
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["one", "kept"]
