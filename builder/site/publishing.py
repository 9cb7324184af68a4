"""Publishes an archive's finished pages; its newest article's day stands for the day of the build."""

from __future__ import annotations

from builder.archive.intake import silent
from builder.archive.sharing import Progress
from builder.config.project import Project
from builder.model.archive import Archive
from builder.publishing.publishing import publish as publish_pages
from builder.publishing.survey import begin_survey


def publish(project: Project, archive: Archive, progress: Progress = silent) -> bool:
    """Build the site, strictly.

    Args:
        project: Whose ``docs/`` are finished.
        archive: Gives the date that stands for the build's.
        progress: Told of long work.

    Returns:
        False where the site was up to date already.

    Raises:
        BuilderError: MkDocs warns or fails; the message quotes it.
    """
    return publish_pages(project, begin_survey(project), (), newest_day(archive), progress) > 0


def newest_day(archive: Archive) -> int:
    """Seconds since the epoch of the newest article's day; 0 where nothing is dated."""
    days = [entry.article.published.day for entry in archive.entries if entry.article.published]
    return max(0, (max(days).toordinal() - _EPOCH_ORDINAL) * _DAY) if days else 0


_EPOCH_ORDINAL = 719163
_DAY = 86400
