"""A set that records its look-ups, so that a result stays valid while their answers do."""

from __future__ import annotations

from typing import Self


class RecordingSet(frozenset[str]):
    """A frozen set of keys.

    Attributes:
        asked: Every key that was looked up.
    """

    asked: set[str]

    def __new__(cls, keys: frozenset[str]) -> Self:
        """Copy the keys; none has been looked up."""
        new = super().__new__(cls, keys)
        new.asked = set()
        return new

    def __contains__(self, key: object) -> bool:
        """Whether the set holds a key; the look-up is recorded."""
        self.asked.add(str(key))
        return super().__contains__(key)
