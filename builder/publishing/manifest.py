"""The build manifest: what the site was last published from, what was written, and what each page depends on."""

from __future__ import annotations

from pathlib import Path

import msgspec

from builder.config.project import Project

FileState = tuple[int, int, int, int]
"""A file as ``stat`` shows it: size, time of content and of inode in nanoseconds, inode."""


class PageNote(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a page once it has been rendered.

    Attributes:
        asked: Paths below ``docs/`` that its links name, whether or not they are there.
        links: Anchors that it links to: by path of the page that must have them, each with the link as written.
        anchors: Anchors that it has.
        date: For the sitemap; possibly empty.
    """

    asked: tuple[str, ...]
    links: dict[str, dict[str, str]]
    anchors: tuple[str, ...]
    date: str


class Manifest(msgspec.Struct, frozen=True, array_like=True):
    """One publishing.

    Attributes:
        key: Digest of configuration, templates, libraries and this program; empty where it cannot be told.
        navigation: Digest of the navigation as pages show it.
        day: Of the build, in seconds since the epoch.
        docs: Files below ``docs/`` as they were read.
        theme: Files of the theme that were published, likewise.
        site: Files below ``site/`` as they were left.
        pages: By path below ``docs/``.
    """

    key: bytes
    navigation: bytes
    day: int
    docs: dict[str, FileState]
    theme: dict[str, FileState]
    site: dict[str, FileState]
    pages: dict[str, PageNote]


def manifest_file(project: Project) -> Path:
    """Where the manifest lies."""
    return project.root / ".cache" / "publishing" / "record"
