"""The results of a bench as a table, with limits, ratios and the law of growth, and as a page of the manual."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from measuring import Runs

LIMITED_AT = 10000
"""The limits are those of an archive of so many posts."""
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
}
EVEN = 0.15
MEGABYTE = 1e6


@dataclass(frozen=True)
class Limit:
    """The most that something may take at ten thousand articles: seconds, or a multiple of a peer's time."""

    seconds: float = float("inf")
    times: float = float("inf")
    peer: str = ""


LIMITS = {
    "cold": Limit(60),
    "unchanged": Limit(0.5),
    "added": Limit(1.0, 0.25, "hugo, changed"),
    "changed": Limit(1.0, 0.25, "hugo, changed"),
    "topic": Limit(25),
    "render": Limit(times=2.0, peer="hugo"),
    "theme": Limit(times=0.75, peer="hugo"),
}
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
    counts = [f"{bench.posts:,} 篇" for bench in benches]
    yield f"| 秒 | {' | '.join(counts)} | 与 Hugo 之比 | 一万篇的上限 |"
    yield f"|---|{'---:|' * len(counts)}---:|---:|"
    for key, name in NAMES.items():
        cells = [_seconds(bench.measured.get(key)) for bench in benches]
        compared = [bench.measured for bench in benches if "hugo" in bench.measured]
        ratio = _ratio(key, compared[-1]) if compared else "—"
        yield f"| {name} | {' | '.join(cells)} | {ratio} | {_limit(key, benches)} |"


def _seconds(runs: Runs | None) -> str:
    if runs is None:
        return "—"
    return f"{runs.median:.2f}（{statistics.median(runs.worked):.2f}）"


def _peer(key: str) -> str:
    return LIMITS[key].peer if key in LIMITS and LIMITS[key].peer else "hugo"


def _ratio(key: str, measured: Mapping[str, Runs]) -> str:
    peer = measured.get(_peer(key))
    return f"{measured[key].median / peer.median:.2f}" if peer and key in measured else "—"


def _limit(key: str, benches: Sequence[Measured]) -> str:
    limit = LIMITS.get(key)
    if limit is None:
        return ""
    words = [f"{limit.seconds:g} 秒"] if limit.seconds < float("inf") else []
    words += [f"{limit.times:g} × {NAMES[limit.peer]}"] if limit.peer else []
    at = [bench for bench in benches if bench.posts == LIMITED_AT]
    return "，".join(words) + (f" {_verdict(keeps(key, limit, at[0].measured))}" if at else "")


def keeps(key: str, limit: Limit, measured: Mapping[str, Runs]) -> bool | None:
    """Whether a limit is kept; None where the peer was not measured."""
    seconds = measured[key].median
    if not limit.peer:
        return seconds <= limit.seconds
    if limit.peer not in measured:
        return None
    return seconds <= limit.seconds and seconds <= limit.times * measured[limit.peer].median


def _verdict(kept: bool | None) -> str:  # noqa: FBT001  # it is said in words
    return "？" if kept is None else "✓" if kept else "✗"


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
description: 一千、一万、三万篇的档案，从头生成与改动之后各要多久，与 Hugo、MkDocs 比较。
---

# 速度

- 机器：{machine}，全部文件在内存里；开始测量时另有 {busy:.1f} 个进程在运行。
- 每项是 {runs} 次的中位数：整个命令从启动到结束的时间，包括搜索索引。
- 括号里是全部进程用去的处理器时间，机器忙的时候它更可靠。

Hugo 与 MkDocs 处理的是同一批生成好的 Markdown：它们不清理原文，不找重复与相关文章，也不建索引。

{table}

重新测量：`make bench`（一千与一万篇）。连三万篇一起，并改写这一页：
`.venv/bin/python tools/bench_build.py --large --keep`。
帖子由固定的种子生成（`tools/made_posts.py`），所以各次测量的内容相同。
"""
