"""Dates as official documents write them: 2019年5月13日, 二〇一九年五月十三日, 中華民國一一五年三月."""

from __future__ import annotations

import re
from datetime import date

from builder.documents.lines import squeeze, unfold_width
from builder.numerals import value_of
from builder.patterns import pattern

# Whatever keyboards have that looks like 〇: circles, the letter O (Latin, Cyrillic, full width), the digit 0.
_ZEROS = "〇○◯ОOoＯ0０"
_YEAR = rf"(?:\d{{4}}|[一二三四五六七八九零{_ZEROS}]{{4}})"
_ERA = r"(?:中[华華])?民[国國]"
_ERA_YEAR = r"(?:\d{2,3}|[一二三四五六七八九〇零○十]{2,4})"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
DATE = pattern(rf"(?:{_ERA}(?P<era>{_ERA_YEAR})|(?P<year>{_YEAR}))年(?P<month>{_SMALL})月(?P<day>{_SMALL})日")
DAY = re.sub(r"\?P<\w+>", "", DATE.pattern)
MONTH = pattern(rf"(?:{_ERA}(?P<era>{_ERA_YEAR})|(?P<year>{_YEAR}))年(?P<month>{_SMALL})月")
_DOTTED = pattern(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-./](?P<month>\d{1,2})[-./](?P<day>\d\d(?=\d\d:\d\d)|\d{1,2}(?!\d))")
_COMPACT = pattern(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_FIRST_YEAR_OF_ERA = 1911


def iso_date(text: str) -> str:
    """The first date of a text as ``YYYY-MM-DD``; an empty text where it has no valid one."""
    squeezed = unfold_width(squeeze(text))
    found = DATE.search(squeezed) or _DOTTED.search(text) or _COMPACT.fullmatch(squeezed)
    if not found:
        return ""
    try:
        return date(_year(found), _value(found["month"]), _value(found["day"])).isoformat()
    except ValueError:
        return ""


def iso_month(text: str) -> str:
    """The month that a text is: ``YYYY-MM``, or an empty text where it is none."""
    found = MONTH.fullmatch(squeeze(text))
    month = _value(found["month"]) if found else 0
    return f"{_year(found):04d}-{month:02d}" if found and 0 < month <= _MONTHS else ""


def _year(found: re.Match[str]) -> int:
    groups = found.groupdict()
    return _value(groups["era"]) + _FIRST_YEAR_OF_ERA if groups.get("era") else _value(groups["year"])


def _value(text: str) -> int:
    return (value_of(text) if text.isdecimal() else value_of(text.translate(_ZERO))) or 0


_ZERO = str.maketrans(_ZEROS, "〇" * len(_ZEROS))
_MONTHS = 12
