"""Plain text files: whether their lines are the author's or come from an editor's right margin."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

_SENTENCE_ENDS = tuple("。！？!?；;：:”」』…）)")
_FEWEST = 4  # lines that go on; fewer show no margin
_MOST_ENDING = 0.5  # share of lines that end a sentence: few of those that a margin breaks do
_RAGGED = 0.8  # of the widest line: a margin breaks near it, authors anywhere
_WIDE = frozenset("WF")


def is_wrapped(text: str) -> bool:
    """Whether the lines of a plain text were broken at a margin, so that their ends mean nothing.

    Args:
        text: The text below title and front matter.

    Returns:
        True where most lines that another follows directly run to nearly the same width and end in mid-sentence.
    """
    lines = list(_continued(text))
    if len(lines) < _FEWEST:
        return False
    widths = [sum(1 + (unicodedata.east_asian_width(character) in _WIDE) for character in line) for line in lines]
    ending = sum(line.endswith(_SENTENCE_ENDS) for line in lines)
    widest = max(widths)
    full = sum(width >= _RAGGED * widest for width in widths)
    return ending < _MOST_ENDING * len(lines) and full > _MOST_ENDING * len(lines)


def _continued(text: str) -> Iterator[str]:
    """Lines with another right below them."""
    lines = [line.strip() for line in text.split("\n")]
    for line, following in pairwise(lines):
        if line and following:
            yield line
