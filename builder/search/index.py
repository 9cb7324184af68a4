"""A written index, opened for reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from builder.search.catalogue import ROOT, Catalogue, read_root
from builder.search.dates import DATES, read_dates
from builder.search.facets import FACETS, Facets, read_facets
from builder.search.lists import decode_list
from builder.search.packing import IndexFileError
from builder.search.shards import shard_name, shard_of, unpack_shard
from builder.search.units import UnitContent, unit_name, unpack_unit


class Index:
    """Reads shards and units when they are first asked for, and remembers them."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        """Open an index.

        Args:
            read: Gives the bytes of a file of the index, or raises ``OSError``.
        """
        self._read = read
        self._shards: dict[str, Mapping[str, bytes]] = {}
        self._units: dict[int, UnitContent] = {}

    @cached_property
    def catalogue(self) -> Catalogue:
        """What ``root.gz`` says."""
        return read_root(self._bytes(ROOT))

    @cached_property
    def facets(self) -> Facets:
        """What ``facets.gz`` says."""
        return read_facets(self._bytes(FACETS))

    @cached_property
    def dates(self) -> Mapping[int, int]:
        """What ``dates.gz`` says: months by record, which is a slot."""
        return read_dates(self._bytes(DATES))

    def weights(self, key: str) -> dict[int, int]:
        """The units that hold a key, in order, with its weight in each.

        Raises:
            IndexFileError: A shard is missing or damaged.
        """
        name = shard_name(shard_of(key, self.catalogue.shards))
        if name not in self._shards:
            self._shards[name] = unpack_shard(self._bytes(name), name)
        coded = self._shards[name].get(key)
        try:
            return decode_list(coded, self.catalogue.slots) if coded else {}
        except (ValueError, IndexError) as error:
            raise IndexFileError(f"{name}: {error}") from error

    def unit(self, slot: int) -> UnitContent:
        """A unit by its slot.

        Raises:
            IndexFileError: Its file is missing or damaged.
        """
        if slot not in self._units:
            name = unit_name(slot)
            self._units[slot] = unpack_unit(self._bytes(name), name)
        return self._units[slot]

    def _bytes(self, name: str) -> bytes:
        try:
            return self._read(name)
        except OSError as error:
            raise IndexFileError(f"{name}: {error.strerror or error}") from error


def open_index(folder: Path) -> Index:
    """The index in a folder."""
    return Index(lambda name: (folder / name).read_bytes())
