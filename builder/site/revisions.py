"""What git knows of an archive: which files have changed since a revision, and how the archive stood then."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from builder.config.project import Project
from builder.problems import BuilderError, Wording

_WRITTEN = ("seeds", "curation", "mkdocs.yml")
"""What decides about the generated pages, below the archive's folder."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Files that differ from a revision, by their POSIX paths below the archive's folder.

    Attributes:
        revision: The full name of the revision they are compared with.
        present: Added or changed, and there now; files that git does not know yet count.
        removed: There at the revision, gone now.
    """

    revision: str
    present: frozenset[str]
    removed: tuple[str, ...]


def changes_since(project: Project, revision: str) -> Changes:
    """Compare seeds, curation and configuration as they lie there with a revision.

    Args:
        project: The archive, the whole of a git repository or a folder of one.
        revision: Any name git knows. Where its line has moved on, what both have in common counts.

    Raises:
        BuilderError: Git is missing, this is no repository, or the revision is unknown.
    """
    base = resolved(project, revision)
    common = _git(project, "merge-base", base, "HEAD", check=False).decode().strip() or base
    fields = _listed(
        _git(project, "diff", "--name-status", "--no-renames", "--relative", "-z", common, "--", *_WRITTEN)
    )
    states = dict(zip(fields[1::2], fields[::2], strict=True))
    unknown = _listed(_git(project, "ls-files", "--others", "--exclude-standard", "-z", "--", *_WRITTEN))
    present = {path for path, state in states.items() if state != "D"} | set(unknown)
    removed = tuple(sorted(path for path, state in states.items() if state == "D" and path not in present))
    return Changes(common, frozenset(present), removed)


def resolved(project: Project, revision: str) -> str:
    """The full name of a revision.

    Raises:
        BuilderError: There is none of that name.
    """
    found = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", check=False)
    if not found.strip():
        raise BuilderError(Wording("no-revision", {"revision": revision}))
    return found.decode().strip()


def content_at(project: Project, revision: str, path: str) -> bytes:
    """The bytes of a file at a revision; empty where it did not exist."""
    return _git(project, "show", f"{revision}:./{path}", check=False)


def files_at(project: Project, revision: str) -> tuple[str, ...]:
    """Every file of seeds, curation and configuration at a revision, sorted."""
    return tuple(sorted(_listed(_git(project, "ls-tree", "-r", "-z", "--name-only", revision, "--", *_WRITTEN))))


def archive_at(project: Project, revision: str, target: Path) -> Project:
    """Put seeds, curation and configuration of a revision into a folder; links are left out.

    Args:
        project: The archive as it is.
        revision: The revision.
        target: An empty folder.

    Returns:
        The archive as it was; without its hand-written pages.
    """
    there = {path.split("/")[0] for path in files_at(project, revision)}
    tar = _git(project, "archive", "--format=tar", revision, "--", *sorted(there)) if there else b""
    (target / "seeds").mkdir(parents=True)
    if tar:
        with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isfile() else None
                if content is not None:
                    _put(target, PurePosixPath(member.name), content.read())
    return Project(target)


def _put(folder: Path, path: PurePosixPath, content: bytes) -> None:
    """Write a file below a folder; ``tarfile``'s own filters came only with Python 3.11.4."""
    if path.is_absolute() or ".." in path.parts:
        return
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content)


def _listed(output: bytes) -> list[str]:
    return [os.fsdecode(name) for name in output.split(b"\0") if name]


def _git(project: Project, *arguments: str, check: bool = True) -> bytes:
    """What git prints; empty where it fails and may."""
    try:
        done = subprocess.run(  # noqa: S603  # fixed commands; a revision only ever follows --end-of-options
            ["git", "-C", str(project.root), *arguments],  # noqa: S607  # whichever git the editor has
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise BuilderError(Wording("no-git")) from error
    if done.returncode and check:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"]
        raise BuilderError(Wording("git-failed", {"reason": said[-1]}))
    return done.stdout if not done.returncode else b""
