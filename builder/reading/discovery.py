"""The files below ``seeds/``: which are posts or plans, which lie beside them, which are neither."""

from __future__ import annotations

import os
from pathlib import Path

from builder.problems import Problem
from builder.reading.words import words


def discover(seeds: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Find every file to be read.

    Args:
        seeds: A folder, searched with its sub-folders, or one file, taken as it is.

    Returns:
        The files in the order of their POSIX paths, and a problem for each one that is no post and no attachment, that
        leads outside the folder, or that cannot be looked at.
    """
    if not seeds.is_dir():
        return (seeds,), ()
    paths: list[Path] = []
    problems: list[Problem] = []
    _walk(seeds, seeds, paths, problems)
    return tuple(sorted(paths, key=lambda path: path.relative_to(seeds).as_posix())), tuple(problems)


def _walk(folder: Path, root: Path, paths: list[Path], problems: list[Problem]) -> None:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(_unreadable(folder, root, error))
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() and not _inside(path, root):
            problems.append(Problem("leads-outside", _relative(path, root)))
        elif entry.is_dir(follow_symlinks=False):
            _walk(path, root, paths, problems)
        elif not entry.is_file():
            problems.append(Problem("not-a-file", _relative(path, root)))
        else:
            _sort(path, root, paths, problems)


def _sort(path: Path, root: Path, paths: list[Path], problems: list[Problem]) -> None:
    suffix = path.suffix.strip().lower()
    if suffix in words().suffixes.posts:
        paths.append(path)
    elif suffix not in words().suffixes.attachments:
        problems.append(Problem("unknown-type", _relative(path, root), values={"suffix": suffix or path.name}))


def _inside(path: Path, root: Path) -> bool:
    """Whether a link's target is an existing file below the folder; linked folders could run in circles."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_file() and target.is_relative_to(root.resolve())


def _unreadable(path: Path, root: Path, error: OSError) -> Problem:
    return Problem("unreadable", _relative(path, root), values={"reason": error.strerror or type(error).__name__})


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
