"""Parts of the index: one of nearly all records, and in large archives a small one of the newest.

An article that is newer than most changes the small part alone, and the other, which is most of the index, need not be
uploaded again. Which record belongs where depends on the records' days alone: the small part begins with the roundest
day (by its number, base 2) that leaves it few enough records, so that it seldom begins anew. Of a part that was there
before, only files with something of what has come, changed or gone are made anew (``slots``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from builder.model.search import SearchRecord, SearchStub
from builder.search.catalogue import IndexedRecord, IndexFiles, IndexSegment
from builder.search.keys import postings_of
from builder.search.lexicon import shortened
from builder.search.packing import pack_json, unpack_json
from builder.search.postings import alphabet_of, shard_name, spliced, write_shards
from builder.search.slots import slots_of
from builder.search.units import UnitContent, cut, day_of

SLOTS_A_FILE = 16
"""So many slots' texts, of which up to a half are taken, are one file."""
_SLOTS_A_SHARD, _MOST_OF_NEW = 12, 96
"""The small part has shards of its own size: few enough to be uploaded again, and small ones, for every query reads in
both parts."""
_LARGE, _PARTS = 2048, 128
"""From so many records on, the newest, up to one in so many, are a part of their own."""
_FEW = 8
"""A part of which more than one record in so many is new is made anew."""


class _Plan(NamedTuple):
    """What is to be done for a part.

    Attributes:
        records: All there shall be, in the order of their slots.
        room: How many slots there are.
        units: Those that are new, with their slots, rising.
        gone: Slots of those that are not there any more.
    """

    records: dict[str, IndexedRecord]
    room: int
    units: list[tuple[int, UnitContent]]
    gone: set[int]


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
    """Make one part, or what has changed of it.

    Args:
        name: Of its folder.
        stubs: Of its records.
        load: Gives a record by its identifier; each is asked for once at the most.
        head: So many characters of a record are kept, to find words in.
        before: The part as it was, if it was there.
        files: As they were left.

    Returns:
        What the root says of it, and its new files by path.

    Raises:
        IndexFileError: A file is damaged.
    """
    plan = _planned(stubs, load, head, before.records if before else {})
    if before and (plan.room != before.room or len(plan.units) * _FEW > len(stubs)):
        return write_segment(name, stubs, load, head, None, {})
    shards = max(1, plan.room // _SLOTS_A_SHARD) if name == "all" else min(plan.room, _MOST_OF_NEW)
    postings, changed = postings_of(plan.units, is_large=plan.room > _LARGE), None
    alphabet = alphabet_of(postings.pairs)
    if before:
        lists = (files[f"{name}/{shard_name(number)}"] for number in range(shards))
        postings, changed, alphabet = spliced(postings, lists, shards, plan.gone)
    written = {f"{name}/{path}": data for path, data in write_shards(postings, shards, changed)}
    segment = IndexSegment(name, version_of(stubs), plan.room, shards, alphabet, plan.records)
    return segment, written | dict(_texts(name, plan, files if before else {}))


def _planned(
    stubs: Sequence[SearchStub], load: Callable[[str], SearchRecord], head: int, known: Mapping[str, IndexedRecord]
) -> _Plan:
    digests = {stub.id: stub.digest for stub in stubs}
    units = {one: cut(load(one)) for one, digest in digests.items() if one not in known or known[one].digest != digest}
    slots, room = slots_of({one: len(units[one]) if one in units else known[one].units for one in digests})
    units |= {one: cut(load(one)) for one in digests if one not in units and known[one].slot != slots[one]}
    records = {
        one: _record(digests[one], slot, units[one], head) if one in units else known[one]
        for one, slot in sorted(slots.items(), key=itemgetter(1))
    }
    gone = {slot for one, record in known.items() if records.get(one) is not record for slot in record.slots}
    placed = [(slots[one] + number, unit) for one, content in units.items() for number, unit in enumerate(content)]
    return _Plan(records, room, sorted(placed, key=itemgetter(0)), gone)


def _record(digest: bytes, slot: int, units: Sequence[UnitContent], head: int) -> IndexedRecord:
    text = f"{units[0].record.title}\n{units[0].text}"
    return IndexedRecord(digest, slot, len(units), text[:head], shortened(text))


def _texts(name: str, plan: _Plan, files: IndexFiles) -> Iterator[tuple[str, bytes]]:
    """Files of texts, what a result shows, by slot; of those that were there what stays."""
    new = {number: list(units) for number, units in groupby(plan.units, lambda unit: unit[0] // SLOTS_A_FILE)}
    for number in sorted({slot // SLOTS_A_FILE for slot in plan.gone} | new.keys()):
        path = f"{name}/{_text_name(number)}"
        rows = [row for row in unpack_json(files[path], path) if row[0] not in plan.gone] if path in files else []
        rows += [[slot, *unit.shown()] for slot, unit in new.get(number, ())]
        if rows:
            yield path, pack_json(sorted(rows, key=itemgetter(0)))


def _text_name(number: int) -> str:
    return f"texts/{number:x}.gz"
