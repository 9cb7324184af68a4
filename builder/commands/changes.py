"""``changes``: which pages a change adds, alters and takes away."""

from __future__ import annotations

import os
from collections.abc import Sequence
from html import escape
from pathlib import Path

import click

from builder.commands import console
from builder.commands.options import FORM, LANGUAGE
from builder.languages import labels
from builder.problems import Language
from builder.site.comparing import PageChange, page_changes


@click.command()
@click.option("--since", metavar="REV", required=True)
@FORM
@LANGUAGE
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path))
def changes(since: str, form: str, language: Language, page: Path | None) -> int:
    """List new, changed and removed pages."""
    project = console.project_here()
    found = page_changes(project, console.revision_here(project, since), console.progress)
    _report(found, form, language)
    if page:
        page.write_text(_page(found, language), encoding="utf-8")
    return 0


def _report(changes: Sequence[PageChange], form: str, language: Language) -> None:
    """Print which pages change; for GitHub, add them to the summary of the step as well."""
    said = labels(language)
    for change in changes:
        record = {"kind": change.kind, "address": change.address, "title": change.title}
        line = f"{said[f'changes_{change.kind}']} {change.address} {_one_line(change.title)}"
        console.echo(console.as_json(record) if form == "json" else line)
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and file:
        with Path(file).open("a", encoding="utf-8") as stream:
            stream.write(f"## {said['changes_title']}\n\n{_list(changes, language, linked=False)}\n")


def _page(changes: Sequence[PageChange], language: Language) -> str:
    """The changes as a page to lie beside the site's own, with links to the pages that are there."""
    title = labels(language)["changes_title"]
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex"></head>\n'
        f"<body><h1>{title}</h1>\n{_list(changes, language, linked=True)}\n</body></html>\n"
    )


def _list(changes: Sequence[PageChange], language: Language, *, linked: bool) -> str:
    """The changes as an HTML list without an empty line, so that no title is read as Markdown."""
    said = labels(language)
    if not changes:
        return f"<p>{said['changes_none']}</p>"
    rows = []
    for change in changes:
        name = escape(_one_line(change.title))
        if linked and change.kind != "removed":
            name = f'<a href="{escape(change.address)}">{name}</a>'
        rows.append(f"<li>{said[f'changes_{change.kind}']} {name} <code>{escape(change.address)}</code></li>")
    return "\n".join(["<ul>", *rows, "</ul>"])


def _one_line(text: str) -> str:
    return " ".join(text.split())
