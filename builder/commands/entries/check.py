"""``check``: everything that is wrong, before it is published."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands import checking, console, reviewing
from builder.commands.entries.options import ALLOW_EMPTY, AS_JSON, EXISTING, FORM, LANGUAGE
from builder.commands.tally import tally_line
from builder.problems import BuilderError, Language, Wording


@click.command()
@click.argument("files", nargs=-1, type=EXISTING)
@FORM
@AS_JSON
@LANGUAGE
@click.option("--all", "everything", is_flag=True)
@click.option("--changed-since", metavar="REV")
@ALLOW_EMPTY
def check(
    files: tuple[Path, ...],
    form: str,
    language: Language,
    *,
    everything: bool,
    changed_since: str | None,
    allow_empty: bool,
) -> int:
    """Check raw files and curation and list problems; without FILES, all of them."""
    project = console.project_here()
    if files and changed_since:
        raise BuilderError(Wording("files-or-since"))
    try:
        if files:
            found = checking.problems_of(project, files)
        elif changed_since:
            since = console.revision_here(project, changed_since)
            found = checking.problems_since(project, since, console.progress, confirmed=allow_empty)
        else:
            found = checking.all_problems(project, console.progress)
    except BuilderError as error:
        if form == "github":
            reviewing.complain(error, project, language)
        raise
    numbers = reviewing.report(found.problems, form, language, everything=everything)
    if found.tally is not None:
        console.say(tally_line(found.tally, language))
    return 1 if numbers["error"] else 0
