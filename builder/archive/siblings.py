"""Finds the pictures beside a post in ``seeds/`` by the relative addresses in its text."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from builder.archive.seeds import Seed
from builder.containers.limits import LARGEST_PICTURE
from builder.containers.references import below
from builder.model.container import file_of
from builder.patterns import pattern
from builder.reading.discovery import FETCHED_FOLDER

_FOLDERS = ("_files", ".files")
"""What browsers add to a page's name for the folder of its files."""

FETCHED_INDEX = "pictures.json"
_FETCHED_NAME = pattern(r"[0-9a-f]{32}\.(?:jpg|png|gif|webp)")


class Fetched(msgspec.Struct, frozen=True):
    """A picture that was fetched for a seed."""

    address: str  # Where it was
    written: tuple[str, ...]  # The addresses that the raw file has for it
    file: str  # Its name in the seed's folder of pictures
    fetched: str  # The day, ISO 8601
    sha256: str  # Of its bytes


def fetched_folder(seed: Path) -> Path:
    """Where the pictures lie that were fetched for a seed."""
    return seed.with_name(seed.name + FETCHED_FOLDER)


def read_fetched(index: Path) -> list[Fetched]:
    """The pictures of an index; none where there is no index, or it is damaged: they are remote ones again."""
    try:
        return msgspec.json.decode(index.read_bytes(), type=list[Fetched])
    except (OSError, msgspec.DecodeError):
        return []


def write_fetched(pictures: Iterable[Fetched]) -> bytes:
    """An index, by address."""
    text = msgspec.json.encode(sorted(pictures, key=lambda each: each.address))
    return msgspec.json.format(text, indent=2) + b"\n"


def sibling_pictures(seed: Seed, references: tuple[str, ...]) -> dict[str, str]:
    """The files that a seed's text shows: places on the disk by address, of fetched pictures and of those named.

    None leads out of the folder of seeds, and none goes through a link.
    """
    path = file_of(seed.path, seed.member)
    root = seed.file[: -len(path)]
    named = () if seed.member else references
    found = [*_fetched(root, path), *((address, _place(root, path, address)) for address in named)]
    return {address: place for address, place in found if place}


def _fetched(root: str, path: str) -> Iterator[tuple[str, str]]:
    """What was fetched for a seed, by each address that its text may have for it."""
    folder = f"{path}{FETCHED_FOLDER}"
    if not _is_own_file(root, f"{folder}/{FETCHED_INDEX}"):
        return
    for picture in read_fetched(Path(root, folder, FETCHED_INDEX)):
        if _FETCHED_NAME.fullmatch(picture.file) and _is_own_file(root, f"{folder}/{picture.file}"):
            yield from ((each, f"{root}{folder}/{picture.file}") for each in (picture.address, *picture.written))


def look_of(place: str) -> str:
    """What tells one content of a file from another without reading it."""
    status = os.stat(place)  # noqa: PTH116  # strings, as in discovery
    return f"{place}\0{status.st_size}\0{status.st_mtime_ns}"


class SiblingPictures(Mapping[str, bytes]):
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
    try:
        if not stat.S_ISREG(os.lstat(root + name).st_mode):  # first, since most are not there
            return False
        parts = name.split("/")
        above = ("/".join(parts[:number]) for number in range(1, len(parts)))
        return all(stat.S_ISDIR(os.lstat(root + folder).st_mode) for folder in above)
    except OSError:
        return False
