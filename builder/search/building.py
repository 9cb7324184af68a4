"""Builds an index from nothing: units first, as they are published; then, slot by slot, the lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar
from zlib import crc32

from builder.model.search import SearchNames, SearchRecord, SearchStub
from builder.search.gathering import Postings, Reading, gather, read_unit
from builder.search.lists import encode_list
from builder.search.shards import pack_shard, shard_count, shard_name, shard_of
from builder.search.slots import Placed, layout
from builder.search.state import Lying, State, checksum_of, conclude, write_state
from builder.search.units import cut, day_of, pack_unit, unit_name

Unit = TypeVar("Unit")


def build(
    stubs: Sequence[SearchStub], load: Callable[[str], SearchRecord], names: SearchNames
) -> tuple[dict[str, bytes], bytes]:
    """Write a whole index.

    Args:
        stubs: Of all records.
        load: Gives a record by its identifier; each is asked for once.
        names: Labels of topics, aliases.

    Returns:
        The files by their paths, and the state to keep.
    """
    packed: dict[str, list[bytes]] = {}
    read: dict[str, list[Reading]] = {}
    for stub in stubs:
        units = cut(load(stub.id))
        packed[stub.id] = list(map(pack_unit, units))
        read[stub.id] = list(map(read_unit, units))
    slots, first = layout(Placed(stub.id, day_of(stub.date), len(packed[stub.id])) for stub in stubs)
    records = {stub.id: Lying(stub.digest, first[stub.id], len(packed[stub.id])) for stub in stubs}
    files = {unit_name(slot): data for slot, data in _placed(packed, first)}
    spread: dict[str, int] = {}
    files.update(_shards(gather(_placed(read, first)), slots, spread))
    files.update(conclude(stubs, (slots, records, spread), names))
    checksums = {path: crc32(data) for path, data in files.items()}
    return files, write_state(State(slots, records, spread, checksums, checksum_of(names)))


def _placed(units: dict[str, list[Unit]], first: Mapping[str, int]) -> Iterator[tuple[int, Unit]]:
    """What there is of each unit, by slot; it is given up on the way, to hold nothing longer than needed."""
    for name in sorted(units, key=first.__getitem__):
        yield from enumerate(units.pop(name), first[name])


def _shards(lists: Iterable[tuple[str, Postings]], slots: int, spread: dict[str, int]) -> Iterator[tuple[str, bytes]]:
    """All shards; notes in how many units each character stands."""
    shards: list[dict[str, bytes]] = [{} for _ in range(shard_count(slots))]
    for key, postings in lists:
        shards[shard_of(key, len(shards))][key] = encode_list(postings, slots)
        if len(key) == 1:
            spread[key] = len(postings)
    for number, shard in enumerate(shards):
        yield shard_name(number), pack_shard(shard)
