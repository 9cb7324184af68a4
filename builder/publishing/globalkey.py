"""The digest of all but ``docs/`` that shows in a site: configuration, templates, libraries, this room's code."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from builder.cache import version
from builder.config.project import Project
from builder.publishing.unfamiliar import UnfamiliarError

_TEMPLATES = re.compile(r"""^[^#\n]*\bcustom_dir:\s*["']?([^\s"',}!]+)""", re.MULTILINE)
_VARIABLE = re.compile(r"!ENV\s+(?:\[([^\]]*)\]|([^\s,}\]]+))")


def configuration_key(project: Project) -> bytes:
    """Digest of ``mkdocs.yml``, the variables and the folder of templates it names, and where the project lies.

    Raises:
        UnfamiliarError: The configuration takes in other files or names variables in an unusual way.
    """
    source = project.mkdocs.read_text(encoding="utf-8", errors="surrogateescape")
    found = list(_VARIABLE.finditer(source))
    if len(found) != source.count("!ENV") or "INHERIT" in source:
        raise UnfamiliarError("mkdocs.yml")
    names = sorted({name for match in found for name in re.findall(r"\w+", match[1] or match[2])})
    parts = [source, *(f"{name}={os.environ.get(name)}" for name in names), str(project.root)]
    digest = hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogateescape"))
    for folder in template_folders(project, source):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.blake2b(path.read_bytes()).digest())
    return digest.digest()


def template_folders(project: Project, source: str) -> list[Path]:
    """The folders of the project's own templates that a configuration names.

    Raises:
        UnfamiliarError: It names one in an unusual way.
    """
    found = [project.root / match[1] for match in _TEMPLATES.finditer(source)]
    if not found and "custom_dir" in source:
        raise UnfamiliarError("custom_dir")
    return found


def code_key() -> bytes:
    """Digest of the installed packages, Python and this room."""
    return version("publishing")
