"""``convert``: single files, or folders of them, to standard output."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands import console
from builder.commands import convert as converting
from builder.commands.entries.options import EXISTING


@click.command()
@click.argument("paths", nargs=-1, required=True, type=EXISTING)
@click.option("--json", "as_json", is_flag=True)
def convert(paths: tuple[Path, ...], *, as_json: bool) -> int:
    """Turn files or folders into clean Markdown on standard output."""
    problems = [problem for path in paths for problem in converting.convert(path, as_json=as_json)]
    return 1 if console.print_problems(problems, err=True)["error"] else 0
