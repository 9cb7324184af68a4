"""``changes``: which pages a change adds, alters and takes away."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands import change_list, console
from builder.commands.entries.options import FORM, LANGUAGE
from builder.problems import Language
from builder.site.comparing import page_changes


@click.command()
@click.option("--since", metavar="REV", required=True)
@FORM
@LANGUAGE
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path))
def changes(since: str, form: str, language: Language, page: Path | None) -> int:
    """List new, changed and removed pages."""
    project = console.project_here()
    found = page_changes(project, console.revision_here(project, since), console.progress)
    change_list.report_changes(found, form, language)
    if page:
        page.write_text(change_list.changes_page(found, language), encoding="utf-8")
    return 0
