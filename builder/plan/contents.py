"""Tells a table of contents from the text that it lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.plan.lines import Unit, squeeze
from builder.plan.numbering import Marker, read_marker


@dataclass(frozen=True, slots=True)
class _Listed:
    index: int
    marker: Marker
    title: str


def split_contents(units: tuple[Unit, ...]) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """Take the table of contents out.

    Args:
        units: The whole text.

    Returns:
        The units without it, and the units of the table, possibly none.
    """
    start = _heading_of_contents(units)
    end = _end_of_contents(units, start) if start is not None else None
    if start is None or end is None:
        led = tuple(unit for unit in units if _LEADER.search(unit.text))
        return tuple(unit for unit in units if not _LEADER.search(unit.text)), led
    return units[:start] + units[end:], units[start:end]


def _heading_of_contents(units: tuple[Unit, ...]) -> int | None:
    for index, unit in enumerate(units):
        if unit.squeezed in {"目录", "目次"}:
            return index
        if unit.squeezed == "目" and index + 1 < len(units) and units[index + 1].squeezed in {"录", "次"}:
            return index
    return None


def _end_of_contents(units: tuple[Unit, ...], start: int) -> int | None:
    """Index behind the last listed line: the first listed heading comes again as the text's first heading."""
    listed = [
        _Listed(index, marker, _bare_title(marker.rest))
        for index in range(start + 1, len(units))
        if (marker := read_marker(units[index].text)) is not None
    ]
    if not listed:
        return None
    first = listed[0]
    again = next((other.index for other in listed[1:] if _same(first, other)), None)
    if again is None:
        return None
    last = max(index for index in range(start, again) if index == start or _looks_listed(units[index]))
    return last + 1


def _same(first: _Listed, other: _Listed) -> bool:
    if (first.marker.kind, first.marker.ordinal) != (other.marker.kind, other.marker.ordinal):
        return False
    return not first.title or other.title.startswith(first.title)


def _looks_listed(unit: Unit) -> bool:
    text = unit.squeezed
    return bool(_LEADER.search(text) or text in {"录", "次"} or text.isdecimal()) or (
        read_marker(unit.text) is not None and not text.endswith(("。", "；"))
    )


def _bare_title(rest: str) -> str:
    return _TAIL.sub("", squeeze(rest))


_LEADER = re.compile(r"[.．·…]{6}|…{3}|(?:\. ){5}")
_TAIL = re.compile(r"[.．·…\-—－]*[\d]*[\-—－]*$")
