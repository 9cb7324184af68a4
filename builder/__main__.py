"""The command line: what each command is called, takes and leaves as its exit code.

Exit codes: 0 done, 1 problems in the content, 2 wrong use or configuration.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from builder.commands import checking, console, problem_list, reviewing
from builder.commands import convert as converting
from builder.commands.explaining import explain_as_page
from builder.languages import labels
from builder.problems import BuilderError, Language
from builder.site.comparing import page_changes
from builder.site.generating import Generated, generate, read_archive
from builder.site.holdings import refuse_losses
from builder.site.publishing import publish
from builder.site.serving import serve as serve_archive
from builder.site.verifying import verify as verify_site

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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="archive-builder", prog_name="builder", message="%(prog)s")
def commands() -> None:
    """把 seeds/ 里的原始文件变成可搜索的档案网站。"""


@commands.command()
@click.option("--allow-empty", is_flag=True, help="词表、来源或原始文件被清空也照样生成")
@click.option("--since", metavar="REV", help="与 git 的这个版本比较，看有没有被清空")
def build(*, allow_empty: bool, since: str | None) -> int:
    """生成整个网站到 site/。"""
    project = console.project_here()
    if since and not allow_empty:
        refuse_losses(project, since)
    generated = generate(project, console.progress, confirmed=allow_empty)
    counted = _report(generated)
    changed = publish(project, generated.archive)
    said = labels(generated.settings.language)
    page = project.root / "site" / "index.html"
    console.say(said["built"].format(site=page.parent) if changed else said["unchanged"])
    console.say(said["built_look"].format(page=page))
    return 1 if counted["error"] else 0


@commands.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口")
@click.option("--allow-empty", is_flag=True, help="词表、来源或原始文件被清空也照样生成")
def serve(host: str, port: int, *, allow_empty: bool) -> int:
    """本地预览；原始文件、策展数据或页面一改，浏览器里就更新。"""
    console.say(f"http://{host}:{port}/")
    serve_archive(console.project_here(), (host, port), _report_or_complain, confirmed=allow_empty)
    return 0


@commands.command()
@click.argument("files", nargs=-1, type=EXISTING)
@FORM
@AS_JSON
@LANGUAGE
@click.option("--all", "everything", is_flag=True, help="同一种问题再多也逐条列出")
@click.option("--changed-since", metavar="REV", help="只说与 git 的这个版本相比有变化的文件")
@click.option("--allow-empty", is_flag=True, help="词表、来源或原始文件被清空也不算错")
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
            problems = checking.problems_since(project, changed_since, console.progress, confirmed=allow_empty)
        else:
            problems = checking.all_problems(project, console.progress)
    except BuilderError as error:
        if form == "github":
            reviewing.complain(error, project)
        raise
    return 1 if reviewing.report(problems, form, language, everything=everything)["error"] else 0


@commands.command()
@click.option("--since", metavar="REV", required=True, help="与 git 的这个版本比较")
@FORM
@LANGUAGE
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="另写成一个网页")
def changes(since: str, form: str, language: Language, page: Path | None) -> int:
    """列出新增、改动和消失的页面。"""
    found = page_changes(console.project_here(), since, console.progress)
    reviewing.report_changes(found, form, language)
    if page:
        page.write_text(reviewing.changes_page(found, language), encoding="utf-8")
    return 0


@commands.command()
@click.argument("site", default="site")
@FORM
@LANGUAGE
def verify(site: str, form: str, language: Language) -> int:
    """核对网站（文件夹或网址）与原始文件的 SHA-256。"""
    found = verify_site(read_archive(console.project_here(), console.progress), site)
    return 1 if reviewing.report(found, form, language, everything=False)["error"] else 0


@commands.command()
def schema() -> int:
    """把策展文件的 JSON Schema 写到 curation/schemas/，供编辑器补全与检查。"""
    for path in reviewing.write_schemas(console.project_here()):
        console.say(path)
    return 0


@commands.command()
@click.argument("paths", nargs=-1, required=True, type=EXISTING)
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON 对象")
def convert(paths: tuple[Path, ...], *, as_json: bool) -> int:
    """把文件或文件夹变成干净的 Markdown，写到标准输出。"""
    problems = [problem for path in paths for problem in converting.convert(path, as_json=as_json)]
    return 1 if console.print_problems(problems, err=True)["error"] else 0


@commands.command()
@click.argument("path", type=EXISTING)
@click.option("--html", "as_page", is_flag=True, help="写成一个网页：原文与清理后并排")
@LANGUAGE
def explain(path: Path, language: Language, *, as_page: bool) -> int:
    """说明一个文件里保留、移出、移除了什么，依据哪条规则。"""
    problems = explain_as_page(path, language) if as_page else converting.explain(path)
    return 1 if console.print_problems(problems, err=True)["error"] else 0


def _report_or_complain(outcome: Generated | BuilderError) -> None:
    if isinstance(outcome, BuilderError):
        console.say(str(outcome))
    else:
        _report(outcome)


def _report(generated: Generated) -> Counter[str]:
    """Say what came of the seeds; returns how many problems there are of each severity."""
    archive, written = generated.archive, generated.written
    language: Language = "en" if generated.settings.language.startswith("en") else "zh"
    for line in problem_list.lines(archive.problems, language, everything=False):
        console.say(line)
    counted = problem_list.counted(archive.problems)
    console.say(
        labels(language)["summary_pages"].format(
            articles=len(archive.entries),
            sources=len(archive.sources),
            topics=sum(bool(topic.entries) for topic in archive.topics),
            plans=len(archive.plans),
            written=written.written,
            removed=written.removed,
        )
    )
    console.say(problem_list.summary(counted, language))
    return counted


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        code = commands.main(standalone_mode=False)
    except BuilderError as error:
        console.say(str(error))
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    sys.exit(code or 0)


if __name__ == "__main__":
    main()
