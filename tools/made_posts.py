"""Makes raw posts by a seed: text of invented sentences in the shapes that crawlers leave, a few of them broken."""

from __future__ import annotations

import random
from pathlib import Path

WHO = (
    "监管部门",
    "市政府",
    "支付机构",
    "商业银行",
    "研究院",
    "行业协会",
    "消费者",
    "科技公司",
    "地方金融局",
    "审计人员",
)
DOES = ("公布", "讨论", "修订", "试行", "评估", "要求公开", "推迟", "批准", "重新审查", "调查")
WHAT = (
    "移动支付的新规",
    "普惠金融方案",
    "个人信息保护的细则",
    "区块链试点名单",
    "消费金融的利率上限",
    "数字经济统计",
    "监管沙盒的项目",
    "征信数据目录",
    "风险监测报告",
    "上市计划",
)
WHEN = ("上月", "年底之前", "本周三", "第三季度", "两年以来", "会后", "去年同期", "开市前", "近日", "下半年")
ENDS = (
    "，但没有给出时间表",
    "，各地的做法并不一致",
    "，涉及{n}家机构与{m}亿元资金",
    "，分析人士认为影响有限",
    "，相关文件共{n}页",
    "，有{n}名代表出席",
    "",
)  # fmt: skip
OUTLETS = tuple(f"{name}{kind}" for name in ("东江", "西岭", "南湖", "北原", "中洲") for kind in ("日报", "财经网"))
FURNITURE = (
    '<div class="share">分享到微信 分享到微博</div>',
    "<p>责任编辑：{who}</p>",
    '<div class="related"><h3>相关阅读</h3><ul><li><a href="/{n}">{what}</a></li></ul></div>',
    "<p>版权声明：未经授权不得转载。</p>",
    "<script>window.page = {n};</script>",
)  # fmt: skip
CHARACTERS = 1500


def make_posts(folder: Path, number: int, seed: int = 7) -> None:
    """Write posts into a folder.

    Args:
        folder: Where; sub-folders by outlet are made in it.
        number: How many.
        seed: The same seed makes the same bytes.
    """
    chance = random.Random(seed)  # noqa: S311  # reproducible, not secret
    for index in range(number):
        outlet = chance.choice(OUTLETS)
        path = folder / f"outlet-{OUTLETS.index(outlet)}" / f"{index:05}.{chance.choice(('txt', 'md', 'html'))}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_post(chance, index, outlet), encoding="utf-8")


def _post(chance: random.Random, index: int, outlet: str) -> str:
    day = f"20{chance.randrange(18, 24)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    fields = {
        "title": _sentence(chance).rstrip("。")[:40],
        "date": f"{day}T08:30:00+08:00",
        "author": outlet,
        "from": f"https://outlet{OUTLETS.index(outlet)}.example/{index}",
    }
    if chance.random() < 0.05:  # noqa: PLR2004  # one in twenty lacks something
        del fields[chance.choice(sorted(fields))]
    head = "\n".join(["---", *(f"{key}: {value}" for key, value in fields.items()), "---"])
    return f"{head}\n{_body(chance)}\n"


def _body(chance: random.Random) -> str:
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < CHARACTERS * chance.uniform(0.4, 1.6):
        paragraphs.append("".join(_sentence(chance) for _ in range(chance.randrange(2, 6))))
    if chance.random() < 0.3:  # noqa: PLR2004  # some crawlers write Markdown
        return "\n\n".join(paragraphs)
    blocks = [f"<p>{paragraph}</p>" for paragraph in paragraphs]
    blocks.extend(_filled(chance, piece) for piece in chance.sample(FURNITURE, chance.randrange(len(FURNITURE))))
    return f'<div class="content">{"".join(blocks)}</div>'


def _sentence(chance: random.Random) -> str:
    said = f"{chance.choice(WHEN)}{chance.choice(WHO)}{chance.choice(DOES)}{chance.choice(WHAT)}{chance.choice(ENDS)}。"
    return _filled(chance, said)


def _filled(chance: random.Random, text: str) -> str:
    for mark, value in (
        ("{n}", str(chance.randrange(3, 900))),
        ("{m}", str(chance.randrange(3, 900))),
        ("{who}", chance.choice(WHO)),
        ("{what}", chance.choice(WHAT)),
    ):
        text = text.replace(mark, value)
    return text
