"""From seeds to finished pages: the part of a build that needs no MkDocs."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial

from builder.archive.intake import silent
from builder.parallel.mapping import Progress
from builder.cache import Store, digest, version
from builder.config.project import Project, load_curation
from builder.config.publication import load_publication
from builder.config.settings import Settings, load_settings
from builder.feeds.generation import MachineFiles
from builder.model.archive import Archive
from builder.pages.generation import page_products
from builder.pages.redirects import moved_files
from builder.pages.scripts import script_product
from builder.pages.searching import search_index, search_key
from builder.output.writing import Writer, Written
from builder.reading.discovery import Discovered, discover
from builder.search.publishing import DATA
from builder.site.archives import archive_of
from builder.site.caching import with_store
from builder.site.options import USUAL, Options
from builder.site.loss_guard import count, refuse_losses, remember


Damaged = Callable[[], AbstractSet[str] | None]


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


def generate(
    project: Project, progress: Progress = silent, options: Options = USUAL, damaged: Damaged = lambda: None
) -> Generated:
    """Bring ``docs/`` into line with seeds and curation; the caller holds the archive's lock.

    Args:
        project: The archive.
        progress: Told of long work.
        options: What it is asked for.
        damaged: Says which files below ``docs/`` are not as the last build left them; None where unknown.

    Raises:
        BuilderError: Configuration is wrong, something has been emptied, or the disk refuses.
    """
    settings = load_settings(project.mkdocs)
    found = discover(project.seeds)
    held = count(project, found) if options.confirmed else refuse_losses(project, found=found)
    machines = partial(MachineFiles, settings=settings, release=options.release)
    generated = with_store(project, lambda store: _generated(project, found, machines, store, progress, damaged()))
    remember(project, held)
    return generated


def _generated(
    project: Project,
    found: Discovered,
    machines_of: Callable[..., MachineFiles],
    store: Store,
    progress: Progress,
    damaged: AbstractSet[str] | None,
) -> Generated:
    settings = load_settings(project.mkdocs)
    archive = archive_of(project, store, progress, found=found)
    publication = load_publication(project.mkdocs)
    context = digest(version(*_ROOMS), repr(settings), repr(publication))
    writer = Writer(project.docs, store, context, damaged)
    entities = load_curation(project).entities
    index = partial(search_index, archive, entities)
    with writer.folder(DATA, index, search_key(archive, entities)) as searchable:
        machines = machines_of(archive, publication=publication)
        products = [*page_products(archive, project, settings), *machines.products()]
        digests = {**writer.write(products, progress)}
        for long in machines.lists():
            digests |= writer.stream(long.path, long.write, long.key)
        for bundle in progress(machines.bundles(project.docs, digests), "stage_zip"):
            digests |= writer.stream(bundle.path, bundle.write, bundle.key)
        last = (machines.checksums(digests), moved_files(archive, project.docs, digests))
        writer.write([*last, script_product(writer.needed(), project, settings)], progress)
        searchable()
    return Generated(archive, writer.finish(), settings)


_ROOMS = ("paths", "output", "search", "pages", "feeds")
"""What pages and data depend on, beside what the archive itself does."""
