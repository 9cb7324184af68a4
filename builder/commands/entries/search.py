"""``search``: the site's own search, over the same files, in the terminal."""

from __future__ import annotations

import click

from builder.commands import console
from builder.languages import labels
from builder.problems import BuilderError, Wording
from builder.search import IndexFileError, query
from builder.search.matching import Segment
from builder.search.publishing import DATA


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="最多列出几条")
@click.option("--sort", default="relevance", show_default=True, type=click.Choice(["relevance", "date"]), help="排序")
def search(words: tuple[str, ...], limit: int, sort: str) -> int:
    """在生成的索引里搜索；空格表示“并且”，引号表示一字不差。"""
    project = console.project_here()
    said = labels(console.language_of(project))
    try:
        answer = query(
            project.docs / DATA, " ".join(words), limit=limit, sort="date" if sort == "date" else "relevance"
        )
    except (IndexFileError, OSError) as error:
        raise BuilderError(Wording("index-unreadable", {"place": DATA, "reason": str(error)})) from error
    if answer.near:
        console.echo(said["search_near"])
    if answer.widened:
        console.echo(said["search_widened"].format(names="、".join(answer.widened)))
    for hit in answer.hits:
        console.echo(f"{_text(hit.title)}\n  {hit.date} {hit.source}  {hit.place}\n  {_text(hit.excerpt)}")
    console.say(said["search_total"].format(count=answer.total))
    return 0


def _text(segments: tuple[Segment, ...]) -> str:
    """Pieces of text, those that were searched for in bold; the bold falls away where there is no terminal."""
    return "".join(click.style(text, bold=True) if marked else text for text, marked in segments)
