"""Dates as readers see them."""

from __future__ import annotations

from datetime import timedelta, timezone

from builder.model.post import Published

_PER_MINUTE = {"characters": 400, "words": 240}
"""Silent reading: Chinese prose between 300 and 500 characters a minute, English 238 words (Brysbaert 2019)."""
_WITHOUT_SPACES = ("zh", "ja", "th", "lo", "km", "my", "und")
"""Languages whose words no spaces part, and those unknown."""


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


def length(text: str, language: str) -> tuple[str, int, int]:
    """What a text is measured in, ``characters`` or ``words``, how many it has, and whole minutes to read it."""
    words = text.split()
    by_character = language.startswith(_WITHOUT_SPACES)
    unit, count = ("characters", sum(map(len, words))) if by_character else ("words", len(words))
    return unit, count, max(1, round(count / _PER_MINUTE[unit]))


def _zone(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}{f':{rest:02}' if rest else ''}"
