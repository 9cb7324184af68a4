"""``correct``: a correction to be filled in, for each of some files."""

from __future__ import annotations

from pathlib import Path

import click

from builder.archive.crawls import several_pages
from builder.commands import console
from builder.commands.convert import classified, taken_around
from builder.commands.options import EXISTING
from builder.config.corrections import correction_file, crawl_file
from builder.languages import labels
from builder.model.article import Article
from builder.model.container import file_of
from builder.pages.reporting import correction_form, crawl_form, document_form


@click.command()
@click.argument("paths", nargs=-1, required=True, type=EXISTING)
def correct(paths: tuple[Path, ...]) -> int:
    """Write a correction to be filled in for each file (curation/corrections/); those that exist stay as they are."""
    project = console.project_here()
    said = labels(console.language_of(project))
    for path in paths:
        intake, curation = taken_around(path)
        crawls = several_pages(intake.items)
        for name, pages in crawls.items():
            _write(project.root, crawl_file(pages[0].sha256), crawl_form(name, pages, said))
        for item, topics in classified(intake, curation):
            if file_of(item.path, item.member) in crawls and crawl_file(item.sha256) not in curation.crawls:
                continue
            if isinstance(item, Article):
                form = correction_form(item, item.identifier, [each.topic for each in topics], said)
            else:
                form = document_form(item, said)
            _write(project.root, correction_file(item.identifier), form)
        console.print_problems(intake.problems, err=True)
    return 0


def _write(root: Path, name: str, form: str) -> None:
    """Write a form where there is none yet, and say where it is."""
    file = root / name
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(form, encoding="utf-8", newline="\n")
    console.echo(name)
