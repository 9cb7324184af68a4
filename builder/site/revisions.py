"""Reads from git which files of an archive changed since a revision, and the archive at a revision."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from builder.config.project import Project
from builder.problems import BuilderError, Wording

_WRITTEN = ("seeds", "curation", "mkdocs.yml")
"""What decides about the generated pages, below the archive's folder."""
_DIGEST = re.compile(r"[0-9a-f]{40}")
_EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""Git's own name for a tree without files; every repository knows it."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Files that differ from a revision, by their POSIX paths below the archive's folder."""

    revision: str  # The full name of the revision they are compared with
    present: frozenset[str]  # Added or changed, and there now; files that git does not know yet count
    removed: tuple[str, ...]  # There at the revision, gone now


def changes_since(project: Project, revision: str) -> Changes:
    """Compare seeds, curation and configuration as they lie there with a revision.

    Where the revision's line has moved on, what both have in common counts.

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
    found = _commit(project, revision)
    if not found:
        raise BuilderError(Wording("no-revision", {"revision": revision}))
    return found


def instead_of(project: Project, revision: str) -> str | None:
    """What to compare with instead of a commit that is not here; None where it is, or can be fetched.

    GitHub names the commit before a push by its full digest, or by zeros where there was none. After a force push
    no branch leads there any more, and a shallow clone may not hold it: then it is asked for by name, which GitHub
    serves; failing that, the parent of what is checked out stands in for it, or an archive without files.
    """
    if not _DIGEST.fullmatch(revision) or _commit(project, revision):
        return None
    if not revision.strip("0"):
        return _EMPTY_TREE
    _git(project, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "origin", revision, check=False)
    return None if _commit(project, revision) else _commit(project, "HEAD^") or _EMPTY_TREE


def _commit(project: Project, revision: str) -> str:
    if revision == _EMPTY_TREE:
        return revision
    found = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", check=False)
    return found.decode().strip()


def content_at(project: Project, revision: str, path: str) -> bytes:
    """The bytes of a file at a revision; empty where it did not exist."""
    return _git(project, "show", f"{revision}:./{path}", check=False)


def files_at(project: Project, revision: str) -> tuple[str, ...]:
    """Every file of seeds, curation and configuration at a revision, sorted."""
    return tuple(sorted(_listed(_git(project, "ls-tree", "-r", "-z", "--name-only", revision, "--", *_WRITTEN))))


def seeds_gone(project: Project, revision: str) -> int:
    """How many seeds of a revision are neither where they were nor, with their bytes, anywhere else in ``seeds/``."""
    lines = _listed(_git(project, "ls-tree", "-r", "-z", revision, "--", "seeds"))
    before = {path: about.split()[-1] for about, _, path in (line.partition("\t") for line in lines)}
    missing = [path for path in before if not (project.root / path).is_file()]
    if not missing:
        return 0
    there = [path for path in project.seeds.rglob("*") if path.is_file() and not path.is_symlink()]
    new = {_blob(path) for path in there if path.relative_to(project.root).as_posix() not in before}
    return sum(before[path] not in new for path in missing)


def _blob(path: Path) -> str:
    """The name that git gives a file's bytes."""
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def archive_at(project: Project, revision: str, target: Path) -> Project:
    """Put seeds, curation and configuration of a revision into an empty folder, but links and hand-written pages."""
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
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},  # whoever fetches is never asked for a password
        )
    except OSError as error:
        raise BuilderError(Wording("no-git")) from error
    if done.returncode and check:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"]
        raise BuilderError(Wording("git-failed", {"reason": said[-1]}))
    return done.stdout if not done.returncode else b""
