"""Puts together what a web page's markup tore apart: numbers, units and brackets on lines of their own."""

from __future__ import annotations

import re

from builder.plan.lines import Unit, join_units
from builder.plan.numbering import read_marker
from builder.plan.words import words


def mend_fragments(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Join scraps to their neighbours where a text is full of them; other texts come back unchanged.

    Args:
        units: One per physical line.

    Returns:
        Units whose numbers stand within their sentences again.
    """
    scraps = sum(1 for unit in units if _SCRAP.fullmatch(unit.text))
    if scraps < _FEWEST or scraps < _SHARE * len(units):
        return units
    mended: list[Unit] = []
    last = ""
    for unit in units:
        if mended and unit.gap == 0 and _belongs(mended[-1], last, unit):
            mended[-1] = join_units(mended[-1], unit)
        else:
            mended.append(unit)
        last = unit.text
    return tuple(mended)


def _belongs(before: Unit, last: str, unit: Unit) -> bool:
    """Whether a unit goes on the line of the one before, whose last scrap is ``last``."""
    text = unit.text
    if before.text.endswith(_OPEN_END) or text.startswith(_CLOSING):
        return True
    if text.startswith(("年", "月", "日")) and before.text[-1:].isdigit():
        return True
    if before.text.endswith(_STOPS) or _is_heading(before.text) or _is_heading(text) or text.startswith(_labels()):
        return False
    return bool(_SCRAP.fullmatch(last)) != bool(_SCRAP.fullmatch(text))


def _labels() -> tuple[str, ...]:
    return words().annex_labels


def _is_heading(text: str) -> bool:
    marker = read_marker(text)
    return marker is not None and marker.kind in {"comma", "bracket"} and bool(marker.rest) and "，" not in marker.rest


# Measured on a page crawled as plain text, where 235 of 428 lines were scraps; an ordinary plan has none or a few.
_FEWEST = 12
_SHARE = 0.12
_SCRAP = re.compile(r"[\d\s.,:：/％%~～—\-－+×A-Za-z＜＞<>≤≥=°（）()〔〕\[\]．；;，、。]{1,24}")
_OPEN_END = ("（", "(", "〔", "《", "“", "、", "，", "/")
_CLOSING = ("）", ")", "〕", "》", "”", "，", "。", "；", "：", "、", "．", "%", "％", "/")
_STOPS = ("。", "；", "！", "？", "：")
