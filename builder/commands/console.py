"""What all commands share: finding the archive, progress on standard error, problems in one form."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from builder.characters import for_terminal
from builder.config.project import Curation, Project, find_project, load_curation
from builder.config.settings import load_settings
from builder.languages import labels
from builder.problems import DEFAULT, BuilderError, Language, Problem, resolve

_LONG_WORK = 50
"""Fewer items than this are done before a bar could be read."""


def say(text: str) -> None:
    """Print a line for people, on standard error, so that standard output stays for machines."""
    echo(text, err=True)


def echo(text: str, *, err: bool = False, newline: bool = True) -> None:
    """Print text in which anything may stand; the one way to a terminal and to the log of a workflow."""
    click.echo(for_log(for_terminal(text)), err=err, nl=newline)


def echo_command(line: str) -> None:
    """Print a workflow command, whose values have been escaped."""
    click.echo(for_terminal(line))


def as_json(record: object) -> str:
    """An object in one line; what no terminal may be shown is written as escapes, so that nothing is lost."""
    written = json.dumps(record, ensure_ascii=False)
    return written if written.isprintable() else "".join(map(_escaped, written))


def for_log(text: str) -> str:
    """Text in which GitHub's runner finds no command of its own: ``::name`` at a line's beginning, ``##[`` anywhere."""
    if not os.environ.get("GITHUB_ACTIONS"):
        return text
    return _COMMANDS.sub(lambda found: f"{found[0][0]}\u200b{found[0][1:]}", text)


def _escaped(character: str) -> str:
    return character if for_terminal(character) else f"\\u{ord(character):04x}"


_COMMANDS = re.compile(r"::|##\[")


def progress(items: Sequence[Any], stage: str) -> Iterable[Any]:
    """A progress bar on a terminal; nothing where there is none, or little to do."""
    if len(items) < _LONG_WORK or not sys.stderr.isatty():
        return items
    from rich.console import Console  # noqa: PLC0415  # half of the start of a command that has little to do
    from rich.progress import track  # noqa: PLC0415  # likewise

    return track(items, description=labels(language_here())[stage], console=Console(stderr=True), transient=True)


class StageTimes:
    """A progress that also notes how long each stage takes: the ``--profile`` of ``build``."""

    def __init__(self) -> None:
        """Begin to count."""
        self._begun = time.perf_counter()
        self._stages: dict[str, tuple[int, float]] = {}

    def progress(self, items: Sequence[Any], stage: str) -> Iterable[Any]:
        """Pass the items of a stage on and note when the last has been taken."""
        begun = time.perf_counter()
        yield from progress(items, stage)
        number, seconds = self._stages.get(stage, (0, 0.0))
        self._stages[stage] = number + len(items), seconds + time.perf_counter() - begun

    def lines(self) -> Iterator[str]:
        """A line for each stage, and one for all that is no stage."""
        said = labels(language_here())
        whole = time.perf_counter() - self._begun
        for stage, (number, seconds) in self._stages.items():
            yield said["profile_stage"].format(stage=said[stage], number=number, seconds=f"{seconds:.2f}")
        rest = whole - sum(seconds for _, seconds in self._stages.values())
        yield said["profile_rest"].format(seconds=f"{rest:.2f}", whole=f"{whole:.2f}")


def project_here(start: Path | None = None) -> Project:
    """The archive around a folder, by default around the current one."""
    return find_project(start or Path.cwd())


def revision_here(project: Project, revision: str) -> str:
    """A revision to compare with, or what stands in for one that a force push has taken away; then a line says so."""
    from builder.site.revisions import instead_of  # noqa: PLC0415  # only what compares with git needs it

    instead = instead_of(project, revision)
    if instead is None:
        return revision
    if revision.strip("0"):
        say(labels(language_of(project))["revision_gone"].format(revision=revision[:10], instead=instead[:10]))
    return instead


def curation_around(path: Path) -> Curation:
    """The curation of the archive around a path; an empty one where there is no archive."""
    try:
        project = find_project(path if path.is_dir() else path.parent)
    except BuilderError:
        project = Project(path / "\0no-archive")
    return load_curation(project)


def language_of(project: Project) -> str:
    """The language in which an archive's editors are spoken to."""
    return load_settings(project.mkdocs).language


def language_here() -> Language:
    """The language in which to speak of what stops a command: that of the archive around, where it can be told."""
    try:
        return load_settings(project_here().mkdocs).spoken
    except BuilderError:
        return _system_language()


def _system_language() -> Language:
    """The language of the terminal; it is asked only where no archive says one, and shows in no file."""
    said = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "C")
    first = re.split("[-_.]", said)[0]
    try:
        return DEFAULT if first in {"C", "POSIX"} else resolve(said.partition(".")[0])
    except BuilderError:
        return "en"


def print_problems(problems: Iterable[Problem], *, err: bool, language: Language | None = None) -> Counter[str]:
    """One line for each problem, in the archive's language or another; returns how many there are of each severity."""
    counted: Counter[str] = Counter()
    for problem in problems:
        counted[problem.severity] += 1
        echo(problem.line_text(language or language_here()), err=err)
    return counted
