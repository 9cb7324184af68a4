"""Problems for GitHub: workflow commands that mark the files of a pull request, and a summary of the step.

The form and its escaping are those of GitHub's "Workflow commands for GitHub Actions" and of ``@actions/core``.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from builder.commands.problem_list import left_out, shown, summary
from builder.languages import labels
from builder.problems import Language, Problem

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
