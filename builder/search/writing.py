"""Writes the index: records in, files out; a part of which no record has changed is left as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from zlib import crc32

import msgspec

from builder.model.search import SearchNames, SearchRecord, SearchStub
from builder.search.catalogue import (
    FORMAT,
    RECORDS,
    ROOT,
    IndexFiles,
    IndexSegment,
    IndexState,
    write_records,
    write_root,
)
from builder.search.disk import DISK, ON_DISK, write_disk
from builder.search.foldmap import fold_map
from builder.search.lexicon import LEXICON, LEXICON_FILES, NAMES, names_in, names_of, write_lexicon
from builder.search.packing import IndexFileError, pack_json
from builder.search.segments import divided, paths_of, version_of, write_segment
from builder.search.words import head_length, words_in


@dataclass(frozen=True, slots=True)
class IndexChange:
    """What became of an index."""

    whole: bool  # Whether it was made anew: then ``files`` are all there are, and whatever else lies there must go
    files: Mapping[str, bytes]  # New files by path. The root comes last, so that a reader who has it has the rest
    removed: tuple[str, ...]  # Paths of files that are no longer part of it
    state: bytes  # To be given next time


def update_index(
    stubs: Sequence[SearchStub],
    load: Callable[[str], SearchRecord],
    names: SearchNames,
    there: IndexFiles = MappingProxyType({}),
    state: bytes | None = None,
) -> IndexChange:
    """Bring an index up to date. The same records give the same files, whatever was there before.

    Args:
        stubs: Of all records, in any order.
        load: Gives a record by its identifier.
        names: Labels of topics, aliases.
        there: The files as they were left.
        state: What was given back with them. Another version of this package, or of what it folds with, must not be
            given it. Where it or a file is missing or damaged, the index is made anew.
    """
    was = _known(there, state or b"", head_length(len(stubs)))
    try:
        return _updated(stubs, load, names, there, was)
    except (IndexFileError, OSError):  # gone or damaged since it was looked for
        return _updated(stubs, load, names, there, IndexState())


def _updated(
    stubs: Sequence[SearchStub],
    load: Callable[[str], SearchRecord],
    names: SearchNames,
    there: IndexFiles,
    was: IndexState,
) -> IndexChange:
    head = head_length(len(stubs))
    parts, files = _written(stubs, load, head, was.parts, there)
    files[RECORDS] = write_records([*parts.values()], stubs)
    words = was.words if was.parts and _heads(parts) == _heads(was.parts) else words_in(_heads(parts))
    told = _told(parts, names)
    named = dict(_named(words, told, was))
    files |= named
    new = {path: f"{crc32(b''.join(named[each] for each in of)):08x}" for path, of in _VERSIONED if path in named}
    alphabet, known = (set[int]().union(*(one.alphabet for one in some.values())) for some in (parts, was.parts))
    fold = was.fold if alphabet == known else fold_map(alphabet)
    now = IndexState(parts, head, words, told, fold, {**was.versions, **new}, was.lookups)
    files[ROOT] = write_root(now, stubs, names)
    every = _paths(now) if len(stubs) <= ON_DISK else ()
    files[DISK] = write_disk({path: files.get(path) or there[path] for path in every})
    gone = tuple(sorted({*_paths(was)} - {*_paths(now)}))
    return IndexChange(not was.parts, files, gone, msgspec.msgpack.encode(now))


def _heads(parts: Mapping[str, IndexSegment]) -> list[str]:
    return [record.head for segment in parts.values() for record in segment.records.values()]


def _told(parts: Mapping[str, IndexSegment], names: SearchNames) -> list[tuple[str, str]]:
    """Pairs of names for one thing, from curation and from the texts."""
    records = (record for segment in parts.values() for record in segment.records.values())
    found = names_in(pair for record in records for pair in record.names)
    return [*((name, other) for name, others in names.aliases.items() for other in others), *found]


def _named(words: list[str], told: list[tuple[str, str]], was: IndexState) -> Iterator[tuple[str, bytes]]:
    """Files of words and names, where these are others."""
    if (words, told) != (was.words, was.told) or not was.parts:
        yield NAMES, pack_json(names_of(words, told, was.lookups))
    if words != was.words or not was.parts:
        yield from write_lexicon(words, was.lookups)


_VERSIONED = (LEXICON, LEXICON_FILES), (NAMES, (NAMES,))


def _paths(state: IndexState) -> Iterator[str]:
    """Every file of an index but the script for reading it from disk."""
    yield from (RECORDS, *LEXICON_FILES, NAMES, ROOT) if state.parts else ()
    for part in state.parts.values():
        yield from paths_of(part)


def _written(
    stubs: Sequence[SearchStub],
    load: Callable[[str], SearchRecord],
    head: int,
    known: Mapping[str, IndexSegment],
    there: IndexFiles,
) -> tuple[dict[str, IndexSegment], dict[str, bytes]]:
    """All parts, and the files of those that have changed."""
    parts: dict[str, IndexSegment] = {}
    files: dict[str, bytes] = {}
    for name, part in divided(stubs).items():
        if name in known and known[name].version == version_of(part):
            parts[name] = known[name]
        else:
            parts[name], written = write_segment(name, part, load, head, known.get(name), there)
            files.update(written)
    return parts, files


def _known(there: IndexFiles, state: bytes, head: int) -> IndexState:
    """The state of an index that stands as it was made; an empty one where it is unknown or damaged."""
    try:
        was = msgspec.msgpack.decode(state, type=IndexState)
    except ValueError:
        return IndexState()
    is_whole = was.format == FORMAT and was.head == head and all(path in there for path in _paths(was))
    return was if is_whole else IndexState()
