"""Writes the index: records in, files out; a part of which no record has changed is left as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import msgspec

from builder.model.search import SearchNames, SearchRecord, SearchStub
from builder.search.catalogue import FORMAT, RECORDS, ROOT, IndexSegment, write_records, write_root
from builder.search.disk import DISK, ON_DISK, write_disk
from builder.search.lexicon import LEXICON, NAMES, examples_of, names_of, write_lexicon
from builder.search.packing import pack_json
from builder.search.segments import divided, version_of, write_segment


@dataclass(frozen=True, slots=True)
class IndexChange:
    """What became of an index.

    Attributes:
        whole: Whether it was made anew: then ``files`` are all there are, and whatever else lies there must go.
        files: New files by path. The root comes last, so that a reader who has it has the rest.
        removed: Paths of files that are no longer part of it.
        state: To be given next time.
    """

    whole: bool
    files: Mapping[str, bytes]
    removed: tuple[str, ...]
    state: bytes


class _State(msgspec.Struct, frozen=True):
    """All parts, by name."""

    parts: dict[str, IndexSegment]
    format: int = FORMAT


def update_index(
    stubs: Sequence[SearchStub],
    load: Callable[[str], SearchRecord],
    names: SearchNames,
    is_there: Callable[[str], bool] = lambda _: False,
    state: bytes | None = None,
) -> IndexChange:
    """Bring an index up to date. The same records give the same files, whatever was there before.

    Args:
        stubs: Of all records, in any order.
        load: Gives a record by its identifier.
        names: Labels of topics, aliases.
        is_there: Whether a file of the index is as it was left, by its path.
        state: What was given back with it. Another version of this package, or of what it folds with, must not be
            given it. Where it or a file is missing or damaged, the index is made anew.
    """
    known = _known(is_there, state) if state and len(stubs) > ON_DISK else {}
    files: dict[str, bytes] = {}
    parts: dict[str, IndexSegment] = {}
    for name, part in divided(stubs).items():
        if name in known and known[name].version == version_of(part):
            parts[name] = known[name]
            continue
        parts[name], written = write_segment(name, part, load)
        files.update(written)
    segments = list(parts.values())
    files[RECORDS] = write_records(segments, stubs)
    words = sum((Counter(segment.words) for segment in segments), Counter[str]())
    ordered = [word for word, _ in words.most_common()]
    files[LEXICON] = write_lexicon(ordered)
    told = [(name, other) for name, others in names.aliases.items() for other in others]
    files[NAMES] = pack_json(names_of(ordered, told, (pair for segment in segments for pair in segment.names)))
    said = {name: f"{crc32(files[name]):08x}" for name in (LEXICON, NAMES)}
    files[ROOT] = write_root(segments, stubs, names, said, examples_of(ordered))
    files[DISK] = write_disk({} if len(stubs) > ON_DISK else files)
    there = {path for part in parts.values() for path in part.paths}
    gone = sorted({path for part in known.values() for path in part.paths} - there)
    return IndexChange(not known, files, tuple(gone), msgspec.msgpack.encode(_State(parts)))


def _known(is_there: Callable[[str], bool], state: bytes) -> dict[str, IndexSegment]:
    """The parts of the index that stand as they were made; none where it is unknown or damaged."""
    try:
        kept = msgspec.msgpack.decode(state, type=_State)
    except ValueError:
        return {}
    paths = (path for part in kept.parts.values() for path in part.paths)
    return kept.parts if kept.format == FORMAT and all(map(is_there, (ROOT, *paths))) else {}
