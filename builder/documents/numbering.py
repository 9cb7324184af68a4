"""Recognises official numbering at the start of a text: 壹、 一、 （一） 1. （1） 1.1 and 第…编/章/节/条."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from builder.documents.lines import squeeze, unfold_width
from builder.numerals import GREAT, NUMERAL, numeral_of, value_of
from builder.patterns import pattern

MarkerKind = Literal[
    "part", "subpart", "chapter", "section", "article",
    "great", "comma", "bracket", "arabic", "arabic-bracket", "half-bracket", "decimal",
]  # fmt: skip

# GB/T 9704-2012, 7.3.3: 一、（一）1.（1）. Laws (立法法 第六十五条): 编、分编、章、节、条; 分编 stand within 编.
LEVELS: dict[MarkerKind, int] = {
    "part": 1, "subpart": 1, "chapter": 2, "section": 3, "article": 4, "great": 1, "comma": 1, "bracket": 2,
    "arabic": 3, "arabic-bracket": 4, "half-bracket": 5, "decimal": 2,
}  # fmt: skip
CONTAINERS: tuple[MarkerKind, ...] = ("part", "subpart", "chapter", "section", "article")


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the start of a text."""

    kind: MarkerKind  # Which numbering it belongs to
    ordinal: int  # Its value
    number: str  # As printed, without the 、, brackets full-width, no white space
    rest: str  # The text behind it
    spaced: bool = False  # Whether white space stands between the two


def read_marker(text: str) -> Marker | None:
    """The number that a text begins with, or None."""
    if text[:1] in _ENCLOSED:
        marker = read_marker(unicodedata.normalize("NFKC", text[0]) + text[1:])
        return replace(marker, number=text[0]) if marker else None
    found = _MARKER.match(text)
    if not found:
        return None
    name = found.lastgroup or ""
    if name == "container":
        return _container(found)
    kind, shape = _SHAPES[name]
    digits = unfold_width(squeeze(found[f"{name}_digits"]))
    ordinal = value_of(digits.rpartition(".")[2])
    number = digits if name == "arabic" and found["arabic_stop"] == "、" else shape.format(digits)
    return Marker(kind, ordinal, number, _behind(found)) if ordinal else None


def read_glued(text: str) -> Marker | None:
    """The whole number that nothing parts from its title (1总则); only documents numbered by decimals have it."""
    return read_marker(_GLUED.sub(r"\g<0> ", text)) if _GLUED.match(text) else None


def numbers_before(marker: Marker, count: int) -> list[str]:
    """As many numbers as come right before one, written like it; one of several parts (1.2) counts by its last."""
    return [
        _DIGITS.sub(partial(_written, value), marker.number) for value in range(marker.ordinal - count, marker.ordinal)
    ]


def _written(value: int, digits: re.Match[str]) -> str:
    return str(value) if digits[0].isdecimal() else numeral_of(value)


def _container(found: re.Match[str]) -> Marker | None:
    ordinal = value_of(squeeze(found["ordinal"]))
    rest = _behind(found)
    if ordinal is None:
        return None
    number = squeeze(found["container"])
    spaced = found.string[found.end() : found.end() + 1].isspace()
    return Marker(_CONTAINER_KINDS[found["unit"]], ordinal, number, rest, spaced)


def _behind(found: re.Match[str]) -> str:
    """What stands behind a match, without white space in front."""
    return found.string[found.end() :].strip()


_CONTAINER_KINDS: dict[str, MarkerKind] = {
    "编": "part", "編": "part", "篇": "part", "部分": "part", "分编": "subpart", "分編": "subpart", "章": "chapter",
    "节": "section", "節": "section", "条": "article", "條": "article",
}  # fmt: skip
_DIGITS = pattern(rf"[{NUMERAL}{GREAT}]+|\d+(?=\D*$)")
_SHAPES: dict[str, tuple[MarkerKind, str]] = {
    "great": ("great", "{}"), "comma": ("comma", "{}"), "bracket": ("bracket", "（{}）"), "arabic": ("arabic", "{}."),
    "arabic_bracket": ("arabic-bracket", "（{}）"), "half_bracket": ("half-bracket", "{}）"),
    "decimal": ("decimal", "{}"), "whole": ("decimal", "{}"),
}  # fmt: skip
"""By the groups of the pattern below: the kind, and how its number is printed.

A whole number without a stop (1 总则) is used only by documents numbered by decimals.
"""
# ㈠ … ㈩, ⑴ … ⒇ and ⒈ … ⒛: one character for bracket or stop and number (Unicode, Enclosed Alphanumerics and CJK).
_ENCLOSED = frozenset(map(chr, (*range(0x3220, 0x322A), *range(0x2474, 0x249C))))
_GLUED = pattern(r"[1-9]\d?(?=[一-鿿]{2,20}$)")
_NO_UNIT = r"(?![万亿元个家倍千百年月日米吨人])"
_SPACED = rf"[{NUMERAL}](?:[ \t\u3000]?[{NUMERAL}]){{0,6}}"
_MARKER = pattern(
    rf"(?P<container>第[ \t\u3000]?(?P<ordinal>{_SPACED}|\d{{1,4}})[ \t\u3000]?"
    rf"(?P<unit>分编|分編|编|編|篇|部分|章|节|節|条|條)"
    rf"(?:[ \t\u3000]?之[一二三四五六七八九十\d]{{1,2}}(?![\u4e00-\u9fff]))?)[：:]?"
    rf"|(?P<great>(?P<great_digits>[{GREAT}]{{1,3}})[ \t\u3000]?[、．.])"
    rf"|(?P<comma>(?P<comma_digits>{_SPACED})[ \t\u3000]?[、．.])(?![{NUMERAL}]、)"
    rf"|(?P<bracket>[（(][ \t\u3000]?(?P<bracket_digits>{_SPACED})[ \t\u3000]?[）)])"
    r"|(?P<arabic>(?P<arabic_digits>\d{1,3})[ \t\u3000]?(?P<arabic_stop>[.．、]))(?!\d(?![A-Z][一-鿿]))"
    r"|(?P<arabic_bracket>[（(][ \t\u3000]?(?P<arabic_bracket_digits>\d{1,3})[ \t\u3000]?[）)])"
    r"|(?P<half_bracket>(?P<half_bracket_digits>\d{1,2})[)）])"
    rf"|(?P<decimal>(?P<decimal_digits>[1-9]\d?(?:[.．][1-9]\d?){{1,4}})"
    rf"[.．、]?[ \t\u3000]{{0,4}}(?=[一-鿿“《Ⅰ-Ⅻ]|(?<=[ \t\u3000])[A-Za-z]){_NO_UNIT})"
    rf"|(?P<whole>(?P<whole_digits>[1-9]\d?)[ \t\u3000]{{1,4}}(?=[一-鿿]){_NO_UNIT})"
)
