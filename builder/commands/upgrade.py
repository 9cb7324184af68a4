"""``upgrade``: an archive brought up to the installed version."""

from __future__ import annotations

from collections.abc import Mapping

import click

from builder.commands import console
from builder.languages import labels
from builder.scaffold.origin import origin
from builder.scaffold.upgrading import Upgrade, carry_out, plan_upgrade
from builder.site.caching import locked


@click.command()
@click.option("--published", metavar="FOLDER|URL")
@click.option("--dry-run", is_flag=True)
def upgrade(published: str | None, *, dry_run: bool) -> int:
    """Bring the archive up to the installed version: its own files, corrections, addresses."""
    project = console.project_here()
    said = labels(console.language_of(project))
    plan = plan_upgrade(project, origin(), published)
    for line in _lines(plan, said):
        console.echo(line)
    if not dry_run:
        with locked(project, wait=True):
            carry_out(project, plan)
    written = sum(change.kind != "kept" for change in plan.files) + len(plan.curation)
    summary = said["upgrade_planned" if dry_run else "upgrade_done"]
    console.say(summary.format(files=written, moved=len(plan.moved), pages=plan.compared))
    return 0


def _lines(plan: Upgrade, said: Mapping[str, str]) -> list[str]:
    """Each file with its difference, then what becomes of corrections, then every address that has moved."""
    lines = []
    for change in plan.files:
        lines.append(f"{said[f'upgrade_{change.kind}']} {change.path}")
        lines += change.difference() if change.kind in ("renewed", "kept") else ()
    for rewritten in plan.curation:
        way = f"{rewritten.was} → {rewritten.path or '×'}" if rewritten.was else rewritten.path
        lines.append(f"{said['upgrade_curation']} {way}")
    lines += [f"{said['upgrade_moved']} {old} → {new}" for old, new in plan.moved.items()]
    return lines
