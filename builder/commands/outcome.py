"""What ``build`` and ``serve`` say of the pages they have made."""

from __future__ import annotations

from collections import Counter

from builder.commands import problem_list
from builder.commands.console import say
from builder.languages import labels
from builder.problems import BuilderError, Language
from builder.site.generating import Generated


def report(generated: Generated) -> Counter[str]:
    """Say what came of the seeds; returns how many problems there are of each severity."""
    archive, written = generated.archive, generated.written
    language: Language = "en" if generated.settings.language.startswith("en") else "zh"
    for line in problem_list.lines(archive.problems, language, everything=False):
        say(line)
    numbers = problem_list.counted(archive.problems)
    say(
        labels(language)["summary_pages"].format(
            articles=len(archive.entries),
            sources=len(archive.sources),
            topics=sum(bool(topic.entries) for topic in archive.topics),
            plans=len(archive.plans),
            written=written.written,
            removed=written.removed,
        )
    )
    say(problem_list.summary(numbers, language))
    return numbers


def report_or_complain(outcome: Generated | BuilderError) -> None:
    """Say what came of a rebuild, or what stopped it."""
    if isinstance(outcome, BuilderError):
        say(str(outcome))
    else:
        report(outcome)
