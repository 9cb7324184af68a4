"""Writes the index: records in, files out; after the first time only those that change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from builder.model.search import SearchNames, SearchRecord, SearchStub
from builder.search.building import build
from builder.search.packing import IndexFileError
from builder.search.state import read_state
from builder.search.updating import OutdatedError, update


@dataclass(frozen=True, slots=True)
class IndexChange:
    """What became of an index.

    Attributes:
        whole: Whether it was made anew: then ``files`` are all there are, and whatever else lies there must go.
        files: New and changed files by path. The root comes last, so that a reader who has it has the rest.
        removed: Paths of files that are no longer part of it.
        state: To be given next time.
    """

    whole: bool
    files: Mapping[str, bytes]
    removed: tuple[str, ...]
    state: bytes


def update_index(
    stubs: Sequence[SearchStub],
    load: Callable[[str], SearchRecord],
    names: SearchNames,
    before: Callable[[str], bytes] | None = None,
    state: bytes | None = None,
) -> IndexChange:
    """Bring an index up to date. The same records give the same files, whatever they are made from.

    Args:
        stubs: Of all records, in any order.
        load: Gives a record by its identifier: of new and changed ones, or of all where the index is made anew.
        names: Labels of topics, aliases.
        before: Reads a file of the index as it is, by its path, or raises ``OSError``.
        state: What was given back with it. Another version of this package, or of what it folds with, must not be
            given it. Where either is missing or damaged, or they do not fit each other, the index is made anew.
    """
    if before is not None and state is not None:
        try:
            files, removed, kept = update(stubs, load, names, before, read_state(state))
            return IndexChange(whole=False, files=files, removed=removed, state=kept)
        except (OutdatedError, IndexFileError, OSError, ValueError, LookupError):
            pass
    made, kept = build(stubs, load, names)
    return IndexChange(whole=True, files=made, removed=(), state=kept)


def write_index(records: Iterable[SearchRecord], names: SearchNames) -> Mapping[str, bytes]:
    """All files of an index by path, of records in memory.

    Args:
        records: Everything that can be found, in any order.
        names: Labels of topics, aliases.
    """
    known = {record.id: record for record in records}
    stubs = [stub_of(record, b"") for record in known.values()]
    return update_index(stubs, known.__getitem__, names).files


def stub_of(record: SearchRecord, digest: bytes) -> SearchStub:
    """A record's stub."""
    return SearchStub(record.id, digest, record.source, record.topics, record.date, record.language)
