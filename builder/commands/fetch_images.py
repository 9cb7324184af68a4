"""``fetch-images``: the pictures that articles show from other hosts, kept beside their seeds."""

from __future__ import annotations

import datetime as dt

import click

from builder.commands import console
from builder.languages import labels
from builder.site.image_fetching import Run, fetch_all, remote_images


@click.command()
@click.option("--from", "wanted", metavar="ARTICLE")
def fetch_images(wanted: str | None) -> int:
    """Fetch the remote pictures of all articles, or of one."""
    project = console.project_here()
    said = labels(console.language_of(project))
    pictures = remote_images(project, console.progress, wanted)
    kept = failed = 0
    for outcome in fetch_all(project.seeds, pictures, Run(dt.datetime.now(dt.UTC).date().isoformat())):
        kept, failed = kept + (not outcome.reason), failed + bool(outcome.reason)
        why = said[f"fetch_{outcome.reason.replace('-', '_') or 'kept'}"].format(detail=outcome.detail)
        console.echo(f"seeds/{outcome.remote.file}: {outcome.remote.address}: {why}")
    console.say(said["fetch_total"].format(kept=kept, failed=failed))
    return 1 if failed else 0
