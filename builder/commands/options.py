"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands.console import language_here
from builder.problems import resolve

EXISTING = click.Path(exists=True, path_type=Path)
FORM = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    callback=lambda context, _option, form: context.meta.get("form", form),
)
AS_JSON = click.option(
    "--json",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _option, given: context.meta.update({"form": "json"} if given else {}),
)
LANGUAGE = click.option(
    "--language", metavar="TAG", callback=lambda _context, _option, tag: resolve(tag) if tag else language_here()
)
ALLOW_EMPTY = click.option("--allow-empty", is_flag=True)
