"""Growth: every compiled pattern of the program and every stage of a seed, fed with doubling hostile input.

The measure is a ratio of processor times within one run: what twice the input costs. Linear work doubles, quadratic
work grows fourfold. Patterns are found by walking the package, so that one that is added tomorrow is tried as well.
"""

from __future__ import annotations

import gc
import importlib
import math
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import builder
from builder.archive.attempts import SECONDS, attempt
from builder.parallel.budget import OverBudgetError, budget
from builder.patterns import LazyPattern

PATTERN = (re.Pattern, LazyPattern)
MOST = 2.5
"""The most that twice the input may cost."""
_WORTH = 0.02
"""Seconds below which a ratio says nothing."""
_ENOUGH = 0.3
"""Seconds at which a series stops: what it shows by then it shows."""
_ENDLESS, _NEARLY = 10.0, 0.8
"""Seconds after which a work is stopped: a pattern that backtracks without end would keep the attack for ever."""
_FIRST = 1024
_TINY = 1e-4

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
        unit: Of what the input was made.
        length: Characters of the longest input tried.
        seconds: What that took.
        ratio: What twice the input cost.
    """

    what: str
    unit: str
    length: int
    seconds: float
    ratio: float

    def __str__(self) -> str:
        """One line."""
        return f"{self.ratio:5.1f}x {self.seconds:7.3f} s at {self.length:>8}: {self.what} on {self.unit!r}"


def modules() -> Iterator[Any]:
    """Every module of the program, loaded."""
    for found in pkgutil.walk_packages(builder.__path__, "builder."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every compiled pattern that the program's modules hold, in whatever containers, and those made on demand."""
    found: dict[str, re.Pattern[Any]] = {}
    seen: set[int] = set()
    for module in modules():
        for name, value in sorted(vars(module).items()):
            if isinstance(value, PATTERN) or getattr(value, "__module__", module.__name__) == module.__name__:
                _collect(f"{module.__name__}.{name}", value, found, seen, 0)
    return found


_DEEP = 6


def _collect(name: str, value: Any, found: dict[str, re.Pattern[Any]], seen: set[int], depth: int) -> None:  # noqa: ANN401, C901  # anything at all
    if isinstance(value, PATTERN):
        compiled = re.compile(value.pattern, value.flags)
        if compiled not in found.values():
            found[name] = compiled
        return
    if id(value) in seen or depth > _DEEP or isinstance(value, type):
        return
    seen.add(id(value))
    if isinstance(value, Mapping):
        for key, each in list(value.items()):
            _collect(f"{name}[{key!r:.30}]", key, found, seen, depth + 1)
            _collect(f"{name}[{key!r:.30}]", each, found, seen, depth + 1)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for place, each in enumerate(list(value)[:500]):
            _collect(f"{name}[{place}]", each, found, seen, depth + 1)
    elif hasattr(value, "cache_info") and not _arguments(value):
        _collect(f"{name}()", value(), found, seen, depth + 1)
    elif getattr(value, "longest", _FIRST) < _FIRST:
        return  # a rule for lines of a few characters is never given more
    elif isinstance(getattr(value, "__module__", None), str) and value.__module__.startswith("builder."):
        for slot in {*getattr(value, "__dict__", ()), *getattr(type(value), "__struct_fields__", ()), *_slots(value)}:
            _collect(f"{name}.{slot}", getattr(value, slot, None), found, seen, depth + 1)


