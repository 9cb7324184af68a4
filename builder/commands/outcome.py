"""What ``build`` and ``serve`` say of the pages they have made."""

from __future__ import annotations

from collections.abc import Iterator

from builder.commands import problem_list
from builder.commands.console import say
from builder.languages import labels
from builder.problems import BuilderError, Language
from builder.site.building import Built
from builder.site.generating import Generated


def lines(generated: Generated, language: Language) -> Iterator[str]:
    """What came of the seeds, in a language."""
    archive = generated.archive
    yield from problem_list.lines(archive.problems, language, everything=False)
    yield labels(language)["summary_pages"].format(
        articles=len(archive.entries),
        sources=len(archive.sources),
        topics=sum(bool(topic.entries) for topic in archive.topics),
        plans=len(archive.plans),
    )
    yield problem_list.summary(problem_list.counted(archive.problems), language)


def say_why_slowly(built: Built, language: Language) -> None:
    """Say what keeps a build from doing only what a change asks for; nothing where it does."""
    if built.unfamiliar:
        say(labels(language)["built_slowly"].format(reason=built.unfamiliar))


def report_or_complain(outcome: Built | BuilderError, language: Language) -> None:
    """Say what came of a rebuild, or what stopped it, in a language."""
    if isinstance(outcome, BuilderError):
        say(outcome.message(language))
    else:
        for line in lines(outcome.generated, language):
            say(line)
        say_why_slowly(outcome, language)
