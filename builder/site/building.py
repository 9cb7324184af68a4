"""A whole build, from seeds to the finished site, under the archive's lock."""

from __future__ import annotations

from dataclasses import dataclass

from builder.archive.intake import silent
from builder.parallel.mapping import Progress
from builder.config.project import Project
from builder.model.archive import Archive
from builder.publishing.publishing import publish
from builder.publishing.scan import ChangeScan
from builder.site import ownership
from builder.site.generating import Generated, generate
from builder.site.options import USUAL, Options


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build.

    Attributes:
        generated: The pages.
        changed: How many files of the site are new, changed or gone.
        unsupported: What left the whole site to MkDocs, which takes longer; empty where nothing did.
    """

    generated: Generated
    changed: int
    unsupported: str = ""


def build_site(project: Project, scan: ChangeScan, progress: Progress = silent, options: Options = USUAL) -> Built:
    """Build the site, strictly; the caller holds the archive's lock.

    Args:
        project: The archive.
        scan: Begun under the lock.
        progress: Told of long work.
        options: What it is asked for.

    Raises:
        BuilderError: Configuration is wrong, something has been emptied, the disk refuses, or MkDocs warns or fails.
    """
    ownership.claim(project)
    generated = generate(project, progress, options, damaged=scan.docs_changed)
    published = publish(project, scan, generated.written.paths, newest_day(generated.archive), progress)
    return Built(generated, published.written, published.unsupported)


def newest_day(archive: Archive) -> int:
    """Seconds since the epoch of the newest article's day; 0 where nothing is dated.

    It stands for the day of the build, so that no clock shows in the site.
    """
    days = [entry.article.published.day for entry in archive.entries if entry.article.published]
    return max(0, (max(days).toordinal() - _EPOCH_ORDINAL) * _DAY) if days else 0


_EPOCH_ORDINAL = 719163
_DAY = 86400
