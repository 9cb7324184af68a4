"""Writes the index: records in, files out; a part of which no record has changed is left as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from zlib import crc32

import msgspec

from builder.model.search import SearchNames, SearchRecord, SearchStub
from builder.search.catalogue import FORMAT, RECORDS, ROOT, IndexFiles, IndexSegment, write_records, write_root
from builder.search.disk import DISK, ON_DISK, write_disk
from builder.search.lexicon import LEXICON, NAMES, examples_of, names_in, names_of, write_lexicon
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


class _State(msgspec.Struct, frozen=True):
    """All parts, by name, and how much of each record they keep."""

    parts: dict[str, IndexSegment]
    head: int
    format: int = FORMAT


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
            given it. Where it or a file is missing or damaged, the index is made anew, as small ones always are.
    """
    head = head_length(len(stubs))
    known = _known(there, state, head) if state and len(stubs) > ON_DISK else {}
    try:
        parts, files = _written(stubs, load, head, known, there)
    except (IndexFileError, OSError):  # gone or damaged since it was looked for
        known = {}
        parts, files = _written(stubs, load, head, known, there)
    segments = list(parts.values())
    records = [record for segment in segments for record in segment.records.values()]
    files[RECORDS] = write_records(segments, stubs)
    words = words_in(record.head for record in records)
    lexicon = dict(write_lexicon(words))
    files |= lexicon
    told = [(name, other) for name, others in names.aliases.items() for other in others]
    files[NAMES] = pack_json(names_of(words, told, names_in(pair for record in records for pair in record.names)))
    said = {LEXICON: f"{crc32(b''.join(lexicon.values())):08x}", NAMES: f"{crc32(files[NAMES]):08x}"}
    files[ROOT] = write_root(segments, stubs, names, said, examples_of(words))
    files[DISK] = write_disk({} if len(stubs) > ON_DISK else files)
    paths = {path for part in segments for path in paths_of(part)}
    gone = sorted({path for part in known.values() for path in paths_of(part)} - paths)
    kept = msgspec.msgpack.encode(_State(parts, head)) if len(stubs) > ON_DISK else b""
    return IndexChange(not known, files, tuple(gone), kept)


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


def _known(there: IndexFiles, state: bytes, head: int) -> dict[str, IndexSegment]:
    """The parts of the index that stand as they were made; none where it is unknown or damaged."""
    try:
        kept = msgspec.msgpack.decode(state, type=_State)
    except ValueError:
        return {}
    paths = (path for part in kept.parts.values() for path in paths_of(part))
    is_whole = kept.format == FORMAT and kept.head == head and all(path in there for path in (ROOT, *paths))
    return kept.parts if is_whole else {}
