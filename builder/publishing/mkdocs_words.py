"""Runs MkDocs with its warnings collected: one stops the build, in MkDocs' own words."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from builder.config.project import Project
from builder.problems import BuilderError, Wording
from builder.publishing.globalkey import template_folders
from builder.publishing.survey import site_folder
from builder.publishing.unfamiliar import UnfamiliarError


@contextmanager
def strictly() -> Iterator[list[str]]:
    """Collect what MkDocs warns of, instead of letting it print.

    Raises:
        BuilderError: It warned, or failed.
    """
    lines: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]  # a handler of one line
    logger = logging.getLogger("mkdocs")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield lines
    except (Abort, ConfigurationError, MkDocsException, SystemExit) as error:
        raise stopped(lines or [str(error)]) from error
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate
    if lines:
        raise stopped(lines)


def stopped(lines: list[str]) -> BuilderError:
    """The error that quotes MkDocs."""
    return BuilderError(Wording("mkdocs-failed"), *(Wording("verbatim", {"line": line}) for line in lines))


def read_configuration(project: Project) -> MkDocsConfig:
    """The configuration as MkDocs reads it."""
    return load_config(config_file=str(project.mkdocs), strict=True)


def check_places(config: MkDocsConfig, project: Project) -> None:
    """See that the site is where it is expected.

    Raises:
        UnfamiliarError: It is elsewhere.
    """
    if not _is_at_home(config, project):
        raise UnfamiliarError("docs_dir, site_dir")


def _is_at_home(config: MkDocsConfig, project: Project) -> bool:
    source = project.mkdocs.read_text(encoding="utf-8")
    own = [str(folder) for folder in template_folders(project, source)]
    places = Path(config.docs_dir) == project.docs and Path(config.site_dir) == site_folder(project)
    return places and (config.theme.custom_dir or "") in ("", *own)


def build_plainly(project: Project) -> bool:
    """Let MkDocs make the whole site.

    Returns:
        Whether it is known what the site was made of: plugins and hooks may have read anything.

    Raises:
        BuilderError: MkDocs warns or fails.
    """
    with strictly():
        config = read_configuration(project)
        build(config)
    return not config.plugins and not config.hooks and _is_at_home(config, project)
