"""Recognises official numbering at the start of a text: 一、 （一） 1. （1） and 第…编/章/节/条."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from builder.documents.lines import squeeze, unfold_width
from builder.documents.numerals import NUMERAL, value_of

MarkerKind = Literal["part", "chapter", "section", "article", "comma", "bracket", "arabic", "arabic-bracket"]

# GB/T 9704-2012, 7.3.3: 一、（一）1.（1）. Laws (立法法 第六十五条): 编、章、节、条.
LEVELS: dict[MarkerKind, int] = {
    "part": 1,
    "chapter": 2,
    "section": 3,
    "article": 4,
    "comma": 1,
    "bracket": 2,
    "arabic": 3,
    "arabic-bracket": 4,
}
CONTAINERS: tuple[MarkerKind, ...] = ("part", "chapter", "section", "article")


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the start of a text.

    Attributes:
        kind: Which numbering it belongs to.
        ordinal: Its value.
        number: As printed, without the 、, brackets full-width, no white space.
        rest: The text behind it.
    """

    kind: MarkerKind
    ordinal: int
    number: str
    rest: str


def read_marker(text: str) -> Marker | None:
    """The number that a text begins with, or None."""
    found = _MARKER.match(text)
    if not found:
        return None
    kind = found.lastgroup
    for name, shape in _SHAPES:
        if kind == name:
            return shape(found)
    return None


def _container(found: re.Match[str]) -> Marker | None:
    ordinal = value_of(squeeze(found["ordinal"]))
    rest = text_after(found)
    if ordinal is None:
        return None
    number = squeeze(found["container"])
    return Marker(_CONTAINER_KINDS[found["unit"]], ordinal, number, rest)


def _comma(found: re.Match[str]) -> Marker | None:
    digits = squeeze(found["comma_digits"])
    ordinal = value_of(digits)
    return None if not ordinal else Marker("comma", ordinal, digits, text_after(found))


def _bracket(found: re.Match[str]) -> Marker | None:
    digits = squeeze(found["bracket_digits"])
    ordinal = value_of(digits)
    return None if not ordinal else Marker("bracket", ordinal, f"（{digits}）", text_after(found))


def _arabic(found: re.Match[str]) -> Marker | None:
    digits = unfold_width(squeeze(found["arabic_digits"]))
    number = digits if found["arabic_stop"] == "、" else f"{digits}."
    return Marker("arabic", int(digits), number, text_after(found)) if int(digits) else None


def _arabic_bracket(found: re.Match[str]) -> Marker | None:
    digits = unfold_width(squeeze(found["arabic_bracket_digits"]))
    return Marker("arabic-bracket", int(digits), f"（{digits}）", text_after(found)) if int(digits) else None


def text_after(found: re.Match[str]) -> str:
    """What stands behind a match, without white space in front."""
    return found.string[found.end() :].strip()


_CONTAINER_KINDS: dict[str, MarkerKind] = {
    "编": "part",
    "篇": "part",
    "部分": "part",
    "章": "chapter",
    "节": "section",
    "条": "article",
}
_SHAPES = (
    ("container", _container),
    ("comma", _comma),
    ("bracket", _bracket),
    ("arabic", _arabic),
    ("arabic_bracket", _arabic_bracket),
)
_SPACED = rf"[{NUMERAL}](?:[ \t\u3000]?[{NUMERAL}]){{0,6}}"
_MARKER = re.compile(
    rf"(?P<container>第[ \t\u3000]?(?P<ordinal>{_SPACED}|\d{{1,4}})[ \t\u3000]?(?P<unit>编|篇|部分|章|节|条)"
    rf"(?:之[一二三四五六七八九十]{{1,2}}(?![\u4e00-\u9fff]))?)[：:]?"
    rf"|(?P<comma>(?P<comma_digits>{_SPACED})[ \t\u3000]?[、．.])(?![{NUMERAL}]、)"
    rf"|(?P<bracket>[（(][ \t\u3000]?(?P<bracket_digits>{_SPACED})[ \t\u3000]?[）)])"
    r"|(?P<arabic>(?P<arabic_digits>\d{1,3})[ \t\u3000]?(?P<arabic_stop>[.．、]))(?!\d)"
    r"|(?P<arabic_bracket>[（(][ \t\u3000]?(?P<arabic_bracket_digits>\d{1,3})[ \t\u3000]?[）)])"
)
