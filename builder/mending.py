"""Slips that editors make in YAML, mended line by line: a front matter or a file of curation as it should be."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import yaml

_KEY_LINE = re.compile(r"""(["']?)([^\W\d][^\n:=："'#{}\[\]]{0,40}?)\1[ \t]*[:：][ \t]*(.*)""")
_OPEN = {"[": "]", "{": "}"}
_QUOTES = "\"'"
_ESCAPE = re.compile(r'\\(["\\/])')


def mended(text: str, is_key: Callable[[str], bool], *, nested: bool = False) -> tuple[str, dict[int, str]]:
    """Write full-width colons, tabs and values that YAML would take for something else as YAML wants them.

    Args:
        text: The inside of a front matter, or a file, that is no YAML.
        is_key: Whether a name after a tab is known as a key of the outermost level.
        nested: Whether keys may stand inside others.

    Returns:
        It with every such line put right, and those lines by their numbers from 0. Whether it is YAML now is not known.
    """
    lines = text.split("\n")
    right = {number: new for number, line in enumerate(lines) if (new := _line(line, is_key, nested=nested)) != line}
    return "\n".join(right.get(number, line) for number, line in enumerate(lines)), right


def _line(line: str, is_key: Callable[[str], bool], *, nested: bool) -> str:
    bare = line.lstrip(" \t")
    indent = line[: len(line) - len(bare)]
    key = _KEY_LINE.match(bare)
    if "\t" in indent:
        indent = "" if key and is_key(key[2]) else indent.replace("\t", "  ")
    return indent + (_key_line(key) if key and (nested or not indent) else bare)


def _key_line(key: re.Match[str]) -> str:
    """The line as it is where YAML reads it as one key; else with a colon and a space, and the value quoted at need."""
    if _is_pair(key[0]):
        return key[0]
    value = key[3].strip()
    plain = f"{key[2]}: {value}".rstrip()
    if _is_pair(plain) or _goes_on(value):
        return plain
    bare = unquoted(value)
    return f"{key[2]}: {bare}" if bare != value and _is_pair(f"{key[2]}: {bare}") else f"{key[2]}: {_quoted(bare)}"


def _is_pair(line: str) -> bool:
    try:
        loaded = yaml.load(line, Loader=yaml.CBaseLoader)  # noqa: S506  # the base loader builds text, lists, mappings only
    except (yaml.YAMLError, RecursionError):
        return False
    return isinstance(loaded, dict) and len(loaded) == 1


def _goes_on(value: str) -> bool:
    """Whether a value may end on a later line: a bracket or a quote that is open."""
    if value[:1] in _OPEN:
        return _OPEN[value[0]] not in value
    return value[:1] in {'"', "'"} and value.count(value[0]) % 2 == 1


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'" if '"' in value else json.dumps(value, ensure_ascii=False)


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
