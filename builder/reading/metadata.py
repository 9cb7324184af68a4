"""Front matter by meaning: what its keys say about title, date, address, outlet, author, tags and categories."""

from __future__ import annotations

import re
from collections.abc import Mapping

from builder.reading.words import meanings, plain_key

_LIST_SEPARATOR = re.compile(r"\s*[,，、;；|]\s*")
_DEEPEST = 20


class Metadata:
    """Values of known keys, each list in the order of trust that ``words.yml`` gives to its keys."""

    def __init__(self, *sources: Mapping[str, object]) -> None:
        """Sort the values of several front matters; an earlier one's key hides a later one's."""
        ranked: dict[str, dict[int, object]] = {}
        for source in sources:
            for key, value in source.items():
                for meaning, rank in meanings().get(plain_key(key), ()):
                    ranked.setdefault(meaning, {}).setdefault(rank, value)
        self._values = {meaning: [value for _, value in sorted(found.items())] for meaning, found in ranked.items()}

    def texts(self, meaning: str) -> tuple[str, ...]:
        """Everything that the keys of a meaning say, as single texts, without empty ones."""
        return tuple(text for value in self._values.get(meaning, ()) for text in _flat(value) if text.strip())

    def listed(self, *meanings_wanted: str) -> tuple[str, ...]:
        """Tags or categories, each once: from lists, or from texts whose parts commas separate."""
        listed: dict[str, None] = {}
        for value in (value for meaning in meanings_wanted for value in self._values.get(meaning, ())):
            parts = _LIST_SEPARATOR.split(value) if isinstance(value, str) else _flat(value)
            listed.update(dict.fromkeys(part.strip() for part in parts if part.strip()))
        return tuple(listed)


def _flat(value: object, depth: int = 0) -> tuple[str, ...]:
    """The texts in a value; of a mapping, its names and addresses."""
    if isinstance(value, str):
        return (value,)
    if depth > _DEEPEST or value is None:
        return ()
    if isinstance(value, list):
        return tuple(text for item in value for text in _flat(item, depth + 1))
    if isinstance(value, dict):
        return tuple(text for key in ("name", "title", "url") for text in _flat(value.get(key), depth + 1))
    return (str(value),)
