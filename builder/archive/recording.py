"""A set that notes what it is asked for, so that a result need not be worked out again while the answers stay."""

from __future__ import annotations

from typing import Self


class RecordingSet(frozenset[str]):
    """A frozen set of keys.

    Attributes:
        asked: Every key that somebody looked for.
    """

    asked: set[str]

    def __new__(cls, keys: frozenset[str]) -> Self:
        """Copy the keys; nothing has been asked."""
        new = super().__new__(cls, keys)
        new.asked = set()
        return new

    def __contains__(self, key: object) -> bool:
        """Whether the set holds a key; the question is noted."""
        self.asked.add(str(key))
        return super().__contains__(key)
