"""``root.gz`` and ``records.gz``: what is read before, and what after, the first results.

The root says how the index is laid out and how to read a query: the segments with their sizes, which records have more
than one unit, the fold map, the topics' labels, the outlets' names and how many records each has. The records have one
column a field, in the order of their slots: what filters, counts and sorting by date need.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple, Protocol

import msgspec

from builder.model.search import SearchNames, SearchStub
from builder.search.characters import characters
from builder.search.foldmap import FoldMap
from builder.search.lexicon import Lookups, examples_of
from builder.search.packing import pack_json, steps
from builder.search.units import day_of

FORMAT = 6
ROOT, RECORDS = "root.gz", "records.gz"
_SCRIPTS = ("zh-Hans", "zh-Hant")


class IndexFiles(Protocol):
    """Files of an index as they were left, by path."""

    def __contains__(self, path: object, /) -> bool:
        """Whether it is there."""

    def __getitem__(self, path: str, /) -> bytes:
        """Its bytes."""


class IndexedRecord(NamedTuple):
    """What is kept of a record that stands in the index."""

    digest: bytes  # Of what it was made of
    slot: int  # Of its first unit; the others follow
    units: int  # How many it has
    head: str  # Its title and the beginning of its text, to find words in
    names: Sequence[tuple[str, str]]  # Full names with the short ones that it gives them
    handles: Sequence[str]  # As in the record; no file has them

    @property
    def slots(self) -> range:
        """Of all its units."""
        return range(self.slot, self.slot + self.units)


class IndexSegment(NamedTuple):
    """A part of the index with lists and texts of its own."""

    name: str  # Of its folder
    version: str  # Changes with anything in it; asked for with every file, so that no old copy is taken for a new one
    room: int  # How many slots there are, taken or not
    shards: int  # How many there are
    alphabet: Mapping[int, int]  # How often every folded character stands beside a Chinese one, by code point
    records: Mapping[str, IndexedRecord]  # By identifier, in the order of their slots


class IndexState(msgspec.Struct, frozen=True):
    """What an index was made of; nothing where it is unknown."""

    parts: dict[str, IndexSegment] = {}  # By name, in the order of their slots
    head: int = 0  # How much of each record they keep
    words: list[str] = []  # Those of all records, best first
    told: list[tuple[str, str]] = []  # Pairs of names, beside those of regions
    fold: FoldMap = ([], [])  # Of every character of the parts
    versions: dict[str, str] = {}  # Of other files, by path
    lookups: Lookups = msgspec.field(default_factory=Lookups)
    format: int = FORMAT


def write_root(state: IndexState, stubs: Sequence[SearchStub], names: SearchNames) -> bytes:
    """Pack the root.

    Args:
        state: What the index is made of.
        stubs: Of all records.
        names: Labels of topics.
    """
    segments = [*state.parts.values()]
    records = list(_placed(segments))
    long = [(slot, record.units) for slot, _, record in records if record.units > 1]
    sources = Counter(stub.source for stub in stubs if stub.source)
    content = {
        "format": FORMAT,
        **characters(),
        "fold": state.fold,
        "segments": [[one.name, one.version, one.room, one.shards] for one in segments],
        "units": sum(record.units for _, _, record in records),
        "long": steps(slot for slot, _ in long),
        "lengths": [count for _, count in long],
        "topics": dict(names.topics),
        "sources": dict(sorted(sources.items(), key=lambda item: (-item[1], item[0]))),
        "versions": state.versions,
        "examples": examples_of(state.words),
        "newest": max((stub.date[:4] for stub in stubs), default=""),
    }
    return pack_json(content)


def write_records(segments: Sequence[IndexSegment], stubs: Sequence[SearchStub]) -> bytes:
    """Pack the records."""
    known = {stub.id: stub for stub in stubs}
    placed = list(_placed(segments))
    found = [known[identifier] for _, identifier, _ in placed]
    columns = {
        "slots": steps(slot for slot, _, _ in placed),
        "days": [day_of(stub.date) or 0 for stub in found],
        "source": _column([stub.source for stub in found]),
        "topics": _column([" ".join(stub.topics) for stub in found]),
        "script": _column([script_of(stub.language) for stub in found]),
    }
    return pack_json(columns)


def _placed(segments: Sequence[IndexSegment]) -> Iterator[tuple[int, str, IndexedRecord]]:
    """All records with their slots in the whole index and their identifiers, in the order of slots."""
    for segment, offset in zip(segments, accumulate((one.room for one in segments), initial=0), strict=False):
        for identifier, record in segment.records.items():
            yield offset + record.slot, identifier, record


@cache
def script_of(language: str) -> str:
    """The script a language tag speaks of: the regional ``zh-Hant-TW`` is ``zh-Hant``."""
    return next((script for script in _SCRIPTS if language.startswith(script)), language)


def _column(values: Sequence[str]) -> dict[str, list[str] | list[int]]:
    distinct = sorted(set(values))
    numbers = {value: number for number, value in enumerate(distinct)}
    return {"values": list(distinct), "numbers": [numbers[value] for value in values]}
