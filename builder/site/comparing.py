"""Lists the pages that a change adds, alters or removes, against the archive at a revision."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from builder.cache import Store
from builder.config.project import Project
from builder.config.settings import load_settings
from builder.output.products import files
from builder.pages.generation import page_products
from builder.parallel.mapping import Progress
from builder.problems import BuilderError
from builder.site.archives import archive_of
from builder.site.caching import with_cache
from builder.site.revisions import archive_at, resolved

_TITLE = re.compile(r"(?m)\A---\n(?:.*\n)*?title: (?P<quote>['\"]?)(?P<title>.*?)(?P=quote)$")
_DATA = ("raw/", "data/", "search/", "feeds/")


@dataclass(frozen=True, slots=True)
class PageChange:
    """One page that is not as it was."""

    kind: Literal["new", "changed", "removed"]  # What became of it
    address: str  # Below the site's own address
    title: str  # As it is, or as it was where it is gone


def page_changes(project: Project, revision: str, progress: Progress) -> tuple[PageChange, ...]:
    """New, then changed, then removed pages, by address, against those of a revision, both made by this program.

    Where the revision's configuration is wrong it counts as empty.

    Raises:
        BuilderError: The revision is unknown, or configuration is wrong as it is now.
    """
    now = _pages(project, progress)
    with TemporaryDirectory(prefix="archive-") as folder:
        try:
            before = _pages(archive_at(project, resolved(project, revision), Path(folder, "before")), progress)
        except BuilderError:
            resolved(project, revision)
            before = {}
    return (
        *(_change("new", path, now) for path in sorted(now.keys() - before.keys())),
        *(_change("changed", path, now) for path in sorted(now.keys() & before.keys()) if now[path] != before[path]),
        *(_change("removed", path, before) for path in sorted(before.keys() - now.keys())),
    )


def _pages(project: Project, progress: Progress) -> Mapping[str, str]:
    """Text of each page by its path; raw files and data are no pages."""
    return with_cache(project, lambda store: _texts(project, store, progress))


def _texts(project: Project, store: Store, progress: Progress) -> Mapping[str, str]:
    archive = archive_of(project, store, progress)
    return {
        file.path: file.content.decode("utf-8")
        for file in files(page_products(archive, project, load_settings(project.mkdocs)))
        if isinstance(file.content, bytes) and not file.path.startswith(_DATA) and file.path.endswith((".md", ".html"))
    }


def _change(kind: Literal["new", "changed", "removed"], path: str, pages: Mapping[str, str]) -> PageChange:
    found = _TITLE.search(pages[path])
    address = f"{path.removesuffix('.md')}.html" if path.endswith(".md") else path
    return PageChange(kind, address, found["title"] if found else address)
