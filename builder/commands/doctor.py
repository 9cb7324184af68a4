"""``doctor``: what is missing here, and the cure."""

from __future__ import annotations

from contextlib import suppress

import click

from builder.commands import console
from builder.languages import labels
from builder.problems import BuilderError
from builder.scaffold.examination import examine


@click.command()
def doctor() -> int:
    """Say what this machine and this archive lack, and the cure."""
    said, project = labels(console.language_here()), None
    with suppress(BuilderError):
        project = console.project_here()
    findings = examine(project)
    for finding in findings:
        mark = said["doctor_bad" if finding.is_needed else "doctor_could"] if finding.code else said["doctor_good"]
        text = said[f"doctor_{finding.code}"].format(**finding.values) if finding.code else ""
        console.echo(f"{mark} {said[f'doctor_what_{finding.what}']} {text}".rstrip())
    return 1 if any(finding.code and finding.is_needed for finding in findings) else 0
