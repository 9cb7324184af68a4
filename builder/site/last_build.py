"""Recognises a build with nothing to do by the status of its input files, and repeats what the last one printed."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

import msgspec

from builder.cache import digest, read_note, version, write_note
from builder.config.project import Project
from builder.files import is_settled
from builder.publishing.configuration import configuration_key
from builder.publishing.scan import ChangeScan


class LastBuild(msgspec.Struct, frozen=True):
    """The last build.

    Attributes:
        inputs: What it was made from.
        lines: What it said of the archive.
        code: Its exit code.
    """

    inputs: bytes
    lines: tuple[str, ...]
    code: int


def inputs_of(project: Project, *, release: bool = False) -> bytes:
    """Digest of all that a build depends on, files by what they look like; empty where that cannot be said at a glance.

    What a file looks like is its size, its times and its place on the disk: even content put back with its old date
    shows in the time of the inode.
    """
    configuration, _ = configuration_key(project)
    if not configuration:
        return b""
    now = time.time_ns()
    looks = [line for folder in (project.seeds, project.curation) for line in _looks(str(folder), now)]
    if "" in looks:
        return b""
    return digest(version(), configuration, str(release), os.environ.get("SOURCE_DATE_EPOCH", ""), *looks)


def unchanged_since(project: Project, inputs: bytes, scan: ChangeScan) -> LastBuild | None:
    """The last build, if another one would come to the same."""
    last = read_note(_file(project), LastBuild)
    if not inputs or last is None or last.inputs != inputs or scan.docs_changed() != set() or scan.site_changed() != set():
        return None
    return last


def remember(project: Project, last: LastBuild) -> None:
    """Note what a build said."""
    write_note(_file(project), last)


def forget(project: Project) -> None:
    """Drop the note: what it speaks of is about to change."""
    _file(project).unlink(missing_ok=True)


def _looks(folder: str, now: int) -> list[str]:
    """A line for each file, empty where it may change without a trace; strings, since there are ten thousand."""
    lines = []
    waiting = [folder]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as found:
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    status = entry.stat(follow_symlinks=False)
                    look = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
                    lines.append(f"{entry.path} {look}" if is_settled(status.st_ctime_ns, now) else "")
    return sorted(lines)


def _file(project: Project) -> Path:
    return project.root / ".cache" / "last"
