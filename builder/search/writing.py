"""Writes the index: records in, files out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from builder.model.search import SearchNames, SearchRecord
from builder.search.catalogue import ROOT, turns, write_root
from builder.search.coding import WEIGHT_BITS, Lists
from builder.search.facets import FACETS, write_facets
from builder.search.segments import Segment, in_order, segments
from builder.search.shards import Directory, write_shards
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
    directories: dict[Segment, Directory] = {}
    for segment in segments(ordered):
        lists, segment_counts = _lists(ordered[segment.start : segment.end])
        for record, turn in zip(ordered[segment.start : segment.end], order_on_day[segment.start :], strict=False):
            files.update(_texts(record, turn))
        spread.update({key: len(units) for key, units in lists.units.items() if len(key) == 1})
        directories[segment], shards = write_shards(lists, sum(segment_counts), segment.shard_size)
        files.update({f"{segment.name}/{name}": data for name, data in shards.items()})
        counts.extend(segment_counts)
    files[ROOT] = write_root(ordered, counts, directories, spread, names)
    files[FACETS] = write_facets(ordered)
    return files


def _lists(records: Sequence[SearchRecord]) -> tuple[Lists, list[int]]:
    """Lists by key, and the number of units of each record."""
    lists = Lists()
    counts = []
    unit_number = 0
    for record in records:
        units = cut(record)
        counts.append(len(units))
        for number, unit in enumerate(units):
            _add(lists, unit_number, weigh(record, unit, first=number == 0))
            unit_number += 1
    return lists, counts


def _add(lists: Lists, unit_number: int, counts: Mapping[str, int]) -> None:
    """Enter one unit; the first loop is most of the work of building, so it holds nothing else."""
    units = lists.units
    for key in counts:
        units[key].append(unit_number)
    for key in [key for key, count in counts.items() if count > _FEW]:
        weight = 2 if counts[key] >= IN_TITLE else 1
        lists.weighted[key].append((len(units[key]) - 1) << WEIGHT_BITS | weight)


def _texts(record: SearchRecord, turn: int) -> Files:
    day = day_of(record)
    for number, unit in enumerate(cut(record)):
        yield unit_name(day, turn, number), file_of(record, unit)


_FEW = 2
"""As often as this a key may stand in a unit without a weight."""
