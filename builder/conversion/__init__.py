"""An article in the other Chinese script: characters and quotation marks change, the author's words do not."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import opencc
import yaml

OTHER: Mapping[str, str] = {"zh-Hans": "zh-Hant", "zh-Hant": "zh-Hans"}
"""The script an article can be switched to, by its own."""

# Script only, by phrase, after Taiwan's standard. The tables that also swap vocabulary (信息 for 資訊) would put words
# into the author's mouth, and a quotation taken from the switched page would not be found in the original.
_TABLES: Mapping[str, str] = {"zh-Hans": "s2tw", "zh-Hant": "tw2s"}
# White space as browsers' scripts and we can both name it; pages may wrap where the plain text does not.
WHITE_SPACE = re.compile("[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")
_APOSTROPHE = re.compile("(?<=[A-Za-z0-9])’")


@dataclass(frozen=True, slots=True)
class Converted:
    """A text in the other script, without white space.

    Attributes:
        text: Converted; where ``shifts`` is empty it is as long as the original.
        shifts: Places whose length changes: start and length in the original, length in ``text``; in order.
    """

    text: str
    shifts: tuple[tuple[int, int, int], ...]


def convert(text: str, language: str) -> Converted:
    """Rewrite a text in the other script.

    Args:
        text: One block a line; phrases never reach over a line's end.
        language: The text's own script, ``zh-Hans`` or ``zh-Hant``.

    Returns:
        The text, with what is needed to lay it over the original character by character.
    """
    parts: list[str] = []
    shifts: list[tuple[int, int, int]] = []
    position = 0
    for line in text.split("\n"):
        before = bare(line)
        after = bare(phrase(line, language))
        parts.append(after)
        if len(before) != len(after):
            shifts += [(position + start, old, new) for start, old, new in _shifts(before, after)]
        position += len(before)
    return Converted("".join(parts), tuple(shifts))


def phrase(line: str, language: str) -> str:
    """One line in the other script, white space kept."""
    converted = _converter(_TABLES[language]).convert(line)
    kept = _APOSTROPHE.sub("\x00", converted)
    return kept.translate(_marks(OTHER[language])).replace("\x00", "’")


def bare(text: str) -> str:
    """A text without white space."""
    return WHITE_SPACE.sub("", text)


def _shifts(before: str, after: str) -> Iterator[tuple[int, int, int]]:
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag != "equal" and end - start != new_end - new_start:
            yield start, end - start, new_end - new_start


@cache
def _converter(table: str) -> opencc.OpenCC:
    return opencc.OpenCC(table)


@cache
def _marks(language: str) -> Mapping[int, str]:
    data = yaml.safe_load(files("builder.conversion").joinpath("marks.yml").read_text(encoding="utf-8"))
    return str.maketrans(data["traditional" if language == "zh-Hant" else "simplified"])
