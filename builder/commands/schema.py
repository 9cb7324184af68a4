"""``schema``: JSON Schemas of the curation files, for editors' tools."""

from __future__ import annotations

import click

from builder.commands import console
from builder.config.schemas import schemas


@click.command()
def schema() -> int:
    """Write the JSON Schemas of the curation files into curation/schemas/, for editors' completion and checks."""
    project = console.project_here()
    folder = project.curation / "schemas"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in schemas(console.language_of(project)).items():
        file = folder / name
        if not file.is_file() or file.read_bytes() != content:
            file.write_bytes(content)
            console.say(str(file))
    return 0
