"""Brings an archive up to the installed version: its files, what editors wrote, and every address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import builder
from builder.archive.assembly import assemble
from builder.archive.intake import take_in
from builder.cache import Store
from builder.config.project import Project, load_curation
from builder.config.settings import load_settings
from builder.files import remove, replace
from builder.model.archive import Archive
from builder.output.products import files
from builder.pages.generation import page_products
from builder.scaffold.addresses import Known, expected, generated, published, redirects
from builder.scaffold.rekeying import Rewritten, rewritten
from builder.scaffold.renewal import Renewed, renew, renewals
from builder.site.caching import with_cache
from builder.site.verifying import fetch_from


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade does."""

    files: tuple[Renewed, ...]  # Of those that ``init`` wrote
    curation: tuple[Rewritten, ...]  # Of those that editors wrote
    moved: dict[str, str]  # New addresses by old ones
    compared: int  # With how many pages of before


def plan_upgrade(project: Project, origin: str, place: str | None = None) -> Upgrade:
    """Find out what is to be done; nothing is written.

    Args:
        project: The archive.
        origin: Where the installed program comes from; empty where unknown.
        place: Folder or address of the site as it is published; by default what lies generated in ``docs/``, else in
            ``site/``; where neither does, what the version before this one would have published.

    Raises:
        BuilderError: Configuration is wrong, or the place cannot be reached.
    """
    curation = load_curation(project)

    def compare(store: Store) -> Upgrade:
        intake = take_in(project.seeds, curation, store=store)
        archive = assemble(intake, curation, store)
        before = _before(project, archive, place)
        moved = redirects(before, archive, _pages(project, archive))
        changes = () if _is_checkout(project) else tuple(renewals(project, origin))
        return Upgrade(changes, tuple(rewritten(project, intake, moved)), moved, len(before.pages))

    return with_cache(project, compare)


def carry_out(project: Project, upgrade: Upgrade) -> None:
    """Write what the plan says."""
    renew(project, [*upgrade.files])
    for change in upgrade.curation:
        if change.path:
            replace(f"{project.root}/{change.path}", change.content)
        if change.was and change.was != change.path:
            remove(str(project.root), change.was)


def _before(project: Project, archive: Archive, place: str | None) -> Known:
    if place:
        return published(fetch_from(place))
    known = generated(project.docs)
    if not known.items and (project.root / "site").is_dir():
        known = published(fetch_from(str(project.root / "site")))
    return known if known.items else expected(archive)


def _pages(project: Project, archive: Archive) -> frozenset[str]:
    """Address of every page that is generated, redirects aside."""
    products = page_products(archive, project, load_settings(project.mkdocs))
    paths = (file.path for file in files(products) if file.path not in archive.moved)
    return frozenset(f"{path.removesuffix('.md')}.html" for path in paths if path.endswith((".md", ".html")))


def _is_checkout(project: Project) -> bool:
    """Whether this is the program's own repository, whose files are nobody's copies."""
    return Path(builder.__file__).parent.parent == project.root
