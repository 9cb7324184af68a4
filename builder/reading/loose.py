"""Front matter that its own language refuses, read key by key."""

from __future__ import annotations

import re
from collections.abc import Mapping

from builder.mending import unquoted
from builder.patterns import pattern

_KEY_LINE = pattern(r"""["']?([^\W\d][^\n:=："'#{}\[\]]{0,40}?)["']?[ \t]*(?:[:：]|=(?!=))[ \t]*(.*)""")
_ITEM_LINE = pattern(r"[ \t]*-[ \t]+(.*)")
_INLINE_LIST = pattern(r"\[(.*)\]", re.DOTALL)


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
