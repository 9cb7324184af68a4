"""Joins the engine's modules into the few scripts that are published.

A page that is opened from disk runs no modules, and one file is one request; so modules are laid one behind the other,
each behind those it imports, without their ``import`` and ``export``. Names are therefore unique across modules.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib.resources import files

FOLDER = "search"
DATA = f"{FOLDER}/data"
"""Where the files of ``update_index`` belong."""
BUNDLES = ("worker.js", "page.js", "box.js")
_COPIES = ("search.css",)
_IMPORT = re.compile(r'^import .* from "\./(?P<module>[\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=function|async|class|const)", re.MULTILINE)
_NEEDLESS = re.compile(r"^ *(//.*)?\n|^ +", re.MULTILINE)


def engine_files(words: Mapping[str, str]) -> Mapping[str, bytes]:
    """The engine, the box and the page, as scripts and styles.

    Args:
        words: What they say (``labels.js``), from the archive's language.

    Returns:
        Content by path below ``docs/``; the page beside it, ``index.md``, comes from a template.
    """
    said = f"self.archiveSearchWords = {json.dumps(dict(words), ensure_ascii=False)};\n"
    bundles = {name: f"{said if 'labels.js' in _modules(name) else ''}{bundle(name)}".encode() for name in BUNDLES}
    published = {**bundles, **{name: _source(name).encode() for name in _COPIES}}
    return {f"{FOLDER}/{name}": content for name, content in published.items()}


def bundle(start: str) -> str:
    """One module and all it imports as a classic script that leaves no name behind."""
    return f'(() => {{\n"use strict";\n{"".join(_modules(start).values())}}})();\n'


def _modules(start: str) -> dict[str, str]:
    """A module and all it imports, each behind those that it imports itself: code by name."""
    parts: dict[str, str] = {}
    _collect(start, parts)
    return parts


def _collect(module: str, parts: dict[str, str]) -> None:
    """Add a module behind those it imports; cycles do not occur."""
    source = _source(module)
    for imported in _IMPORT.finditer(source):
        if imported["module"] not in parts:
            _collect(imported["module"], parts)
    parts[module] = _NEEDLESS.sub("", _EXPORT.sub("", _IMPORT.sub("", source)))


def _source(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")
