"""Automatic numbers of WordprocessingML (ECMA-376 part 1, 17.9): 第X条, 一、, 1.1 … are in no text of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from builder.numerals import numeral_of
from builder.patterns import pattern

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = frozenset(
    ["chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
     "japaneseCounting", "ideographTraditional", "chineseLegalSimplified"]
)  # fmt: skip
_DIGIT_BY_DIGIT = frozenset(["ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"])
_CYCLES = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}
_FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST = 9999
_HAN = pattern("[一-鿿]")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    start: int  # Its first number
    form: str  # ``numFmt``
    text: str  # ``lvlText``: ``第%1条``
    suffix: str  # What stands behind the number: ``tab``, ``space`` or ``nothing``
    restart: int | None  # After which level (1-based) it begins anew; 0 never, None after any higher one
    style: str | None  # The paragraph style that stands for the level
    legal: bool  # Whether numbers of higher levels are shown in decimals


@dataclass(slots=True)
class _List:
    """The levels of one abstract list, and how far each has counted."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """The number of a paragraph as Word shows it, with what parts it from the text; empty for a bullet."""

    text: str
    bullet: bool
    level: int


class Numbering:
    """Counts the numbered paragraphs of a document, in its order."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read ``numbering.xml``; None where the document has none."""
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, tuple[str, dict[int, int], dict[int, Level]]] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        self._overridden: set[tuple[str, int]] = set()
        if root is None:
            return
        linked = {}
        for abstract in root.iterchildren(f"{W}abstractNum"):
            identifier = abstract.get(f"{W}abstractNumId") or ""
            self._lists[identifier] = _List(dict(_levels(abstract)))
            linked[value(abstract, "styleLink")] = identifier
        for abstract in root.iterchildren(f"{W}abstractNum"):
            style = value(abstract, "numStyleLink")
            if style and style in linked:
                self._lists[abstract.get(f"{W}abstractNumId") or ""] = self._lists[linked[style]]
        for number in root.iterchildren(f"{W}num"):
            self._number(number)

    def _number(self, number: etree._Element) -> None:
        identifier, abstract = number.get(f"{W}numId") or "", value(number, "abstractNumId") or ""
        starts: dict[int, int] = {}
        levels: dict[int, Level] = {}
        for override in number.iterchildren(f"{W}lvlOverride"):
            level = integer(override.get(f"{W}ilvl"), 0)
            start = value(override, "startOverride")
            if start is not None:
                starts[level] = integer(start, 1)
            levels |= dict(_levels(override))
        self._numbers[identifier] = (abstract, starts, levels)
        for level, described in self._lists[abstract].levels.items() if abstract in self._lists else ():
            if described.style:
                self._by_style.setdefault(described.style, (identifier, level))

    def label(self, number: str | None, level: int | None, styles: tuple[str, ...]) -> Label | None:
        """Count one paragraph.

        Args:
            number: Its ``numId``, its own or its style's; None where neither has one.
            level: Its ``ilvl``; None where not said.
            styles: Identifiers of its style and of those that one is based on, nearest first.

        Returns:
            Its label; None where it has none.
        """
        if number is None:
            number, level = next((self._by_style[style] for style in styles if style in self._by_style), (None, None))
        elif level is None:
            level = next((self._by_style[style][1] for style in styles if style in self._by_style), 0)
        if number is None or number not in self._numbers:
            return None
        abstract, starts, own = self._numbers[number]
        counted = self._lists.get(abstract)
        level = level or 0
        levels = {**counted.levels, **own} if counted else {}
        if counted is None or level not in levels:
            return None
        if level in starts and (number, level) not in self._overridden:
            self._overridden.add((number, level))
            counted.counts[level] = starts[level] - 1
        _count(counted.counts, levels, level)
        if levels[level].form == "bullet":
            return Label("", bullet=True, level=level)
        return Label(_shown(counted.counts, levels, level), bullet=False, level=level)


def value(element: etree._Element | None, name: str) -> str | None:
    """``w:val`` of a child; None where there is none."""
    child = element.find(W + name) if element is not None else None
    return child.get(f"{W}val") if child is not None else None


def integer(text: str | None, otherwise: int) -> int:
    """A number of the file, bounded; the other one where it is none."""
    try:
        return max(0, min(_MOST, int(text or "")))
    except ValueError:
        return otherwise


def _levels(parent: etree._Element) -> list[tuple[int, Level]]:
    return [
        (
            integer(level.get(f"{W}ilvl"), 0),
            Level(
                start=integer(value(level, "start"), 1),
                form=value(level, "numFmt") or "decimal",
                text=value(level, "lvlText") or "",
                suffix=value(level, "suff") or "tab",
                restart=None if (restart := value(level, "lvlRestart")) is None else integer(restart, 0),
                style=value(level, "pStyle"),
                legal=level.find(f"{W}isLgl") is not None and value(level, "isLgl") not in {"0", "false"},
            ),
        )
        for level in parent.iterchildren(f"{W}lvl")
    ]


def _count(counts: dict[int, int], levels: Mapping[int, Level], level: int) -> None:
    """One more on this level; lower levels begin anew, unless theirs says otherwise."""
    counts[level] = counts.get(level, levels[level].start - 1) + 1
    for lower in [each for each in counts if each > level]:
        restart = levels[lower].restart if lower in levels else None
        if restart is None or (restart and level < restart):
            del counts[lower]


def _shown(counts: Mapping[int, int], levels: Mapping[int, Level], level: int) -> str:
    described = levels[level]

    def number(match: re.Match[str]) -> str:
        other = int(match[1]) - 1
        if other not in levels:
            return ""
        form = "decimal" if described.legal and other != level else levels[other].form
        return formatted(counts.get(other, levels[other].start), form)

    text = re.sub(r"%([1-9])", number, described.text)
    if described.suffix == "nothing" or not text.strip() or text[-1] == "、":
        return text
    return f"{text}\u3000" if _HAN.search(text) and text[-1] not in "．." else f"{text} "


def formatted(number: int, form: str) -> str:
    """A number in one of the formats of ``ST_NumberFormat``; decimal where we know none of that name."""
    if form in _CYCLES and number:
        return _CYCLES[form][(number - 1) % len(_CYCLES[form])]
    if form in _CHINESE:
        text = numeral_of(number) or "零"
        return text.translate(_FORMAL) if form == "chineseLegalSimplified" else text
    if form in _DIGIT_BY_DIGIT:
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
    if form in {"upperLetter", "lowerLetter"} and number:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in {"upperRoman", "lowerRoman"}:
        return roman(number).upper() if form == "upperRoman" else roman(number)
    return _decimal(number, form)


def _decimal(number: int, form: str) -> str:
    if form in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and 1 <= number <= 20:  # noqa: PLR2004  # ① … ⑳
        return chr(0x245F + number)
    if form == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    if form == "decimalZero":
        return f"{number:02d}"
    return "" if form == "none" else str(number)


def roman(number: int) -> str:
    """A number in Roman digits, lower case."""
    text = ""
    for worth, digits in _ROMAN:
        text += digits * (number // worth)
        number %= worth
    return text
