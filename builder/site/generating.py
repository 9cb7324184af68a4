"""From seeds to finished pages: the part of a build that needs no MkDocs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from builder.archive.assembly import assemble
from builder.archive.intake import silent, take_in, take_in_files
from builder.archive.sharing import Progress
from builder.config.project import Project, load_curation
from builder.config.publication import load_publication
from builder.config.settings import Settings, load_settings
from builder.feeds.generation import machine_files
from builder.model.archive import Archive
from builder.pages.generation import all_pages
from builder.pages.withdrawn import redirect_problems
from builder.pages.writing import Written, write
from builder.problems import ordered
from builder.site.holdings import refuse_losses, remember


@dataclass(frozen=True, slots=True)
class Generated:
    """What came of the seeds.

    Attributes:
        archive: Everything, linked, with all problems.
        written: What changed below ``docs/``.
        settings: What ``mkdocs.yml`` says.
    """

    archive: Archive
    written: Written
    settings: Settings


def read_archive(project: Project, progress: Progress = silent) -> Archive:
    """Read, clean and link everything, and write nothing.

    Raises:
        BuilderError: Configuration is wrong.
    """
    curation = load_curation(project)
    return _checked(assemble(take_in(project.seeds, curation, progress), curation))


def read_files(project: Project, paths: Sequence[Path]) -> Archive:
    """Read, clean and link some seeds alone; what only all of them together show stays unknown.

    Args:
        project: The archive.
        paths: Files below its ``seeds/``, or folders of it.

    Raises:
        BuilderError: Configuration is wrong.
    """
    curation = load_curation(project)
    return _checked(assemble(take_in_files(paths, project.seeds, curation), curation))


def _checked(archive: Archive) -> Archive:
    return replace(archive, problems=ordered([*archive.problems, *redirect_problems(archive)]))


def generate(project: Project, progress: Progress = silent, *, confirmed: bool = False) -> Generated:
    """Bring ``docs/`` into line with seeds and curation.

    Args:
        project: The archive.
        progress: Told of long work.
        confirmed: Whether losing everything is meant.

    Raises:
        BuilderError: Configuration is wrong, something has been emptied, or the disk refuses.
    """
    settings = load_settings(project.mkdocs)
    if not confirmed:
        refuse_losses(project)
    archive = read_archive(project, progress)
    publication = load_publication(project.mkdocs)
    files = [*all_pages(archive, project, settings), *machine_files(archive, project.seeds, settings, publication)]
    pages = progress(files, "stage_write")
    generated = Generated(archive, write(project.docs, pages), settings)
    remember(project)
    return generated
