"""Computes the key of a site's configuration, and whether it allows publishing changed pages alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from builder.cache import version
from builder.config.project import Project
from builder.config.settings import SettingsLoader, extensions_of
from builder.publishing.scan import site_folder

_PURE = frozenset(
    {
        "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes",
        "legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc",
        "wikilinks",
    }
)  # fmt: skip
"""Markdown extensions that read nothing but the page: Python-Markdown's own."""
_READS_FILES = ("pymdownx.snippets", "pymdownx.b64")
_PURE_FAMILY = "pymdownx."


def configuration_key(project: Project) -> tuple[bytes, str]:
    """Digest of all but ``docs/`` that shows in a site.

    Returns:
        The digest of ``mkdocs.yml`` with the variables it names, of its own templates, of the libraries and of this
        program; and, where a page may depend on more than that, no digest and the setting because of which.
    """
    source = project.mkdocs.read_text(encoding="utf-8", errors="surrogateescape")
    data = yaml.load(source, Loader=SettingsLoader)  # noqa: S506  # a safe loader's child
    reason = next(_impure(project, data), "")
    if reason:
        return b"", reason
    parts = "\0".join((source, repr(data), str(project.root))).encode("utf-8", "surrogateescape")
    digest = hashlib.blake2b(version("publishing") + parts)
    for path in _templates(project, data):
        digest.update(f"{path}\0".encode() + hashlib.blake2b(path.read_bytes()).digest())
    return digest.digest(), ""


def _impure(project: Project, data: dict[str, Any]) -> Iterator[str]:
    """Settings because of which pages may depend on what is not known here."""
    if "INHERIT" in data:
        yield "INHERIT"
    if data.get("plugins", ["search"]):
        yield "plugins"
    yield from (name for name in ("hooks", "extra_templates") if data.get(name))
    places = (data.get("docs_dir", "docs"), project.docs), (data.get("site_dir", "site"), site_folder(project))
    if any(project.root / str(said) != place for said, place in places):
        yield "docs_dir, site_dir"
    for name in extensions_of(data)[0]:
        pure = name.removeprefix("markdown.extensions.") in _PURE or name.startswith(_PURE_FAMILY)
        if not pure or name in _READS_FILES:
            yield name


def _templates(project: Project, data: dict[str, Any]) -> list[Path]:
    """Every file of the folder that stands in for the theme's own."""
    theme = data.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    folder = project.root / str(custom)
    return sorted(path for path in folder.rglob("*") if path.is_file()) if custom else []
