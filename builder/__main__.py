"""The command line: ``build``, ``serve``, ``check``, ``convert``, ``explain``.

Exit codes: 0 done, 1 problems in the content, 2 wrong use or configuration.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import click

from builder.commands import console
from builder.commands import convert as converting
from builder.languages import labels
from builder.problems import BuilderError, Problem
from builder.site.generating import Generated, generate, read_archive
from builder.site.publishing import publish
from builder.site.serving import serve as serve_archive

EXISTING = click.Path(exists=True, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="archive-builder", prog_name="builder", message="%(prog)s")
def commands() -> None:
    """把 seeds/ 里的原始文件变成可搜索的档案网站。"""


@commands.command()
def build() -> int:
    """生成整个网站到 site/。"""
    project = console.project_here()
    generated = generate(project, console.progress)
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
def serve(host: str, port: int) -> int:
    """本地预览；原始文件、策展数据或页面一改，浏览器里就更新。"""
    console.say(f"http://{host}:{port}/")
    serve_archive(console.project_here(), (host, port), _report_or_complain)
    return 0


@commands.command()
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON 对象")
def check(*, as_json: bool) -> int:
    """检查全部原始文件与策展数据，逐行列出问题。"""
    archive = read_archive(console.project_here(), console.progress)
    if as_json:
        for problem in archive.problems:
            click.echo(json.dumps(_problem_record(problem), ensure_ascii=False))
        counted = Counter(problem.severity for problem in archive.problems)
    else:
        counted = console.print_problems(archive.problems, err=False)
        console.say(console.summary(counted))
    return 1 if counted["error"] else 0


@commands.command()
@click.argument("paths", nargs=-1, required=True, type=EXISTING)
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON 对象")
def convert(paths: tuple[Path, ...], *, as_json: bool) -> int:
    """把文件或文件夹变成干净的 Markdown，写到标准输出。"""
    problems = [problem for path in paths for problem in converting.convert(path, as_json=as_json)]
    return 1 if console.print_problems(problems, err=True)["error"] else 0


@commands.command()
@click.argument("path", type=EXISTING)
def explain(path: Path) -> int:
    """说明一个文件里保留、移出、移除了什么，依据哪条规则。"""
    return 1 if console.print_problems(converting.explain(path), err=True)["error"] else 0


def _report_or_complain(outcome: Generated | BuilderError) -> None:
    if isinstance(outcome, BuilderError):
        console.say(str(outcome))
    else:
        _report(outcome)


def _report(generated: Generated) -> Counter[str]:
    """Say what came of the seeds; returns how many problems there are of each severity."""
    archive, written = generated.archive, generated.written
    counted = console.print_problems(archive.problems, err=True)
    console.say(
        labels(generated.settings.language)["summary_pages"].format(
            articles=len(archive.entries),
            sources=len(archive.sources),
            topics=sum(bool(topic.entries) for topic in archive.topics),
            plans=len(archive.plans),
            written=written.written,
            removed=written.removed,
        )
    )
    console.say(console.summary(counted))
    return counted


def _problem_record(problem: Problem) -> dict[str, object]:
    return {
        "path": problem.path,
        "line": problem.line,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message(),
    }


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
