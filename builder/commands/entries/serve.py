"""``serve``: a preview that follows the editor."""

from __future__ import annotations

import click

from builder.commands import console
from builder.commands.entries.options import ALLOW_EMPTY
from builder.commands.outcome import PreviewReport
from builder.problems import Language
from builder.site.serving import serve as serve_archive


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口")
@click.option("--language", type=click.Choice(["zh", "en"]), help="用哪种语言说；不写则用档案的语言")
@click.option("--open", "opened", is_flag=True, help="在浏览器里打开")
@ALLOW_EMPTY
def serve(host: str, port: int, language: Language | None, *, opened: bool, allow_empty: bool) -> int:
    """本地预览；原始文件、策展数据或页面一改，浏览器里就更新。"""
    spoken = language or console.language_here()
    report = PreviewReport(spoken, f"http://{host}:{port}/")
    serve_archive(console.project_here(), (host, port), report, spoken, opened=opened, confirmed=allow_empty)
    return 0
