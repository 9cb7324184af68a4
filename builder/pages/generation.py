"""Every file that an archive generates below ``docs/``, in one stream."""

from __future__ import annotations

from collections.abc import Iterator

from builder.config.project import Project, load_curation
from builder.config.settings import Settings
from builder.model.archive import Archive
from builder.pages.articles import article_pages
from builder.pages.indexes import index_pages
from builder.pages.plans import plan_pages
from builder.pages.rendering import PageFile, Renderer
from builder.pages.searching import search_pages
from builder.pages.withdrawn import withdrawn_pages


def all_pages(archive: Archive, project: Project, settings: Settings) -> Iterator[PageFile]:
    """All generated files.

    Args:
        archive: Everything, linked.
        project: Whose raw files are published beside the pages.
        settings: The site's name and language.
    """
    renderer = Renderer(settings.language, settings.repository)
    curation = load_curation(project)
    yield from index_pages(archive, renderer, settings)
    yield from article_pages(archive, renderer, project.seeds)
    yield from plan_pages(archive, renderer, project.seeds, curation.plans)
    yield from withdrawn_pages(archive, renderer)
    yield from search_pages(archive, curation.entities, renderer)
