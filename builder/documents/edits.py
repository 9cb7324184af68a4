"""The rules that repair a text: each finds its places, none knows the others; white space that OCR strews in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from builder.documents.lines import squeeze
from builder.model.plan import Edit
from builder.patterns import pattern


def find_edits(text: str, curated: Iterable[tuple[str, str, str]] = (), keep_until: int = 0) -> tuple[Edit, ...]:
    """All repairs of a paragraph or heading, none over another, in order.

    Editors' (before, after, why; each stands only once) go first. Spaces before the offset ``keep_until`` stay.
    """
    edits: list[Edit] = []
    for before, after, why in curated:
        start = text.find(before)
        if start >= 0:
            edits.append(_shrunk(Edit("curated", start, start + len(before), after, why), before))
    for found in _found(text, keep_until):
        taken = [(edit.start, edit.end) for edit in edits]
        edits += [edit for edit in found if _is_free(edit, taken)]
    return tuple(sorted(edits, key=lambda edit: edit.start))


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with its repairs."""
    pieces, position = [], 0
    for edit in edits:
        pieces += [text[position : edit.start], edit.after]
        position = edit.end
    return "".join((*pieces, text[position:]))


def _shrunk(edit: Edit, before: str) -> Edit:
    """A curated repair without the context that it repeats, so that other rules may work beside it."""
    lead = next((i for i, (a, b) in enumerate(zip(before, edit.after, strict=False)) if a != b), None)
    lead = min(len(before), len(edit.after)) if lead is None else lead
    return Edit(edit.rule, edit.start + lead, edit.end, edit.after[lead:], edit.why)


def _is_free(edit: Edit, taken: list[tuple[int, int]]) -> bool:
    return all(edit.end <= start or edit.start >= end for start, end in taken)


def _found(text: str, keep_until: int) -> Iterator[list[Edit]]:
    """The edits of each rule, one rule after the other."""
    for name, shape, after in _RULES:
        start = keep_until if name == "stray-space" else 0
        edits = (Edit(name, found.start(), found.end(), after(found.group())) for found in shape.finditer(text))
        yield [edit for edit in edits if edit.start >= start]
    yield [
        Edit("half-width", offset, offset + 1, _FULL[character])
        for shape in (_BRACKETS, _MIXED_BRACKETS, _POINTS)
        for found in shape.finditer(text)
        for offset, character in enumerate(found.group(), found.start())
        if character in _FULL
    ]


def close_spaced(text: str) -> str:
    """Close runs of three or more single Chinese characters that stand apart: of 省厅 文件 杭 州 市, the last three."""
    return _SPACED_OUT.sub(lambda found: squeeze(found.group()), text)


_FULL = {"(": "（", ")": "）", ",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_CHINESE = r"[\u3400-\u9fff〇]"
_WIDE = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…·〇]"
_AND = pattern(rf"(?<={_CHINESE})\s*\band\b\s*(?={_CHINESE})", re.IGNORECASE | re.ASCII)
_STRAY = pattern(rf"(?<={_WIDE})(?<!\s)\s++(?=\S)|(?<=\S)(?<!\s)\s+(?={_WIDE})")
_BRACKETS = pattern(rf"\((?=[^()（）]{{0,60}}{_CHINESE})[^()（）]{{1,80}}\)")
_MIXED_BRACKETS = pattern(r"\([^()（）]{1,80}）|（[^()（）]{1,80}\)")
_POINTS = pattern(rf"(?<={_CHINESE})[,;:?!](?={_CHINESE}|$)")
_SIGN = r"[\u3400-\u9fff〇“”《》（）〔〕、，。；：]"
_SPACED_OUT = pattern(rf"(?<![^\s]){_SIGN}(?:\s+{_SIGN}){{2,}}(?![^\s])")
_RULES: tuple[tuple[str, re.Pattern[str], Callable[[str], str]], ...] = (
    ("spaced-characters", _SPACED_OUT, squeeze),
    ("english-and", _AND, lambda _: "和"),
    ("stray-space", _STRAY, lambda _: ""),
)
