"""Looks over a machine and an archive for what builds and publishing need."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, requires
from importlib.metadata import version as installed
from pathlib import Path

from builder.config.project import Project, load_curation
from builder.config.settings import load_settings
from builder.problems import BuilderError
from builder.scaffold.origin import PACKAGE, read_manifest, version
from builder.site.theme import FOLDER

_OLDEST = (3, 11)
_MOST_ON_PAGES = 1024**3
"""Bytes that GitHub Pages publishes at most ("GitHub Pages limits")."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str  # Which
    code: str = ""  # What is wrong with it; empty where nothing is
    values: Mapping[str, str] = field(default_factory=dict)  # What the wording's placeholders are filled with
    is_needed: bool = True  # Whether nothing can be built or published before it is cured


def examine(project: Project | None) -> tuple[Finding, ...]:
    """Everything that was looked at, machine first; there may be no archive around."""
    found = [*_machine()]
    return (*found, *_archive(project)) if project else (*found, Finding("archive", "no_archive"))


def _machine() -> Iterator[Finding]:
    text = ".".join(map(str, sys.version_info[:3]))
    yield Finding("python", "" if sys.version_info >= _OLDEST else "old_python", {"version": text})
    yield Finding("git", "" if shutil.which("git") else "no_git", is_needed=False)
    missing = _missing_libraries()
    yield Finding("libraries", "no_libraries" if missing else "", {"names": ", ".join(missing)})
    yield Finding("pictures", "" if _is_installed("pillow") else "no_pillow", is_needed=False)


def _missing_libraries() -> list[str]:
    """What the installed program asks for and does not find; nothing where it runs out of its checkout."""
    try:
        wanted = [each for each in requires(PACKAGE) or () if "extra ==" not in each]
    except PackageNotFoundError:
        return []
    names = [match[0] for each in wanted if (match := re.match(r"[A-Za-z0-9_.-]+", each))]
    return [name for name in names if not _is_installed(name)]


def _is_installed(name: str) -> bool:
    try:
        installed(name)
    except PackageNotFoundError:
        return False
    return True


def _archive(project: Project) -> Iterator[Finding]:
    yield _settings(project)
    yield _curation(project)
    seeds = project.seeds.is_dir() and any(not path.name.startswith(".") for path in project.seeds.iterdir())
    yield Finding("seeds", "" if seeds else "no_seeds", is_needed=False)
    yield Finding("theme", "" if _theme_is_named(project) else "other_theme")
    yield _program(project)
    yield _renewal(project)
    size = sum(path.stat().st_size for path in (project.root / "site").rglob("*") if path.is_file())
    values = {"size": f"{size / 1024**2:.0f}"}
    yield Finding("size", "too_large" if size > _MOST_ON_PAGES else "", values, is_needed=False)


def _settings(project: Project) -> Finding:
    try:
        load_settings(project.mkdocs)
    except BuilderError as error:
        return Finding("settings", "error", {"message": str(error)})
    return Finding("settings")


def _curation(project: Project) -> Finding:
    try:
        load_curation(project)
    except BuilderError as error:
        return Finding("curation", "error", {"message": str(error)})
    return Finding("curation")


def _theme_is_named(project: Project) -> bool:
    text = project.mkdocs.read_text(encoding="utf-8", errors="replace")
    return bool(re.search(rf"(?m)^\s*custom_dir:\s*[\"']?{re.escape(FOLDER)}(?=[\"'\s]|$)", text))


def _program(project: Project) -> Finding:
    """Whether the archive says, for any machine, where its program comes from."""
    file = project.root / "program.txt"
    if (project.root / "builder" / "__init__.py").is_file():
        return Finding("program")
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        return Finding("program", "no_program")
    is_local = any("file:" in line or Path(line.strip()).is_absolute() for line in lines)
    return Finding("program", "local_program" if is_local else "", {"line": lines[0]})


def _renewal(project: Project) -> Finding:
    known = read_manifest(project.root).version
    values = {"written": known, "installed": version()}
    return Finding("renewal", "upgrade" if known and version() and known != version() else "", values, is_needed=False)
