"""ZIP files: packages of other formats by what is in them, and plain ones, each of whose files is opened in turn."""

from __future__ import annotations

import dataclasses
import posixpath
from collections.abc import Iterable, Iterator

from builder.containers import limits
from builder.containers.decoding import member_name
from builder.containers.kinds import kinds, reader_at
from builder.containers.packages import Package, PackageError
from builder.containers.references import below, references
from builder.containers.scans import scan_part
from builder.containers.sniffing import PICTURES, sniff
from builder.model.container import Part, Read
from builder.problems import Problem


def read_zip(data: bytes, path: str, depth: int) -> Read:
    """Open a ZIP file, whatever it is a package of."""
    package = Package(data)
    reader = next((each for each, marks in kinds().packages.items() if any(mark in package for mark in marks)), "")
    if any(name.startswith("archive/") and ".warc" in name for name in package.names):
        reader = reader or "warc.read_wacz"
    if not reader:
        return _plain(package, path, depth)
    if "." not in reader:
        raise PackageError(reader, suffix=posixpath.splitext(path)[1])
    return reader_at(reader)(package, path, data)


def _plain(package: Package, path: str, depth: int) -> Read:
    """Every file of a package, opened like a file of the disk; pictures belong to the texts that show them."""
    if depth >= limits.DEEPEST:
        raise PackageError("container-too-deep", limit=str(limits.DEEPEST))
    pictures: dict[str, bytes] = {}
    parts, problems = open_each(_texts(package, pictures), path, depth)
    shown = [_with_pictures(part, pictures) for part in parts]
    if not parts and not problems:
        shown = [dataclasses.replace(scan_part(data), member=_member(name, "")) for name, data in pictures.items()]
    if len(shown) == 1 and not problems:
        shown = [dataclasses.replace(shown[0], kind="zip", member="")]
    return tuple(shown), problems


def open_each(files: Iterable[tuple[str, bytes]], path: str, depth: int) -> Read:
    """Open files (names and bytes) that lie in another one, each like a file of the disk; none if they lie too deep."""
    from builder.containers.opening import named, open_bytes  # noqa: PLC0415  # it opens these containers, too

    parts: list[Part] = []
    problems: list[Problem] = []
    for name, content in files if depth < limits.DEEPEST else ():
        opened = open_bytes(content, named(path, member_name(name)), depth + 1)
        problems += opened.problems
        parts += [dataclasses.replace(part, member=_member(name, part.member)) for part in opened.parts]
    return tuple(parts), tuple(problems)


def _texts(package: Package, pictures: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of a package's files but its pictures, which are put where they are asked for."""
    for name in _names(package):
        content = package.read(name)
        if sniff(content) in PICTURES:
            pictures[name] = content
        else:
            yield name, content


def _names(package: Package) -> Iterator[str]:
    """The files that somebody put there: not what macOS adds, nor hidden ones, nor scripts and styles of pages."""
    for name in package.names:
        pieces = name.split("/")
        hidden = any(piece.startswith(".") or piece == "__MACOSX" for piece in pieces)
        if not hidden and posixpath.splitext(name)[1].lower() not in kinds().beside:
            yield name


def _member(name: str, inner: str) -> str:
    return member_name(f"{name}!{inner}" if inner else name)


def _with_pictures(part: Part, pictures: dict[str, bytes]) -> Part:
    """A part with those pictures of the package that it shows, under the addresses it has for them."""
    if part.files or not pictures:
        return part
    folder = posixpath.dirname(part.member.partition("!")[0])
    shown = {
        address: pictures[path]
        for address in references(part.data.decode("utf-8", "replace"))
        for path in below(folder, address)
        if path in pictures
    }
    return dataclasses.replace(part, files=shown) if shown else part
