"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

EXISTING = click.Path(exists=True, path_type=Path)
FORM = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    callback=lambda context, _option, form: context.meta.get("form", form),
    help="给人读的行；每行一个 JSON 对象；GitHub 的标注",
)
AS_JSON = click.option(
    "--json",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _option, given: context.meta.update({"form": "json"} if given else {}),
    help="同 --format json",
)
LANGUAGE = click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="用哪种语言说"
)
ALLOW_EMPTY = click.option("--allow-empty", is_flag=True, help="词表、来源或原始文件被清空也照样继续")
