"""``verify``: whether a published site still is what the seeds say."""

from __future__ import annotations

from pathlib import Path

import click

from builder.cache import Store
from builder.commands import console, reviewing
from builder.commands.options import FORM, LANGUAGE
from builder.problems import Language
from builder.site.archives import archive_of
from builder.site.verifying import verify as verify_site
from builder.site.verifying import verify_by_seeds


@click.command()
@click.argument("site", default="site")
@click.option(
    "--seeds",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@FORM
@LANGUAGE
def verify(site: str, seeds: Path | None, form: str, language: Language) -> int:
    """Verify a site (a folder or an address) against the SHA-256 of the raw files."""
    if seeds:
        found = verify_by_seeds(seeds, site)
    else:
        project = console.project_here()
        # Nothing that is remembered is trusted: a wrong page and its digest could have come from the same mistake.
        found = verify_site(archive_of(project, Store(None), console.progress, linked=False), site)
    return 1 if reviewing.report(found, form, language, everything=False)["error"] else 0
