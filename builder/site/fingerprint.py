"""Knows whether a site still is what its pages, configuration, theme and libraries would make it."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from builder.config.project import Project

_LIBRARIES = ("mkdocs", "mkdocs-material", "markdown", "jinja2", "pymdown-extensions")
_VARIABLES = ("SITE_URL", "SOURCE_DATE_EPOCH")


def matches(project: Project, site: Path) -> bool:
    """Whether the site stands as it was built, and its inputs have not changed since."""
    try:
        record = json.loads(_file(project).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(record == {"inputs": _inputs(project), "site": _tree(site)})


def remember(project: Project, site: Path) -> None:
    """Note what the site was built from, and what it is."""
    file = _file(project)
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"inputs": _inputs(project), "site": _tree(site)}), encoding="utf-8")


def forget(project: Project) -> None:
    """Drop the note: from now on the site may be half built."""
    _file(project).unlink(missing_ok=True)


def _file(project: Project) -> Path:
    return project.root / ".cache" / "site.json"


def _inputs(project: Project) -> str:
    """Digest of everything that shows in the site."""
    theme = Path(__file__).parents[1] / "theme"
    digest = hashlib.sha256(_tree(project.docs).encode() + _tree(theme).encode())
    digest.update(project.mkdocs.read_bytes())
    digest.update(sys.version.encode())
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    for name in _VARIABLES:
        digest.update(f"{name}={os.environ.get(name)}\n".encode())
    return digest.hexdigest()


def _tree(folder: Path) -> str:
    """Digest of all paths and bytes below a folder."""
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
