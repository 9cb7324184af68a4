"""Metadata that contradicts itself: said on the page and in the check, never hidden and never repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from builder.model.post import Published
from builder.patterns import pattern
from builder.problems import Problem
from builder.reading.addresses import Addresses
from builder.reading.dates import from_milliseconds, iso_instant
from builder.reading.titles import is_punctuation
from builder.reading.words import words

_NAMED_UTC = pattern(r"\b(?:GMT|UTC?)\s*$", re.IGNORECASE)
_PATH_DAY = pattern(r"(?<!\d)((?:19|20)\d\d)([/\-_.]?)(\d\d)\2(\d\d)(?!\d)")
_TEXT_DAY = pattern(r"(?<![\d月])(?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})日")
_ADDRESS = pattern(r"""https?://[^\s"'<>)]{4,500}""")
_WITHOUT_SCHEME = pattern(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?:/\S{0,500})?", re.IGNORECASE)
_MOST_EVIDENCE = 400


def doubts_about_address(path: str, addresses: Addresses, written: str) -> Iterator[Problem]:
    """No address at all, one written without its scheme, or only a mirror's."""
    if addresses.original is None and addresses.carrier is None:
        bare = _WITHOUT_SCHEME.fullmatch(written)
        yield Problem("url-without-scheme", path, values={"url": written}) if bare else Problem("no-url", path)
    elif addresses.original is None:
        yield Problem("only-mirror-url", path, values={"url": addresses.carrier or ""})


def doubts_about_title(path: str, title: str, *, guessed: str | None) -> Iterator[Problem]:
    """No headline, one without a word, or one that stands elsewhere, by the code that ``guessed`` gives."""
    if not title:
        yield Problem("no-title", path)
    elif is_punctuation(title):
        yield Problem("title-is-punctuation", path, values={"title": title})
    elif guessed:
        yield Problem(guessed, path, values={"title": title})


def doubts_about_date(path: str, published: Published | None, marker: str | None, evidence: str) -> Iterator[Problem]:
    """A mark of time far from the date, and a "GMT" that pictures or text contradict.

    Args:
        path: Names the file.
        published: What was read.
        marker: The crawler's mark of time in milliseconds, as digits.
        evidence: Front matter and body, in which addresses and days are looked for.
    """
    if published is None:
        return
    instant = published.instant
    marked = from_milliseconds(marker) if marker else None
    if marked and _apart(published, marked) > timedelta(seconds=words().limits.marker_apart_seconds):
        values = {"date": published.original, "marker": iso_instant(marked)}
        yield Problem("date-marker-apart", path, values=values)
    if instant and not instant.utcoffset() and _NAMED_UTC.search(published.original):
        contradicting = _evidence_against(instant, evidence)
        if contradicting:
            yield Problem("gmt-doubtful", path, values={"date": published.original, "evidence": contradicting})


def _apart(published: Published, marked: datetime) -> timedelta:
    """How far the mark lies from the date; from a bare day, to its nearest end in any time zone."""
    if published.instant:
        return abs(published.instant - marked)
    day = datetime.combine(published.day, datetime.min.time(), UTC)
    if day - timedelta(hours=14) <= marked <= day + timedelta(hours=36):
        return timedelta()
    return abs(day - marked)


def _evidence_against(instant: datetime, evidence: str) -> str:
    """The newest picture or day in the text, where it is of the day as written and readers' clocks had passed that."""
    utc_day = instant.date()
    local_day = (instant + timedelta(minutes=words().dates.local_offset)).date()
    if local_day == utc_day:
        return ""
    days = [*_days_of_addresses(evidence), *_days_of_text(evidence, local_day)]
    newest = max((day for day, _ in days if day <= local_day), default=None)
    return next((text for day, text in days if day == newest), "") if newest == utc_day else ""


def _days_of_addresses(evidence: str) -> Iterator[tuple[date, str]]:
    for _, address in zip(range(_MOST_EVIDENCE), _ADDRESS.finditer(evidence), strict=False):
        for match in _PATH_DAY.finditer(address[0]):
            day = _day(int(match[1]), int(match[3]), int(match[4]))
            if day:
                yield day, address[0]


def _days_of_text(evidence: str, near: date) -> Iterator[tuple[date, str]]:
    for _, match in zip(range(_MOST_EVIDENCE), _TEXT_DAY.finditer(evidence), strict=False):
        day = _day(int(match[1] or near.year), int(match[2]), int(match[3]))
        if day:
            yield day, match[0]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