def _slots(value: Any) -> Sequence[str]:  # noqa: ANN401  # anything at all
    slots = getattr(type(value), "__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


def _arguments(function: Any) -> bool:  # noqa: ANN401  # a cached function of any kind
    code = getattr(getattr(function, "__wrapped__", None), "__code__", None)
    return code is None or code.co_argcount > 0


def hostile(unit: str, length: int) -> str:
    """So many characters of a unit."""
    return (unit * (length // len(unit) + 1))[:length]


def growth(work: Callable[[str], object], make: Callable[[int], str], longest: int) -> tuple[int, float, float]:
    """How the cost of some work grows.

    Args:
        work: What is tried.
        make: Gives an input of a length.
        longest: The longest input.

    Returns:
        Length and time of the last input, and the ratio of the last two times; 0 where both are too short to compare.
    """
    length, before, ratio = _FIRST, 0.0, 0.0
    while True:
        took = _seconds(work, make(length))
        ratio = took / before if before > _WORTH / 3 else 0.0
        if took > _ENDLESS * _NEARLY:
            return length, took, math.inf
        if took > _ENOUGH or length >= longest:
            return length, took, ratio
        before, length = took, length * 2


_ANYWHERE = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})


def uses(name: str, source: str) -> frozenset[str]:
    """How a pattern is used, as far as its name in the program's source tells: ``match`` looks at one place only."""
    every = _ANYWHERE | {"match", "fullmatch"}
    named = re.findall(rf"\b{re.escape(name.rpartition('.')[2])}\.(\w+)\(", source)
    return every.intersection(named) or every


def _own_source(name: str) -> str:
    """The source of the module that a pattern is private to; empty for one that others may use."""
    module, _, own = name.rpartition(".")
    loaded = sys.modules.get(module)
    file = getattr(loaded, "__file__", None)
    return Path(file).read_text(encoding="utf-8") if file and own.startswith("_") else ""


def _used(pattern: re.Pattern[Any], used: frozenset[str], text: str) -> None:
    """Use a pattern as the program does."""
    data: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    if used & _ANYWHERE:
        for _ in pattern.finditer(data):
            pass
    if "match" in used:
        pattern.match(data)
    if "fullmatch" in used:
        pattern.fullmatch(data)


def slow_patterns(units: Sequence[str], longest: int, found: Mapping[str, re.Pattern[Any]]) -> Iterator[Slow]:
    """Patterns whose search grows too fast on something: alone, and behind and before other text."""
    shapes: tuple[Callable[[str], str], ...] = (lambda text: text, lambda text: "x" + text + "\x00")
    source = "\n".join(path.read_text(encoding="utf-8") for path in Path(builder.__path__[0]).rglob("*.py"))
    for name, pattern in found.items():
        used = uses(name, _own_source(name) or source)
        for unit in units:
            for shape in shapes:

                def make(length: int, unit: str = unit, shape: Callable[[str], str] = shape) -> str:
                    return shape(hostile(unit, length))

                work = partial(_used, pattern, used)
                length, took, ratio = growth(work, make, longest)
                if ratio == math.inf or (took > _WORTH and ratio > MOST and _confirmed(work, make, length)):
                    yield Slow(name, unit, length, took, ratio)
                    break


def _confirmed(work: Callable[[str], object], make: Callable[[int], str], length: int) -> bool:
    """Whether it is so again, and goes on: a busy machine makes a ratio of its own, and so does a limit once."""
    one, two = (min(_seconds(work, make(each)) for _ in range(3)) for each in (length // 2, length))
    if two < _WORTH or two / max(one, _TINY) <= MOST:
        return False
    return two > _ENOUGH or min(_seconds(work, make(length * 2)) for _ in range(2)) / two > MOST


def _seconds(work: Callable[[str], object], text: str) -> float:
    gc.collect(0)
    begun = time.process_time()
    with suppress(OverBudgetError), budget(_ENDLESS):
        work(text)
    return time.process_time() - begun


def stages() -> dict[str, Callable[[str], object]]:
    """What is done with a seed, stage by stage, and with a whole one."""
    from builder import cleaning, markup, reading  # noqa: PLC0415  # the package may be walked without them
    from builder.documents.judging import judge  # noqa: PLC0415  # likewise
    from builder.documents.parsing import parse  # noqa: PLC0415  # likewise
    from builder.model.post import Post, RawDocument  # noqa: PLC0415  # likewise

    def document(text: str, name: str = "a.md") -> RawDocument:
        found, _ = reading.decode_document(text.encode("utf-8", "replace"), name)
        return found or RawDocument(name, "0" * 64, len(text), "utf-8", text)

    def post(text: str, name: str = "a.md") -> Post:
        return reading.parse_post(document(text, name))

    def cleaned(text: str, name: str = "a.md") -> object:
        return cleaning.clean(post(text, name), {})

    front = "---\ntitle: 一个标题写得足够长\ndate: 2021-03-04\n---\n<p>第一段写得足够长，说明整改方案如何落实。</p>\n\n"
    return {
        "judge": lambda text: judge(text, "a.txt"),
        "read text": lambda text: post(text, "a.txt"),
        "read page": lambda text: post(f"<html><head><title>{text}</title></head><body>{text}</body></html>", "a.html"),
        "read title": lambda text: post(f'---\ntitle: "{_quoted(text)}"\n---\n<p>正文</p>'),
        "read author": lambda text: post(
            f'---\nauthor: "{_quoted(text)}"\ndate: "{_quoted(text)}"\nurl: "{_quoted(text)}"\n---\nx'
        ),
        "clean Markdown": lambda text: cleaned(front + text),
        "clean text": lambda text: cleaned("标题写得足够长的一篇\n\n2021年3月4日\n\n" + text, "a.txt"),
        "clean HTML": lambda text: cleaned(f"{front}<p>{text}</p>"),
        "observe": lambda text: cleaning.observe(post(front + text), {}),
        "document": lambda text: parse(document("关于印发规划的通知\n\n各部门：\n\n一、总体要求\n\n" + text, "a.txt")),
        "markup": lambda text: markup.render(text, "https://example.org/"),
    }


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def slow_stages(units: Sequence[str], longest: int, tried: Mapping[str, Callable[[str], object]]) -> Iterator[Slow]:
    """Stages whose cost grows too fast on something."""
    for name, work in tried.items():
        for unit in units:

            def make(length: int, unit: str = unit) -> str:
                return hostile(unit, length)

            length, took, ratio = growth(work, make, longest)
            if took > _WORTH and ratio > MOST and _confirmed(work, make, length):
                yield Slow(name, unit, length, took, ratio)


_LARGE = 1 << 17
_TIMES = 8
_NOISE = 1.25


def slow_large(units: Sequence[str], tried: Mapping[str, Callable[[str], object]]) -> Iterator[Slow]:
    """Stages for which 1 MB of something costs more than 8 times 128 KB of it, or more than a seed's budget."""
    for name, stage in tried.items():
        work = partial(_within_budget, stage)
        for unit in units:
            small, large = (_seconds(work, hostile(unit, length)) for length in (_LARGE, _LARGE * _TIMES))
            ratio = large / max(small, _TINY)
            if large > SECONDS * _NOISE or (large > _ENOUGH and ratio > _TIMES * _NOISE and large < SECONDS):
                yield Slow(f"1 MB, {name}", unit, _LARGE * _TIMES, large, ratio)


def _within_budget(stage: Callable[[str], object], text: str) -> object:
    """One step of one seed, as a build does it."""
    return attempt("a.md", lambda: stage(text))
