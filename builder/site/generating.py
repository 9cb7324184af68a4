"""From seeds to finished pages: the part of a build that needs no MkDocs."""

from __future__ import annotations

from dataclasses import dataclass

from builder.archive.intake import silent
from builder.archive.sharing import Progress
from builder.config.project import Project
from builder.config.publication import load_publication
from builder.config.settings import Settings, load_settings
from builder.feeds.generation import machine_files
from builder.model.archive import Archive
from builder.pages.generation import all_pages
from builder.pages.writing import Written, write
from builder.site.archives import read_archive
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
