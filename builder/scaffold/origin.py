"""Where the installed program came from, and the record of what it wrote into an archive.

By the one an archive can ask for exactly that program again on any machine; by the other an upgrade tells what is still
the program's from what is people's.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import msgspec

import builder

FILE = ".builder.json"
"""Below the archive's folder, committed with it."""


class ScaffoldManifest(msgspec.Struct, frozen=True):
    """The record of what was written."""

    version: str = ""  # Of the program that wrote last
    language: str = ""  # Of the archive's files
    files: dict[str, str] = {}  # SHA-256 of each file as it was written, by its path


def read_manifest(root: Path) -> ScaffoldManifest:
    """The record; an empty one where there is none that can be read."""
    try:
        return msgspec.json.decode((root / FILE).read_bytes(), type=ScaffoldManifest)
    except (OSError, msgspec.MsgspecError):
        return ScaffoldManifest()


def write_manifest(root: Path, known: ScaffoldManifest) -> None:
    """Note what was written."""
    (root / FILE).write_bytes(msgspec.json.format(msgspec.json.encode(known), indent=2) + b"\n")


def file_digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Digest of each of some files, by path."""
    return {path: file_digest(content) for path, content in sorted(files.items())}


def file_digest(content: bytes) -> str:
    """SHA-256 of a file, whatever its line ends: git may have changed them on the way."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


PACKAGE = "archive-builder"
_COMMIT = re.compile(r"[0-9a-f]{40}")
_GIVEN = re.compile(r"(?P<url>https://[\w.-]+(?::\d+)?(?:/[\w.-]+){2,})@(?P<revision>[\w./-]+)")


def version() -> str:
    """The installed version; empty where the program runs out of its checkout."""
    try:
        return distribution(PACKAGE).version
    except PackageNotFoundError:
        return ""


def manual() -> Path:
    """The folder of the manual: installed with the program, or in its checkout."""
    package = Path(builder.__file__).parent
    return next((each for each in (package / "manual", package.parent / "docs" / "manual") if each.is_dir()), package)


def origin() -> str:
    """Repository and commit as ``https://host/owner/name@commit``; empty where the installation does not say.

    A wheel or a folder of this machine is no place from which another could install (PEP 610 says which it was).
    """
    try:
        said = json.loads(distribution(PACKAGE).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return ""
    url = str(said.get("url") or "").removeprefix("git+").removesuffix(".git")
    commit = str((said.get("vcs_info") or {}).get("commit_id") or "")
    return f"{url}@{commit}" if url.startswith("https://") and _COMMIT.fullmatch(commit) else ""


def is_origin(text: str) -> bool:
    """Whether a text names a repository and a revision in it."""
    return bool(_GIVEN.fullmatch(text))


def requirement(place: str) -> str:
    """The line by which pip installs the program from there; empty where no place is known."""
    return f"{PACKAGE} @ git+{place}" if place else ""
