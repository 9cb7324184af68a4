"""Copies the theme into the archive, so that plain MkDocs finds it without this program."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable

from builder.config.project import Project
from builder.files import holds, remove, replace
from builder.languages import labels
from builder.problems import BuilderError, Wording

FOLDER = ".theme"
"""Below the archive's folder; ``theme.custom_dir`` of ``mkdocs.yml`` names it. Git ignores it by its own say."""

LABELS = "partials/labels.html"
"""The words of the theme in the archive's language, written where the theme is laid."""

_IGNORED = b"# Written by builder from its own theme at every build; what is changed here is lost.\n*\n"
_USED = re.compile(r"(?<![/\w])labels\.([a-z_]+)")


def lay_theme(project: Project, language: str) -> None:
    """Bring the archive's copy of the theme, in its language, into line with the program's.

    Raises:
        BuilderError: A link, a file or somebody else's folder stands where it belongs, or the disk refuses.
    """
    folder = project.root / FOLDER
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise BuilderError(Wording("theme-in-the-way", {"place": FOLDER}))
    if folder.is_dir() and any(folder.iterdir()) and not holds(f"{folder}/.gitignore", _IGNORED):
        raise BuilderError(Wording("theme-in-the-way", {"place": FOLDER}))
    wanted = {".gitignore": _IGNORED, **theme_files(language)}
    try:
        for path, content in wanted.items():
            if not holds(f"{folder}/{path}", content):
                replace(f"{folder}/{path}", content)
        there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
        for path in sorted(there - wanted.keys()):
            remove(str(folder), path)
    except OSError as error:
        values = {"path": str(error.filename), "reason": str(error.strerror)}
        raise BuilderError(Wording("unwritable", values)) from error


def theme_files(language: str) -> dict[str, bytes]:
    """The theme's files by their paths, its words among them."""
    found = dict(_below(files("builder") / "theme", ""))
    return {**found, LABELS: _labels(found.values(), language)}


def _below(folder: Traversable, above: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        path = f"{above}{each.name}"
        found += _below(each, f"{path}/") if each.is_dir() else [(path, each.read_bytes())]
    return found


def _labels(templates: Iterable[bytes], language: str) -> bytes:
    """The labels that the theme asks for as a Jinja mapping: Jinja reads JSON's strings as its own."""
    texts = [text.decode("utf-8", "replace") for text in templates]
    used = sorted({key for text in texts for key in _USED.findall(text)})
    table = json.dumps({key: labels(language)[key] for key in used}, ensure_ascii=False, indent=2)
    return f"{{%- set labels = {table} -%}}\n".encode()
