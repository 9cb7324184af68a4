"""Sentences and clauses of a paragraph; commas within brackets and quotations divide nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_OPENING = "“《（(「『"
_CLOSING = "”》）)」』"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas: its text, its place in the paragraph, and the number of its sentence."""

    text: str
    start: int
    end: int
    sentence: int


def split_clauses(text: str) -> Iterator[Clause]:
    """The clauses of a paragraph in order."""
    depth, start, sentence = 0, 0, 0
    for offset, character in enumerate(text):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif character in "。！？" or (depth == 0 and character in "，,；;：:"):
            if offset > start:
                yield Clause(text[start:offset], start, offset, sentence)
            start = offset + 1
            depth = 0 if character in "。！？" else depth
            sentence += character in "。！？；;"
    if start < len(text):
        yield Clause(text[start:], start, len(text), sentence)
