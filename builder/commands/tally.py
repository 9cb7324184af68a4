"""What became of every file below ``seeds/``, in numbers that add up to all of them."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from builder.config.project import Project
from builder.languages import labels
from builder.model.archive import Archive
from builder.model.container import file_of
from builder.problems import Language, Problem
from builder.reading.discovery import is_left_behind, readable_name

Tally = Counter[str]
"""How many files met each fate of ``FATES``; each file meets one."""
FATES = ("articles", "documents", "copies", "left_out", "left_behind", "unpublished", "beside", "hidden")
_FATE_OF = {
    "identical-copy": "copies",
    "same-identity": "copies",
    "excluded": "left_out",
}


def tally(project: Project, archive: Archive, below: Sequence[Path] = ()) -> Tally:
    """Count the files below some files or folders (by default all of ``seeds/``) by what became of them."""
    seeds = project.seeds.resolve()
    fates = _fates(archive)
    return Counter(_fate(path, fates) for path in _files(seeds, below or [seeds]))


def tally_line(counted: Tally, language: Language) -> str:
    """The count in a line: the sum, then what it is made of."""
    said = labels(language)
    parts = [said[f"tally_{fate}"].format(count=counted[fate]) for fate in FATES if counted[fate]]
    return said["tally_files"].format(count=counted.total(), parts=said["tally_between"].join(parts))


def _fates(archive: Archive) -> dict[str, str]:
    """What became of each file that is published or spoken of; what is published counts before what is said of it."""
    fates: dict[str, str] = {}
    for problem in archive.problems:
        fate = _FATE_OF.get(problem.code, "unpublished")
        for path in _paths(problem):
            known = fates.setdefault(path, fate)
            fates[path] = fate if known == "unpublished" else known
    for plan in archive.plans:
        fates[file_of(plan.path, plan.member)] = "documents"
    for entry in archive.entries:
        for article in (entry.article, *entry.versions):
            fates[article.file] = "articles"
    return fates


def _paths(problem: Problem) -> Iterator[str]:
    """The file that a problem is about: its path may name a part of the file behind an exclamation mark."""
    path = problem.path.removeprefix("seeds/")
    if path != problem.path:
        yield path
        yield from (path[: mark.start()] for mark in re.finditer("!", path))


def _fate(path: str, fates: dict[str, str]) -> str:
    """That of the file or of a folder that could not be entered; a file of which nothing is said lies beside one."""
    pure = PurePosixPath(path)
    if any(part.startswith(".") for part in pure.parts):
        return "hidden"
    if is_left_behind(pure.name):
        return "left_behind"
    return next((fates[str(each)] for each in (pure, *pure.parents) if str(each) in fates), "beside")


def _files(seeds: Path, below: Iterable[Path]) -> set[str]:
    return {readable_name(os.path.relpath(file, seeds).replace(os.sep, "/")) for one in below for file in _under(one)}


def _under(one: Path) -> Iterator[str]:
    if not one.is_dir():
        yield str(one)
    for folder, _, names in os.walk(one):
        yield from (os.path.join(folder, name) for name in names)  # noqa: PTH118  # ten thousand of them
