"""Builds an index from nothing: units first, as they are published; then from them, slot by slot, the lists."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from zlib import crc32

from builder.model.search import SearchNames, SearchRecord, SearchStub
from builder.search.coding import WEIGHT_BITS
from builder.search.lists import encode_list
from builder.search.shards import pack_shard, shard_count, shard_name, shard_of
from builder.search.slots import Placed, layout
from builder.search.state import Lying, State, checksum_of, conclude, write_state
from builder.search.units import cut, day_of, pack_unit, unit_name, unpack_unit, weigh


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
    packed = {stub.id: [pack_unit(unit) for unit in cut(load(stub.id))] for stub in stubs}
    slots, first = layout(Placed(stub.id, day_of(stub.date), len(packed[stub.id])) for stub in stubs)
    records = {stub.id: Lying(stub.digest, first[stub.id], len(packed[stub.id])) for stub in stubs}
    texts = {first[name] + number: data for name, units in packed.items() for number, data in enumerate(units)}
    lists = _gathered(texts)
    spread = {key: len(postings) for key, postings in lists.items() if len(key) == 1}
    files = {unit_name(slot): data for slot, data in texts.items()}
    files.update(_shards(lists, slots))
    files.update(conclude(stubs, (slots, records, spread), names))
    checksums = {path: crc32(data) for path, data in files.items()}
    return files, write_state(State(slots, records, spread, checksums, checksum_of(names)))


def _gathered(texts: Mapping[int, bytes]) -> dict[str, array[int]]:
    """Postings by key; the first inner loop is most of the work of building, so it holds nothing else."""
    lists: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for slot in sorted(texts):
        weights = weigh(unpack_unit(texts[slot], unit_name(slot)))
        posting = slot << WEIGHT_BITS
        for key in weights.keys:
            lists[key].append(posting)
        for key, weight in weights.weighted.items():
            lists[key][-1] |= weight
    return lists


def _shards(lists: dict[str, array[int]], slots: int) -> Iterator[tuple[str, bytes]]:
    """All shards; the lists are given up on the way, to hold nothing twice."""
    count = shard_count(slots)
    keys: list[list[str]] = [[] for _ in range(count)]
    for key in lists:
        keys[shard_of(key, count)].append(key)
    for number, of_shard in enumerate(keys):
        yield shard_name(number), pack_shard({key: encode_list(lists.pop(key), slots) for key in of_shard})
