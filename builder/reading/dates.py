"""When a post says it was published: an instant where its offset is said, else the day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache

from builder.model.post import Published
from builder.patterns import pattern
from builder.reading.days import leading_day, prepared
from builder.reading.words import alternatives, words

_CLOCK = pattern(
    r"(?:[T\s.,，\-–—|·()（）星期周週禮拜一二三四五六日天月火水木金土曜월화수목금토일요]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}(?![a-z])\.?|at\s)*?"
    r"(?:(?P<half>上午|下午|晚上|晚间|晚間|中午|凌晨|早上|清晨|午前|午後|午后|오전|오후|[ap]\.?m\.?)\s*)?"
    r"(?P<hour>\d{1,2})\s*(?:[:时時点點시]\s*(?P<minute>\d{1,2}))?"
    r"\s*(?:[:分분]\s*(?P<second>\d{1,2})(?P<fraction>[.,]\d{1,9})?)?[秒分초분]?"
    r"\s*(?P<after>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_COMPACT_CLOCK = pattern(r"(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?\b")
_ZONE = pattern(r"\s*\(?(?P<name>[A-Za-z]{1,5})?\s*(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?")
_EPOCH = pattern(r"(\d{10}|\d{13})(?:\.\d+)?\Z")
_AFTERNOON = pattern(r"下午|午後|午后|오후|晚|p", re.IGNORECASE)
_NOON = 12


def read_date(original: str) -> Published | None:
    """Read a date or an instant.

    Args:
        original: As the raw file writes it.

    Returns:
        The instant where the text gives a time with its offset, else the day, and the time apart; None where it gives
        no day at all. An offset is never invented.
    """
    text = prepared(original)
    epoch = _EPOCH.match(text)
    if epoch:
        digits = epoch[1]
        moment = from_milliseconds(digits if len(digits) == len("1595491203000") else digits + "000")
        return Published(original.strip(), iso_instant(moment)) if moment else None
    place, text = _place(text)
    found = leading_day(text)
    if not found:
        return None
    day, rest = found
    instant, clock = _time_on(day, rest, place)
    return Published(original.strip(), instant or day.isoformat(), "" if instant else clock)


def day_of_address(address: str | None) -> Published | None:
    """The day in an address's path: ``/2019/11/25/``, ``/2019-11/25/``, ``/2019/1125/``, ``t20191125_``."""
    path = (address or "").partition("//")[2].partition("/")[2]
    days = (read_date("-".join(match.group(1, 2, 3))) for match in _ADDRESS_DAY.finditer(path))
    return next((day for day in days if day), None)


_PART = r"((?<=/)\d{1,2}(?=/)|\d\d)"
_ADDRESS_DAY = pattern(rf"(?<!\d)(20\d\d)[/_.-]?{_PART}[/_.-]?{_PART}(?=\D|\d{{6}}(?!\d)|\Z)")


def from_milliseconds(text: str) -> datetime | None:
    """The instant that a count of milliseconds since 1970 stands for; None where it is no year of this archive."""
    try:
        instant = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(text))
    except (ValueError, OverflowError):
        return None
    return instant if instant.year <= words().dates.latest_year else None


def iso_instant(instant: datetime) -> str:
    """ISO 8601 with milliseconds only where there are any, and ``Z`` for UTC."""
    precision = "milliseconds" if instant.microsecond else "seconds"
    return instant.isoformat(timespec=precision).replace("+00:00", "Z")


def _place(text: str) -> tuple[int | None, str]:
    """The offset of a place whose time the text says it gives, and the text without the place."""
    match = _places().search(text)
    if not match:
        return None, text
    return words().dates.places[match[0]], text.replace(match[0], " ").strip(" :：,，")


@cache
def _places() -> re.Pattern[str]:
    return re.compile(alternatives(tuple(words().dates.places)))


def _time_on(day: date, rest: str, place: int | None) -> tuple[str, str]:
    """The instant of a day and the time behind it, and the time of day; each empty where it is not said."""
    match = _COMPACT_CLOCK.match(rest) or _CLOCK.match(rest)
    moment = _time(match) if match else None
    if match is None or moment is None:
        return "", ""
    seconds = match.groupdict().get("second") is not None
    clock = moment.isoformat(timespec="seconds" if seconds else "minutes")
    offset = _offset(rest[match.end() :])
    minutes = place if offset is None else offset
    if minutes is None:
        return "", clock
    try:
        return iso_instant(datetime.combine(day, moment, timezone(timedelta(minutes=minutes)))), clock
    except (ValueError, OverflowError):
        return "", clock


def _time(match: re.Match[str]) -> time | None:
    groups = match.groupdict()
    if groups["minute"] is None and not groups.get("after") and not groups.get("half"):
        return None
    hour = int(groups["hour"])
    half = groups.get("half") or groups.get("after") or ""
    if _AFTERNOON.match(half) and hour < _NOON:
        hour += _NOON
    elif half[:1].lower() == "a" and hour == _NOON:
        hour = 0
    fraction = (groups.get("fraction") or ".0")[1:7].ljust(6, "0")
    try:
        return time(hour, int(groups["minute"] or 0), int(groups["second"] or 0), int(fraction))
    except ValueError:
        return None


def _offset(text: str) -> int | None:
    """Minutes from UTC that a text behind a time names; None where it names none that is certain."""
    match = _ZONE.match(text)
    if match is None:
        return None
    zone = words().dates.zones.get((match["name"] or "").lower())
    if match["offset"] and (zone in {0, None}):
        sign = -1 if match["offset"][0] == "-" else 1
        digits = match["offset"][1:].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")  # noqa: PLR2004  # hh or hhmm
        return sign * (60 * int(hours) + int(minutes))
    return zone
