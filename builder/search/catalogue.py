"""``root.gz`` and ``records.gz``: what is read before, and what after, the first results.

The root says how the index is laid out and how to read a query: the segments with their sizes, which records have more
than one unit, the fold map, the topics' labels, the outlets' names and how many records each has. The records have one
column a field, in the order of their slots: what filters, counts and sorting by date need.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from builder.model.search import SearchNames, SearchStub
from builder.search.characters import characters
from builder.search.foldmap import fold_map
from builder.search.packing import pack_json, steps
from builder.search.units import day_of

FORMAT = 5
ROOT, RECORDS = "root.gz", "records.gz"
_SCRIPTS = ("zh-Hans", "zh-Hant")


class IndexSegment(NamedTuple):
    """A part of the index with lists and texts of its own.

    Attributes:
        name: Of its folder.
        version: Changes with anything in it; asked for with every file, so that no old copy is taken for a new one.
        shards: How many there are.
        units: How many each record has, in the order of their slots.
        alphabet: Every folded character in it.
        words: Of the archive's own, with how often they stand there.
        names: Pairs of a full name and a short one, as the texts give them.
        paths: Of its files.
    """

    name: str
    version: str
    shards: int
    units: Mapping[str, int]
    alphabet: str
    words: Mapping[str, int]
    names: Sequence[tuple[str, str]]
    paths: Sequence[str]


def write_root(
    segments: Sequence[IndexSegment],
    stubs: Sequence[SearchStub],
    names: SearchNames,
    versions: Mapping[str, str],
    examples: Sequence[str],
) -> bytes:
    """Pack the root.

    Args:
        segments: In the order of their slots.
        stubs: Of all records.
        names: Labels of topics.
        versions: Of other files, by name.
        examples: Words to show how to search.
    """
    units = [units for segment in segments for units in segment.units.values()]
    long = [(slot, count) for slot, count in zip(accumulate([0, *units]), units, strict=False) if count > 1]
    sources = Counter(stub.source for stub in stubs if stub.source)
    content = {
        "format": FORMAT,
        **characters(),
        "fold": fold_map({character for segment in segments for character in segment.alphabet}),
        "segments": [[one.name, one.version, sum(one.units.values()), one.shards] for one in segments],
        "units": sum(units),
        "long": steps(slot for slot, _ in long),
        "lengths": [count for _, count in long],
        "topics": dict(names.topics),
        "sources": dict(sorted(sources.items(), key=lambda item: (-item[1], item[0]))),
        "versions": dict(versions),
        "examples": list(examples),
        "newest": max((stub.date[:4] for stub in stubs), default=""),
    }
    return pack_json(content)


def write_records(segments: Sequence[IndexSegment], stubs: Sequence[SearchStub]) -> bytes:
    """Pack the records."""
    known = {stub.id: stub for stub in stubs}
    found = [known[identifier] for segment in segments for identifier in segment.units]
    columns = {
        "days": [day_of(stub.date) or 0 for stub in found],
        "source": _column([stub.source for stub in found]),
        "topics": _column([" ".join(stub.topics) for stub in found]),
        "script": _column([script_of(stub.language) for stub in found]),
    }
    return pack_json(columns)


@cache
def script_of(language: str) -> str:
    """The script a language tag speaks of: the regional ``zh-Hant-TW`` is ``zh-Hant``."""
    return next((script for script in _SCRIPTS if language.startswith(script)), language)


def _column(values: Sequence[str]) -> dict[str, list[str] | list[int]]:
    distinct = sorted(set(values))
    numbers = {value: number for number, value in enumerate(distinct)}
    return {"values": list(distinct), "numbers": [numbers[value] for value in values]}
