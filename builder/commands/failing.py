"""How a command ends that cannot go on: what it says, and with which code."""

from __future__ import annotations

import errno
import sqlite3
import tempfile
import traceback
from pathlib import Path

from builder.problems import BuilderError, Language, Wording

_REFUSALS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EISDIR, errno.EFBIG,
     errno.ENAMETOOLONG, errno.EMFILE, errno.ENFILE, errno.ETXTBSY, errno.EBUSY}
)  # fmt: skip
"""What a disk answers where somebody has to make room, or give rights, or move a file out of the way."""
_WRONG, _FAILED = 2, 70
_LONGEST = 200
_REFUSED_DATABASE = ("full", "readonly", "unable to open")


def explained(error: Exception, language: Language, *, shown: bool) -> tuple[int, str]:
    """The exit code and what is said.

    Args:
        error: What has stopped the command.
        language: In which it is said.
        shown: Whether the traceback was asked for.

    Returns:
        2 and what to do for wrong use, wrong configuration and a disk that refuses; 70 and the place of a report for
        what is a fault of the program.
    """
    told = traceback.format_exc() if shown else ""
    if isinstance(error, BuilderError):
        return _WRONG, told + error.message(language)
    if isinstance(error, OSError) and error.errno in _REFUSALS:
        return _WRONG, told + _refused(error.filename or "?", error.strerror or str(error)).message(language)
    if isinstance(error, sqlite3.OperationalError) and any(word in str(error) for word in _REFUSED_DATABASE):
        return _WRONG, told + _refused(".cache", str(error)).message(language)
    summary = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST]
    return _FAILED, told + Wording("defect", {"error": summary, "report": _report()}).message(language)


def _refused(path: object, reason: str) -> Wording:
    return Wording("machine-refuses", {"path": str(path), "reason": reason})


def _report() -> str:
    """Write what happened into a file of its own among the temporary ones; returns its path, or nothing."""
    from builder.commands.version import version  # noqa: PLC0415  # a report alone needs it

    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="builder-", suffix=".txt", delete=False) as file:
            file.write(f"builder {version()}\n{traceback.format_exc()}")
    except OSError:
        return ""
    return str(Path(file.name))
