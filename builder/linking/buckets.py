"""Which articles share a band of their sketches: tables for all of them, columns for a few."""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable

from builder.linking.features import BAND_BYTES
from builder.linking.thresholds import duplicate_thresholds


class Crowded(Exception):  # noqa: N818  # no error: it says that the short way ends here
    """A bucket has more articles than buckets hold leaders."""


class Tables:
    """Leaders by band; a bucket holds the latest only."""

    def __init__(self) -> None:
        """Nobody leads yet."""
        thresholds = duplicate_thresholds()
        self._most = thresholds.bucket
        self._tables: list[dict[int, list[int]]] = [defaultdict(list) for _ in range(thresholds.bands)]

    def candidates(self, bands: bytes) -> set[int]:
        """Leaders that share a band."""
        found: set[int] = set()
        for table, band in zip(self._tables, _numbers(bands), strict=True):
            if band in table:
                found.update(table[band])
        return found

    def keep(self, bands: bytes, place: int) -> None:
        """Add a leader."""
        for table, band in zip(self._tables, _numbers(bands), strict=True):
            table[band].append(place)
            del table[band][: -self._most]


class Columns:
    """Each band of all articles in one piece of memory, searched by the fastest search there is for bytes."""

    def __init__(self, bands: Iterable[bytes], changes: int) -> None:
        """Turn rows into columns.

        Args:
            bands: Of each article; an article without any shares none.
            changes: How many articles came or went; each may have stood in any bucket.
        """
        thresholds = duplicate_thresholds()
        self._most = thresholds.bucket - changes
        none = bytes(thresholds.bands * BAND_BYTES)
        numbers = array("I", b"".join(each or none for each in bands))
        self._columns = [numbers[start :: thresholds.bands].tobytes() for start in range(thresholds.bands)]

    def sharing(self, bands: bytes) -> set[int]:
        """Places of the articles that share a band.

        Raises:
            Crowded: More share one, or shared one before the changes, than a bucket holds.
        """
        found: set[int] = set()
        for number, column in enumerate(self._columns[: len(bands) // BAND_BYTES]):
            band = bands[number * BAND_BYTES : (number + 1) * BAND_BYTES]
            hits = 0
            place = column.find(band)
            while place >= 0:
                if place % BAND_BYTES == 0:
                    found.add(place // BAND_BYTES)
                    hits += 1
                place = column.find(band, place + 1)
            if hits > self._most:
                raise Crowded
        return found


def _numbers(bands: bytes) -> array[int]:
    numbers = array("I", bands)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
