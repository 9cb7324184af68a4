"""Selects the characters and phrases that the archive's texts need for conversion, and writes the browsers' file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from operator import add
from typing import Any

import msgspec

from builder.cache import Store
from builder.conversion.tables import LONGEST, PhraseTable, convert, load
from builder.data import load_data

_RUN = re.compile("[\u2e80-\u2fef\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
"""Ideographs that stand together; no phrase reaches over anything else."""


class Needed(msgspec.Struct, frozen=True, array_like=True):
    """What some texts need."""

    characters: str = ""  # Every ideograph in them that has another form, each once
    phrases: tuple[str, ...] = ("", "")  # For each direction, phrases with a space between them


_prepared: list[PhraseTable] = []


def prepare(store: Store) -> None:
    """Read the tables, once, before the processes that share the work are forked."""
    if not _prepared:
        _prepared.extend(load(store))


def needed(text: str) -> Needed:
    """What a text needs; ``prepare`` has been called.

    Whatever other texts need besides makes no difference to this one: all phrases are OpenCC's own, and of this text
    those are taken that come out otherwise than their characters, those that keep such a phrase from being found where
    OpenCC does not find it, and, backwards from each, those without which something longer might swallow its beginning.
    """
    runs = set(_RUN.findall(text))
    phrases = tuple(" ".join(sorted({each for run in runs for each in _phrases(table, run)})) for table in _prepared)
    characters = set("".join(runs)) & _changing()
    return Needed("".join(sorted(characters)), phrases)


@cache
def _changing() -> frozenset[str]:
    """Every ideograph that one of the tables changes."""
    return frozenset().union(*(table.changing for table in _prepared))


def _phrases(table: PhraseTable, run: str) -> Iterable[str]:
    begins, end = table.beginnings, len(run)
    if begins.keys().isdisjoint(map(add, run, run[1:])):  # most runs; this is quickly seen
        return ()
    hits = [
        start
        for start in range(end - 1)
        if (lengths := begins.get(run[start : start + 2]))
        and any(start + n <= end and run[start : start + n] in table.special for n in lengths)
    ]
    if not hits:
        return ()
    found = [table.at(run, start) for start in range(end)]
    segments, covering = _segments(found)
    waiting, kept = [covering[start] for start in hits], set[int]()
    while waiting:
        start = waiting.pop()
        if start not in kept and segments[start] > 1:
            kept.add(start)
            before = range(max(0, start - LONGEST), start)
            waiting += [covering[place] for place in before if any(place + n > start for n in found[place])]
    return [run[start : start + segments[start]] for start in kept]


def _segments(found: list[list[int]]) -> tuple[dict[int, int], list[int]]:
    """Length of the longest phrase, or 1, at each place that OpenCC comes to, and which of these covers each place."""
    segments: dict[int, int] = {}
    covering: list[int] = []
    while len(covering) < len(found):
        start = len(covering)
        segments[start] = max(found[start], default=1)
        covering += [start] * segments[start]
    return segments, covering


def together(texts: Iterable[Needed]) -> Needed:
    """What several texts need."""
    characters: set[str] = set()
    phrases: list[set[str]] = [set() for _ in _prepared]
    for each in texts:
        characters.update(each.characters)
        for own, more in zip(phrases, each.phrases, strict=True):
            own.update(more.split())
    return Needed("".join(sorted(characters)), tuple(" ".join(sorted(own)) for own in phrases))


def dictionary(texts: Needed) -> bytes:
    """The file for browsers: for each script of origin the language of the result, characters, phrases and marks.

    JSON; characters and marks stand in pairs, phrases in pairs of words.
    """
    characters = set(texts.characters)
    content = {
        table.direction.other: _part(table, characters, set(own.split()))
        for table, own in zip(_prepared, texts.phrases, strict=True)
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _part(table: PhraseTable, characters: set[str], phrases: set[str]) -> dict[str, Any]:
    single = convert(characters, table.direction.configuration) if characters else {}
    whole = convert(phrases, table.direction.configuration) if phrases else {}
    return {
        "lang": table.direction.lang,
        "characters": "".join(_pairs(single)),
        "phrases": " ".join(f"{text} {new}" for text, new in whole.items()),
        "marks": load_data("conversion/marks.yml", dict[str, str])[table.direction.other],
    }


def _pairs(single: dict[str, str]) -> Iterator[str]:
    return (text + new for text, new in single.items() if text != new)
