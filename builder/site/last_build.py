"""Recognises a build with nothing to do by the status of its input files, and repeats what the last one printed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import msgspec

from builder.cache import digest, read_note, version, write_note
from builder.config.project import Project
from builder.files import is_settled
from builder.publishing.configuration import configuration_key
from builder.publishing.scan import ChangeScan, files_below


class LastBuild(msgspec.Struct, frozen=True):
    """The last build."""

    inputs: bytes  # What it was made from
    lines: tuple[str, ...]  # What it said of the archive
    code: int  # Its exit code


def inputs_of(project: Project, *, release: bool = False) -> bytes:
    """Digest of all that a build depends on, files by what they look like; empty where that cannot be said at a glance.

    What a file looks like is its size, its times and its place on the disk: even content put back with its old date
    shows in the time of the inode.
    """
    configuration, _ = configuration_key(project)
    if not configuration:
        return b""
    now = time.time_ns()
    looks = [found for folder in (project.seeds, project.curation) for found in files_below(str(folder), follow=False)]
    if not all(is_settled(look[2], now) for _, look in looks):
        return b""
    place = os.environ.get("SOURCE_DATE_EPOCH", "")
    return digest(version(), configuration, str(release), place, repr(sorted(looks)))


def unchanged_since(project: Project, inputs: bytes, scan: ChangeScan) -> LastBuild | None:
    """The last build, if another one would come to the same."""
    last = read_note(_file(project), LastBuild)
    if (
        not inputs
        or last is None
        or last.inputs != inputs
        or scan.docs_changed() != set()
        or scan.site_changed() != set()
    ):
        return None
    return last


def remember(project: Project, last: LastBuild) -> None:
    """Note what a build said."""
    write_note(_file(project), last)


def forget(project: Project) -> None:
    """Drop the note: what it speaks of is about to change."""
    _file(project).unlink(missing_ok=True)


def _file(project: Project) -> Path:
    return project.root / ".cache" / "last"
