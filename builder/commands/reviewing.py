"""What ``check`` and ``verify`` print, for people, for programs and for GitHub."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from builder.commands import problem_list
from builder.commands.console import as_json, echo, echo_command, say
from builder.commands.problem_list import left_out, shown, summary
from builder.config.project import Project
from builder.languages import labels
from builder.problems import BuilderError, Language, Problem

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def marked(problems: Sequence[Problem], language: Language, *, everything: bool) -> Iterator[str]:
    """A workflow command for each problem, errors first: GitHub shows only the first ten of a step."""
    by_severity = sorted(problems, key=lambda problem: ("error", "warning", "notice").index(problem.severity))
    for problem in shown(by_severity, everything=everything):
        place = {"file": problem.path, "line": str(problem.line or 1), "title": problem.code}
        yield command(problem.severity, place, problem.message(language))


def command(name: str, properties: Mapping[str, str], message: str) -> str:
    """One workflow command; nothing in the values can end it, or begin another."""
    written = ",".join(f"{key}={_escaped(value, _PROPERTY)}" for key, value in properties.items())
    return f"::{name} {written}::{_escaped(message, _DATA)}"


def write_summary(problems: Sequence[Problem], language: Language) -> None:
    """Append what was found to the file that ``GITHUB_STEP_SUMMARY`` names; without it do nothing."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        with Path(file).open("a", encoding="utf-8") as stream:
            stream.write("\n".join(_summary(problems, language)) + "\n")


def _summary(problems: Sequence[Problem], language: Language) -> Iterator[str]:
    """Raw HTML without an empty line inside, so that nothing in a value is read as Markdown."""
    said = labels(language)
    yield f"## {said['problems_summary_title']}\n"
    yield f"{summary(Counter(problem.severity for problem in problems), language)}\n"
    if not problems:
        yield said["problems_none"]
        return
    yield "<ul>"
    for problem in shown(problems, everything=False):
        yield f"<li><code>{escape(problem.path)}</code> <b>{problem.code}</b> {escape(problem.message(language))}</li>"
    yield from (f"<li>{escape(line)}</li>" for line in left_out(problems, language))
    yield f"</ul>\n\n{said['problems_cures']}"


def _escaped(value: str, table: Mapping[str, str]) -> str:
    return "".join(table.get(character, character) for character in value)


def report(problems: Sequence[Problem], form: str, language: Language, *, everything: bool) -> Counter[str]:
    """Print problems on standard output, and on standard error how many there are of each severity, which it returns.

    Args:
        problems: Sorted.
        form: ``text``, ``json`` (one object a line, each problem) or ``github``.
        language: Which wording.
        everything: Whether to name each problem of a code that occurs often.
    """
    if form == "json":
        lines = [as_json(_record(problem, language)) for problem in problems]
    elif form == "github":
        lines = list(marked(problems, language, everything=everything))
        write_summary(problems, language)
    else:
        lines = list(problem_list.lines(problems, language, everything=everything))
    for line in lines:
        (echo_command if form == "github" else echo)(line)
    numbers = problem_list.counted(problems)
    say(problem_list.summary(numbers, language))
    return numbers


def complain(error: BuilderError, project: Project, language: Language) -> None:
    """Mark wrong configuration in the files of a pull request."""
    for line in error.message(language).splitlines():
        place, found, said = line.partition(": ")
        path, _, number = place.rpartition(":") if place.rpartition(":")[2].isdigit() else (place, "", "1")
        relative = path.removeprefix(f"{project.root}{os.sep}")
        named = (
            {"file": relative, "line": number}
            if found and (project.root / relative).is_file()
            else {"title": "builder"}
        )
        echo_command(command("error", named, said if "file" in named else line))


def _record(problem: Problem, language: Language) -> dict[str, object]:
    return {
        "path": problem.path,
        "line": problem.line,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message(language),
    }
