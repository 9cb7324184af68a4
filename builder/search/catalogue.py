"""``root.gz``: the one small file that is read first. It says which files there are and how to read a query.

For each record it holds the day and the number of units, from which the names of the units' files follow; for each
segment its shards; the fold map; the archive's commonest characters, by which a query's rarest
keys are looked up first; the topics' labels and the aliases.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from builder.model.search import SearchNames, SearchRecord
from builder.search.characters import characters, plain
from builder.search.foldmap import fold_map
from builder.search.packing import IndexFileError, pack, unpack
from builder.search.segments import Segment
from builder.search.shards import Directory
from builder.search.units import day_of, iso_day, unit_name

FORMAT = 1
ROOT = "root.gz"
_COMMON = 400


@dataclass(frozen=True, slots=True)
class Part:
    """A segment as a reader sees it.

    Attributes:
        name: Folder of its shards.
        directory: Its shards.
        units: Number of its units.
        unit_start: Number of its first unit in the whole index.
    """

    name: str
    directory: Directory
    units: int
    unit_start: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The content of ``root.gz``, ready for use.

    Attributes:
        parts: The segments.
        years: Year by number of record, empty where undated.
        record_of: Number of the record by number of unit.
        unit_files: File by number of unit.
        unit_starts: First unit by number of record, and the number of units.
        common: Rank by character.
        topics: Labels by slug.
        aliases: Names by folded name.
    """

    parts: tuple[Part, ...]
    years: tuple[str, ...]
    record_of: tuple[int, ...]
    unit_files: tuple[str, ...]
    unit_starts: tuple[int, ...]
    common: Mapping[str, int]
    topics: Mapping[str, str]
    aliases: Mapping[str, Sequence[str]]


def write_root(
    records: Sequence[SearchRecord],
    unit_counts: Sequence[int],
    directories: Mapping[Segment, Directory],
    spread: Counter[str],
    names: SearchNames,
) -> bytes:
    """Pack the catalogue.

    Args:
        records: In order.
        unit_counts: Units of each record.
        directories: Shards by segment.
        spread: In how many units each character stands.
        names: Topics and aliases.
    """
    days = [day for record in records if (day := day_of(record)) is not None]
    kinds = characters()
    content = {
        "format": FORMAT,
        "joined": kinds.joined,
        "run": kinds.run,
        "fold": fold_map(spread),
        "common": "".join(sorted(spread, key=lambda key: (-spread[key], key))[:_COMMON]),
        "undated": len(records) - len(days),
        "days": [after - before for before, after in pairwise([0, *days])],
        "units": list(unit_counts),
        "segments": [
            {
                "name": segment.name,
                "units": sum(unit_counts[segment.start : segment.end]),
                "starts": [after - before for before, after in pairwise([0, *directory.starts])],
                "counts": directory.counts,
            }
            for segment, directory in directories.items()
        ],
        "topics": dict(names.topics),
        "aliases": dict(_widening(names.aliases)),
    }
    return pack(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def read_root(data: bytes) -> Catalogue:
    """Unpack the catalogue.

    Raises:
        IndexFileError: It is damaged or of another format.
    """
    try:
        content = json.loads(unpack(data, ROOT))
        if content["format"] != FORMAT:
            raise IndexFileError(f"{ROOT}: format {content['format']}")
        counts: list[int] = content["units"]
        days = [*[None] * content["undated"], *accumulate(content["days"])]
        return Catalogue(
            parts=_parts(content["segments"]),
            years=tuple(iso_day(day)[:4] if day is not None else "" for day in days),
            record_of=tuple(number for number, count in enumerate(counts) for _ in range(count)),
            unit_files=tuple(_unit_files(days, counts)),
            unit_starts=tuple(accumulate(counts, initial=0)),
            common={character: rank for rank, character in enumerate(content["common"])},
            topics=content["topics"],
            aliases=content["aliases"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise IndexFileError(f"{ROOT}: {error}") from error


def turns(days: Iterable[int | None]) -> Iterable[int]:
    """For each record, in order, how many before it bear the same day."""
    seen: Counter[int | None] = Counter()
    for day in days:
        yield seen[day]
        seen[day] += 1


def _widening(aliases: Mapping[str, Sequence[str]]) -> Iterable[tuple[str, list[str]]]:
    """Names by plain name; one inside the other is left out: it finds what is found anyway, or all too much."""
    for name, others in aliases.items():
        typed = plain(name)
        useful = [other for other in others if typed not in plain(other) and plain(other) not in typed]
        if useful:
            yield typed, useful


def _parts(segments: Iterable[Mapping[str, Any]]) -> tuple[Part, ...]:
    parts: list[Part] = []
    start = 0
    for segment in segments:
        directory = Directory(tuple(accumulate(segment["starts"])), tuple(segment["counts"]))
        units = int(segment["units"])
        parts.append(Part(segment["name"], directory, units, start))
        start += units
    return tuple(parts)


def _unit_files(days: Sequence[int | None], counts: Sequence[int]) -> Iterable[str]:
    for day, turn, count in zip(days, turns(days), counts, strict=True):
        yield from (unit_name(day, turn, number) for number in range(count))
