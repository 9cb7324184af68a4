"""Problems for people: errors, warnings and notices apart, what repeats folded, and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from builder.languages import labels
from builder.model.archive import Archive
from builder.problems import Language, Problem

_SEVERITIES = ("error", "warning", "notice")
_SHOWN = 5
"""So many problems of one code are shown before the rest is one line."""


def outcome(archive: Archive, language: Language) -> Iterator[str]:
    """What came of the seeds: problems, numbers of pages, numbers of problems."""
    yield from lines(archive.problems, language, everything=False)
    yield labels(language)["summary_pages"].format(
        articles=len(archive.entries),
        sources=len(archive.sources),
        topics=sum(bool(topic.entries) for topic in archive.topics),
        plans=len(archive.plans),
    )
    yield summary(counted(archive.problems), language)


def why_slowly(unsupported: str, language: Language) -> Iterator[str]:
    """What keeps a build from doing only what a change asks for; nothing where nothing does."""
    if unsupported:
        yield labels(language)["built_slowly"].format(reason=unsupported)


def lines(problems: Sequence[Problem], language: Language, *, everything: bool) -> Iterator[str]:
    """A heading for each severity that occurs, its problems by path, and how many of each code are left out."""
    said = labels(language)
    for severity in _SEVERITIES:
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
        if everything or seen[problem.code] <= _SHOWN:
            yield problem


def left_out(problems: Iterable[Problem], language: Language) -> Iterator[str]:
    """A line for each code of which more occur than are shown."""
    counted = Counter(problem.code for problem in problems)
    said = labels(language)["problems_more"]
    for code, number in sorted(counted.items()):
        if number > _SHOWN:
            yield said.format(code=code, count=number - _SHOWN)


def counted(problems: Iterable[Problem]) -> Counter[str]:
    """How many there are of each severity."""
    return Counter(problem.severity for problem in problems)


def summary(numbers: Counter[str], language: Language) -> str:
    """How many errors, warnings and notices there are, in a line."""
    return labels(language)["summary_problems"].format(
        errors=numbers["error"], warnings=numbers["warning"], notices=numbers["notice"]
    )
