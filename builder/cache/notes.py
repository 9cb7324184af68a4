"""Small authenticated values for later runs, each in a file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from builder.cache.packing import BrokenCacheError, packed, unpacked
from builder.cache.sealing import opened, sealed
from builder.files import content, replace

Value = TypeVar("Value")


def read_note(file: Path, kind: type[Value]) -> Value | None:
    """A value; None where there is none, or none that this machine wrote."""
    try:
        return unpacked(opened(content(str(file)), file.name), kind)
    except (OSError, BrokenCacheError):
        return None


def write_note(file: Path, value: object) -> None:
    """Keep a value.

    Raises:
        OSError: The disk refuses.
    """
    replace(str(file), sealed(packed(value), file.name))
