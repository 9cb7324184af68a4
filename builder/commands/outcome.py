"""What ``build`` and ``serve`` say of the pages they have made."""

from __future__ import annotations

from collections.abc import Iterator

from builder.commands import problem_list
from builder.commands.console import say
from builder.languages import labels
from builder.problems import BuilderError, Language
from builder.site.generating import Generated


def lines(generated: Generated) -> Iterator[str]:
    """What came of the seeds."""
    archive = generated.archive
    language: Language = "en" if generated.settings.language.startswith("en") else "zh"
    yield from problem_list.lines(archive.problems, language, everything=False)
    yield labels(language)["summary_pages"].format(
        articles=len(archive.entries),
        sources=len(archive.sources),
        topics=sum(bool(topic.entries) for topic in archive.topics),
        plans=len(archive.plans),
    )
    yield problem_list.summary(problem_list.counted(archive.problems), language)


def report_or_complain(outcome: Generated | BuilderError) -> None:
    """Say what came of a rebuild, or what stopped it."""
    if isinstance(outcome, BuilderError):
        say(str(outcome))
    else:
        for line in lines(outcome):
            say(line)
