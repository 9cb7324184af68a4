"""What an index's writer remembers until next time: where each record lies, and how often each character stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from builder.model.search import SearchNames, SearchStub
from builder.search.catalogue import FORMAT, ROOT, write_root
from builder.search.dates import DATES, write_dates
from builder.search.facets import FACETS, write_facets
from builder.search.shards import shard_count
from builder.search.units import day_of


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
        checksums: Of every file but those that stand for the whole, by path: by them state and files know each other,
            wherever a writer was stopped.
        format: Of the index.
    """

    slots: int
    records: dict[str, Lying]
    spread: dict[str, int]
    checksums: dict[str, int]
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
    stubs: Iterable[SearchStub], slots: int, records: Mapping[str, Lying], spread: Mapping[str, int], names: SearchNames
) -> dict[str, bytes]:
    """The files that stand for the whole index, the root last."""
    ordered = sorted(stubs, key=lambda stub: records[stub.id].slot)
    lengths = {lying.slot: lying.units for lying in records.values()}
    return {
        DATES: write_dates((records[stub.id].slot, day_of(stub.date)) for stub in ordered),
        FACETS: write_facets(ordered),
        ROOT: write_root((slots, shard_count(slots)), lengths, spread, names),
    }


def write_state(
    slots: int, records: Mapping[str, Lying], spread: Mapping[str, int], checksums: Mapping[str, int]
) -> bytes:
    """A state to be kept, the same bytes for the same index."""
    kept = State(slots, dict(sorted(records.items())), dict(sorted(spread.items())), dict(sorted(checksums.items())))
    return msgspec.msgpack.encode(kept)
