"""Lists every product of an archive below ``docs/`` but the search index and machine-readable files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from builder.config.project import Project, load_curation
from builder.config.settings import Settings
from builder.model.archive import Archive
from builder.output.products import Product, product
from builder.pages.articles import article_products
from builder.pages.indexes import index_products
from builder.pages.plans.pages import plan_products
from builder.pages.raws import container_products, picture_products
from builder.pages.redirects import withdrawn_product
from builder.pages.rendering import Renderer
from builder.pages.searching import engine_pages


def page_products(archive: Archive, project: Project, settings: Settings) -> Iterator[Product]:
    """All generated files but the index of the search and those for machines."""
    renderer = Renderer(settings.language, settings.repository, settings.zone, raw_containers=settings.raw_containers)
    yield from index_products(archive, renderer, settings)
    yield from article_products(archive, renderer, project.seeds)
    yield from picture_products(archive)
    yield from container_products(archive, project.seeds) if settings.raw_containers else ()
    yield from plan_products(archive, renderer, project.seeds, load_curation(project).plans)
    yield withdrawn_product(archive, renderer)
    yield product("search", partial(engine_pages, renderer))
