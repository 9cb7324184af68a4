"""Problems for people: errors, warnings and notices apart, what repeats folded, and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from builder.languages import labels
from builder.problems import Language, Problem

SEVERITIES = ("error", "warning", "notice")
SHOWN = 5
"""So many problems of one code are shown before the rest is one line."""


def lines(problems: Sequence[Problem], language: Language, *, everything: bool) -> Iterator[str]:
    """The problems, line by line.

    Args:
        problems: Sorted.
        language: Which wording.
        everything: Whether to list each one.

    Returns:
        A heading for each severity that occurs, its problems by path, and how many of each code are left out.
    """
    said = labels(language)
    for severity in SEVERITIES:
        group = [problem for problem in problems if problem.severity == severity]
        if group:
            yield f"{said[f'problems_{severity}']} {len(group)}"
            yield from (problem.line_text(language) for problem in shown(group, everything=everything))
            yield from () if everything else left_out(group, language)
            yield ""


def shown(problems: Iterable[Problem], *, everything: bool) -> Iterator[Problem]:
    """The first few of each code, or all of them."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.code] += 1
        if everything or seen[problem.code] <= SHOWN:
            yield problem


def left_out(problems: Iterable[Problem], language: Language) -> Iterator[str]:
    """A line for each code of which more occur than are shown."""
    counted = Counter(problem.code for problem in problems)
    said = labels(language)["problems_more"]
    for code, number in sorted(counted.items()):
        if number > SHOWN:
            yield said.format(code=code, count=number - SHOWN)


def counted(problems: Iterable[Problem]) -> Counter[str]:
    """How many there are of each severity."""
    return Counter(problem.severity for problem in problems)


def summary(numbers: Counter[str], language: Language) -> str:
    """How many errors, warnings and notices there are, in a line."""
    return labels(language)["summary_problems"].format(
        errors=numbers["error"], warnings=numbers["warning"], notices=numbers["notice"]
    )
