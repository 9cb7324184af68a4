"""Pictures that lie beside a post in ``seeds/``: found by the addresses its text has for them."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from builder.archive.seeds import Seed
from builder.containers.limits import LARGEST_PICTURE
from builder.containers.references import below

_FOLDERS = ("_files", ".files")
"""What browsers add to a page's name for the folder of its files."""


def pictures_beside(seed: Seed, references: tuple[str, ...]) -> dict[str, str]:
    """The files that a seed's text shows.

    Args:
        seed: The seed.
        references: Relative addresses of its images, as written.

    Returns:
        Places on the disk by address; none that leads out of the folder of seeds, and none through a link.
    """
    if not references or seed.member:
        return {}
    root = seed.file[: -len(seed.path)]
    found = ((address, _place(root, seed.path, address)) for address in references)
    return {address: place for address, place in found if place}


def look_of(place: str) -> str:
    """What tells one content of a file from another without reading it."""
    status = os.stat(place)  # noqa: PTH116  # strings, as in discovery
    return f"{place}\0{status.st_size}\0{status.st_mtime_ns}"


class PicturesBeside(Mapping[str, bytes]):
    """Pictures by address, each read when it is asked for."""

    def __init__(self, places: Mapping[str, str]) -> None:
        """Remember where they lie."""
        self._places = places

    def __getitem__(self, address: str) -> bytes:
        """The bytes of one; none where it is larger than a picture may be."""
        with Path(self._places[address]).open("rb") as file:
            data = file.read(LARGEST_PICTURE + 1)
        return data if len(data) <= LARGEST_PICTURE else b""

    def __iter__(self) -> Iterator[str]:
        """Every address."""
        return iter(self._places)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._places)


def _place(root: str, path: str, address: str) -> str:
    """Where the file of one address lies; empty where there is none.

    A page that was renamed after it was saved still names its old folder: its own, by its new name, is looked through.
    """
    folder, stem = posixpath.dirname(path), posixpath.splitext(path)[0]
    for wanted in below(folder, address):
        names = [wanted, *(f"{stem}{ending}/{posixpath.basename(wanted)}" for ending in _FOLDERS)]
        for name in names:
            if _is_own_file(root, name):
                return root + name
    return ""


def _is_own_file(root: str, name: str) -> bool:
    """Whether a regular file lies there, with no link on the way to it."""
    parts = name.split("/")
    try:
        for number in range(1, len(parts)):
            if not stat.S_ISDIR(os.lstat(root + "/".join(parts[:number])).st_mode):
                return False
        return stat.S_ISREG(os.lstat(root + name).st_mode)
    except OSError:
        return False
