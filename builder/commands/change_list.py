"""What ``changes`` prints: which pages are new, changed or gone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from html import escape
from pathlib import Path

from builder.commands.console import as_json, echo
from builder.languages import labels
from builder.problems import Language
from builder.site.comparing import PageChange


def report_changes(changes: Sequence[PageChange], form: str, language: Language) -> None:
    """Print which pages change; for GitHub, add them to the summary of the step as well."""
    said = labels(language)
    if form == "json":
        for change in changes:
            record = {"kind": change.kind, "address": change.address, "title": change.title}
            echo(as_json(record))
        return
    for change in changes:
        echo(f"{said[f'changes_{change.kind}']} {change.address} {_one_line(change.title)}")
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and file:
        with Path(file).open("a", encoding="utf-8") as stream:
            stream.write(f"## {said['changes_title']}\n\n{changes_list(changes, language, linked=False)}\n")


def changes_page(changes: Sequence[PageChange], language: Language) -> str:
    """The changes as a page to lie beside the site's own, with links to the pages that are there."""
    title = labels(language)["changes_title"]
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex"></head>\n'
        f"<body><h1>{title}</h1>\n{changes_list(changes, language, linked=True)}\n</body></html>\n"
    )


def changes_list(changes: Sequence[PageChange], language: Language, *, linked: bool) -> str:
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
