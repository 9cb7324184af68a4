"""``serve``: a preview that follows the editor."""

from __future__ import annotations

from collections.abc import Iterator

import click

from builder.commands import console, problem_list
from builder.commands.options import ALLOW_EMPTY, LANGUAGE
from builder.languages import labels
from builder.problems import BuilderError, Language, Problem
from builder.site.building import Built
from builder.site.serving import serve as serve_archive


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@LANGUAGE
@click.option("--open", "opened", is_flag=True)
@ALLOW_EMPTY
def serve(host: str, port: int, language: Language, *, opened: bool, allow_empty: bool) -> int:
    """Preview; whenever raw files, curation or pages change, the browser follows."""
    report = _Report(language, f"http://{host}:{port}/")
    serve_archive(console.project_here(), (host, port), report, language, opened=opened, confirmed=allow_empty)
    return 0


class _Report:
    """Says what came of each build of a preview, the address always last: at first everything, then what is new."""

    def __init__(self, language: Language, address: str) -> None:
        self._language = language
        self._address = address
        self._said: set[str] | None = None

    def __call__(self, outcome: Built | BuilderError) -> None:
        """Say what came of a build, or what stopped it."""
        if isinstance(outcome, BuilderError):
            console.say(outcome.message(self._language))
        else:
            for line in self._lines(outcome):
                console.say(line)
        console.say(labels(self._language)["preview_address"].format(address=self._address))

    def _lines(self, built: Built) -> Iterator[str]:
        problems = built.archive.problems
        before, self._said = self._said, {problem.line_text(self._language) for problem in problems}
        if before is None:
            yield from problem_list.outcome(built.archive, self._language)
        else:
            yield from problem_list.lines(self._new(problems, before), self._language, everything=False)
            yield problem_list.summary(problem_list.counted(problems), self._language)
        yield from problem_list.why_slowly(built.unsupported, self._language)

    def _new(self, problems: tuple[Problem, ...], before: set[str]) -> list[Problem]:
        return [problem for problem in problems if problem.line_text(self._language) not in before]
