"""Parts of the index: one of nearly all records, and in large archives a small one of the newest.

An article that is newer than most changes the small part alone, and the other, which is most of the index, need not be
made or uploaded again. Which record belongs where depends on the records' days alone: the large part ends where a
round number of records is reached, with the last of their day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import chain, groupby

from builder.model.search import SearchRecord, SearchStub
from builder.search.catalogue import IndexSegment
from builder.search.keys import postings_of
from builder.search.lexicon import names_in
from builder.search.packing import pack_json
from builder.search.postings import write_shards
from builder.search.units import UnitContent, cut, day_of
from builder.search.words import words_in

UNITS_A_FILE = 6
"""So many slots' texts are one file."""
_SLOTS_A_SHARD, _SHARDS_A_SLOT, _MOST_OF_NEW = 4, 3, 96
"""The small part has shards of its own size: few enough to be uploaded again, and small ones, for every query reads in
both parts."""
_LARGE, _PARTS = 2048, 32
"""From so many records on, the newest, up to one in so many, are a part of their own."""


def divided(stubs: Sequence[SearchStub]) -> dict[str, list[SearchStub]]:
    """The records of each part, by its name."""
    ordered = sorted(stubs, key=lambda stub: (day_of(stub.date) or 0, stub.id))
    if len(ordered) < _LARGE:
        return {"all": ordered}
    step = (1 << (len(ordered).bit_length() - 1)) // _PARTS
    last = day_of(ordered[len(ordered) // step * step - 1].date) or 0
    old = [stub for stub in ordered if (day_of(stub.date) or 0) <= last]
    return {"all": old, "new": ordered[len(old) :]} if len(old) < len(ordered) else {"all": ordered}


def version_of(stubs: Sequence[SearchStub]) -> str:
    """Changes with any of the records."""
    known = sorted((stub.id, stub.digest) for stub in stubs)
    return blake2b(repr(known).encode(), digest_size=6).hexdigest()


def write_segment(
    name: str, stubs: Sequence[SearchStub], load: Callable[[str], SearchRecord]
) -> tuple[IndexSegment, dict[str, bytes]]:
    """Make one part.

    Args:
        name: Of its folder.
        stubs: Of its records.
        load: Gives a record by its identifier; each is asked for once.

    Returns:
        What the root says of it, and its files by path.
    """
    units = {stub.id: cut(load(stub.id)) for stub in stubs}
    placed = list(enumerate(chain.from_iterable(units.values())))
    shards = max(1, len(placed) // _SLOTS_A_SHARD) if name == "all" else min(_SHARDS_A_SLOT * len(placed), _MOST_OF_NEW)
    postings = postings_of(placed)
    files = {f"{name}/{path}": data for path, data in (*_texts(placed), *write_shards(postings, shards))}
    texts = [f"{contents[0].record.title}\n{contents[0].text}" for contents in units.values()]
    lengths = {identifier: len(contents) for identifier, contents in units.items()}
    found = words_in(texts), names_in(texts)
    return IndexSegment(name, version_of(stubs), shards, lengths, postings.alphabet, *found, list(files)), files


def _texts(placed: Iterable[tuple[int, UnitContent]]) -> Iterator[tuple[str, bytes]]:
    """Files of texts: what a result shows, by slot."""
    for number, bundle in groupby(placed, lambda unit: unit[0] // UNITS_A_FILE):
        yield f"texts/{number:x}.gz", pack_json([[slot, *unit.shown()] for slot, unit in bundle])
