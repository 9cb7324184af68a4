"""Runs MkDocs over finished pages, and leaves a site alone whose pages have not changed."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from builder.config.project import Project
from builder.model.archive import Archive
from builder.problems import BuilderError
from builder.site import fingerprint


def publish(project: Project, archive: Archive) -> bool:
    """Build the site, strictly.

    Args:
        project: Whose ``docs/`` are finished.
        archive: Gives the date that stands for the build's.

    Returns:
        False where the site was up to date already.

    Raises:
        BuilderError: MkDocs warns or fails; the message quotes it.
    """
    with _build_date(archive), _warnings() as warnings:
        try:
            config = load_config(config_file=str(project.mkdocs), strict=True)
            site = Path(config.site_dir)
            if fingerprint.matches(project, site):
                return False
            fingerprint.forget(project)
            build(config)
            fingerprint.remember(project, site)
        except (Abort, ConfigurationError, MkDocsException, SystemExit) as error:
            raise BuilderError("\n".join(["mkdocs.yml: MkDocs 没有完成：", *(warnings or [str(error)])])) from error
    return True


@contextmanager
def _build_date(archive: Archive) -> Iterator[None]:
    """Let the newest article's day stand for the day of the build, so that no clock shows in the site."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    if before is None:
        os.environ["SOURCE_DATE_EPOCH"] = str(newest_day(archive))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]


def newest_day(archive: Archive) -> int:
    """Seconds since the epoch of the newest article's day; 0 where nothing is dated."""
    days = [entry.article.published.day for entry in archive.entries if entry.article.published]
    return max(0, (max(days).toordinal() - _EPOCH_ORDINAL) * _DAY) if days else 0


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what MkDocs warns of, instead of letting it print."""
    lines: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]  # a handler of one line
    logger = logging.getLogger("mkdocs")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


_EPOCH_ORDINAL = 719163
_DAY = 86400
