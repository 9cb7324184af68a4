"""Which problems ``check`` speaks of: all, those of some files, or those of what has changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder import paths
from builder.archive.identity import identify
from builder.commands.tally import Tally, tally
from builder.config.corrections import SINGLE_FILE, correction_file
from builder.config.project import Curation, Project, load_curation
from builder.config.publication import load_publication
from builder.config.settings import load_settings
from builder.model.archive import Archive
from builder.parallel.mapping import Progress
from builder.problems import BuilderError, Problem, Wording, ordered
from builder.site.archives import read_archive, read_files
from builder.site.loss_guard import refuse_losses
from builder.site.profile_examples import example_problems
from builder.site.revisions import Changes, changes_since, content_at


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check has found.

    Attributes:
        problems: Sorted.
        tally: What became of the files that were asked for; None where none below ``seeds/`` was.
    """

    problems: tuple[Problem, ...]
    tally: Tally | None = None


def all_problems(project: Project, progress: Progress) -> Checked:
    """Everything that is wrong with the archive, readers' way to its editors included."""
    archive = read_archive(project, progress, linked=False)
    found = ordered([*archive.problems, *example_problems(load_curation(project))])
    reachable = load_settings(project.mkdocs).repository or load_publication(project.mkdocs).contact
    if not reachable:
        found = ordered([*found, Problem("no-report-address", project.mkdocs.name)])
    return Checked(found, tally(project, archive))


def problems_of(project: Project, paths: Sequence[Path]) -> Checked:
    """What is wrong with some files, judged by themselves and by the pages that lie generated.

    Args:
        project: The archive.
        paths: Files or folders below ``seeds/`` or ``curation/``.

    Raises:
        BuilderError: A file of ``curation/`` is wrong, or a path lies elsewhere.
    """
    resolved = [path.resolve() for path in paths]
    seeds, curation = project.seeds.resolve(), project.curation.resolve()
    for path in resolved:
        if not any(path == folder or folder in path.parents for folder in (seeds, curation)):
            raise BuilderError(Wording("check-elsewhere", {"path": str(path), "root": str(project.root)}))
    below = [path for path in resolved if path == seeds or seeds in path.parents]
    if not below:
        return Checked(ordered(example_problems(load_curation(project))))
    project = Project(project.root.resolve())
    archive = read_files(project, below)
    published = _published_before(project, archive)
    if published:
        archive = read_files(project, [*below, *published])
    names = {path.relative_to(seeds).as_posix() for path in below}
    told = [problem for problem in archive.problems if any(_is_below(path, names) for path in _named(problem))]
    return Checked(tuple(told), tally(project, archive, below))


def problems_since(project: Project, revision: str, progress: Progress, *, confirmed: bool) -> Checked:
    """What is wrong with what has changed since a revision.

    Args:
        project: The archive.
        revision: What git calls it.
        progress: Told of long work.
        confirmed: Whether losing everything is meant.

    Raises:
        BuilderError: The revision is unknown, configuration is wrong, or something has been emptied.
    """
    changes = changes_since(project, revision)
    if not confirmed:
        refuse_losses(project, changes.revision)
    archive = read_archive(project, progress, linked=False)
    curation = load_curation(project)
    concerned = set(changes.present)
    if SINGLE_FILE in changes.present:
        concerned.update(f"seeds/{seed}" for seed in curation.corrections.seeds)
    concerned |= {f"seeds/{it.article.path}" for it in archive.entries if correction_file(it.id) in changes.present}
    told = [problem for problem in archive.problems if concerned.intersection((problem.path, *problem.values.values()))]
    return Checked(ordered([*told, *_vanished(project, changes, archive, curation)]))


def _named(problem: Problem) -> Iterator[str]:
    """The files that a problem is about: its own, and that of which it is a copy or a version."""
    yield problem.path.removeprefix("seeds/")
    if "first" in problem.values:
        yield problem.values["first"].removeprefix("seeds/")


def _is_below(path: str, names: Iterable[str]) -> bool:
    return any(name in {"", ".", path} or path.startswith(f"{name}/") for name in names)


def _vanished(project: Project, changes: Changes, archive: Archive, curation: Curation) -> list[Problem]:
    """Addresses that deleted seeds leave behind without a word."""
    kept = {entry.id for entry in archive.entries} | {stone.id for stone in archive.tombstones}
    problems = []
    for path in changes.removed:
        data = content_at(project, changes.revision, path) if path.startswith("seeds/") else b""
        known = identify(data, path.removeprefix("seeds/"), curation) if data else None
        if known and known[0] not in kept and f"articles/{known[0]}.html" not in archive.moved:
            problems.append(Problem("page-vanished", path, None, {"id": known[0], "sha256": known[1]}))
    return problems


def _published_before(project: Project, archive: Archive) -> list[Path]:
    """Seeds that are still there and from which pages of these articles were generated."""
    found = []
    for entry in archive.entries:
        page = project.docs / paths.article(entry.id)
        other = _seed_of(page) if page.is_file() else None
        if other and other != entry.article.path and (project.seeds / other).is_file():
            found.append(project.seeds / other)
    return found


def _seed_of(page: Path) -> str | None:
    found = re.search(r"(?m)^seed: (?P<quote>['\"]?)(?P<path>.+?)(?P=quote)$", page.read_text(encoding="utf-8"))
    return found["path"] if found else None
