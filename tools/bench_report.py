"""The results of a bench as a table, with limits, ratios and the law of growth, and as a page of the manual."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from measuring import Runs

LIMITED_AT = 10000
"""Memory and size are limited for an archive of so many posts."""
OURS = ("cold", "unchanged", "added", "older", "changed", "removed", "topic", "topic, all", "render", "theme")
NAMES = {
    "cold": "全部从头",
    "unchanged": "没有改动",
    "added": "加一篇新文",
    "older": "补一篇旧文",
    "changed": "改一篇",
    "removed": "删一篇",
    "topic": "加一个专题（约十分之一的文章）",
    "topic, all": "加一个专题（几乎每一篇）",
    "render": "只把 Markdown 变成网页",
    "theme": "模板改了，Markdown 已转换过",
    "hugo": "Hugo，带导航",
    "hugo, changed": "Hugo，改一篇",
    "mkdocs": "MkDocs 本身",
    "pipeline": "Trafilatura + Hugo + Pagefind，从原文起",
    "base, cold": "提交 8b972d4，全部从头",
    "base, changed": "提交 8b972d4，改一篇",
    "base, added": "提交 8b972d4，加一篇新文",
}
EVEN = 0.15
MEGABYTE = 1e6


LIMITS = {
    "cold": (1.8, "pipeline"),
    "added": (1.0, "base, added"),
    "changed": (1.0, "base, changed"),
}
"""The most processor time that something may take, as a multiple of somebody else's."""
MEMORY = 500
SITE = 330


class Measured(Protocol):
    """An archive that has been measured."""

    posts: int
    measured: dict[str, Runs]
    sizes: dict[str, int]


def table(benches: Sequence[Measured]) -> str:
    """All results in one table, then what they say together."""
    return "\n".join([*_rows(benches), "", *(f"- {line}" for line in _conclusions(benches))])


def report(benches: Sequence[Measured], machine: str, busy: float, runs: int) -> str:
    """A page of the manual."""
    return _PAGE.format(machine=machine, busy=busy, runs=runs, table=table(benches))


def _rows(benches: Sequence[Measured]) -> Iterator[str]:
    yield f"| 秒 | {' | '.join(f'{bench.posts:,} 篇' for bench in benches)} | 处理器时间之比 |"
    yield f"|---|{'---:|' * len(benches)}---|"
    for key, name in NAMES.items():
        cells = [_seconds(bench.measured.get(key)) for bench in benches]
        yield f"| {name} | {' | '.join(cells)} | {_limited_row(key, benches)} |"


def _seconds(runs: Runs | None) -> str:
    return "—" if runs is None else f"{runs.median:.2f}（{_worked(runs):.2f}）"


def _worked(runs: Runs) -> float:
    return statistics.median(runs.worked)


def _limited_row(key: str, benches: Sequence[Measured]) -> str:
    most, peer = LIMITS.get(key, (0.0, ""))
    both = [bench.measured for bench in benches if {key, peer} <= bench.measured.keys()]
    ratios = [_worked(measured[key]) / _worked(measured[peer]) for measured in both]
    kept = "、".join(f"{ratio:.2f} {_verdict(ratio <= most)}" for ratio in ratios)
    return f"{NAMES[peer]}的 {kept}（要求 {most:g}）" if ratios else ""


def _verdict(kept: bool) -> str:  # noqa: FBT001  # it is said in words
    return "✓" if kept else "✗"


def _conclusions(benches: Sequence[Measured]) -> Iterator[str]:
    for bench in benches:
        peak = max(bench.measured[key].megabytes for key in OURS if key in bench.measured)
        others = [
            f"{NAMES[key]} {bench.measured[key].megabytes:.0f} MB"
            for key in ("hugo", "mkdocs")
            if key in bench.measured
        ]
        site = bench.sizes["site"] / MEGABYTE
        marks = ("", "") if bench.posts != LIMITED_AT else (_limited(peak, MEMORY), _limited(site, SITE))
        yield f"{bench.posts:,} 篇：内存最多 {peak:.0f} MB{marks[0]}（{'；'.join(['所有进程合计', *others])}）"
        yield f"{bench.posts:,} 篇：`site/` {site:.0f} MB{marks[1]}，{bench.sizes['files']:,} 个文件"
        if "same" in bench.sizes:
            same = "逐字节相同 ✓" if bench.sizes["same"] else "不同 ✗"
            yield f"{bench.posts:,} 篇：历次改动之后的网站，与从头生成的{same}"
    costs = [(one.posts, two.posts, marginal(one, two)) for one, two in pairwise(benches)]
    for first, second, cost in costs:
        yield f"{first:,} → {second:,} 篇：每多一篇，从头生成的处理器时间多 {cost * 1000:.2f} 毫秒"
    for (*_, one), (*_, two) in pairwise(costs):
        yield f"两段之比 {two / one:.2f}，上限 1 ± {EVEN:g} {_verdict(abs(two / one - 1) <= EVEN)}"


def _limited(value: float, limit: float) -> str:
    return f"，上限 {limit:g} MB {_verdict(value <= limit)}"


def marginal(one: Measured, two: Measured) -> float:
    """Processor seconds of a cold build that each further post costs between two sizes."""
    one_cold, two_cold = (statistics.median(each.measured["cold"].worked) for each in (one, two))
    return (two_cold - one_cold) / (two.posts - one.posts)


_PAGE = """---
title: 速度
description: 一千、五千、一万篇的档案，从头生成与改动之后各要多久、多少内存，与别的程序比较。
---

# 速度

- 机器：{machine}，全部文件在内存里；开始测量时另有 {busy:.1f} 个进程在运行。
- 每项是 {runs} 次的中位数：整个命令从启动到结束的时间，包括搜索索引。
- 括号里是全部进程用去的处理器时间，机器忙的时候它更可靠。

Hugo 与 MkDocs 处理的是同一批生成好的 Markdown：它们不清理原文，不找重复与相关文章，也不建索引。
Trafilatura、Hugo、Pagefind 依次清理、生成、索引同一批原文。提交 8b972d4 是本程序较早的样子，用同样的原文与专题。

{table}

重新测量：`make bench`（一千、五千与一万篇）。连三万篇一起，并改写这一页：
`.venv/bin/python tools/bench_build.py --large --keep`。
帖子由固定的种子生成（`tools/made_posts.py`），所以各次测量的内容相同。
"""
