"""Which version of the program this is, for reports."""

from __future__ import annotations

import importlib.metadata
import subprocess
import tomllib
from contextlib import suppress
from pathlib import Path

_ROOT = Path(__file__).parents[2]
"""Where ``pyproject.toml`` lies, unless the package was installed."""


def version() -> str:
    """The version's number; of a checkout also the commit: ``0.1.0 (commit 8b972d4)``."""
    number = importlib.metadata.version("archive-builder") if not _is_checkout() else _declared()
    commit = _commit() if _is_checkout() else ""
    return f"{number} (commit {commit})" if commit else number


def _is_checkout() -> bool:
    return (_ROOT / "pyproject.toml").is_file()


def _declared() -> str:
    declared: str = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    return declared


def _commit() -> str:
    """What is checked out; empty where git cannot say."""
    with suppress(OSError):
        command = ["git", "-C", str(_ROOT), "rev-parse", "--short", "HEAD"]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603  # a fixed command
    return ""
