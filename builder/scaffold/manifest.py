"""What the program wrote into an archive: by it an upgrade tells what is still the program's from what is people's."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

FILE = ".builder.json"
"""Below the archive's folder, committed with it."""


class Manifest(msgspec.Struct, frozen=True):
    """The record of what was written.

    Attributes:
        version: Of the program that wrote last.
        language: Of the archive's files.
        files: SHA-256 of each file as it was written, by its path.
    """

    version: str = ""
    language: str = ""
    files: dict[str, str] = {}


def read(root: Path) -> Manifest:
    """The record; an empty one where there is none that can be read."""
    try:
        return msgspec.json.decode((root / FILE).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        return Manifest()


def write(root: Path, known: Manifest) -> None:
    """Note what was written."""
    (root / FILE).write_bytes(msgspec.json.format(msgspec.json.encode(known), indent=2) + b"\n")


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Digest of each of some files, by path."""
    return {path: digest(content) for path, content in sorted(files.items())}


def digest(content: bytes) -> str:
    """SHA-256 of a file, whatever its line ends: git may have changed them on the way."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
