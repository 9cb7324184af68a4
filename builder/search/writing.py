"""Writes the index: records in, files out."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from builder.model.search import SearchNames, SearchRecord
from builder.search.catalogue import ROOT, turns, write_root
from builder.search.coding import WEIGHT_BITS
from builder.search.facets import FACETS, write_facets
from builder.search.segments import Segment, in_order, segments
from builder.search.shards import shard_name, write_shards
from builder.search.units import IN_TITLE, cut, day_of, file_of, unit_name, weigh

Files = Iterator[tuple[str, bytes]]


def write_index(records: Iterable[SearchRecord], names: SearchNames) -> Mapping[str, bytes]:
    """Build the index.

    Args:
        records: Everything that can be found, in any order.
        names: Labels of topics, aliases.

    Returns:
        Content by path below the index's folder: ``root.gz``, ``facets.gz``, ``main/`` and ``recent/`` with the
        shards, ``texts/`` with the units. The same records give the same bytes, in whatever order they come.
    """
    ordered = in_order(list(records))
    order_on_day = list(turns(map(day_of, ordered)))
    files: dict[str, bytes] = {}
    counts: list[int] = []
    spread: Counter[str] = Counter()
    shards: dict[Segment, list[str]] = {}
    for segment in segments(ordered):
        lists, segment_counts = _postings(ordered[segment.start : segment.end])
        for record, turn in zip(ordered[segment.start : segment.end], order_on_day[segment.start :], strict=False):
            files.update(_texts(record, turn))
        spread.update({key: len(postings) for key, postings in lists.items() if len(key) == 1})
        shards[segment] = []
        for first, data in write_shards(lists, sum(segment_counts), segment.shard_size):
            shards[segment].append(first)
            files[f"{segment.name}/{shard_name(first)}"] = data
        counts.extend(segment_counts)
    files[ROOT] = write_root(ordered, counts, shards, spread, names)
    files[FACETS] = write_facets(ordered)
    return files


def _postings(records: Sequence[SearchRecord]) -> tuple[dict[str, array[int]], list[int]]:
    """Lists by key, and the number of units of each record."""
    lists: defaultdict[str, array[int]] = defaultdict(_new_list)
    counts = []
    posting = 0
    for record in records:
        units = cut(record)
        counts.append(len(units))
        for number, unit in enumerate(units):
            for key, count in weigh(record, unit, first=number == 0).items():
                lists[key].append(posting if count == 1 else posting | _weight(count))
            posting += 1 << WEIGHT_BITS
    return dict(lists), counts


def _weight(count: int) -> int:
    """0 for once or twice, 1 for more, 2 for the title."""
    return 2 if count >= IN_TITLE else int(count > _FEW)


def _texts(record: SearchRecord, turn: int) -> Files:
    day = day_of(record)
    for number, unit in enumerate(cut(record)):
        yield unit_name(day, turn, number), file_of(record, unit)


def _new_list() -> array[int]:
    return array("I")


_FEW = 2
