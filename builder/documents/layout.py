"""The page of GB/T 9704-2012 (5.2.3: 22 lines of 28 characters) and how a text ends a line on it."""

from __future__ import annotations

import math
import unicodedata
from functools import cache, lru_cache

LINE_WIDTH = 28
PAGE_LINES = 22
INDENT = 2


@lru_cache(maxsize=4096)
def width(text: str) -> float:
    """How many full-width columns a text takes, white space apart; a Latin letter or digit takes half of one."""
    return sum(_column(character) for character in text if not character.isspace())


def line_count(text: str, *, indent: int = INDENT) -> int:
    """How many lines a paragraph takes."""
    return max(1, math.ceil((width(text) + indent) / LINE_WIDTH - _ROUNDING))


def overhang(text: str, *, indent: int = INDENT) -> float:
    """How many columns a paragraph's last line stops short of the margin (negative) or runs over it (positive).

    Punctuation squeezed at margins shifts a line's end by a column or two, so that a full last line measures a little
    over a whole number of lines.
    """
    rest = (width(text) + indent) % LINE_WIDTH
    return rest if rest <= LINE_WIDTH / 2 else rest - LINE_WIDTH


@cache
def _column(character: str) -> float:
    return 0.5 if unicodedata.east_asian_width(character) in {"Na", "H", "N"} else 1.0


_ROUNDING = 1e-9
