"""Where the installed program came from, so that an archive can ask for exactly that again on any machine."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import builder

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
