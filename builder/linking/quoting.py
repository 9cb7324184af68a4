"""Words in a text: how often they are used, and the clause around one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def quote(original: str, folded: str, word: str) -> str:
    """The clause around a word's first occurrence, at most some thirty characters to each side."""
    start = folded.index(word)
    end = start + len(word)
    left = max(original.rfind(mark, 0, start) for mark in _STOPS) + 1
    rights = [place for mark in _STOPS if (place := original.find(mark, end)) >= 0]
    right = min(rights, default=len(original))
    lead = "…" if left < start - _REACH else ""
    tail = "…" if right > end + _REACH else ""
    return lead + original[max(left, start - _REACH) : min(right, end + _REACH)].strip() + tail


def count(text: str, words: Iterable[str]) -> int:
    """How often a text uses any of some words."""
    return sum(text.count(word) for word in words)


def outermost(words: Sequence[str]) -> list[str]:
    """Words of which none holds another: counted through the shorter one, nothing counts twice."""
    return [word for word in words if not any(other != word and other in word for other in words)]


_STOPS = "。；！？\n"
_REACH = 36
