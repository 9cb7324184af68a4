"""From seeds to finished pages: the part of a build that needs no MkDocs."""

from __future__ import annotations

from dataclasses import dataclass

from builder.archive.assembly import assemble
from builder.archive.intake import Progress, silent, take_in
from builder.config.project import Project, load_curation
from builder.config.settings import Settings, load_settings
from builder.model.archive import Archive
from builder.pages.generation import all_pages
from builder.pages.writing import Written, write


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
    return assemble(take_in(project.seeds, curation, progress), curation)


def generate(project: Project, progress: Progress = silent) -> Generated:
    """Bring ``docs/`` into line with seeds and curation.

    Raises:
        BuilderError: Configuration is wrong, or the disk refuses.
    """
    settings = load_settings(project.mkdocs)
    archive = read_archive(project, progress)
    pages = progress(list(all_pages(archive, project, settings)), "stage_write")
    return Generated(archive, write(project.docs, pages), settings)
