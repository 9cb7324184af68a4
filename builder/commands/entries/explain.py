"""``explain``: what became of one file, and by which rule."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands import console
from builder.commands import convert as converting
from builder.commands.entries.options import EXISTING, LANGUAGE
from builder.commands.explaining import explain_as_page
from builder.problems import Language


@click.command()
@click.argument("path", type=EXISTING)
@click.option("--html", "as_page", is_flag=True)
@LANGUAGE
def explain(path: Path, language: Language, *, as_page: bool) -> int:
    """Say what was kept, moved and removed of a file, and by which rule."""
    problems = explain_as_page(path, language) if as_page else converting.explain(path)
    return 1 if console.print_problems(problems, err=True)["error"] else 0
