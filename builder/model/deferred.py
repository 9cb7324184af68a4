"""Dataclasses some of whose fields are loaded on demand."""

from __future__ import annotations

import copyreg
import dataclasses
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, TypeVar

Value = TypeVar("Value", bound="Deferred")


class Deferred:
    """Base of frozen dataclasses with slots: a field that was left out is looked up each time it is asked for."""

    __slots__ = ("_fields",)

    def __reduce__(self) -> tuple[object, ...]:
        """Pass to another process without what was left out; it is looked up there."""
        try:
            find = object.__getattribute__(self, "_fields")
        except AttributeError:
            return copyreg.__newobj__, (type(self),), self.__getstate__()  # type: ignore[attr-defined]
        known = {}
        for each in dataclasses.fields(self):  # type: ignore[arg-type]
            with suppress(AttributeError):
                known[each.name] = object.__getattribute__(self, each.name)
        return _restored, (type(self), known, find)

    if not TYPE_CHECKING:  # a type checker would take any name for a field

        def __getattr__(self, name: str) -> object:
            """A field that was left out."""
            if name.startswith("_"):
                raise AttributeError(name)
            try:
                find = object.__getattribute__(self, "_fields")
            except AttributeError:
                raise AttributeError(name) from None
            return getattr(find(), name)


def _restored(kind: type[Value], known: dict[str, object], find: Callable[[], object]) -> Value:
    return Deferrer(kind, tuple(known)).make(tuple(known.values()), find)


class Deferrer(Generic[Value]):
    """Makes values of which only some fields are at hand."""

    def __init__(self, kind: type[Value], names: Sequence[str]) -> None:
        """Look up the slots of the fields at hand once: ten thousand values are made at every build."""
        self._kind = kind
        self._setters = [getattr(kind, name).__set__ for name in names]

    def make(self, fields: Sequence[object], find: Callable[[], object]) -> Value:
        """A value of the fields at hand, in the order of their names.

        ``find`` gives an object that has the other fields; called whenever one is asked for, it decides what is
        kept in memory.
        """
        value = object.__new__(self._kind)
        for put, content in zip(self._setters, fields, strict=True):
            put(value, content)
        object.__setattr__(value, "_fields", find)
        return value
