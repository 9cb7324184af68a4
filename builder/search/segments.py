"""Parts of the index: one of nearly all records, and in large archives a small one of the newest.

An article that is newer than most changes the small part alone, and the other, which is most of the index, need not be
uploaded again. Which record belongs where depends on the records' days alone: the small part begins with the roundest
day (by its number, base 2) that leaves it few enough records, so that it seldom begins anew. Of a part that was there
before, only files with something of what has come, changed or gone are made anew (``slots``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from hashlib import blake2b
from itertools import chain, groupby
from operator import itemgetter

from builder.model.search import SearchRecord, SearchStub
from builder.search.catalogue import IndexedRecord, IndexFiles, IndexSegment
from builder.search.keys import postings_of
from builder.search.lexicon import shortened
from builder.search.packing import pack_json, unpack_json
from builder.search.postings import shard_name, spliced, write_shards
from builder.search.slots import slots_of
from builder.search.units import UnitContent, cut, day_of

SLOTS_A_FILE = 16
"""So many slots' texts, of which up to a half are taken, are one file."""
_SLOTS_A_SHARD, _MOST_OF_NEW = 12, 96
"""The small part has shards of its own size: few enough to be uploaded again, and small ones, for every query reads in
both parts."""
_LARGE, _PARTS = 2048, 128
"""From so many records on, the newest, up to one in so many, are a part of their own."""


def divided(stubs: Sequence[SearchStub]) -> dict[str, list[SearchStub]]:
    """The records of each part, by its name."""
    most = (1 << len(stubs).bit_length()) // (2 * _PARTS)
    last, *days = sorted((day_of(stub.date) or 0 for stub in stubs), reverse=True)[: most + 1] or [0]
    if len(stubs) < _LARGE or days[-1] == last:
        return {"all": list(stubs)}
    bits = (days[-1] ^ last).bit_length() - 1
    first = last >> bits << bits
    parts: dict[str, list[SearchStub]] = {"all": [], "new": []}
    for stub in stubs:
        parts["new" if (day_of(stub.date) or 0) >= first else "all"].append(stub)
    return parts


def version_of(stubs: Sequence[SearchStub]) -> str:
    """Changes with any of the records."""
    known = sorted((stub.id, stub.digest) for stub in stubs)
    return blake2b(repr(known).encode(), digest_size=6).hexdigest()


def paths_of(segment: IndexSegment) -> Iterator[str]:
    """Paths of all files of a part."""
    yield from (f"{segment.name}/{shard_name(number)}" for number in range(segment.shards))
    bundles = {slot // SLOTS_A_FILE for record in segment.records.values() for slot in record.slots}
    yield from (f"{segment.name}/{_text_name(number)}" for number in sorted(bundles))


def write_segment(
    name: str,
    stubs: Sequence[SearchStub],
    load: Callable[[str], SearchRecord],
    head: int,
    before: IndexSegment | None,
    files: IndexFiles,
) -> tuple[IndexSegment, dict[str, bytes]]:
    """Make one part, or what has changed of it: what the root says of it, and its new files by path.

    Args:
        name: Of its folder.
        stubs: Of its records.
        load: Gives a record by its identifier.
        head: So many characters of a record are kept, to find words in.
        before: The part as it was, if it was there.
        files: As they were left.

    Raises:
        IndexFileError: A file is damaged.
    """
    known = before.records if before else {}
    units, slots, room = _units(stubs, load, known)
    if before and before.room != room:
        return write_segment(name, stubs, load, head, None, {})
    new = {stub.id: _record(stub, slots[stub.id], units[stub.id], head) for stub in stubs if stub.id in units}
    records = {one: new.get(one) or known[one] for one in sorted(slots, key=slots.__getitem__)}
    gone = {slot for one, record in known.items() if records.get(one) is not record for slot in record.slots}
    pairs = (pair for one in units for pair in zip(new[one].slots, units[one], strict=True))
    placed = sorted(pairs, key=itemgetter(0))
    shards = min(room, _MOST_OF_NEW) if name == "new" else max(1, room // _SLOTS_A_SHARD)
    there = (files[f"{name}/{shard_name(number)}"] for number in range(shards if before else 0))
    postings, changed, alphabet = spliced(postings_of(placed, is_large=room > _LARGE), there, shards, gone)
    lists = write_shards(postings, shards, changed if before else range(shards))
    written = chain(lists, _texts(name, placed, gone, files if before else {}))
    segment = IndexSegment(name, version_of(stubs), room, shards, alphabet, records)
    return segment, {f"{name}/{path}": data for path, data in written}


def _units(
    stubs: Sequence[SearchStub], load: Callable[[str], SearchRecord], known: Mapping[str, IndexedRecord]
) -> tuple[dict[str, list[UnitContent]], dict[str, int], int]:
    """The units of records that are new, changed or moved; all records' slots, and how many slots there are."""
    digests = {stub.id: stub.digest for stub in stubs}
    units = {one: cut(load(one)) for one, digest in digests.items() if one not in known or known[one].digest != digest}
    slots, room = slots_of({one: len(units[one]) if one in units else known[one].units for one in digests})
    units |= {one: cut(load(one)) for one in digests if one not in units and known[one].slot != slots[one]}
    return units, slots, room


def _record(stub: SearchStub, slot: int, units: Sequence[UnitContent], head: int) -> IndexedRecord:
    text = f"{units[0].record.title}\n{units[0].text}"
    return IndexedRecord(stub.digest, slot, len(units), text[:head], shortened(text))


def _texts(
    name: str, placed: Iterable[tuple[int, UnitContent]], gone: AbstractSet[int], files: IndexFiles
) -> Iterator[tuple[str, bytes]]:
    """Files of texts, what a result shows, by slot: those new, and in the same files those that stay."""
    new = {number: list(units) for number, units in groupby(placed, lambda unit: unit[0] // SLOTS_A_FILE)}
    for number in sorted({slot // SLOTS_A_FILE for slot in gone} | new.keys()):
        path = _text_name(number)
        old = unpack_json(files[f"{name}/{path}"], path) if f"{name}/{path}" in files else []
        rows = [row for row in old if row[0] not in gone]
        rows += [[slot, *unit.shown()] for slot, unit in new.get(number, ())]
        if rows:
            yield path, pack_json(sorted(rows, key=itemgetter(0)))


def _text_name(number: int) -> str:
    return f"texts/{number:x}.gz"
