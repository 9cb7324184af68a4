"""``check``: everything that is wrong, before it is published: all, what some files show, or what has changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from builder import cleaning, paths, reading
from builder.archive.identity import identify
from builder.commands import console, reviewing
from builder.commands.options import ALLOW_EMPTY, AS_JSON, EXISTING, FORM, LANGUAGE
from builder.commands.tally import Tally, tally, tally_line
from builder.config.corrections import SINGLE_FILE, correction_file
from builder.config.curation import SourceProfile
from builder.config.project import Curation, Project, load_curation
from builder.config.settings import load_settings
from builder.model.archive import Archive
from builder.model.post import RawDocument
from builder.problems import BuilderError, Language, Problem, Wording, ordered
from builder.site.archives import read_archive, read_files
from builder.site.loss_guard import refuse_losses
from builder.site.revisions import Changes, changes_since, content_at

_Checked = tuple[Sequence[Problem], Tally | None]
"""Problems, sorted, and what became of the files that were asked for, where some below ``seeds/`` were."""


@click.command()
@click.argument("files", nargs=-1, type=EXISTING)
@FORM
@AS_JSON
@LANGUAGE
@click.option("--all", "everything", is_flag=True)
@click.option("--changed-since", metavar="REV")
@ALLOW_EMPTY
def check(
    files: tuple[Path, ...],
    form: str,
    language: Language,
    *,
    everything: bool,
    changed_since: str | None,
    allow_empty: bool,
) -> int:
    """Check raw files and curation and list problems; without FILES, all of them."""
    project = console.project_here()
    if files and changed_since:
        raise BuilderError(Wording("files-or-since"))
    try:
        if files:
            problems, counted = _of_files(project, files)
        elif changed_since:
            since = console.revision_here(project, changed_since)
            problems, counted = _since(project, since, confirmed=allow_empty)
        else:
            problems, counted = _all(project)
    except BuilderError as error:
        if form == "github":
            reviewing.complain(error, project, language)
        raise
    numbers = reviewing.report(problems, form, language, everything=everything)
    if counted is not None:
        console.say(tally_line(counted, language))
    return 1 if numbers["error"] else 0


def _all(project: Project) -> _Checked:
    """Everything that is wrong with the archive, readers' way to its editors included."""
    archive = read_archive(project, console.progress, linked=False)
    found = [*archive.problems, *_example_problems(load_curation(project))]
    settings = load_settings(project.mkdocs)
    if not (settings.repository or settings.contact):
        found.append(Problem("no-report-address", project.mkdocs.name))
    return ordered(found), tally(project, archive)


def _of_files(project: Project, files: Sequence[Path]) -> _Checked:
    """What is wrong with files or folders of ``seeds/`` or ``curation/``, judged with the pages that lie generated."""
    resolved = [path.resolve() for path in files]
    seeds, curation = project.seeds.resolve(), project.curation.resolve()
    for path in resolved:
        if not any(path == folder or folder in path.parents for folder in (seeds, curation)):
            raise BuilderError(Wording("check-elsewhere", {"path": str(path), "root": str(project.root)}))
    below = [path for path in resolved if path == seeds or seeds in path.parents]
    if not below:
        return ordered(_example_problems(load_curation(project))), None
    project = Project(project.root.resolve())
    archive = read_files(project, below)
    published = _published_before(project, archive)
    if published:
        archive = read_files(project, [*below, *published])
    names = {path.relative_to(seeds).as_posix() for path in below}
    told = [problem for problem in archive.problems if any(_is_below(path, names) for path in _named(problem))]
    return told, tally(project, archive, below)


def _since(project: Project, revision: str, *, confirmed: bool) -> _Checked:
    """What is wrong with what has changed since a revision; ``confirmed`` where losing everything is meant."""
    changes = changes_since(project, revision)
    if not confirmed:
        refuse_losses(project, changes.revision)
    archive = read_archive(project, console.progress, linked=False)
    curation = load_curation(project)
    concerned = set(changes.present)
    if SINGLE_FILE in changes.present:
        concerned.update(f"seeds/{seed}" for seed in curation.corrections.seeds)
    concerned |= {f"seeds/{it.article.path}" for it in archive.entries if correction_file(it.id) in changes.present}
    told = [problem for problem in archive.problems if concerned.intersection((problem.path, *problem.values.values()))]
    return ordered([*told, *_vanished(project, changes, archive, curation)]), None


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


def _example_problems(curation: Curation) -> list[Problem]:
    """A problem for each snippet that an outlet's profile promises to keep and does not, or to drop and keeps."""
    problems = []
    for slug, profile in sorted(curation.sources.items()):
        file = f"curation/sources/{slug}.yml"
        for example in profile.examples:
            text = _cleaned(example.html, slug, profile)
            lost = [("example-not-kept", snippet) for snippet in example.keeps if snippet not in text]
            left = [("example-not-dropped", snippet) for snippet in example.drops if snippet in text]
            problems += [Problem(code, file, None, {"text": snippet}) for code, snippet in (*lost, *left)]
    return problems


def _cleaned(html: str, slug: str, profile: SourceProfile) -> str:
    """The text of a post of the outlet's that holds nothing but the example."""
    name = profile.name.replace("'", "''")
    text = f"---\ntitle: 例\ndate: 2020-01-01\nauthor: '{name}'\n---\n{html}\n"
    document = RawDocument("example.md", "", len(text), "utf-8", text)
    return cleaning.clean(reading.parse_post(document), {slug: profile}).text
