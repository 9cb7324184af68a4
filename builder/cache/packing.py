"""Encodes values as MessagePack, whose decoding runs no code."""

from __future__ import annotations

from typing import TypeVar

import msgspec

Value = TypeVar("Value")


class BrokenCacheError(Exception):
    """Something that is remembered is not what was put there: the cache must be begun anew."""


def packed(value: object, *, ordered: bool = True) -> bytes:
    """A value as MessagePack; ``ordered`` where equal values must give equal bytes, keys of mappings are text then."""
    return msgspec.msgpack.encode(value, order="deterministic" if ordered else None)


def unpacked(data: bytes, kind: type[Value]) -> Value:
    """The value again.

    Raises:
        BrokenCacheError: They are not the bytes of such a value.
    """
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except msgspec.MsgspecError as error:
        raise BrokenCacheError from error
