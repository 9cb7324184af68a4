"""Scans ``docs/`` and ``site/`` for what differs from the last publishing, by size, times and inode."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import msgspec

from builder.cache import read_note
from builder.config.project import Project
from builder.files import is_settled, status

FileState = tuple[int, int, int, int]
"""A file as ``stat`` shows it: size, time of content and of inode in nanoseconds, inode."""


class PageNote(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a page once it has been rendered."""

    asked: tuple[str, ...]  # Paths below ``docs/`` that its links name, whether or not they are there
    # Anchors that it links to: by path of the page that must have them, each with the link as written
    links: dict[str, dict[str, str]]
    anchors: tuple[str, ...]  # Anchors that it has
    date: str  # For the sitemap; possibly empty


class PublishManifest(msgspec.Struct, frozen=True, array_like=True):
    """One publishing."""

    key: bytes  # Digest of configuration, templates, libraries and this program; empty where it cannot be told
    navigation: bytes  # Digest of the navigation as pages show it
    day: int  # Of the build, in seconds since the epoch
    docs: dict[str, FileState]  # Files below ``docs/`` as they were read
    theme: dict[str, FileState]  # Files of the theme that were published, likewise
    site: dict[str, FileState]  # Files below ``site/`` as they were left
    pages: dict[str, PageNote]  # By path below ``docs/``


def manifest_file(project: Project) -> Path:
    """Where the manifest lies."""
    return project.root / ".cache" / "publishing" / "record"


class ChangeScan:
    """Both trees as they are when they are first asked for, against what the manifest says.

    Attributes:
        record: The last publishing; None where nothing is known of it.
    """

    def __init__(self, project: Project) -> None:
        """Read the manifest."""
        self._project = project
        self.record: PublishManifest | None = read_note(manifest_file(project), PublishManifest)

    @cached_property
    def docs(self) -> dict[str, FileState]:
        """Files below ``docs/``."""
        now = time.time_ns()
        found = files_below(str(self._project.docs), follow=True, hides=_hidden_in_docs)
        return {path: look if is_settled(look[2], now) else (-1, *look[1:]) for path, look in found}

    @cached_property
    def site(self) -> dict[str, FileState]:
        """Files below ``site/``; like MkDocs, it leaves alone what begins with a dot at the top."""
        return dict(files_below(str(site_folder(self._project)), follow=False, hides=lambda path: path.startswith(".")))

    def docs_changed(self) -> set[str] | None:
        """Paths below ``docs/`` that are new, gone or differ; None where nothing is known."""
        return _differing(self.docs, self.record.docs) if self.record else None

    def site_changed(self) -> set[str] | None:
        """Paths below ``site/`` that are not as publishing left them; None where nothing is known."""
        return _differing(self.site, self.record.site) if self.record else None

    def docs_after(self, touched: Iterable[str]) -> dict[str, FileState]:
        """Files below ``docs/`` after some of them have been written or removed since the scan."""
        docs = dict(self.docs)
        for path in touched:
            try:
                docs[path] = look(f"{self._project.docs}/{path}")
            except OSError:
                docs.pop(path, None)
        return docs


def site_folder(project: Project) -> Path:
    """Where the site is published."""
    return project.root / "site"


def look(path: str) -> FileState:
    """A file as it is now.

    Raises:
        OSError: It is not there.
    """
    return _look(status(path))


def _look(found: os.stat_result) -> FileState:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def files_below(
    root: str, *, follow: bool, hides: Callable[[str], bool] = lambda _: False
) -> Iterator[tuple[str, FileState]]:
    """Path and look of every file below a root that counts; nothing where there is no root."""
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(f"{root}/{folder}"))
        except FileNotFoundError:
            continue
        for entry in entries:
            path = folder + entry.name
            if hides(path):
                continue
            if entry.is_dir(follow_symlinks=follow):
                waiting.append(path + "/")
                continue
            with suppress(FileNotFoundError):  # gone between the two
                yield path, _look(entry.stat(follow_symlinks=follow))


def _hidden_in_docs(path: str) -> bool:
    """What MkDocs leaves out of every site."""
    return path == "templates" or path.startswith(".") or "/." in path


def _differing(now: Mapping[str, FileState], known: Mapping[str, FileState]) -> set[str]:
    changed = {path for path, found in now.items() if known.get(path) != found}
    return changed.union(known.keys() - now.keys())
