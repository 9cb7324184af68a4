"""Brings an index up to date by rewriting only what changes; the result is that of building it from nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from builder.model.search import SearchNames, SearchRecord, SearchStub
from builder.search.catalogue import ROOT, fold_map_in
from builder.search.dates import DATES
from builder.search.facets import FACETS
from builder.search.gathering import Postings, gather, read_unit
from builder.search.lists import changed_list
from builder.search.shards import pack_shard, shard_count, shard_name, shard_of, unpack_shard
from builder.search.slots import Placed, layout
from builder.search.state import Lying, State, checksum_of, conclude, write_state
from builder.search.units import cut, day_of, pack_unit, unit_name, unpack_unit
from builder.sharing.spreading import spread

Read = Callable[[str], bytes]
Texts = Mapping[int, bytes]


_MANY = 512
"""So many shards are worth a second process."""
_LARGE, _MOST = 500, 4
"""Of so many records one in so many may be new: each is read as it was and as it is, and both are held in memory."""


class OutdatedError(Exception):
    """The index cannot be brought up to date: it must be built from nothing."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What changes in one key's list.

    Attributes:
        removed: Slots that leave it.
        added: Slots that enter it, with their weights.
    """

    removed: set[int]
    added: dict[int, int]


def update(
    stubs: Sequence[SearchStub], load: Callable[[str], SearchRecord], names: SearchNames, before: Read, state: State
) -> tuple[dict[str, bytes], tuple[str, ...], bytes]:
    """Work out what changes.

    Args:
        stubs: Of all records.
        load: Gives a new or changed record by its identifier.
        names: Labels of topics, aliases.
        before: Reads a file of the index.
        state: That of the index.

    Returns:
        New and changed files by path; paths of files to remove; the state to keep.

    Raises:
        OutdatedError: The table has another size now, a file is not that of the state, or so much is new that to
            make the index anew takes less.
        OSError: A file is missing.
        IndexFileError, ValueError, LookupError: The state says what is not so.
    """
    read = _checked(before, state)
    whole = {path: read(path) for path in (DATES, FACETS, ROOT)}
    fresh = _fresh(stubs, load, state)
    if not fresh and len(stubs) == len(state.records) and checksum_of(names) == state.names:
        return {}, (), write_state(state)
    records = _placed(stubs, fresh, state)
    old, new = _texts(fresh, records, read, state)
    edits, spread = _edits(old, new, state)
    files = {unit_name(slot): data for slot, data in new.items() if old.get(slot) != data}
    files.update(_shards(edits, read, state.slots))
    fold = fold_map_in(whole[ROOT]) if spread.keys() == state.spread.keys() else None
    concluded = conclude(stubs, (state.slots, records, spread), names, fold)
    files.update({path: data for path, data in concluded.items() if data != whole[path]})
    removed = tuple(unit_name(slot) for slot in sorted(old.keys() - new.keys()))
    checksums = {path: checksum for path, checksum in state.checksums.items() if path not in removed}
    checksums.update({path: crc32(data) for path, data in files.items()})
    return files, removed, write_state(State(state.slots, records, spread, checksums, checksum_of(names)))


def _checked(before: Read, state: State) -> Read:
    """Reads files that are those of the state."""

    def read(path: str) -> bytes:
        data = before(path)
        if crc32(data) != state.checksums[path]:
            raise OutdatedError(path)
        return data

    return read


def _fresh(stubs: Sequence[SearchStub], load: Callable[[str], SearchRecord], state: State) -> dict[str, list[bytes]]:
    """Packed units of new and changed records."""
    known = state.records
    changed = [stub.id for stub in stubs if stub.id not in known or known[stub.id].digest != stub.digest]
    if _MOST * len(changed) > len(stubs) >= _LARGE:
        raise OutdatedError(f"{len(changed)} records")
    return {name: [pack_unit(unit) for unit in cut(load(name))] for name in changed}


def _placed(stubs: Sequence[SearchStub], fresh: Mapping[str, list[bytes]], state: State) -> dict[str, Lying]:
    """Where every record lies now."""
    units = {stub.id: len(fresh[stub.id]) if stub.id in fresh else state.records[stub.id].units for stub in stubs}
    slots, first = layout(Placed(stub.id, day_of(stub.date), units[stub.id]) for stub in stubs)
    if slots != state.slots:
        raise OutdatedError(f"{slots} slots")
    return {stub.id: Lying(stub.digest, first[stub.id], units[stub.id]) for stub in stubs}


def _texts(
    fresh: Mapping[str, list[bytes]], records: Mapping[str, Lying], before: Read, state: State
) -> tuple[Texts, Texts]:
    """Packed units by slot, as they were and as they are, of records that are new, changed, moved or gone."""
    old: dict[int, bytes] = {}
    new: dict[int, bytes] = {}
    for name, lying in state.records.items():
        if name in fresh or name not in records or records[name].slot != lying.slot:
            texts = [before(unit_name(lying.slot + number)) for number in range(lying.units)]
            old.update(enumerate(texts, lying.slot))
            if name in records and name not in fresh:
                new.update(enumerate(texts, records[name].slot))
    for name, texts in fresh.items():
        new.update(enumerate(texts, records[name].slot))
    return old, new


def _edits(old: Texts, new: Texts, state: State) -> tuple[Mapping[str, Edit], dict[str, int]]:
    """What changes by key, and in how many units each character stands now."""
    spread = Counter(state.spread)
    edits: dict[str, Edit] = {}
    was, now = _postings(old), _postings(new)
    for key in was.keys() | now.keys():
        before, after = was.get(key, {}), now.get(key, {})
        removed = {slot for slot, weight in before.items() if after.get(slot) != weight}
        added = {slot: weight for slot, weight in after.items() if before.get(slot) != weight}
        if removed or added:
            edits[key] = Edit(removed, added)
        if len(key) == 1:
            spread[key] += len(after) - len(before)
    return edits, dict(+spread)


def _postings(texts: Texts) -> dict[str, Postings]:
    return dict(gather((slot, read_unit(unpack_unit(data, unit_name(slot)))) for slot, data in sorted(texts.items())))


def _shards(edits: Mapping[str, Edit], before: Read, slots: int) -> Iterator[tuple[str, bytes]]:
    """The shards that hold an edited key; they do not touch one another, so that many are shared among processes."""
    count = shard_count(slots)
    keys: defaultdict[int, list[str]] = defaultdict(list)
    for key in edits:
        keys[shard_of(key, count)].append(key)

    def edited(number: int) -> tuple[str, bytes]:
        name = shard_name(number)
        lists = unpack_shard(before(name), name)
        for key in keys[number]:
            lists[key] = changed_list(lists.get(key, b""), slots, edits[key].removed, edits[key].added)
        return name, pack_shard({key: coded for key, coded in lists.items() if coded})

    return spread(edited, list(keys), lambda items, _: items, "", worthwhile=_MANY)
