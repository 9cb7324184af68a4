"""Reads whole archives, and single files of them, without writing anything and without MkDocs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from builder.archive.assembly import assemble
from builder.archive.intake import silent, take_in, take_in_files
from builder.cache import Store
from builder.config.project import Project, load_curation
from builder.model.archive import Archive
from builder.pages.redirects import redirect_problems
from builder.parallel.mapping import Progress
from builder.problems import ordered
from builder.reading.discovery import Discovered
from builder.site.caching import with_cache


def read_archive(project: Project, progress: Progress = silent, *, linked: bool = True) -> Archive:
    """Read, clean and link everything, and write nothing.

    Args:
        project: The archive.
        progress: Told of each file.
        linked: Whether to look for stories told twice, related articles, citations and names: no problem depends on
            them, and they are a good part of the work.
    """
    return with_cache(project, lambda store: archive_of(project, store, progress, linked=linked))


def archive_of(
    project: Project, store: Store, progress: Progress, *, linked: bool = True, found: Discovered | None = None
) -> Archive:
    """The same with a store that is open, and must be as long as the archive is used, and seeds that were found."""
    curation = load_curation(project)
    intake = take_in(found or project.seeds, curation, progress, store)
    return _checked(assemble(intake, curation, store, progress, linked=linked))


def read_files(project: Project, paths: Sequence[Path]) -> Archive:
    """Read and clean some seeds, or folders of them, alone; what only all of them together show stays unknown."""
    curation = load_curation(project)
    return _checked(assemble(take_in_files(paths, project.seeds, curation), curation, linked=False))


def _checked(archive: Archive) -> Archive:
    return replace(archive, problems=ordered([*archive.problems, *redirect_problems(archive)]))
