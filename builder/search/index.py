"""A written index, opened for reading."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from builder.search.catalogue import ROOT, Catalogue, read_root
from builder.search.coding import WEIGHT_BITS
from builder.search.facets import FACETS, Facets, read_facets
from builder.search.packing import IndexFileError, unpack
from builder.search.shards import read_shard, shard_name
from builder.search.units import Place


@dataclass(frozen=True, slots=True)
class UnitContent:
    """A unit's file: what ``units.file_of`` wrote."""

    title: str
    address: str
    kind: str
    source: str
    credits: tuple[str, ...]
    topics: tuple[str, ...]
    date: str
    language: str
    text: str
    length: int
    places: tuple[Place, ...]


class Index:
    """Reads shards and units when they are first asked for, and remembers them."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        """Open an index.

        Args:
            read: Gives the bytes of a file of the index, or raises ``OSError``.
        """
        self._read = read
        self._shards: dict[str, Mapping[str, list[int]]] = {}
        self._units: dict[int, UnitContent] = {}

    @cached_property
    def catalogue(self) -> Catalogue:
        """What ``root.gz`` says."""
        return read_root(self._bytes(ROOT))

    @cached_property
    def facets(self) -> Facets:
        """What ``facets.gz`` says."""
        return read_facets(self._bytes(FACETS))

    def weights(self, key: str) -> dict[int, int]:
        """The units that hold a key, in order, with its weight in each.

        Raises:
            IndexFileError: A shard is missing or damaged.
        """
        found: dict[int, int] = {}
        mask = (1 << WEIGHT_BITS) - 1
        for part in self.catalogue.parts:
            name = shard_name(part.directory, key)
            lists = self._shard(f"{part.name}/{name}", part.units) if name else {}
            for posting in lists.get(key, ()):
                found[part.unit_start + (posting >> WEIGHT_BITS)] = posting & mask
        return found

    def unit(self, number: int) -> UnitContent:
        """A unit by its number.

        Raises:
            IndexFileError: Its file is missing or damaged.
        """
        if number not in self._units:
            name = self.catalogue.unit_files[number]
            try:
                content = json.loads(unpack(self._bytes(name), name))
                content["places"] = tuple((place, address, title) for place, address, title in content["places"])
                lists = {name: tuple(content[name]) for name in ("topics", "credits")}
                self._units[number] = UnitContent(**{**content, **lists})
            except (ValueError, KeyError, TypeError) as error:
                raise IndexFileError(f"{name}: {error}") from error
        return self._units[number]

    def _shard(self, name: str, units: int) -> Mapping[str, list[int]]:
        if name not in self._shards:
            self._shards[name] = read_shard(self._bytes(name), units, name)
        return self._shards[name]

    def _bytes(self, name: str) -> bytes:
        try:
            return self._read(name)
        except OSError as error:
            raise IndexFileError(f"{name}: {error.strerror or error}") from error


def open_index(folder: Path) -> Index:
    """The index in a folder."""
    return Index(lambda name: (folder / name).read_bytes())
