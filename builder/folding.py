"""Folds text one character to one character, so that matching ignores script and form and offsets stay put."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

import opencc

from builder.patterns import pattern


def fold(text: str) -> str:
    """Fold Traditional to Simplified, compatibility forms and full-width forms to plain ones, and case.

    The length stays: ``fold(text)[i]`` is the folded ``text[i]``. Folding twice changes nothing.
    """
    return text.translate(_TABLE)


def letters(text: str) -> str:
    """A text's letters and digits, folded: by them names and titles are compared."""
    return letters_in(fold(text))


def letters_in(folded: str) -> str:
    """The letters and digits of a text that is folded already."""
    return _SIGNS.sub("", folded)


_SIGNS = pattern(r"[\W_]+")


class _Table(dict[int, int]):
    """Folds each character on first sight and remembers it."""

    def __missing__(self, code: int) -> int:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


_TABLE = _Table()


@cache
def _simplifier() -> opencc.OpenCC:
    """OpenCC's character and phrase tables, loaded on first use."""
    return opencc.OpenCC("t2s")


def _fold_character(character: str) -> int:
    """Apply the folds until nothing changes; a fold that would change the length is left out."""
    folded = character
    for _ in range(_MOST_STEPS):
        before = folded
        for step in (_compatible, str.lower, _simplified):
            candidate = step(folded)
            folded = candidate if len(candidate) == 1 else folded
        if folded == before:
            break
    return ord(folded)


def _compatible(character: str) -> str:
    return unicodedata.normalize("NFKC", character)


def _simplified(character: str) -> str:
    if character in _common():
        return _common()[character]
    return _simplifier().convert(character) if ord(character) >= _FIRST_CJK else character


@cache
def _common() -> Mapping[str, str]:
    """The ideographs that texts are written in."""
    return simplified(map(chr, range(*_UNIFIED_IDEOGRAPHS)))


def simplified(characters: Iterable[str]) -> dict[str, str]:
    """The Simplified form of each of many characters, in one go: one by one takes ten times as long."""
    each = list(characters)
    return dict(zip(each, _simplifier().convert("\n".join(each)).split("\n"), strict=True))


_FIRST_CJK = 0x2E80
_UNIFIED_IDEOGRAPHS = (0x4E00, 0xA000)
_MOST_STEPS = 4
