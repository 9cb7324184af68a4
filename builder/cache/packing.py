"""Encodes values as MessagePack, whose decoding runs no code."""

from __future__ import annotations

from typing import TypeVar

import msgspec

Value = TypeVar("Value")


class BrokenCacheError(Exception):
    """Something that is remembered is not what was put there: the cache must be begun anew."""


def packed(value: object, *, ordered: bool = True) -> bytes:
    """A value as bytes.

    Args:
        value: Plain enough for MessagePack.
        ordered: Whether equal values must give equal bytes; keys of mappings are text then.
    """
    return msgspec.msgpack.encode(value, order="deterministic" if ordered else None)


def unpacked(data: bytes, kind: type[Value]) -> Value:
    """The value again.

    Args:
        data: What ``packed`` gave.
        kind: The value's type.

    Raises:
        BrokenCacheError: They are not the bytes of such a value.
    """
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except msgspec.MsgspecError as error:
        raise BrokenCacheError from error
