"""``build``: from seeds to a finished site."""

from __future__ import annotations

import click

from builder.commands import console, outcome
from builder.commands.entries.options import ALLOW_EMPTY
from builder.languages import labels
from builder.site.generating import generate
from builder.site.holdings import refuse_losses
from builder.site.publishing import publish


@click.command()
@ALLOW_EMPTY
@click.option("--since", metavar="REV", help="与 git 的这个版本比较，看有没有被清空")
def build(*, allow_empty: bool, since: str | None) -> int:
    """生成整个网站到 site/。"""
    project = console.project_here()
    if since and not allow_empty:
        refuse_losses(project, since)
    generated = generate(project, console.progress, confirmed=allow_empty)
    counted = outcome.report(generated)
    changed = publish(project, generated.archive, console.progress)
    said = labels(generated.settings.language)
    page = project.root / "site" / "index.html"
    console.say(said["built"].format(site=page.parent) if changed else said["unchanged"])
    console.say(said["built_look"].format(page=page))
    return 1 if counted["error"] else 0
