"""``init``: a new archive."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands.console import say
from builder.commands.options import LANGUAGE
from builder.languages import labels
from builder.problems import BuilderError, Wording
from builder.scaffold.files import Choices, begin
from builder.scaffold.origin import is_origin, manual, origin


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@LANGUAGE
@click.option("--name")
@click.option("--program", metavar="URL@REV")
def init(folder: Path, language: str, name: str | None, program: str | None) -> int:
    """Begin a new archive."""
    if program and not is_origin(program):
        raise BuilderError(Wording("init-no-origin", {"text": program}))
    choices = Choices(language, name or folder.resolve().name, program or origin())
    begin(folder, choices)
    said = labels(language)
    say(said["init_done"].format(folder=folder))
    if not choices.origin:
        say(said["init_done_unpinned"])
    say(said["init_manual"].format(folder=manual()))
    return 0
