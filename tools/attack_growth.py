"""Growth: how the processor time of some work grows with doubling hostile input.

The measure is a ratio within one run: what twice the input costs. Linear work doubles, quadratic work grows fourfold.
"""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from builder.parallel.budget import OverBudgetError, budget

MOST = 2.5
"""The most that twice the input may cost."""
WORTH = 0.02
"""Seconds below which a ratio says nothing."""
ENOUGH = 0.3
"""Seconds at which a series stops: what it shows by then it shows."""
_ENDLESS, _NEARLY = 10.0, 0.8
"""Seconds after which a work is stopped: a pattern that backtracks without end would keep the attack for ever."""
_FIRST = 128
TINY = 1e-4

SIGNS = (
    "_*-=#><&|`~[]()\\\"':：.。、，,;/@!?%+$^{}019aA一十第年月日（）《》“”「」【】…—·\u3000\u200b\u00a0 \t\n\ufffd😀"
)
_PIECES = (
    "![", "](", "//", "\n\n", "a\n", "a\n\n", "\n ", "- a\n", "1. a\n", "|\n", "|a", "> ", "# ", "---\n", "```\n",
    "<p>", "</p>", "<div>", "<b>", "<a>", "<td>", "<table><tr><td>", "<!--", "<br>", "&amp;", "&#", "http://",
    "http://a.b/", "来源：", "作者 ", "记者", "（记者", "2021年", "2021-01-01 ", "1.1 ", "一、", "（一）", "第一条 ",
    "第一章 ", "“a”", "a b ", "a,", "a:b", "a=b;", "万元", "100亿元", "title: ", "[a](b)", "![a](b)", "[[", "((", "**a",
    "**a**", "_a_", "<a href=", "<img src=x>",
)  # fmt: skip
UNITS = (*SIGNS, *_PIECES)
"""Characters and pieces that some grammar takes for more than text."""


@dataclass(frozen=True, slots=True)
class Slow:
    """Something that grows too fast.

    Attributes:
        what: Pattern or stage.
        shape: Of what the input was made.
        length: Characters of the longest input tried.
        seconds: What that took.
        ratio: What twice the input cost.
    """

    what: str
    shape: str
    length: int
    seconds: float
    ratio: float

    def __str__(self) -> str:
        """One line."""
        return f"{self.ratio:5.1f}x {self.seconds:7.3f} s at {self.length:>8}: {self.what} on {self.shape}"


@dataclass(frozen=True, slots=True)
class Shape:
    """An input of any length: something repeated between a beginning and an end."""

    unit: str
    before: str = ""
    after: str = ""

    def __call__(self, length: int) -> str:
        """So many characters of it."""
        repeated = self.unit * (length // len(self.unit) + 1)
        return f"{self.before}{repeated[:length]}{self.after}"

    def __str__(self) -> str:
        """What is repeated, behind what."""
        return f"{self.before!r} + {self.unit!r}" if self.before else repr(self.unit)


Work = Callable[[str], object]


def slow(what: str, work: Work, shape: Shape, longest: int) -> Slow | None:
    """Tell whether some work grows too fast on a shape."""
    length, took, ratio = growth(work, shape, longest)
    if ratio == math.inf or (took > WORTH and ratio > MOST and _confirmed(work, shape, length)):
        return Slow(what, str(shape), length, took, ratio)
    return None


def growth(work: Work, shape: Shape, longest: int) -> tuple[int, float, float]:
    """How the cost of some work grows.

    Args:
        work: What is tried.
        shape: Gives an input of a length.
        longest: The longest input.

    Returns:
        Length and time of the last input, and the ratio of the last two times; 0 where both are too short to compare.
    """
    length, before, ratio = _FIRST, 0.0, 0.0
    while True:
        took = seconds(work, shape(length))
        ratio = took / before if before > WORTH / 3 else 0.0
        if took > _ENDLESS * _NEARLY:
            return length, took, math.inf
        if (took > ENOUGH and ratio) or length >= longest:
            return length, took, ratio
        before, length = took, length * 2


def _confirmed(work: Work, shape: Shape, length: int) -> bool:
    """Whether it is so again, and goes on: a busy machine makes a ratio of its own, and so does a limit once."""
    one, two = (least(work, shape(each), 3) for each in (length // 2, length))
    if two < WORTH or two / max(one, TINY) <= MOST:
        return False
    return two > ENOUGH or least(work, shape(length * 2), 2) / two > MOST


def least(work: Work, text: str, times: int) -> float:
    """The shortest time of several: what disturbs a measurement only ever lengthens it."""
    return min(seconds(work, text) for _ in range(times))


def seconds(work: Work, text: str, most: float = _ENDLESS) -> float:
    """Processor time of some work, which is stopped after a while."""
    gc.collect(0)
    begun = time.process_time()
    with suppress(OverBudgetError), budget(most):
        work(text)
    return time.process_time() - begun
