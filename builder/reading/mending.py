"""Slips in YAML that editors make, mended line by line: the front matter as its lines should be written."""

from __future__ import annotations

import json
import re

import yaml

from builder.reading.loose import unquoted
from builder.reading.words import meanings, plain_key

_KEY_LINE = re.compile(r"""(["']?)([^\W\d][^\n:=："'#{}\[\]]{0,40}?)\1[ \t]*[:：][ \t]*(.*)""")
_OPEN = {"[": "]", "{": "}"}


def mended(text: str) -> tuple[str, dict[int, str]]:
    """Write full-width colons, tabs and values that YAML would take for something else as YAML wants them.

    Args:
        text: The inside of a front matter that is no YAML.

    Returns:
        It with every such line put right, and those lines by their numbers from 0. Whether it is YAML now is not known.
    """
    lines = text.split("\n")
    right = {number: new for number, line in enumerate(lines) if (new := _line(line)) != line}
    return "\n".join(right.get(number, line) for number, line in enumerate(lines)), right


def _line(line: str) -> str:
    bare = line.lstrip(" \t")
    indent = line[: len(line) - len(bare)]
    key = _KEY_LINE.match(bare)
    if "\t" in indent:
        known = key is not None and plain_key(key[2]) in meanings()
        indent = "" if known else indent.replace("\t", "  ")
    return indent + (_key_line(key) if key and not indent else bare)


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
