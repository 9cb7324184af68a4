"""Brings ``site/`` into line with finished ``docs/``: what plain ``mkdocs build`` makes, changed pages only."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from builder.config.project import Project
from builder.publishing.configuration import configuration_key
from builder.publishing.scan import ChangeScan, manifest_file

if TYPE_CHECKING:
    from builder.parallel.mapping import Progress


def publish(
    project: Project, scan: ChangeScan, touched: Iterable[str], build_day: int, progress: Progress
) -> tuple[int, str]:
    """Make ``site/`` what plain MkDocs makes of ``docs/``, strictly.

    Args:
        project: Whose ``docs/`` are finished.
        scan: Begun before they were.
        touched: Paths below ``docs/`` written or removed since then.
        build_day: Stands for the day of the build, in seconds since the epoch, unless ``SOURCE_DATE_EPOCH`` is set.
        progress: Told of long work.

    Returns:
        How many files were written or removed below ``site/``, 0 where it was up to date; and the setting because of
        which all pages were rendered anew, empty where there is none.

    Raises:
        BuilderError: MkDocs warns or fails; the message quotes it.
    """
    with _build_date(build_day) as day:
        key, reason = configuration_key(project)
        docs, record = scan.docs_after(touched), scan.record
        if record and (key or None, day, docs, scan.site) == (record.key, record.day, record.docs, record.site):
            return 0, ""
        from builder.publishing.rendering import is_whole, read_configuration, strictly  # noqa: PLC0415  # likewise
        from builder.publishing.run import PublishRun, whole_build  # noqa: PLC0415  # takes MkDocs: .5 s if nothing changed

        with strictly():
            config = read_configuration(project)
            if is_whole(config, project):
                manifest_file(project).unlink(missing_ok=True)
                return whole_build(config, project), reason
        run = PublishRun(project, config, record if key else None, docs, scan.site)
        return run.publish(key, day, progress), reason


@contextmanager
def _build_date(day: int) -> Iterator[int]:
    """Let a day stand for that of the build, so that no clock shows in the site."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    if before is None:
        os.environ["SOURCE_DATE_EPOCH"] = str(day)
    try:
        yield int(os.environ["SOURCE_DATE_EPOCH"])
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
