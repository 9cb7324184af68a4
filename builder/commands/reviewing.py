"""What ``check`` and ``verify`` print, for people, for programs and for GitHub."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence

from builder.commands import problem_list, workflow_commands
from builder.commands.console import as_json, echo, echo_command, say
from builder.config.project import Project
from builder.problems import BuilderError, Language, Problem


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
        lines = list(workflow_commands.marked(problems, language, everything=everything))
        workflow_commands.write_summary(problems, language)
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
        echo_command(workflow_commands.command("error", named, said if "file" in named else line))


def _record(problem: Problem, language: Language) -> dict[str, object]:
    return {
        "path": problem.path,
        "line": problem.line,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message(language),
    }
