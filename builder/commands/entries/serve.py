"""``serve``: a preview that follows the editor."""

from __future__ import annotations

import click

from builder.commands import console
from builder.commands.entries.options import ALLOW_EMPTY, LANGUAGE
from builder.commands.outcome import PreviewReport
from builder.problems import Language
from builder.site.serving import serve as serve_archive


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@LANGUAGE
@click.option("--open", "opened", is_flag=True)
@ALLOW_EMPTY
def serve(host: str, port: int, language: Language, *, opened: bool, allow_empty: bool) -> int:
    """Preview; whenever raw files, curation or pages change, the browser follows."""
    report = PreviewReport(language, f"http://{host}:{port}/")
    serve_archive(console.project_here(), (host, port), report, language, opened=opened, confirmed=allow_empty)
    return 0
