"""The long way: MkDocs makes the whole site, and it is left alone as long as nothing differs."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable

from builder.config.project import Project
from builder.publishing.record import DOCS, SITE, Entry, Record
from builder.publishing.survey import Survey, entry, listing, site_folder

_RACE = 20_000_000


def stands(record: Record, key: bytes, survey: Survey, touched: Collection[str], day: int) -> bool:
    """Whether the site is one that MkDocs made of what lies there now."""
    if not record.get("plain") or record.get("key") != key or record.get("finished") != str(day).encode() or touched:
        return False
    return survey.docs_changed() == set() and survey.site_changed() == set()


def publish(project: Project, record: Record, key: bytes, day: int) -> int:
    """Let MkDocs make the whole site.

    Args:
        project: The archive.
        record: To remember it in.
        key: Of its configuration; empty where that cannot be told.
        day: Stands for the day of the build.

    Returns:
        How many files the site has.

    Raises:
        BuilderError: MkDocs warns or fails.
    """
    from builder.publishing.mkdocs_words import build_plainly  # noqa: PLC0415  # takes MkDocs, which few builds need

    record.put(finished=b"", plain=b"")
    docs = _entries(str(project.docs), DOCS, time.time_ns() - _RACE)
    is_known = build_plainly(project)
    site = _entries(str(site_folder(project)), SITE, time.time_ns())
    if is_known and key:
        values = {
            "key": key,
            "facts": b"",
            "plain": b"1",
            "finished": str(day).encode(),
        }
        record.finish({**docs, **site}, {}, values, anew=True)
    return sum(map(len, site.values()))


def _entries(root: str, tree: int, before: int) -> dict[tuple[int, str], dict[str, Entry]]:
    """The files of a tree as they are; one that changed after a time counts as unknown."""
    return {(tree, folder): dict(_known(root + "/" + folder, files, before)) for folder, files in listing(root, tree)}


def _known(folder: str, files: Iterable[os.DirEntry[str]], before: int) -> Iterable[tuple[str, Entry]]:
    for each in files:
        found = entry(folder + each.name, b"")
        yield each.name, (found if found[2] < before else (-1, *found[1:]))
