"""Dates as readers see them."""

from __future__ import annotations

from datetime import timedelta, timezone

from builder.model.post import Published

_CHARACTERS_PER_MINUTE = 400
"""Silent reading of Chinese prose: between 300 and 500 characters a minute in the reading research."""


def shown(published: Published, zone: timezone | None = None) -> str:
    """The date with time and zone, as far as known.

    Args:
        published: When the article was published, as its page states it.
        zone: The readers' zone of time with its name; None leaves every time as stated.

    Returns:
        ``2023-01-11 15:04 北京时间`` in the readers' zone, else ``2023-01-11 07:04 UTC``, or the day with
        the time that is stated without a zone, if any.
    """
    instant = published.instant
    if instant is None:
        return f"{published.iso} {published.clock[:5]}".rstrip()
    if zone:
        instant = instant.astimezone(zone)
        return f"{instant:%Y-%m-%d %H:%M} {instant.tzname()}"
    return f"{instant:%Y-%m-%d %H:%M} {_zone(instant.utcoffset() or timedelta())}"


def reading_minutes(characters: int) -> int:
    """How long a text takes to read, in whole minutes, at least one."""
    return max(1, round(characters / _CHARACTERS_PER_MINUTE))


def _zone(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}{f':{rest:02}' if rest else ''}"
