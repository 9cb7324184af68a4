"""Writes pages below ``docs/``: only where bytes change, never outside the generated places, and removes orphans."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from builder.pages import places
from builder.pages.rendering import PageFile
from builder.problems import BuilderError


@dataclass(frozen=True, slots=True)
class Written:
    """What a run changed: numbers of files written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


def write(docs: Path, files: Iterable[PageFile]) -> Written:
    """Bring the generated part of ``docs/`` into line with the pages.

    Args:
        docs: The folder.
        files: Every file that the archive generates.

    Returns:
        What changed.

    Raises:
        BuilderError: Two pages claim one path, a path lies outside the generated places, or the disk refuses.
    """
    for place in places.GENERATED:
        if (docs / place).is_symlink():
            raise BuilderError(f"docs/{place}: 是符号链接，可能指向别处。请删去它，程序会重新生成。")
    claimed: set[str] = set()
    written = unchanged = 0
    try:
        for file in files:
            _claim(file.path, claimed)
            if _write(docs / file.path, file.content):
                written += 1
            else:
                unchanged += 1
        return Written(written, unchanged, _remove_orphans(docs, claimed))
    except OSError as error:
        raise BuilderError(f"{error.filename}: 无法写入（{error.strerror}）。请检查权限和剩余空间。") from error


def _claim(path: str, claimed: set[str]) -> None:
    if path in claimed:
        raise BuilderError(f"docs/{path}: 两个页面要写同一个文件。请给其中之一换个名字。")
    if not places.is_generated(path) or ".." in path.split("/"):
        raise BuilderError(f"docs/{path}: 不在由程序生成的文件夹里。")
    claimed.add(path)


def _write(target: Path, content: bytes | Path) -> bool:
    """Write a file if its bytes differ; a reader never sees half of it."""
    data = content.read_bytes() if isinstance(content, Path) else content
    if target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.unfinished")
    unfinished.write_bytes(data)
    unfinished.replace(target)
    return True


def _remove_orphans(docs: Path, claimed: set[str]) -> int:
    """Remove generated files that no page claims any more, and folders left empty."""
    removed = 0
    for place in places.GENERATED:
        for folder, _, names in os.walk(docs / place, topdown=False):
            for name in sorted(names):
                path = Path(folder, name)
                if path.relative_to(docs).as_posix() not in claimed:
                    path.unlink()
                    removed += 1
            if not os.listdir(folder):  # noqa: PTH208  # os.walk gives names, and so does this
                Path(folder).rmdir()
    return removed
