"""``verify``: whether a published site still is what the seeds say."""

from __future__ import annotations

import click

from builder.commands import console, reviewing
from builder.commands.entries.options import FORM, LANGUAGE
from builder.problems import Language
from builder.site.archives import read_archive
from builder.site.verifying import verify as verify_site


@click.command()
@click.argument("site", default="site")
@FORM
@LANGUAGE
def verify(site: str, form: str, language: Language) -> int:
    """核对网站（文件夹或网址）与原始文件的 SHA-256。"""
    found = verify_site(read_archive(console.project_here(), console.progress, linked=False), site)
    return 1 if reviewing.report(found, form, language, everything=False)["error"] else 0
