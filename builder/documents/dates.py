"""Dates as official documents write them: 2019年5月13日 or 二〇一九年五月十三日."""

from __future__ import annotations

import re
from datetime import date

from builder.documents.lines import squeeze
from builder.documents.numerals import value_of

_YEAR = r"(?:\d{4}|[一二三四五六七八九〇零○]{4})"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
DATE = re.compile(rf"(?P<year>{_YEAR})年(?P<month>{_SMALL})月(?P<day>{_SMALL})日")


def iso_date(text: str) -> str:
    """The first date of a text.

    Args:
        text: May hold white space between the characters.

    Returns:
        ``YYYY-MM-DD``, or an empty text where there is no valid date.
    """
    found = DATE.search(squeeze(text))
    if not found:
        return ""
    year, month, day = (value_of(found[name].replace("○", "〇")) or 0 for name in ("year", "month", "day"))
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
