"""Makes a release: checks that the change log speaks of it, writes the version, builds the wheel, commits and tags.

Usage: ``python tools/release.py 0.3.0``. Nothing is pushed; the last line says how.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROJECT, LOG = ROOT / "pyproject.toml", ROOT / "docs" / "manual" / "changelog.md"


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def release(version: str) -> None:
    """Make it.

    Raises:
        SystemExit: It is no version, the log lacks it, something is not committed, or a step fails.
    """
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise SystemExit(f"{version!r} is no version: write three numbers with dots between them")
    if f"## {version} " not in LOG.read_text(encoding="utf-8"):
        raise SystemExit(f"{LOG.relative_to(ROOT)} has no section on {version}: say what has changed")
    if _git("status", "--porcelain"):
        raise SystemExit("something is not committed: commit it, or put it aside")
    text = PROJECT.read_text(encoding="utf-8")
    PROJECT.write_text(re.sub(r'(?m)^version = ".*"$', f'version = "{version}"', text, count=1), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--no-deps", "-w", "dist", "."], cwd=ROOT, check=True)
    if _git("status", "--porcelain", "--", "pyproject.toml"):
        _git("commit", "-m", f"Release {version}", "--", "pyproject.toml")
    _git("tag", "-a", f"v{version}", "-m", f"Release {version}")
    print(f"Made v{version} and its wheel in dist/. To publish it: git push --follow-tags")


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004  # the program and its one argument
        raise SystemExit(__doc__)
    release(sys.argv[1])
