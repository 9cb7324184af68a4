"""``schema``: JSON Schemas of the curation files, for editors' tools."""

from __future__ import annotations

import click

from builder.commands import console
from builder.config.schemas import schemas


@click.command()
def schema() -> int:
    """把策展文件的 JSON Schema 写到 curation/schemas/，供编辑器补全与检查。"""
    folder = console.project_here().curation / "schemas"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in schemas().items():
        file = folder / name
        if not file.is_file() or file.read_bytes() != content:
            file.write_bytes(content)
            console.say(str(file))
    return 0
