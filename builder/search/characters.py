"""Which characters are searched, and text as the index sees it: folded, without punctuation, offsets remembered.

Characters are of two kinds (``characters.yml``). *Joined* ones, Chinese above all, stand next to each other
whatever punctuation lies between them, so that 横向到边纵向到底 is found in “横向到边、纵向到底”. Characters of
*runs*, letters and digits, keep one gap where punctuation separates them, so that 20/20 is not 2020. Everything
else is punctuation.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import yaml

from builder.folding import fold

GAP = " "
_GAP_CODE, _CODES = ord(GAP), "utf-32-le"
JOINED, RUN = 1, 2
SPACES = frozenset(" \t\n\v\f\r\u1680\u2028\u2029")  # what folding leaves of white space
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A text as the index sees it."""

    plain: str  # Folded, without punctuation
    places: tuple[int, ...]  # For each character of ``plain``, its offset in the original


@cache
def characters() -> dict[str, tuple[Range, ...]]:
    """Ranges of code points, ends included, of the ``joined`` and of the ``run`` kind, from ``characters.yml``."""
    loaded = yaml.load(files(__package__).joinpath("characters.yml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # strings only
    return {kind: tuple((int(first, 16), int(last, 16)) for first, last in ranges) for kind, ranges in loaded.items()}


@cache
def runs() -> re.Pattern[str]:
    """A stretch of characters of runs: a word."""
    ranges = "".join(f"{chr(first)}-{chr(last)}" for first, last in characters()["run"])
    return re.compile(f"[{ranges}]+")


def plain(text: str) -> str:
    """The text folded, without punctuation."""
    return decoded(reduced(text)[0])


def reduced(text: str) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """Code points of the text folded, without punctuation, and for each its offset in the original."""
    found = searched(text)
    is_kept = found != _GAP_CODE
    places = np.flatnonzero(is_kept)
    is_run = kinds()[found[places]] == RUN
    gaps = np.flatnonzero((np.diff(places) > 1) & is_run[1:] & is_run[:-1])
    is_kept[places[gaps] + 1] = True
    return found[is_kept], np.flatnonzero(is_kept)


def decoded(codes: npt.NDArray[np.unsignedinteger]) -> str:
    """Text of code points."""
    return str(codes.astype(np.uint32).tobytes(), _CODES)


def searched(text: str) -> npt.NDArray[np.uint32]:
    """Code points folded, those of punctuation as gaps; each is worked out on first sight and remembered."""
    codes, table = np.frombuffer(text.encode(_CODES), np.uint32), _table()
    found = table[codes]
    if not found.all():
        for code in np.unique(codes[found == 0]).tolist():
            folded = fold(chr(code))
            table[code] = ord(folded if _kind(folded) else GAP)
        found = table[codes]
    return found


@cache
def _table() -> npt.NDArray[np.uint32]:
    return np.zeros(sys.maxunicode + 1, np.uint32)


@cache
def kinds() -> npt.NDArray[np.uint8]:
    """Kind by code point: 0 for punctuation."""
    table = np.zeros(sys.maxunicode + 1, np.uint8)
    for kind, ranges in ((JOINED, characters()["joined"]), (RUN, characters()["run"])):
        for first, last in ranges:
            table[first : last + 1] = kind
    return table


@cache
def usual() -> npt.NDArray[np.bool_]:
    """By code point, whether it is one of the 3,755 characters of the first level of GB/T 2312."""
    rows, cells = range(0xB0, 0xD8), range(0xA1, 0xFF)
    level = bytes(code for row in rows for cell in cells for code in (row, cell)).decode("gb2312", "ignore")
    table = np.zeros(sys.maxunicode + 1, np.bool_)
    table[list(map(ord, level))] = True
    return table


@lru_cache(maxsize=256)
def located(text: str) -> Text:
    """The text folded, without punctuation, and where each character came from."""
    codes, places = reduced(text)
    return Text(decoded(codes), tuple(places.tolist()))


@lru_cache(maxsize=256)
def verbatim(text: str) -> Text:
    """The text folded with its punctuation, white space as single spaces, and where each character came from."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(fold(text)):
        if character not in SPACES:
            kept.append(character)
            places.append(place)
        elif kept and kept[-1] != GAP:
            kept.append(GAP)
            places.append(place)
    return Text("".join(kept), tuple(places))


def _kind(character: str) -> int:
    return int(kinds()[ord(character)])
