"""The rules that repair a text: each finds its places, none knows the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from builder.documents.spacing import SPACED_OUT
from builder.model.plan import Edit
from builder.patterns import pattern


def find_edits(text: str, curated: Iterable[tuple[str, str, str]] = (), keep_until: int = 0) -> tuple[Edit, ...]:
    """All repairs of a text, none over another, in order.

    Args:
        text: One paragraph or heading, joined.
        curated: Before, after and why of an editor's repairs; the caller has seen that each stands only once.
        keep_until: Offset before which spaces stay: those behind a number.
    """
    edits: list[Edit] = []
    for before, after, why in curated:
        start = text.find(before)
        if start >= 0:
            edits.append(_shrunk(Edit("curated", start, start + len(before), after, why), before))
    for rule in _RULES:
        taken = [(edit.start, edit.end) for edit in edits]
        kept_until = keep_until if rule is _stray_spaces else 0
        edits.extend(edit for edit in rule(text) if edit.start >= kept_until and _is_free(edit, taken))
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


def _spaced_characters(text: str) -> Iterator[Edit]:
    for found in SPACED_OUT.finditer(text):
        yield Edit("spaced-characters", found.start(), found.end(), "".join(found.group().split()))


def _english_and(text: str) -> Iterator[Edit]:
    for found in _AND.finditer(text):
        yield Edit("english-and", found.start(), found.end(), "和")


def _stray_spaces(text: str) -> Iterator[Edit]:
    for found in _STRAY.finditer(text):
        yield Edit("stray-space", found.start(), found.end(), "")


def _half_width(text: str) -> Iterator[Edit]:
    for shape in (_BRACKETS, _MIXED_BRACKETS, _POINTS):
        for found in shape.finditer(text):
            for offset, character in enumerate(found.group(), found.start()):
                if character in _FULL:
                    yield Edit("half-width", offset, offset + 1, _FULL[character])


_RULES: tuple[Callable[[str], Iterator[Edit]], ...] = (_spaced_characters, _english_and, _stray_spaces, _half_width)
_FULL = {"(": "（", ")": "）", ",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_CHINESE = r"[\u3400-\u9fff〇]"
_WIDE = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…·〇]"
_AND = pattern(rf"(?<={_CHINESE})\s*\band\b\s*(?={_CHINESE})", re.IGNORECASE | re.ASCII)
_STRAY = pattern(rf"(?<={_WIDE})\s+(?=\S)|(?<=\S)(?<!\s)\s+(?={_WIDE})")
_BRACKETS = pattern(rf"\((?=[^()（）]{{0,60}}{_CHINESE})[^()（）]{{1,80}}\)")
_MIXED_BRACKETS = pattern(r"\([^()（）]{1,80}）|（[^()（）]{1,80}\)")
_POINTS = pattern(rf"(?<={_CHINESE})[,;:?!](?={_CHINESE}|$)")
