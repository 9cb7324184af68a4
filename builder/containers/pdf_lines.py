"""Characters of a PDF page with their positions to lines, in the order in which they are read."""

from __future__ import annotations

import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from builder.data import load_data

_SAME_ROW = 0.45
"""Of the size of type: how far apart the base lines of two characters of one line may lie; a raised number's does."""
_SAME_PLACE = 0.7
"""Of its width: how much of a character another one covers that was drawn over it, as for bold type."""
_WORD_GAP = 0.25
"""Of the size of type: the gap between two characters that is a space."""
_SPACED_GAP = 0.15
"""The same where the file has a space: Chinese lines are set wider to fill their measure, and no space is meant."""
_BOLD = 600
_RADICALS = range(0x2F00, 0x2FD6)
_COMPATIBILITY = range(0xF900, 0xFB00)
_SYMBOLS = range(0xF000, 0xF100)
"""Where symbol fonts have their signs: in running text, bullets."""
_PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))


@dataclass(frozen=True, slots=True)
class Character:
    """One character and where it stands, in points from the lower left corner; ``spaced`` is one behind a space."""

    text: str
    left: float
    right: float
    base: float
    size: float
    weight: int
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line, or a piece of one that a wide gap parts from the next; ``base`` is the height of its base line.

    A table or a picture is a line without text: ``block`` is its HTML, ``columns`` how many a table has.
    ``column`` is 1 or 2 where the page has two, 0 where the line goes over all of it.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    block: str = ""
    columns: int = 0
    column: int = 0


@dataclass(slots=True)
class Repairs:
    """What was mended on the way, and what could not be."""

    radicals: int = 0  # Radicals that stood for characters
    doubled: int = 0  # Characters that were drawn twice
    unknown: int = 0  # Characters that the font does not name
    total: int = 0  # All characters


def characters_of(rows: Iterable[Sequence[object]], repairs: Repairs) -> list[Character]:
    """The characters of a page, mended."""
    found: list[Character] = []
    spaced = False
    for text, left, right, base, size, weight in rows:
        where = (float(str(left)), float(str(right)), float(str(base)), max(float(str(size)), 1.0))
        if not str(text).strip():
            spaced = True
            continue
        new = Character(_mended(str(text), repairs), *where, int(str(weight)), spaced)
        spaced = False
        if any(_covers(old, new) for old in found[-2:]):
            repairs.doubled += 1
        else:
            found.append(new)
    return _placed(found)


def _placed(characters: list[Character]) -> list[Character]:
    """Characters with those put right whose place PDFium gets wrong, as of some Type 3 fonts: between their neighbours.

    No character is twice as wide as it is high; a run of such is spread over the gap that its neighbours leave.
    """
    placed = list(characters)
    wrong = [each.right - each.left > 2 * each.size for each in characters]
    start = 0
    while start < len(placed):
        end = start
        while end < len(placed) and wrong[end]:
            end += 1
        before, after = placed[start - 1 : start], placed[end : end + 1]
        if end > start and before and after and abs(before[0].base - after[0].base) < before[0].size * _SAME_ROW:
            step = (after[0].left - before[0].right) / (end - start)
            for place in range(start, end):
                left = before[0].right + step * (place - start)
                placed[place] = replace(placed[place], left=left, right=left + max(step, 1.0), base=before[0].base)
        start = end + 1
    return placed


def rows_of(characters: Sequence[Character]) -> list[list[Character]]:
    """Characters that stand on one height, from left to right; the rows from top to bottom."""
    rows: list[list[Character]] = []
    for each in sorted(characters, key=lambda one: (-one.base, one.left)):
        size = max(each.size, rows[-1][0].size) if rows else 0.0
        if rows and rows[-1][0].base - each.base < size * _SAME_ROW:
            rows[-1].append(each)
        else:
            rows.append([each])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def line_of(row: Sequence[Character]) -> TextLine:
    """A row as a line, with white space where words are parted."""
    text = row[0].text
    for before, each in pairwise(row):
        text += _space(before, each) + each.text
    sizes = Counter(round(each.size, 1) for each in row)
    return TextLine(
        text=" ".join(text.split()),
        left=row[0].left,
        right=max(each.right for each in row),
        base=statistics.median(each.base for each in row),
        size=sizes.most_common(1)[0][0],
        bold=statistics.median(each.weight for each in row) >= _BOLD,
    )


def _space(before: Character, each: Character) -> str:
    """White space between two characters: Latin words are parted by small gaps, Chinese ones only by wide ones."""
    gap = each.left - before.right
    narrow = is_latin(before.text) and is_latin(each.text)
    least = _SPACED_GAP if each.spaced else _WORD_GAP if narrow else 2 * _WORD_GAP
    return " " if gap > each.size * least else ""


def is_latin(text: str) -> bool:
    """Whether words of this character's script are parted by spaces."""
    return bool(text) and ord(text[0]) < 0x2E80 and not unicodedata.category(text[0]).startswith("Z")  # noqa: PLR2004


def _covers(old: Character, new: Character) -> bool:
    width = max(new.right - new.left, 0.1)
    common = min(old.right, new.right) - max(old.left, new.left)
    level = abs(old.base - new.base) < new.size * _SAME_ROW
    return old.text == new.text and level and common > width * _SAME_PLACE and bool(new.text.strip())


def _mended(text: str, repairs: Repairs) -> str:
    code = ord(text[0]) if text else 0
    repairs.total += 1
    if code in _SYMBOLS:
        return "•"
    if any(code in area for area in _PRIVATE) or code == 0xFFFD:  # noqa: PLR2004  # the replacement character
        repairs.unknown += 1
        return text
    plain = _radicals().get(text) or (
        unicodedata.normalize("NFKC", text) if code in _RADICALS or code in _COMPATIBILITY else text
    )
    repairs.radicals += plain != text
    return plain


@cache
def _radicals() -> dict[str, str]:
    return load_data("containers/repairs.yml", dict[str, dict[str, str]])["radicals"]
