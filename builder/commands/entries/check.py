"""``check``: everything that is wrong, before it is published."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands import checking, console, reviewing
from builder.commands.entries.options import ALLOW_EMPTY, AS_JSON, EXISTING, FORM, LANGUAGE
from builder.problems import BuilderError, Language


@click.command()
@click.argument("files", nargs=-1, type=EXISTING)
@FORM
@AS_JSON
@LANGUAGE
@click.option("--all", "everything", is_flag=True, help="同一种问题再多也逐条列出")
@click.option("--changed-since", metavar="REV", help="只说与 git 的这个版本相比有变化的文件")
@ALLOW_EMPTY
def check(
    files: tuple[Path, ...],
    form: str,
    language: Language,
    *,
    everything: bool,
    changed_since: str | None,
    allow_empty: bool,
) -> int:
    """检查原始文件与策展数据，列出问题；不写文件则检查全部。"""
    project = console.project_here()
    if files and changed_since:
        raise click.UsageError("FILES 与 --changed-since 只能写一种。")
    try:
        if files:
            problems = checking.problems_of(project, files)
        elif changed_since:
            since = console.revision_here(project, changed_since)
            problems = checking.problems_since(project, since, console.progress, confirmed=allow_empty)
        else:
            problems = checking.all_problems(project, console.progress)
    except BuilderError as error:
        if form == "github":
            reviewing.complain(error, project, language)
        raise
    return 1 if reviewing.report(problems, form, language, everything=everything)["error"] else 0
