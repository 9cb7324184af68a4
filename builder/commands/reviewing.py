"""``check``, ``changes``, ``verify`` and ``schema``: what editors and their pull requests are told."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path

import click

from builder.commands import problem_list, workflow_commands
from builder.commands.console import say
from builder.config.project import Project
from builder.config.schemas import schemas
from builder.languages import labels
from builder.problems import BuilderError, Language, Problem
from builder.site.comparing import PageChange


def report(problems: Sequence[Problem], form: str, language: Language, *, everything: bool) -> Counter[str]:
    """Print problems on standard output and their number on standard error.

    Args:
        problems: Sorted.
        form: ``text``, ``json`` (one object a line, each problem) or ``github``.
        language: Which wording.
        everything: Whether to name each problem of a code that occurs often.

    Returns:
        How many there are of each severity.
    """
    if form == "json":
        lines = [json.dumps(_record(problem, language), ensure_ascii=False) for problem in problems]
    elif form == "github":
        lines = list(workflow_commands.marked(problems, language, everything=everything))
        workflow_commands.write_summary(problems, language)
    else:
        lines = list(problem_list.lines(problems, language, everything=everything))
    for line in lines:
        click.echo(line)
    numbers = problem_list.counted(problems)
    say(problem_list.summary(numbers, language))
    return numbers


def complain(error: BuilderError, project: Project) -> None:
    """Mark wrong configuration in the files of a pull request."""
    for line in str(error).splitlines():
        place, found, said = line.partition(": ")
        path, _, number = place.rpartition(":") if place.rpartition(":")[2].isdigit() else (place, "", "1")
        relative = path.removeprefix(f"{project.root}{os.sep}")
        named = (
            {"file": relative, "line": number}
            if found and (project.root / relative).is_file()
            else {"title": "builder"}
        )
        click.echo(workflow_commands.command("error", named, said if "file" in named else line))


def report_changes(changes: Sequence[PageChange], form: str, language: Language) -> None:
    """Print which pages change; for GitHub, add them to the summary of the step as well."""
    said = labels(language)
    if form == "json":
        for change in changes:
            record = {"kind": change.kind, "address": change.address, "title": change.title}
            click.echo(json.dumps(record, ensure_ascii=False))
        return
    for change in changes:
        click.echo(f"{said[f'changes_{change.kind}']} {change.address} {_one_line(change.title)}")
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and file:
        with Path(file).open("a", encoding="utf-8") as stream:
            stream.write(f"## {said['changes_title']}\n\n{changes_list(changes, language, linked=False)}\n")


def changes_page(changes: Sequence[PageChange], language: Language) -> str:
    """The changes as a page to lie beside the site's own, with links to the pages that are there."""
    title = labels(language)["changes_title"]
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex"></head>\n'
        f"<body><h1>{title}</h1>\n{changes_list(changes, language, linked=True)}\n</body></html>\n"
    )


def changes_list(changes: Sequence[PageChange], language: Language, *, linked: bool) -> str:
    """The changes as an HTML list without an empty line, so that no title is read as Markdown."""
    said = labels(language)
    if not changes:
        return f"<p>{said['changes_none']}</p>"
    rows = []
    for change in changes:
        name = escape(_one_line(change.title))
        if linked and change.kind != "removed":
            name = f'<a href="{escape(change.address)}">{name}</a>'
        rows.append(f"<li>{said[f'changes_{change.kind}']} {name} <code>{escape(change.address)}</code></li>")
    return "\n".join(["<ul>", *rows, "</ul>"])


def write_schemas(project: Project) -> list[str]:
    """Write the schemas below ``curation/schemas/``; returns the files that have changed."""
    folder = project.curation / "schemas"
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, content in schemas().items():
        file = folder / name
        if not file.is_file() or file.read_bytes() != content:
            file.write_bytes(content)
            changed.append(file.relative_to(project.root).as_posix())
    return changed


def _record(problem: Problem, language: Language) -> dict[str, object]:
    return {
        "path": problem.path,
        "line": problem.line,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message(language),
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())
