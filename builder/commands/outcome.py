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
    if built.unsupported:
        say(labels(language)["built_slowly"].format(reason=built.unsupported))


class PreviewReport:
    """Says what came of each build of a preview, the address always last: at first everything, then what is new."""

    def __init__(self, language: Language, address: str) -> None:
        """Nothing has been said yet."""
        self._language = language
        self._address = address
        self._said: set[str] | None = None

    def __call__(self, outcome: Built | BuilderError) -> None:
        """Say what came of a build, or what stopped it."""
        if isinstance(outcome, BuilderError):
            say(outcome.message(self._language))
        else:
            for line in self._lines(outcome.generated):
                say(line)
            say_why_slowly(outcome, self._language)
        say(labels(self._language)["preview_address"].format(address=self._address))

    def _lines(self, generated: Generated) -> Iterator[str]:
        problems = generated.archive.problems
        before, self._said = self._said, {problem.line_text(self._language) for problem in problems}
        if before is None:
            yield from lines(generated, self._language)
            return
        new = [problem for problem in problems if problem.line_text(self._language) not in before]
        yield from problem_list.lines(new, self._language, everything=False)
        yield problem_list.summary(problem_list.counted(problems), self._language)
