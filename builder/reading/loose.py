"""Front matter that its own language refuses, read key by key."""

from __future__ import annotations

import re
from collections.abc import Mapping

_KEY_LINE = re.compile(r"""["']?([^\W\d][^\n:=："'#{}\[\]]{0,40}?)["']?[ \t]*(?:[:：]|=(?!=))[ \t]*(.*)""")
_ITEM_LINE = re.compile(r"[ \t]*-[ \t]+(.*)")
_INLINE_LIST = re.compile(r"\[(.*)\]", re.DOTALL)
_QUOTES = "\"'"
_ESCAPE = re.compile(r'\\(["\\/])')


def read_loosely(text: str) -> Mapping[str, object]:
    """Take ``key: value`` lines, lists below a key and in brackets, and lines that continue a value.

    Args:
        text: The inside of a front matter.

    Returns:
        Keys with text or lists of text; the first of two equal keys counts.
    """
    found: dict[str, list[str]] = {}
    lists: dict[str, list[str]] = {}
    key = ""
    for line in text.split("\n"):
        if not line.strip() or line.startswith("#"):
            continue
        match = _KEY_LINE.match(line)
        item = _ITEM_LINE.match(line)
        if match:
            key = "" if match[1].strip() in found else match[1].strip()
            found.update({key: [match[2]]} if key else {})
        elif item and key:
            lists.setdefault(key, []).append(unquoted(item[1]))
        elif key:
            found[key].append(line.strip())
    return {name: _value(" ".join(parts), lists.get(name)) for name, parts in found.items()}


def _value(text: str, items: list[str] | None) -> object:
    if items and not text.strip():
        return items
    inline = _INLINE_LIST.fullmatch(text.strip())
    if inline:
        return [unquoted(part) for part in inline[1].split(",") if part.strip()]
    return unquoted(text)


def unquoted(text: str) -> str:
    """A scalar without the quotes round it, however many there are, and without backslashes before quotes in it."""
    text = text.strip()
    while len(text) > 1 and text[0] == text[-1] and text[0] in _QUOTES:
        run = _run(text)
        if not run:
            break
        text = text[run:-run].strip()
    return _ESCAPE.sub(r"\1", text)


def _run(text: str) -> int:
    """How many quotes stand on both sides; 0 where the outermost pair does not belong together."""
    quote = text[0]
    before = len(text) - len(text.lstrip(quote))
    after = len(text) - len(text.rstrip(quote))
    if before == len(text):
        return len(text) // 2
    return before if before == after else min(before, after, 1)
