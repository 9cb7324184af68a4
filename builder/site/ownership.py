"""Checks that a build writes to and removes from only folders that this archive made, without following links.

A folder is known as ours by its place on the disk, which an authenticated note in ``.cache/`` holds from before its
first file is written; copied, or with the note gone, by the list of checksums that has always stood in it.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Collection, Sequence
from pathlib import Path

from builder import files, paths
from builder.cache import read_note, write_note
from builder.config.project import Project
from builder.problems import BuilderError, Wording
from builder.publishing.scan import site_folder
from builder.site.theme import FOLDER

_SHOWN = 5
_MADE_BEFORE = re.compile(rf"(?m)^[0-9a-f]{{64}}  {re.escape(paths.ARCHIVE_JSON)}$")


def claim(project: Project) -> None:
    """See that everything a build writes or removes is this archive's own, and note what is empty as ours.

    Raises:
        BuilderError: A link stands in a folder that is written to, or something there was made by somebody else.
        OSError: The disk refuses.
    """
    docs, site = project.docs, site_folder(project)
    generated = {link for place in paths.GENERATED for link in files.links_at(str(docs / place))}
    leaving = {link for link in files.links_at(str(docs)) if not _leads_inside(Path(link), docs)}
    _refuse(project, {*generated, *leaving, *files.links_at(str(site))})
    note = project.root / ".cache" / "made"
    known = read_note(note, dict[str, tuple[int, int]]) or {}
    if known.get("docs") != _place(docs):
        _refuse_strangers(docs, [docs / place for place in paths.GENERATED if (docs / place).exists()], project)
    if known.get("site") != _place(site):
        _refuse_strangers(site, [] if _is_empty(site) else [site], project)
    site.mkdir(exist_ok=True)
    if known != (now := {"docs": _place(docs), "site": _place(site)}):
        write_note(note, now)


def vet(project: Project) -> None:
    """See that what is read is the archive's own: no link in its folders, no cache that came with the repository.

    Of seeds each is judged for itself.

    Raises:
        BuilderError: A link leads elsewhere, or git tracks the cache.
    """
    cache = project.root / ".cache"
    own = (cache, project.curation, project.mkdocs, project.root / FOLDER)
    found = {link for place in own for link in files.links_at(str(place))}
    found.update(str(place) for place in (project.seeds, project.docs) if files.is_link(str(place)))
    _refuse(project, found)
    if cache.is_dir():
        _refuse_tracked(project)


def _refuse(project: Project, links: Collection[str]) -> None:
    if links:
        raise BuilderError(*(Wording("linked", {"path": _below(project, link)}) for link in sorted(links)[:_SHOWN]))


def _refuse_tracked(project: Project) -> None:
    command = ["git", "-C", str(project.root), "ls-files", "-z", "--", ".cache"]
    try:
        tracked = subprocess.run(command, capture_output=True, check=False).stdout  # noqa: S603  # a fixed command
    except OSError:
        return  # without git there is no repository either
    if tracked:
        raise BuilderError(Wording("tracked-cache"))


def _refuse_strangers(folder: Path, there: Sequence[Path], project: Project) -> None:
    """See that a tree that we have no note of is empty, or holds the builder's own list of checksums."""
    if there and not _made_before(folder):
        raise BuilderError(*(Wording("not-made-here", {"path": _below(project, str(path))}) for path in there[:_SHOWN]))


def _made_before(folder: Path) -> bool:
    try:
        listed = (folder / paths.CHECKSUMS).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return _MADE_BEFORE.search(listed) is not None


def _is_empty(folder: Path) -> bool:
    try:
        return not any(folder.iterdir())
    except FileNotFoundError:
        return True
    except NotADirectoryError:
        return False


def _place(folder: Path) -> tuple[int, int] | None:
    """Which folder it is; None where there is none."""
    try:
        status = folder.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _leads_inside(link: Path, folder: Path) -> bool:
    """Whether a link's target is an existing file below a folder."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_file() and target.is_relative_to(folder.resolve())


def _below(project: Project, path: str) -> str:
    return Path(path).relative_to(project.root).as_posix()
