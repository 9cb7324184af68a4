"""Collects MkDocs' warnings; a warning stops the build, quoted as MkDocs words it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from builder.problems import BuilderError, Wording


@contextmanager
def collected() -> Iterator[list[str]]:
    """Collect warnings, instead of letting MkDocs print them."""
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


@contextmanager
def strictly() -> Iterator[None]:
    """Stop at the end of the block where MkDocs has warned.

    Raises:
        BuilderError: It warned, or failed.
    """
    with collected() as lines:
        try:
            yield
        except (Abort, ConfigurationError, MkDocsException, SystemExit) as error:
            raise stopped(lines or [str(error)]) from error
    if lines:
        raise stopped(lines)


def stopped(lines: list[str]) -> BuilderError:
    """The error that quotes MkDocs."""
    return BuilderError(Wording("mkdocs-failed"), *(Wording("verbatim", {"line": line}) for line in lines))
