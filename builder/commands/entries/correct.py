"""``correct``: a correction to be filled in, for each of some files."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands import console
from builder.commands.convert import classified, taken_around
from builder.commands.entries.options import EXISTING
from builder.config.corrections import correction_file
from builder.languages import labels
from builder.model.article import Article
from builder.pages.reporting import correction_form, document_form


@click.command()
@click.argument("paths", nargs=-1, required=True, type=EXISTING)
def correct(paths: tuple[Path, ...]) -> int:
    """Write a correction to be filled in for each file (curation/corrections/); those that exist stay as they are."""
    project = console.project_here()
    said = labels(console.language_of(project))
    for path in paths:
        intake, curation = taken_around(path)
        for item, topics in classified(intake, curation):
            file = project.root / correction_file(item.identifier)
            if not file.exists():
                if isinstance(item, Article):
                    form = correction_form(item, item.identifier, [each.topic for each in topics], said)
                else:
                    form = document_form(item, said)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(form, encoding="utf-8", newline="\n")
            console.echo(file.relative_to(project.root).as_posix())
        console.print_problems(intake.problems, err=True)
    return 0
