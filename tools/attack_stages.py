"""Every stage of a seed, fed with doubling hostile input, and with 1 MB of it."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import count

from attack_growth import ENOUGH, TINY, Shape, Slow, Work, least, seconds, slow
from markdown import Markdown

from builder import cleaning, markup, reading
from builder.archive.attempts import SECONDS, attempt
from builder.documents.judging import judge
from builder.documents.parsing import parse
from builder.markup.escapes import Escapes
from builder.model.post import Post, RawDocument
from builder.pages.bodies import page_body, with_anchors
from builder.parallel.mapping import let_garbage_go
from builder.publishing.raw_blocks import RawBlocks


def stages() -> dict[str, Work]:
    """What is done with a seed, stage by stage, and with a whole one."""

    def document(text: str, name: str = "a.md") -> RawDocument:
        found, _ = reading.decode_document(text.encode("utf-8", "replace"), name)
        return found or RawDocument(name, "0" * 64, len(text), "utf-8", text)

    def post(text: str, name: str = "a.md") -> Post:
        return reading.parse_post(document(text, name))

    def cleaned(text: str, name: str = "a.md") -> object:
        return cleaning.clean(post(text, name), {})

    front = "---\ntitle: 一个标题写得足够长\ndate: 2021-03-04\n---\n<p>第一段写得足够长，说明整改方案如何落实。</p>\n\n"
    found: dict[str, Work] = {
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
        "publish": lambda text: _published(f"<p>第一段。</p><p>{text}</p>"),
    }
    return {name: partial(_anew, work) for name, work in found.items()}


_NUMBERS = count()


def _anew(work: Work, text: str) -> object:
    """Each time another text: of the same one a parsed tree is kept."""
    return work(f"{text} {next(_NUMBERS)}")


def _published(html: str) -> str:
    """An article's body as MkDocs makes it, with what the program adds to it."""
    body = page_body(with_anchors(markup.render(html, "https://example.org/").markdown))
    return Markdown(extensions=["tables", "attr_list", "toc", Escapes(), RawBlocks()]).convert(str(body))


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def slow_stages(units: Sequence[str], longest: int, tried: Mapping[str, Work]) -> Iterator[Slow]:
    """Stages whose cost grows too fast on something."""
    for name, work in tried.items():
        yield from filter(None, (slow(name, work, Shape(unit), longest) for unit in units))


_LARGE = 1 << 17
_TIMES = 8
_NOISE, _STOPPED = 1.1, 1.25
_ROUNDS = 6


def slow_large(units: Sequence[str], tried: Mapping[str, Work]) -> Iterator[Slow]:
    """Stages for which 1 MB of something costs more than 8 times 128 KB of it, or more than a seed's budget."""
    let_garbage_go()  # as the processes do that clean seeds
    for name, stage in tried.items():
        yield from filter(None, (_slow_large(name, partial(_within_budget, stage), Shape(unit)) for unit in units))


def _slow_large(name: str, work: Work, shape: Shape) -> Slow | None:
    """Where one run seems to cost too much, it is set against eight over an eighth: other work slows both alike."""
    gc.collect()
    if _is_well(seconds(work, shape(_LARGE * _TIMES)), least(work, shape(_LARGE), 3) * _TIMES):
        return None
    one = eight = math.inf
    for _ in range(_ROUNDS):
        gc.collect()
        eight = min(eight, seconds(partial(_again, work, _TIMES), shape(_LARGE)))
        one = min(one, seconds(work, shape(_LARGE * _TIMES)))
        if _is_well(one, eight):
            return None
    return Slow(f"1 MB, {name}", str(shape), _LARGE * _TIMES, one, _TIMES * one / max(eight, TINY))


def _is_well(one: float, eight: float) -> bool:
    """A step that takes too long is stopped, a little late by this clock, which counts the system's work as well."""
    return one < SECONDS * _STOPPED and (one < ENOUGH or one <= eight * _NOISE)


def _again(work: Work, times: int, text: str) -> None:
    for _ in range(times):
        work(text)


def _within_budget(stage: Work, text: str) -> object:
    """One step of one seed, as a build does it."""
    return attempt("a.md", lambda: stage(text))
