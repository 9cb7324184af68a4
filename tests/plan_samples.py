"""Plans of our own writing, as they should come out, and what scanning does to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

CHINESE = "一二三四五六七八九十"
_SUBJECTS = [
    "各区县",
    "市水务局",
    "沿湖各镇",
    "行业协会",
    "基层单位",
    "博物馆",
    "农业合作社",
    "有关高校",
    "公交企业",
    "社区居委会",
]
_VERBS = ["健全", "完善", "推广", "梳理", "编制", "公开", "修缮", "整合", "更新", "核查"]
_OBJECTS = [
    "古桥名录", "湿地巡护制度", "渡口安全台账", "图书流通网点", "雨水收集设施", "老街消防通道", "乡村医生培训计划",
    "公共厕所布局（含无障碍设施）", "“一村一馆”项目清单", "节水灌溉示范片", "夜班公交线路", "档案数字化目录",
]  # fmt: skip
_ADVERBS = [
    "分期分批",
    "因地制宜",
    "会同有关部门",
    "在充分听取意见的基础上",
    "按照先易后难的次序",
    "以三年为一个周期",
    "每年至少一次",
]
_TITLES = [
    "守护河湖水系", "修复老街肌理", "便利群众出行", "丰富乡村书屋", "做好雨水收集", "培训乡村医生", "整理地方文献",
    "更新公共厕所", "保护古桥古渡", "完善夜间公交", "开放校园场馆", "扶持传统手艺",
]  # fmt: skip


@dataclass
class Sample:
    """What a plan must come out as.

    Attributes:
        title: Of the plan.
        outline: Level, number, title.
        paragraphs: Whole, in order.
        lines: The clean text: kind (``title``, ``heading``, ``paragraph``, ``front``) and text.
    """

    title: str
    outline: list[tuple[int, str, str]] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)

    def heading(self, level: int, number: str, title: str, text: str) -> None:
        """Add a heading on a line of its own."""
        self.outline.append((level, number, title))
        self.lines.append(("heading", text))

    def run_in(self, level: int, number: str, title: str, text: str) -> None:
        """Add a heading that runs into its paragraph."""
        self.outline.append((level, number, title))
        self.paragraph(text)

    def paragraph(self, text: str) -> None:
        """Add a paragraph."""
        self.paragraphs.append(text)
        self.lines.append(("paragraph", text))

    def front(self, text: str) -> None:
        """Add a line above the plan."""
        self.lines.append(("front", text))


def sentence(random: Random) -> str:
    """A sentence of one to three clauses."""
    clauses = [
        random.choice(_SUBJECTS) + random.choice(_ADVERBS) + random.choice(_VERBS) + random.choice(_OBJECTS)
        for _ in range(random.randint(1, 3))
    ]
    joint = random.choice(["，", "，", "；"])
    return joint.join(clauses) + "。"


def paragraph(random: Random, least: int = 2, most: int = 6) -> str:
    """A paragraph of some sentences; the first does not look like a heading sentence."""
    opening = random.choice(_ADVERBS) + random.choice(_VERBS) + random.choice(_OBJECTS)
    first = f"{opening}，并{random.choice(_VERBS)}{random.choice(_OBJECTS)}，"
    return first + "".join(sentence(random) for _ in range(random.randint(least, most)))


def title(random: Random) -> str:
    """A heading's title."""
    return random.choice(_TITLES)


def _notice(sample: Sample, random: Random) -> None:
    sample.front("澄湖市人民政府文件")
    sample.front("澄政发〔2023〕16号")
    sample.front(f"关于印发《{sample.title}》的通知")
    sample.front("各县（市、区）人民政府，市政府各部门：")
    sample.front(f"现将《{sample.title}》印发给你们，请结合实际认真组织实施。")
    sample.front("澄湖市人民政府")
    sample.front(f"2023年{random.randint(1, 12)}月{random.randint(1, 28)}日")


def scheme(random: Random, style: str) -> Sample:
    """A plan with 一、 and （一）, and ``1.`` in some sections.

    Args:
        random: Where chance comes from.
        style: ``own`` for （一） on lines of their own, ``run-in`` for （一） that run in, ``through`` for ``1.``
            that are numbered through all sections.
    """
    sample = Sample("澄湖市水乡风貌保护五年实施方案")
    if random.random() < 0.7:
        _notice(sample, random)
    sample.lines.append(("title", sample.title))
    sample.paragraph(paragraph(random) + "现制定如下实施方案。")
    through = 0
    for top in range(random.randint(3, 7)):
        sample.heading(1, CHINESE[top], name := title(random), f"{CHINESE[top]}、{name}")
        if random.random() < 0.5:
            sample.paragraph(paragraph(random))
        for inner in range(random.choice([0, 2, 3, 4])):
            number, name = f"（{CHINESE[inner]}）", title(random)
            if style == "run-in":
                sample.run_in(2, number, name, f"{number}{name}。{paragraph(random)}")
                continue
            sample.heading(2, number, name, f"{number}{name}")
            if style == "own" and random.random() < 0.7:
                for _ in range(random.randint(1, 3)):
                    sample.paragraph(paragraph(random))
                continue
            through = through if style == "through" else 0
            for _ in range(random.randint(2, 4)):
                through += 1
                name = title(random)
                sample.run_in(3, f"{through}.", name, f"{through}.{name}。{paragraph(random)}")
    return sample


def law(random: Random) -> Sample:
    """A regulation with chapters, sections in some of them, and articles with paragraphs and items."""
    sample = Sample("澄湖市古桥保护管理办法")
    sample.lines.append(("title", sample.title))
    article = 0
    for chapter in range(random.randint(3, 6)):
        number = f"第{CHINESE[chapter]}章"
        sample.heading(2, number, name := title(random), f"{number}　{name}")
        sections = random.choice([0, 0, 2])
        for section in range(max(1, sections)):
            if sections:
                number = f"第{CHINESE[section]}节"
                sample.heading(3, number, name := title(random), f"{number}　{name}")
            for _ in range(random.randint(2, 4)):
                article += 1
                _article(sample, random, article)
    return sample


def _article(sample: Sample, random: Random, number: int) -> None:
    ten, one = divmod(number, 10)
    tens = "" if not ten else ("" if ten == 1 else CHINESE[ten - 1]) + "十"
    numeral = tens + ("" if not one else CHINESE[one - 1])
    sample.run_in(4, f"第{numeral}条", "", f"第{numeral}条　{paragraph(random, 1, 3)}")
    if random.random() < 0.3:
        sample.paragraph(paragraph(random, 1, 2))
    if random.random() < 0.3:
        sample.paragraph("有下列情形之一的，由市水务局责令改正：")
        items = random.randint(2, 4)
        for item in range(items):
            end = "。" if item == items - 1 else "；"
            clause = random.choice(_VERBS) + random.choice(_OBJECTS) + "时未事先报告，造成桥体、河岸或者附属设施损坏的"
            sample.paragraph(f"（{CHINESE[item]}）{clause}{end}")


def clean_text(sample: Sample) -> str:
    """The plan as a careful publisher has it: a line each, blank lines between."""
    return "\n\n".join(text for _, text in sample.lines) + "\n"
