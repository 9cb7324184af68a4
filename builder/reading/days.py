"""The calendar day at the beginning of a text, in every shape that crawlers and newsrooms write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import cache

from builder.patterns import pattern
from builder.reading.words import alternatives, words

_DIGITS = str.maketrans("〇零○元一二三四五六七八九", "0001123456789")
_SPELLED = pattern(r"[〇零○一二三四五六七八九十百元]{1,9}(?=\s*[年月日號号])")
# "Mon Apr 12 19:37:14 2021" and "... GMT 2021": the year behind the clock.
_YEAR_LAST = pattern(r"([A-Za-z]{3,9} +\d{1,2}) +(\d{2}:\d{2}:\d{2}(?: +[A-Za-z]{1,5})?(?: +[+-]\d{4})?) +(\d{4})\Z")
_ZONE_FIRST = pattern(r"\b([A-Z]{3,4}) (\d{1,2}:\d{2})(?= |\Z)")
# "7:01AM BST 15 May 2013": the clock before the day; "22.34 BST": its parts set apart by a point.
_CLOCK_FIRST = pattern(r"(\d{1,2}:\d{2}\s?(?:[ap]\.?m\.?)?(?:\s?[A-Z]{2,4}\b)?)[\s,，|·-]{1,4}(?=\w)", re.IGNORECASE)
_POINTED = pattern(r"\b(\d{1,2})\.(\d{2})(?=\s?(?:[ap]\.?m\b|[A-Z]{3,4}\b))")
_LONGEST = 200
_AROUND = " \t\r\n\"'[]()（）【】<>"

_DATE = (
    r"(?:(?:\d{4}|(?:令和|平成|民国)(?:\d{1,3}|元))\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]\s?\d{1,2}(?:\s?[日号일]|\.(?!\d))?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}月\d{1,2}日"
    r"|(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.?,? \d{4}"
    r"|(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})"
)
_HALF = r"(?:上午|下午|凌晨|晚上|早上|中午|午前|午后|오전|오후|at )"
_CLOCK = (
    rf"(?:[ t,\-–—|·]{{0,20}}(?:(?:hkt|jst|kst|gmt|utc) )?{_HALF}?\s*"
    r"\d{1,2}(?:[:时시]\s?\d{2}[分분]?(?:[:.]\d{2}(?:\.\d+)?)?|(?=[ap]\.?m))(?:\s*[ap]\.?m\.?)?)"
)
_ZONE = r"\s{0,20}(?:z|gmt|utc|est|edt|pst|pdt|cst|bst|et|[+-]\d{2}:?\d{2})?"
_WEEKDAY = r"(?:\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?|\s*\((?:[月火水木金土日월화수목금토일]|[a-z]{3,9}\.?)\))?"
_BEFORE = r"(?:\d{1,2}[:.]\d{2} ?(?:[ap]\.?m\.?)? ?(?:gmt|utc|bst|est|edt|cst|pst|pdt|et|jst|kst|hkt)?,? (?:on )?)?"
WHEN = pattern(rf"{_BEFORE}{_DATE}{_WEEKDAY}{_CLOCK}?{_ZONE}(?:\s*\(?北京时间\)?)?")
"""A date, with its time and zone, anywhere in a folded line."""


def prepared(original: str) -> str:
    """The text of a date with full-width and spelled numbers as ASCII digits, without quotes, of bounded length."""
    text = unicodedata.normalize("NFKC", original[:_LONGEST]).strip(_AROUND)
    text = _ZONE_FIRST.sub(r"\2 \1", _SPELLED.sub(lambda match: _number(match[0]), text))
    text = _POINTED.sub(r"\1:\2", _YEAR_LAST.sub(r"\1 \3 \2", text))
    first = _CLOCK_FIRST.match(text)
    return f"{text[first.end() :]} {first[1]}" if first else text


def leading_day(text: str) -> tuple[date, str] | None:
    """The day at the head of a prepared text and what follows it; None where there is none in the calendar."""
    data = words().dates
    for shape, day_of in _shapes():
        match = shape.match(text)
        day = _calendar(day_of(match)) if match else None
        if match and day and data.earliest_year <= day.year <= data.latest_year:
            return day, text[match.end() :]
    return None


def is_ambiguous(original: str) -> bool:
    """Whether a date of numbers alone, its year last, could be read with day and month the other way round."""
    found = _NUMBERS_ALONE.match(prepared(original))
    if not found:
        return False
    return found[1] != found[2] and int(found[1]) <= _MONTHS and int(found[2]) <= _MONTHS


_NUMBERS_ALONE = pattern(r"0?(\d{1,2})\s*[-/.]\s*0?(\d{1,2})\s*[-/.]\s*\d{4}(?!\d)")
_MONTHS = 12


def _number(text: str) -> str:
    """Chinese numerals below 1000, digit by digit (二〇二一) or spelled out (二十五)."""
    if not set(text) & set("十百"):
        return text.translate(_DIGITS)
    hundreds, has_hundreds, rest = text.rpartition("百")
    tens, has_tens, ones = rest.rpartition("十")
    value = 100 * _digit(hundreds, 1) if has_hundreds else 0
    value += 10 * _digit(tens, 1) if has_tens else 0
    return str(value + _digit(ones, 0))


def _digit(text: str, absent: int) -> int:
    digits = text.translate(_DIGITS)
    return int(digits) if digits.isdecimal() else absent


def _calendar(parts: tuple[int, int, int]) -> date | None:
    try:
        return date(*parts)
    except ValueError:
        return None


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int, int]]], ...]:
    """Each shape with what makes year, month and day of it; the most specific first."""
    months = "|".join(f"{month[:3]}(?:{month[3:]}|t)?" for month in words().dates.months)
    era = rf"(?P<era>{alternatives(tuple(words().dates.eras))})"
    weekday = r"(?:[A-Za-z]{3,9}[.,，]?\s+)?"
    chinese = r"\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日号號일]?"
    parted = r"\s*(?P<by>[-/.])\s*(?P<month>\d{1,2})\s*(?P=by)\s*(?P<day>\d{1,2})(?!\d)"
    ordinal = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    named = rf"(?P<name>{months})\.?"
    shapes = (
        (rf"(?P<year>\d{{4}}){parted}", _written),
        (rf"(?P<year>\d{{4}}){chinese}", _written),
        (rf"{era}\s*(?P<year>\d{{1,3}}|元){chinese}", _counted),
        (rf"{era}\s*(?P<year>\d{{1,3}}){parted}", _counted),
        (rf"(?P<year>1\d{{2}}){chinese}", _counted),
        (rf"(?P<year>1\d{{2}}){parted}", _counted),
        (r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)", _written),
        (r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?=\d{4}(?:\d{2})?\b)", _written),
        (r"(?P<year>1\d{2}|\d{2})(?P<month>\d{2})(?P<day>\d{2})\Z", _counted),
        (r"(?P<day>\d{1,2})\s*(?P<by>[-/.])\s*(?P<month>\d{1,2})\s*(?P=by)\s*(?P<year>\d{4})(?!\d)", _day_first),
        (rf"{weekday}{ordinal}[\s\-]+{named},?[\s\-]+(?P<year>\d{{4}})(?!\d)", _named),
        (rf"{weekday}{named}\s+{ordinal},?\s+(?P<year>\d{{4}})(?!\d)", _named),
    )
    return tuple((pattern(shape, re.IGNORECASE), parts) for shape, parts in shapes)


def _written(match: re.Match[str]) -> tuple[int, int, int]:
    return int(match["year"]), int(match["month"]), int(match["day"])


def _counted(match: re.Match[str]) -> tuple[int, int, int]:
    """Years of an era; of the Republic where none is named."""
    eras = words().dates.eras
    before = eras[match.groupdict().get("era") or next(iter(eras))]
    return before + int(match["year"].replace("元", "1")), int(match["month"]), int(match["day"])


def _day_first(match: re.Match[str]) -> tuple[int, int, int]:
    """Day before month, unless only the other order is in the calendar."""
    year, month, day = _written(match)
    return (year, month, day) if month <= 12 else (year, day, month)  # noqa: PLR2004  # months of a year


def _named(match: re.Match[str]) -> tuple[int, int, int]:
    starts = [month[:3] for month in words().dates.months]
    return int(match["year"]), starts.index(match["name"][:3].lower()) + 1, int(match["day"])
