"""``build``: from seeds to a finished site."""

from __future__ import annotations

import gc
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands import console
from builder.commands.options import ALLOW_EMPTY
from builder.config.settings import load_settings
from builder.files import files_at
from builder.languages import labels
from builder.publishing.scan import ChangeScan
from builder.site import last_build
from builder.site.caching import beginning_anew, locked
from builder.site.last_build import LastBuild
from builder.site.theme import lay_theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.config.project import Project
    from builder.parallel.mapping import Progress
    from builder.problems import Language


@click.command()
@ALLOW_EMPTY
@click.option("--since", metavar="REV")
@click.option("--release", is_flag=True)
@click.option("--profile", is_flag=True)
def build(*, allow_empty: bool, since: str | None, release: bool, profile: bool) -> int:
    """Build the whole site in site/."""
    gc.disable()  # the process ends before garbage matters, and looking for it among so many articles takes a third
    project, times = console.project_here(), console.StageTimes()
    progress = times.progress if profile else console.progress
    work = partial(_brought_up, project, since, progress, confirmed=allow_empty, release=release)
    with locked(project, wait=True):
        last, changed = beginning_anew(project, work)
    for line in times.lines() if profile else ():
        console.say(line)
    return _said(project, last, changed)


def _brought_up(
    project: Project, since: str | None, progress: Progress, *, confirmed: bool, release: bool
) -> tuple[LastBuild, int]:
    """Build what has changed since the last build, and note it; what it says, and how many files have changed."""
    scan = ChangeScan(project)
    lay_theme(project, console.language_of(project))
    inputs = last_build.inputs_of(project, release=release)
    last = None if since else last_build.unchanged_since(project, inputs, scan)
    if last is not None:
        return last, 0
    last_build.forget(project)
    from builder.commands import problem_list  # noqa: PLC0415  # a build that has nothing to do is over before
    from builder.site.building import build_site  # noqa: PLC0415  # these are loaded, most of all the program
    from builder.site.loss_guard import refuse_losses  # noqa: PLC0415  # likewise

    if since and not confirmed:
        refuse_losses(project, console.revision_here(project, since))
    built = build_site(project, scan, progress, confirmed=confirmed, release=release)
    language = load_settings(project.mkdocs).spoken
    for line in problem_list.why_slowly(built.unsupported, language):
        console.say(line)
    code = int(any(problem.severity == "error" for problem in built.archive.problems))
    lines = [*problem_list.outcome(built.archive, language), *_unaddressed(project, language, release=release)]
    last = LastBuild(inputs, tuple(lines), code)
    last_build.remember(project, last)
    return last, built.changed


def _unaddressed(project: Project, language: Language, *, release: bool) -> Iterator[str]:
    """A warning where a site about to be published does not know its own address."""
    if release and not load_settings(project.mkdocs).site_url:
        yield labels(language)["built_unaddressed"]


def _said(project: Project, last: LastBuild, changed: int) -> int:
    for line in last.lines:
        console.say(line)
    said = labels(console.language_of(project))
    page = project.root / "site" / "index.html"
    console.say(said["built"].format(site=page.parent) if changed else said["unchanged"])
    if changed and (size := _size(page.parent)) > _LARGE:
        console.say(said["built_large"].format(size=f"{size / 1e9:.2f}"))
    command = "make serve" if (project.root / "Makefile").is_file() else "builder serve"
    console.say(said["built_look"].format(command=command))
    return last.code


_LARGE = 800_000_000
"""Four fifths of what GitHub Pages publish at most (1 GB, "GitHub Pages limits")."""


def _size(folder: Path) -> int:
    """How many bytes a folder's files have."""
    return sum(os.stat(path).st_size for path in files_at(str(folder)))  # noqa: PTH116  # of tens of thousands
