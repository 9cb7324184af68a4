"""``search``: a plain look through the archive's texts, in the terminal."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from builder.commands import console
from builder.languages import labels
from builder.problems import BuilderError, Wording
from builder.search.bundling import DATA
from builder.search.packing import IndexFileError
from builder.search.scanning import SearchHit, scan


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True)
def search(words: tuple[str, ...], limit: int, as_json: bool) -> int:  # noqa: FBT001  # a flag of the command line
    """Look letter for letter through the built site, newest first; written as on the search page."""
    project = console.project_here()
    try:
        found = scan(project.docs / DATA, " ".join(words))
    except (IndexFileError, OSError) as error:
        raise BuilderError(Wording("index-unreadable", {"place": DATA, "reason": str(error)})) from error
    for one in found[:limit]:
        console.echo(json.dumps(asdict(one), ensure_ascii=False) if as_json else _lines(one))
    console.say(labels(console.language_of(project))["search_total"].format(count=len(found)))
    return 0


def _lines(one: SearchHit) -> str:
    """What was found in bold; the bold falls away where there is no terminal."""
    excerpt = f"{one.before}{click.style(one.found, bold=True)}{one.after}"
    return f"{one.title}\n  {one.date} {one.source}  {one.address}\n  {excerpt}"
