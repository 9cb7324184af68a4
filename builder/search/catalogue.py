"""``root.gz``: the one small file that is read first. It says how the index is laid out and how to read a query.

It holds the size of the table of units and the number of shards; which records have more than one unit; the fold
map; the archive's commonest characters, by which a query's rarest keys are looked up first; the topics' labels and
the aliases.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from builder.model.search import SearchNames
from builder.search.characters import characters, plain
from builder.search.foldmap import fold_map
from builder.search.packing import IndexFileError, pack, unpack

FORMAT = 2
ROOT = "root.gz"
_COMMON = 400


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The content of ``root.gz``, ready for use.

    Attributes:
        slots: Size of the table of units.
        shards: How many there are.
        units: How many there are.
        lengths: Number of units by first slot, of records with more than one.
        first_of: First slot of its record by slot, for their other units.
        common: Rank by character.
        topics: Labels by slug.
        aliases: Names by folded name.
    """

    slots: int
    shards: int
    units: int
    lengths: Mapping[int, int]
    first_of: Mapping[int, int]
    common: Mapping[str, int]
    topics: Mapping[str, str]
    aliases: Mapping[str, Sequence[str]]

    def record_of(self, slot: int) -> int:
        """The record that a unit is part of: a record's number is the slot of its first unit."""
        return self.first_of.get(slot, slot)

    def units_of(self, record: int) -> range:
        """The slots of a record's units."""
        return range(record, record + self.lengths.get(record, 1))


FoldMap = tuple[list[int], list[int]]


def write_root(
    table: tuple[int, int],
    lengths: Mapping[int, int],
    spread: Mapping[str, int],
    names: SearchNames,
    fold: FoldMap | None = None,
) -> bytes:
    """Pack the catalogue.

    Args:
        table: Its slots; the shards.
        lengths: Number of units by first slot, of all records.
        spread: In how many units each character stands.
        names: Topics and aliases.
        fold: The fold map of these characters, if it is known.
    """
    kinds = characters()
    long = sorted(slot for slot, units in lengths.items() if units > 1)
    content = {
        "format": FORMAT,
        "joined": kinds.joined,
        "run": kinds.run,
        "fold": fold or fold_map(spread),
        "common": "".join(sorted(spread, key=lambda key: (-spread[key], key))[:_COMMON]),
        "slots": table[0],
        "shards": table[1],
        "units": sum(lengths.values()),
        "long": [after - before for before, after in pairwise([0, *long])],
        "lengths": [lengths[slot] for slot in long],
        "topics": dict(names.topics),
        "aliases": dict(_widening(names.aliases)),
    }
    return pack(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def fold_map_in(data: bytes) -> FoldMap:
    """The fold map in a packed catalogue.

    Raises:
        IndexFileError, ValueError, LookupError: It is damaged.
    """
    sources, targets = json.loads(unpack(data, ROOT))["fold"]
    return sources, targets


def read_root(data: bytes) -> Catalogue:
    """Unpack the catalogue.

    Raises:
        IndexFileError: It is damaged or of another format.
    """
    try:
        content = json.loads(unpack(data, ROOT))
        if content["format"] != FORMAT:
            raise IndexFileError(f"{ROOT}: format {content['format']}")
        lengths = dict(zip(accumulate(content["long"]), content["lengths"], strict=True))
        return Catalogue(
            slots=content["slots"],
            shards=content["shards"],
            units=content["units"],
            lengths=lengths,
            first_of={slot + step: slot for slot, units in lengths.items() for step in range(1, units)},
            common={character: rank for rank, character in enumerate(content["common"])},
            topics=content["topics"],
            aliases=content["aliases"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise IndexFileError(f"{ROOT}: {error}") from error


def _widening(aliases: Mapping[str, Sequence[str]]) -> Iterable[tuple[str, list[str]]]:
    """Names by plain name; one inside the other is left out: it finds what is found anyway, or all too much."""
    for name, others in aliases.items():
        typed = plain(name)
        useful = [other for other in others if typed not in plain(other) and plain(other) not in typed]
        if useful:
            yield typed, useful
