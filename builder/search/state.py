"""What an index's writer remembers until next time: where each record lies, and how often each character stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from zlib import crc32

import msgspec

from builder.model.search import SearchNames, SearchStub
from builder.search.catalogue import FORMAT, ROOT, FoldMap, write_root
from builder.search.dates import DATES, write_dates
from builder.search.facets import FACETS, write_facets
from builder.search.shards import shard_count


class Lying(NamedTuple):
    """A record in the index.

    Attributes:
        digest: Of the record.
        slot: Of its first unit.
        units: How many it has.
    """

    digest: bytes
    slot: int
    units: int


class State(msgspec.Struct, frozen=True):
    """An index as it was written.

    Attributes:
        slots: Size of the table of units.
        records: By identifier.
        spread: In how many units each character stands.
        checksums: Of every file, by path: by them state and files know each other, wherever a writer was stopped.
        names: Checksum of topics and aliases.
        format: Of the index.
    """

    slots: int
    records: dict[str, Lying]
    spread: dict[str, int]
    checksums: dict[str, int]
    names: int
    format: int = FORMAT


def read_state(data: bytes) -> State:
    """A state as it was kept.

    Raises:
        ValueError: It is damaged or of another format.
    """
    state = msgspec.msgpack.decode(data, type=State)
    if state.format != FORMAT:
        raise ValueError(f"format {state.format}")
    return state


def conclude(
    stubs: Iterable[SearchStub],
    index: tuple[int, Mapping[str, Lying], Mapping[str, int]],
    names: SearchNames,
    fold: FoldMap | None = None,
) -> dict[str, bytes]:
    """The files that stand for the whole index, the root last.

    Args:
        stubs: Of all records.
        index: Slots, records and spread, as in ``State``.
        names: Labels of topics, aliases.
        fold: The fold map, if it is known.
    """
    slots, records, spread = index
    ordered = sorted(stubs, key=lambda stub: records[stub.id].slot)
    lengths = {lying.slot: lying.units for lying in records.values()}
    return {
        DATES: write_dates((records[stub.id].slot, stub.date) for stub in ordered),
        FACETS: write_facets(ordered),
        ROOT: write_root((slots, shard_count(slots)), lengths, spread, names, fold),
    }


def write_state(state: State) -> bytes:
    """A state to be kept, the same bytes for the same index."""
    ordered = {name: dict(sorted(getattr(state, name).items())) for name in ("records", "spread", "checksums")}
    return msgspec.msgpack.encode(msgspec.structs.replace(state, **ordered))


def checksum_of(names: SearchNames) -> int:
    """A checksum of topics and aliases."""
    return crc32(repr((dict(names.topics), dict(names.aliases))).encode())
