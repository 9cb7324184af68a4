"""What scanning and conversion do to a plan: marks, brackets, spaces, page cuts on the grid of GB/T 9704-2012."""

from __future__ import annotations

import re
from random import Random

from plan_samples import Sample

_LINE, _PAGE, _INDENT = 28, 22, 2
_NEVER_FIRST = "，。；：、）》”！？"


def damaged_text(sample: Sample, random: Random) -> str:
    """A plan after scanning.

    Args:
        sample: A clean plan.
        random: Where chance comes from.
    """
    pieces: list[str] = []
    lines = _PAGE if random.random() < 0.5 else random.randint(0, 5)
    page = 1
    for kind, text in sample.lines:
        if kind in {"front", "title"}:
            pieces.append(_spaced_out(text) if kind == "title" and random.random() < 0.5 else text)
            continue
        shown = _brackets(text, random)
        if kind == "heading":
            pieces.append(_marked(shown, random))
            lines += 1
            continue
        for part, ends_page in _cut(shown, lines % _PAGE):
            pieces.append(_spaces(part, random))
            lines += _lines_of(part)
            if ends_page:
                pieces.extend(_page_end(page, random))
                page, lines = page + 1, 0
    return "".join(piece + "\n" * random.choice([2, 2, 2, 3, 4]) for piece in pieces)


def grid_lines(text: str, indent: int) -> list[str]:
    """A paragraph in lines of 28; a mark that may not begin a line stays on the line before."""
    lines, current, room = [], "", _LINE - indent
    for character in text:
        if len(current) >= room and character not in _NEVER_FIRST:
            lines.append(current)
            current, room = "", _LINE
        current += character
    return [*lines, current]


def _cut(text: str, filled: int) -> list[tuple[str, bool]]:
    """A paragraph in the parts that pages make of it; each with whether a page ends behind it."""
    lines = grid_lines(text, _INDENT)
    parts: list[tuple[str, bool]] = []
    room = _PAGE - filled
    while len(lines) > room:
        parts.append(("".join(lines[:room]), True))
        lines, room = lines[room:], _PAGE
    return [*parts, ("".join(lines), False)]


def _lines_of(part: str) -> int:
    return len(grid_lines(part, _INDENT))


def _page_end(page: int, random: Random) -> list[str]:
    marks = []
    if random.random() < 0.25:
        marks.append(f"![](images/{random.getrandbits(64):016x}.jpg)")
    if random.random() < 0.7:
        marks.append(random.choice([f"— {page} —", f"- {page} -", f"－{page}－", f"第 {page} 页"]))
    if random.random() < 0.15:
        marks.append("---")
    return marks


def _marked(text: str, random: Random) -> str:
    if random.random() < 0.25:
        text = f"**{text}**"
    return f"{'#' * random.randint(1, 6)} {text}" if random.random() < 0.75 else text


def _brackets(text: str, random: Random) -> str:
    chance = random.random()
    if chance < 0.15:
        return re.sub(r"^（(.{1,3})）", r"(\1)", text)
    if chance < 0.25:
        return re.sub(r"^（(.{1,3})）", r"（\1)", text)
    return text


def _spaces(text: str, random: Random) -> str:
    if random.random() < 0.3:
        text = re.sub(r"^(\d+\.)", r"\1 ", text)
    if random.random() < 0.2:
        text = re.sub(r"(\d+)(?=年)", r" \1 ", text)
    if random.random() < 0.1 and len(text) > 60:
        middle = len(text) // 2
        text = text[:middle] + "  \n" + text[middle:]
    return text


def _spaced_out(text: str) -> str:
    return " ".join(text)
