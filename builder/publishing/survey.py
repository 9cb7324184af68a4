"""Looks over ``docs/`` and ``site/`` for what differs from the record, beside whatever the builder does meanwhile."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, partial
from pathlib import Path

import msgspec

from builder.config.project import Project
from builder.files import status
from builder.publishing.record import DOCS, SITE, Entry, open_record, record_file
from builder.sharing.beside import Beside

Tree = Mapping[str, Mapping[str, Entry]]


class Survey:
    """What differs from the record of the last publishing.

    Two processes look while the builder works.
    """

    def __init__(self, project: Project) -> None:
        """Begin to look."""
        self._project = project
        self._answers = {tree: Beside(partial(_differences, project, tree)) for tree in (DOCS, SITE)}

    def docs_changed(self) -> set[str] | None:
        """Paths below ``docs/`` that are new, gone or differ; None where nothing is known."""
        return self._docs

    def site_changed(self) -> set[str] | None:
        """Paths below ``site/`` that are not as publishing left them; None where nothing is known."""
        return self._site

    def close(self) -> None:
        """Wait for those that still look: none may hold the record open when the build is over."""
        self.docs_changed()
        self.site_changed()

    @cached_property
    def _docs(self) -> set[str] | None:
        return self._answers[DOCS].result()

    @cached_property
    def _site(self) -> set[str] | None:
        return self._answers[SITE].result()


def begin_survey(project: Project) -> Survey:
    """Begin to look; call it before anything heavy is imported."""
    return Survey(project)


def site_folder(project: Project) -> Path:
    """Where the site is published."""
    return project.root / "site"


def entry(path: str, digest: bytes) -> Entry:
    """A file as it is now.

    Raises:
        OSError: It is not there.
    """
    found = status(path)
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, digest


def listing(root: str, tree: int) -> Iterator[tuple[str, Iterable[os.DirEntry[str]]]]:
    """Every folder below a root that counts, and its files; nothing where there is no root.

    What begins with a dot counts nowhere in ``docs/``, nor does ``docs/templates/``: MkDocs leaves them out. In
    ``site/`` it leaves alone what begins with a dot at the top.
    """
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        files = []
        try:
            with os.scandir(f"{root}/{folder}") as found:
                for each in found:
                    if each.is_dir(follow_symlinks=tree == DOCS):
                        if not _hidden(each.name, folder, tree):
                            waiting.append(f"{folder}{each.name}/")
                    elif each.name[0] != "." or not _hidden(each.name, folder, tree):
                        files.append(each)
        except FileNotFoundError:
            continue
        yield folder, files


class Published:
    """Says whether a path below ``docs/`` is a file that counts; each folder is looked into once."""

    def __init__(self, project: Project) -> None:
        """Look at nothing yet."""
        self._docs = project.docs
        self._files = cache(self._look)

    def __call__(self, path: str) -> bool:
        """Whether it is one."""
        folder, _, name = path.rpartition("/")
        if f"/{path}".find("/.") >= 0 or path.startswith("templates/"):
            return False
        return name in self._files(folder)

    def _look(self, folder: str) -> frozenset[str]:
        try:
            with os.scandir(f"{self._docs}/{folder}") as found:
                return frozenset(entry.name for entry in found if entry.is_file())
        except OSError:
            return frozenset()


def _hidden(name: str, folder: str, tree: int) -> bool:
    if name.startswith("."):
        return tree == DOCS or not folder
    return tree == DOCS and not folder and name == "templates"


def _differences(project: Project, tree: int) -> set[str] | None:
    record = open_record(record_file(project))
    if record is None:
        return None
    try:
        known = record.folders(tree)
    except (sqlite3.Error, msgspec.MsgspecError):
        return None
    finally:
        record.close()
    root = project.docs if tree == DOCS else site_folder(project)
    return _compare(str(root), tree, known) if known else None


def _compare(root: str, tree: int, known: dict[str, dict[str, Entry]]) -> set[str]:
    changed: set[str] = set()
    for folder, files in listing(root, tree):
        entries = known.pop(folder, {})
        for each in files:
            was = entries.pop(each.name, None)
            try:
                found = each.stat()
            except FileNotFoundError:
                changed.add(folder + each.name)
                continue
            if was is None or was[:4] != (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino):
                changed.add(folder + each.name)
        changed.update(folder + name for name in entries)
    for folder, entries in known.items():
        changed.update(folder + name for name in entries)
    return changed
