"""Which characters are searched, and text as the index sees it: folded, without punctuation, offsets remembered.

Characters are of two kinds (``characters.yml``). *Joined* ones, Chinese above all, stand next to each other
whatever punctuation lies between them, so that 横向到边纵向到底 is found in “横向到边、纵向到底”. Characters of
*runs*, letters and digits, keep one gap where punctuation separates them, so that 20/20 is not 2020. Everything
else is punctuation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from builder.folding import fold

GAP = " "
_MARK = "\n"  # stands for a gap that stays; no text has it once it is folded and its punctuation gaps
SPACES = frozenset(" \t\n\v\f\r\u1680\u2028\u2029")  # what folding leaves of white space
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Characters:
    """The two kinds of characters as ranges of code points, ends included."""

    joined: tuple[Range, ...]
    run: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text as the index sees it.

    Attributes:
        plain: Folded, without punctuation.
        places: For each character of ``plain``, its offset in the original.
    """

    plain: str
    places: tuple[int, ...]


@cache
def characters() -> Characters:
    """Both kinds, from ``characters.yml``."""
    loaded = yaml.load(files(__package__).joinpath("characters.yml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # strings only
    kinds = {kind: tuple((int(first, 16), int(last, 16)) for first, last in ranges) for kind, ranges in loaded.items()}
    return Characters(kinds["joined"], kinds["run"])


@cache
def runs() -> re.Pattern[str]:
    """A stretch of characters of runs: a word."""
    return re.compile(f"[{_class(characters().run)}]+")


def plain(text: str) -> str:
    """The text folded, without punctuation."""
    return _kept_gap().sub(_MARK, text.translate(_SEARCHED)).replace(GAP, "").replace(_MARK, GAP)


class _Searched(dict[int, int]):
    """Characters folded, those that are punctuation then a gap; each is worked out on first sight and remembered."""

    def __missing__(self, code: int) -> int:
        folded = fold(chr(code))
        self[code] = ord(folded if _kind(folded) else GAP)
        return self[code]


_SEARCHED = _Searched()


@cache
def _kept_gap() -> re.Pattern[str]:
    """Punctuation between characters of runs; it begins with its first space, which is found faster than a class."""
    run = _class(characters().run)
    return re.compile(f"{GAP}(?<=[{run}]{GAP}){GAP}*(?=[{run}])")


@lru_cache(maxsize=256)
def located(text: str) -> Text:
    """The text folded, without punctuation, and where each character came from."""
    kept: list[str] = []
    places: list[int] = []
    before, gap = 0, False
    for place, character in enumerate(fold(text)):
        kind = _kind(character)
        if not kind:
            gap = True
            continue
        if gap and before == kind == _RUN:
            kept.append(GAP)
            places.append(place - 1)
        kept.append(character)
        places.append(place)
        before, gap = kind, False
    return Text("".join(kept), tuple(places))


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


@cache
def _kind(character: str) -> int:
    """0 for punctuation, else which kind."""
    code = ord(character)
    if any(first <= code <= last for first, last in characters().joined):
        return _JOINED
    return _RUN if any(first <= code <= last for first, last in characters().run) else 0


def _class(ranges: tuple[Range, ...]) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_JOINED, _RUN = 1, 2
