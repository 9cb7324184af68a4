"""Parts of the index: one of nearly all records, and in large archives a small one of the newest.

An article that is newer than most changes the small part alone, and the other, which is most of the index, need not be
uploaded again. Which record belongs where depends on the records' days alone: the small part begins with the roundest
day (by its number, base 2) that leaves it few enough records, so that it seldom begins anew. Of a part that was there
before, only files with something of what has come, changed or gone are made anew (``slots``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from builder.model.search import SearchRecord, SearchStub
from builder.search.catalogue import IndexedRecord, IndexFiles, IndexSegment
from builder.search.keys import postings_of
from builder.search.lexicon import shortened
from builder.search.packing import pack_json, unpack_json
from builder.search.postings import characters_in, gathered, shard_name, spliced
from builder.search.slots import slots_of
from builder.search.units import UnitContent, cut, day_of, read_unit

SLOTS_A_FILE = 16
"""So many slots' texts, of which up to a half are taken, are one file."""
_SLOTS_A_SHARD, _MOST_OF_NEW = 12, 96
"""The small part has shards of its own size: few enough to be uploaded again, and small ones, for every query reads in
both parts."""
_READ_TWICE = 4
"""Of a part that was there, one record in so many may be new: each is read as it was and as it is."""
_LARGE, _PARTS = 2048, 128
"""From so many records on, the newest, up to one in so many, are a part of their own."""


_Placed = tuple[int, UnitContent]
"""A unit and its slot."""


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
    if before and (before.room != room or len(units) > len(stubs) // _READ_TWICE):
        return write_segment(name, stubs, load, head, None, {})
    new = {stub.id: _record(stub, slots[stub.id], units[stub.id], head) for stub in stubs if stub.id in units}
    records = {one: new.get(one) or known[one] for one in sorted(slots, key=slots.__getitem__)}
    pairs = (pair for one in [*units] for pair in zip(new[one].slots, units.pop(one), strict=True))
    placed = sorted(pairs, key=itemgetter(0))
    gone = {slot: known[one] for one in known if records.get(one) is not known[one] for slot in known[one].slots}
    bundles = sorted({slot // SLOTS_A_FILE for slot in chain(gone, map(itemgetter(0), placed))})
    texts = {number: _rows(f"{name}/{_text_name(number)}", files if before else {}) for number in bundles}
    shards = min(room, _MOST_OF_NEW) if name == "new" else max(1, room // _SLOTS_A_SHARD)
    made = dict(_texts(texts, gone, placed))
    if before:
        lists, alphabet = _changed(before, [*_old(texts, gone)], placed, files)
    else:
        lists, alphabet = gathered(placed, shards, is_large=room > _LARGE)
    made = {f"{name}/{path}": data for path, data in {**lists, **made}.items()}
    return IndexSegment(name, version_of(stubs), room, shards, alphabet, records), made


def _old(texts: Mapping[int, list[list[Any]]], gone: Mapping[int, IndexedRecord]) -> Iterator[_Placed]:
    """The units that go."""
    rows = (row for row in chain(*texts.values()) if row[0] in gone)
    return ((slot, read_unit(shown, gone[slot].handles)) for slot, *shown in rows)


def _changed(
    before: IndexSegment, old: Sequence[_Placed], new: Sequence[_Placed], files: IndexFiles
) -> tuple[dict[str, bytes], Counter[int]]:
    """The lists that change, by path, and the alphabet."""
    numbers: dict[str, int] = {}
    was, now = (postings_of(units, numbers, is_large=before.room > _LARGE) for units in (old, new))
    lists = spliced(was, now, lambda number: files[f"{before.name}/{shard_name(number)}"], before.shards)
    return lists, Counter(before.alphabet) + characters_in(now.pairs) - characters_in(was.pairs)


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
    return IndexedRecord(stub.digest, slot, len(units), text[:head], shortened(text), units[0].record.handles)


def _rows(path: str, files: IndexFiles) -> list[list[Any]]:
    """What a file of texts has: a slot, and behind it what is shown of the unit."""
    return list(unpack_json(files[path], path)) if path in files else []


def _texts(
    there: Mapping[int, list[list[Any]]], gone: Collection[int], placed: Iterable[_Placed]
) -> Iterator[tuple[str, bytes]]:
    """Files of texts, what a result shows, by slot: those new, and in the same files those that stay."""
    new = {number: list(units) for number, units in groupby(placed, lambda unit: unit[0] // SLOTS_A_FILE)}
    for number, rows in there.items():
        left = [row for row in rows if row[0] not in gone]
        left += [[slot, *unit.shown()] for slot, unit in new.get(number, ())]
        if left:
            yield _text_name(number), pack_json(sorted(left, key=itemgetter(0)))


def _text_name(number: int) -> str:
    return f"texts/{number:x}.gz"
