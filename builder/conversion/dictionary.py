"""Selects the characters and phrases that the archive's texts need for conversion, and writes the browsers' file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import groupby
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

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
    lines = "\n".join({*_RUN.findall(text)}) + "\n"
    codes = np.frombuffer(lines.encode("utf-32-le"), "<u4")
    changing, beginning = _filters()
    places = beginning[_hashes(codes)].nonzero()[0].tolist()
    phrases = tuple(" ".join(sorted({*_phrases(table, lines, places)})) for table in _prepared)
    return Needed("".join(map(chr, sorted({*codes[changing[codes]].tolist()}))), phrases)


@cache
def _filters() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which code points one of the tables changes, and the hashes of characters that begin a special phrase of any."""
    changing, beginning = np.zeros(1 << _BITS, np.bool_), np.zeros(1 << _BITS, np.bool_)
    for table in _prepared:
        changing[[ord(character) for character in table.changing]] = True
        for pair in table.beginnings:
            beginning[_hashes(np.array([ord(character) for character in pair], np.uint32))] = True
    return changing, beginning


def _hashes(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """A number for each pair of neighbours."""
    hashes: NDArray[np.uint32] = (codes[:-1] * np.uint32(_SPREAD) ^ codes[1:]) & np.uint32((1 << _BITS) - 1)
    return hashes


_BITS, _SPREAD = 18, 0x9E35


def _phrases(table: PhraseTable, lines: str, places: Iterable[int]) -> Iterator[str]:
    """Phrases that lines need, given where such phrases may begin."""
    pairs = ((place, table.beginnings.get(lines[place : place + 2], ())) for place in places)
    hits = [place for place, lengths in pairs for n in lengths if lines[place : place + n] in table.special]
    for end, those in groupby(hits, partial(lines.find, "\n")):
        start = lines.rfind("\n", 0, end) + 1
        yield from _of_line(table, lines[start:end], [place - start for place in those])


def _of_line(table: PhraseTable, line: str, hits: Sequence[int]) -> Iterator[str]:
    lengths = [table.longest(line, start) for start in range(hits[-1] + 1)]
    covering: list[int] = []  # by each place the start of what OpenCC takes there
    while len(covering) < len(lengths):
        covering += [len(covering)] * lengths[len(covering)]
    waiting, kept = [covering[start] for start in hits], set[int]()
    while waiting:
        start = waiting.pop()
        if start not in kept and lengths[start] > 1:
            kept.add(start)
            before = range(max(0, start - LONGEST), start)
            waiting += [covering[place] for place in before if place + lengths[place] > start]
            yield line[start : start + lengths[start]]


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
