"""The room's data: which kinds of files there are."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

import msgspec

from builder.data import load_data
from builder.model.container import Read


class Kinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of ``kinds.yml``."""

    posts: frozenset[str]
    pages: frozenset[str]
    by_suffix: dict[str, str]
    unread: dict[str, str]
    unread_suffixes: dict[str, frozenset[str]]
    beside: frozenset[str]
    packages: dict[str, tuple[str, ...]]
    organisations: tuple[str, ...]
    mastheads: tuple[str, ...]
    browsers: tuple[str, ...]
    edition_words: tuple[str, ...]

    def advice(self, kind: str, suffix: str) -> str:
        """Code of the problem that says what to save an unread kind as; empty where nothing is known of it."""
        by_name = next((code for code, suffixes in self.unread_suffixes.items() if suffix in suffixes), "")
        return by_name or self.unread.get(kind, "")


@cache
def kinds() -> Kinds:
    """The data of this room."""
    return load_data("containers/kinds.yml", Kinds)


def reader_at(place: str) -> Callable[..., Read]:
    """A reader by its module and name (``pdf.read_pdf``), loaded when the first file of its kind is opened."""
    module, _, function = place.partition(".")
    reader: Callable[..., Read] = getattr(import_module(f"builder.containers.{module}"), function)
    return reader
