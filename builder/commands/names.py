"""``names``: names that the texts use and ``curation/entities.yml`` does not know."""

from __future__ import annotations

from dataclasses import asdict

import click

from builder.commands import console
from builder.config.project import load_curation
from builder.languages import labels
from builder.linking.names import Names, propose
from builder.site.archives import read_archive


@click.command()
@click.option("--least", default=1, show_default=True, type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True)
def names(least: int, *, as_json: bool) -> int:
    """List names that texts use and curation/entities.yml does not have."""
    project = console.project_here()
    archive = read_archive(project, console.progress)
    said = labels(console.language_of(project))
    texts = [paragraph.repaired for plan in archive.plans for paragraph in plan.paragraphs()]
    texts += [f"{entry.article.title}\n{entry.article.text}" for entry in archive.entries]
    proposals = [each for each in propose(texts, Names(load_curation(project).entities)) if each.count >= least]
    for proposal in proposals:
        if as_json:
            console.echo(console.as_json(asdict(proposal)))
        else:
            kind = said[f"name_{proposal.kind}"]
            console.echo(f"{proposal.name}\t{kind}\t{proposal.count}\t{proposal.example}")
    console.say(said["names_total"].format(count=len(proposals)))
    return 0
