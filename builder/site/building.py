"""From seeds to finished pages, which needs no MkDocs, and on to the finished site; under the archive's lock."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import partial

from builder.archive.intake import silent
from builder.cache import Store, digest, version
from builder.config.project import Project, load_curation
from builder.config.settings import load_settings
from builder.feeds.generation import MachineFiles
from builder.model.archive import Archive
from builder.output.writing import Writer
from builder.pages.generation import page_products
from builder.pages.redirects import moved_files
from builder.pages.scripts import script_product
from builder.pages.searching import search_index, search_key
from builder.parallel.mapping import Progress
from builder.publishing.publishing import publish
from builder.publishing.scan import ChangeScan
from builder.reading.discovery import Discovered, discover
from builder.search.bundling import DATA
from builder.site import ownership
from builder.site.archives import archive_of
from builder.site.caching import with_store
from builder.site.loss_guard import count, refuse_losses, remember

Damaged = Callable[[], AbstractSet[str] | None]
"""Says which files below ``docs/`` are not as the last build left them; None where unknown."""
_ROOMS = ("paths", "output", "search", "pages", "feeds")
"""What pages and data depend on, beside what the archive itself does."""
_DAY = 86400


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build."""

    archive: Archive  # Everything, linked, with all problems
    changed: int  # How many files of the site are new, changed or gone
    unsupported: str = ""  # What left the whole site to MkDocs, which takes longer; empty where nothing did


def build_site(
    project: Project, scan: ChangeScan, progress: Progress = silent, *, confirmed: bool = False, release: bool = False
) -> Built:
    """Build the site, strictly; the caller holds the archive's lock.

    Args:
        project: The archive.
        scan: Begun under the lock.
        progress: Told of long work.
        confirmed: Whether losing everything is meant.
        release: Whether ZIP files of the archive are made as well.

    Raises:
        BuilderError: Configuration is wrong, something has been emptied, the disk refuses, or MkDocs warns or fails.
    """
    ownership.claim(project)
    archive, written = generate(project, progress, scan.docs_changed, confirmed=confirmed, release=release)
    return Built(archive, *publish(project, scan, written, newest_day(archive), progress))


def newest_day(archive: Archive) -> int:
    """Seconds since the epoch of the newest article's day; 0 where nothing is dated.

    It stands for the day of the build, so that no clock shows in the site.
    """
    days = [entry.article.published.day for entry in archive.entries if entry.article.published]
    return max(0, (max(days) - date(1970, 1, 1)).days * _DAY) if days else 0


def generate(
    project: Project,
    progress: Progress = silent,
    damaged: Damaged = lambda: None,
    *,
    confirmed: bool = False,
    release: bool = False,
) -> tuple[Archive, frozenset[str]]:
    """Bring ``docs/`` into line with seeds and curation; see ``build_site``."""
    settings = load_settings(project.mkdocs)
    found = discover(project.seeds)
    held = count(project, found) if confirmed else refuse_losses(project, found=found)
    machines = partial(MachineFiles, settings=settings, release=release)
    made = with_store(project, lambda store: _generated(project, found, machines, store, progress, damaged()))
    remember(project, held)
    return made


def _generated(
    project: Project,
    found: Discovered,
    machines_of: Callable[[Archive], MachineFiles],
    store: Store,
    progress: Progress,
    damaged: AbstractSet[str] | None,
) -> tuple[Archive, frozenset[str]]:
    settings = load_settings(project.mkdocs)
    archive = archive_of(project, store, progress, found=found)
    context = digest(version(*_ROOMS), repr(settings))
    writer = Writer(project.docs, store, context, damaged)
    entities = load_curation(project).entities
    with writer.folder(DATA, partial(search_index, archive, entities), search_key(archive, entities)) as searchable:
        machines = machines_of(archive)
        digests = {**writer.write([*page_products(archive, project, settings), *machines.products()], progress)}
        for long in machines.lists():
            digests |= writer.stream(long.path, long.write, long.key)
        for bundle in progress(machines.bundles(project.docs, digests), "stage_zip"):
            digests |= writer.stream(bundle.path, bundle.write, bundle.key)
        last = (machines.checksums(digests), moved_files(archive, project.docs, digests))
        writer.write([*last, script_product(writer.needed(), project, settings)], progress)
        searchable()
    return archive, writer.finish()
