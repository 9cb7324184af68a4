"""Works out what must be done: which pages and files of ``docs/`` to publish, which of ``site/`` to remove."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from builder.config.project import Project
from builder.publishing.addresses import destination
from builder.publishing.facts import Facts
from builder.publishing.record import DOCS, SITE, Entry, Record
from builder.publishing.survey import Survey, listing, site_folder
from builder.publishing.unfamiliar import UnfamiliarError

Exists = Callable[[str], bool]
SITEMAPS = frozenset({"sitemap.xml", "sitemap.xml.gz"})
_OTHER_MARKDOWN = (".markdown", ".mdown", ".mkdn", ".mkd")


@dataclass(frozen=True, slots=True)
class Changes:
    """What must be done.

    Attributes:
        anew: Whether nothing of the record holds but what its pages became and what lies in ``site/``.
        pages: To publish, below ``docs/``.
        files: To copy.
        standing: Files that need no copying, because they and their copies are as they were.
        gone: Paths below ``docs/`` that are no more.
        added: Pages that are new.
        orphans: Paths below ``site/`` to remove.
        sitemap: Whether the sitemap must be written in any case.
        damaged: Paths below ``site/`` of which the record knows nothing right; None where it knows nothing of any.
    """

    anew: bool
    pages: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    standing: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    added: set[str] = field(default_factory=set)
    orphans: set[str] = field(default_factory=set)
    sitemap: bool = False
    damaged: set[str] | None = None

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.anew or self.pages or self.files or self.gone or self.orphans or self.sitemap)


def remembered(record: Record, key: bytes) -> Facts | None:
    """What the record knows of the configuration; None where that is another one now."""
    if record.get("key") != key:
        return None
    try:
        return msgspec.msgpack.decode(record.get("facts"), type=Facts)
    except msgspec.MsgspecError:
        return None


def changes_since(
    record: Record, survey: Survey, touched: Iterable[str], facts: Facts, exists: Exists, day: int
) -> Changes | None:
    """What a record leaves to be done; None where everything must be done anew."""
    docs, damaged = survey.docs_changed(), survey.site_changed()
    if docs is None or damaged is None or record.get("plain"):
        return None
    changes = Changes(
        anew=False, damaged=damaged, sitemap=bool(damaged & SITEMAPS) or record.get("finished") != str(day).encode()
    )
    for path in docs.union(touched):
        if exists(path):
            (changes.pages if path.endswith(".md") else changes.files).add(path)
        else:
            changes.gone.add(path)
    changes.gone.intersection_update(_recorded(record, changes.gone))
    changes.added.update(changes.pages - set(_recorded(record, changes.pages)))
    _restore(damaged - SITEMAPS, changes, exists)
    for path, links in record.links() if changes.gone else ():
        if exists(path) and not changes.gone.isdisjoint(link.partition("#")[0] for link in links):
            changes.pages.add(path)
    changes.orphans.update(map(destination, changes.gone))
    changes.orphans.difference_update(map(destination, changes.pages | changes.files))
    touches_fixed = (changes.orphans | changes.files | damaged) & {*facts.fixed, *facts.shadowed}
    moved = changes.gone & facts.navigation.keys()
    return None if moved or touches_fixed & (changes.orphans | damaged | set(facts.fixed)) else changes


def _recorded(record: Record, paths: Iterable[str]) -> set[str]:
    """Those of the paths below ``docs/`` that the record knows."""
    folders: dict[str, Mapping[str, Entry]] = {}
    found = set()
    for path in paths:
        folder, name = split(path)
        if folder not in folders:
            folders[folder] = record.folder(DOCS, folder)
        if name in folders[folder]:
            found.add(path)
    return found


def _restore(damaged: Iterable[str], changes: Changes, exists: Exists) -> None:
    """Find what the files of ``site/`` that are not as they were come from."""
    for path in damaged:
        page = path.removesuffix(".html") + ".md"
        if path.endswith(".html") and exists(page):
            changes.pages.add(page)
        elif exists(path) and not path.endswith(".md"):
            changes.files.add(path)
        else:
            changes.orphans.add(path)


def everything(
    project: Project, record: Record, survey: Survey, touched: Iterable[str], fixed: Iterable[str]
) -> Changes:
    """All there is to do where every page must be made anew."""
    changes = Changes(anew=True, sitemap=True, damaged=survey.site_changed())
    for folder, files in listing(str(project.docs), DOCS):
        for each in files:
            (changes.pages if each.name.endswith(".md") else changes.files).add(folder + each.name)
    docs = survey.docs_changed()
    if docs is not None and changes.damaged is not None:
        known = _paths(record.folders(DOCS)) & _paths(record.folders(SITE))
        changes.standing.update((changes.files & known) - docs - changes.damaged - {*touched, *fixed})
        changes.files.difference_update(changes.standing)
    changes.added.update(changes.pages)
    expected = {*fixed, *SITEMAPS, *map(destination, changes.pages), *changes.files, *changes.standing}
    for folder, files in listing(str(site_folder(project)), SITE):
        changes.orphans.update(folder + each.name for each in files if folder + each.name not in expected)
    return changes


def _paths(folders: Mapping[str, Iterable[str]]) -> set[str]:
    return {folder + name for folder, names in folders.items() for name in names}


def check(changes: Changes, facts: Facts, exists: Exists) -> None:
    """See that every path is published as its name says.

    Raises:
        UnfamiliarError: Two are published to one place, or MkDocs has a rule of its own for a name.
    """
    fixed = SITEMAPS.union(facts.fixed)
    for path in changes.pages:
        if posixpath.basename(path) == "README.md" or destination(path) in fixed or exists(destination(path)):
            raise UnfamiliarError(path)
    for path in changes.files | changes.standing:
        if path.endswith(_OTHER_MARKDOWN) or path in SITEMAPS or _is_static_template(path, fixed):
            raise UnfamiliarError(path)
        if path.endswith(".html") and exists(path.removesuffix(".html") + ".md"):
            raise UnfamiliarError(path)


def _is_static_template(path: str, fixed: Iterable[str]) -> bool:
    return path.endswith(".html") and path in fixed


def split(path: str) -> tuple[str, str]:
    """Folder, with a slash at its end unless it is the tree's own, and name."""
    folder, slash, name = path.rpartition("/")
    return folder + slash, name


def outside_navigation(pages: Iterable[str], facts: Facts) -> list[str]:
    """Pages that neither stand in the navigation nor may be left out of it."""
    pages = [path for path in pages if path not in facts.navigation]
    if not pages:
        return []
    from pathspec.gitignore import GitIgnoreSpec  # noqa: PLC0415  # 20 ms, needed only where a page is new

    allowed = GitIgnoreSpec.from_lines(facts.not_in_nav.splitlines())
    return sorted(path for path in pages if not allowed.match_file(path))
