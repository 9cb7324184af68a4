"""HTML inside Markdown: a blank line inside an element does not end the element."""

from __future__ import annotations

import re

from builder.patterns import pattern

_NAMES = "div|article|section|main|center|figure|table|ul|ol|details|blockquote|pre|math"
_OPENS = pattern(rf" {{0,3}}<({_NAMES})\b", re.IGNORECASE)
_TAG = pattern(rf"<(/?)({_NAMES})\b[^<>]*?(/?)>", re.IGNORECASE)
_FENCE = pattern(r" {0,3}(?:```|~~~)")
_MARKDOWN_LINE = pattern(r" {0,3}(?:#{1,6} |[-*+] \S|\d{1,3}\. |> |!\[|\[[^\]]+\]\(|\*\*|\|.*\|)")
_COMMENT = "<!-- -->"
_MOST_UNCLOSED = 16  # each costs a look at the whole text; more of them are no HTML that could be mended


def close_islands(text: str) -> str:
    """Fill the blank lines inside HTML elements, so that CommonMark reads each element as one block.

    CommonMark ends an HTML block at the first blank line and reads the rest as Markdown, where indented HTML becomes
    code and signs in the text become markup. An element whose blank lines are followed by Markdown stays as it is.

    Args:
        text: Markdown.

    Returns:
        The same text, with a comment on each blank line that lies inside an element.
    """
    if "\n\n" not in text.replace(" ", "").replace("\t", "") or "<" not in text:
        return text
    lines = text.split("\n")
    number, never_closed, fenced = 0, 0, False
    while number < len(lines) and never_closed < _MOST_UNCLOSED:
        fenced ^= bool(_FENCE.match(lines[number]))
        end = number
        if not fenced and _OPENS.match(lines[number]):
            end = _island_end(lines, number)
            never_closed += end == len(lines)
        if number < end < len(lines) and not _holds_markdown(lines, number, end):
            lines[number:end] = [line if line.strip() else _COMMENT for line in lines[number:end]]
        number = (end if end < len(lines) else number) + 1
    return "\n".join(lines)


def _island_end(lines: list[str], start: int) -> int:
    """Number of the line on which the element opened in line ``start`` is closed; their count if it never is."""
    depth = 0
    for number in range(start, len(lines)):
        for closing, _name, empty in _TAG.findall(lines[number]):
            depth += 0 if empty else -1 if closing else 1
        if depth <= 0:
            return number
    return len(lines)


def _holds_markdown(lines: list[str], start: int, end: int) -> bool:
    """Whether a line after a blank one inside the element is written in Markdown."""
    return any(
        not lines[number - 1].strip() and _MARKDOWN_LINE.match(lines[number]) and "</" not in lines[number]
        for number in range(start + 1, end)
    )
