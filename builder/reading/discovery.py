"""The files below ``seeds/``: which are opened, and which only lie beside a page that shows them."""

from __future__ import annotations

import fnmatch
import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from builder.characters import names_a_file
from builder.patterns import pattern
from builder.problems import Problem
from builder.reading.words import words


@dataclass(frozen=True, slots=True)
class SeedFile:
    """A file to be read."""

    file: str  # Where it lies
    # POSIX path below the folder that was searched, in NFC, since systems differ in how they keep accents; the name of
    # a file that was taken as it is
    path: str
    # Size, times and place on the disk, by which a later build knows it again; empty where it has vanished
    look: tuple[int, ...]


Discovered = tuple[tuple[SeedFile, ...], tuple[Problem, ...]]
"""The files to be read, by path, and a problem for each that is not."""

FETCHED_FOLDER = ".pictures"
"""Behind the name of a file: the folder of the pictures that were fetched for it."""


def discover(seeds: Path) -> Discovered:
    """Find every file to be read.

    Args:
        seeds: A folder, searched with its sub-folders, or one file, taken as it is.

    Returns:
        The files in the order of their POSIX paths, whatever they are, and a problem for each one that leads outside
        the folder or that cannot be looked at. What a browser put into a folder beside a page it saved, or
        ``fetch-images`` beside a post, is not listed.
    """
    if not seeds.is_dir():
        return (SeedFile(str(seeds), seeds.name, _look(seeds)),), ()
    files: list[SeedFile] = []
    problems: list[Problem] = []
    _walk(str(seeds), "", seeds, files, problems)
    problems += _not_everywhere([found.path for found in files])
    return tuple(sorted(_composed(files), key=lambda found: found.path)), _in_one(problems)


def _composed(files: Sequence[SeedFile]) -> Iterator[SeedFile]:
    """The files by their paths in NFC; where another has that path already, by the path that the system gives."""
    taken = {found.path for found in files}
    for found in files:
        path = unicodedata.normalize("NFC", found.path)
        if path in taken:
            yield found
        else:
            taken.add(path)
            yield replace(found, path=path)


def _not_everywhere(paths: Iterable[str]) -> Iterator[Problem]:
    """A problem for each name that Windows refuses, and for each that Windows and macOS take for another file's."""
    first: dict[str, str] = {}
    for path in sorted(paths):
        other = first.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if other != path:
            yield Problem("name-taken-elsewhere", path, values={"first": other})
        elif any(map(_REFUSED.search, path.split("/"))):
            yield Problem("name-refused-elsewhere", path)


_REFUSED = pattern(r"(?i)^(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?:\.|$)|[<>:\"|?*\\]|[. ]$")
"""Names of devices, characters and endings that Windows keeps for itself (Naming Files, Paths, and Namespaces)."""


def _walk(folder: str, above: str, root: Path, files: list[SeedFile], problems: list[Problem]) -> None:
    """Strings, not paths: ten thousand files are found at every build."""
    try:
        with os.scandir(folder) as listed:
            entries = sorted((each for each in listed if not each.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(_unreadable(above.rstrip("/") or ".", error))
        return
    names = {entry.name for entry in entries}
    pages = {stem for entry in entries if (stem := _page_name(entry.name))}
    for entry in entries:
        path = above + entry.name
        if not names_a_file(entry.name):
            problems.append(Problem("name-unusable", above + readable_name(entry.name)))
        elif is_left_behind(entry.name) and not entry.is_dir():
            problems.append(Problem("left-behind", path))
        elif entry.is_symlink() and not _inside(Path(entry.path), root):
            problems.append(Problem("leads-outside", path))
        elif entry.is_dir(follow_symlinks=False):
            if _holder(entry.name) not in pages and not _is_of_fetched(entry.name, names):
                _walk(entry.path, f"{path}/", root, files, problems)
        elif not entry.is_file():
            problems.append(Problem("not-a-file", path))
        elif _suffix(entry.name) not in words().suffixes.beside and not _is_transcript(entry.name, names):
            said = f"{entry.path}.txt" if f"{entry.name}.txt" in names else ""
            files.append(SeedFile(entry.path, path, _look(entry) + (_look(Path(said)) if said else ())))


def _in_one(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems, those of files that nobody wrote as one."""
    left = sorted(problem.path for problem in problems if problem.code == "left-behind")
    if not left:
        return tuple(problems)
    named = Problem("left-behind", left[0], None, {"count": str(len(left)), "names": "、".join(left)})
    return (*(problem for problem in problems if problem.code != "left-behind"), named)


def is_left_behind(name: str) -> bool:
    """Whether a file's name is one that systems, office programs and unfinished downloads leave in folders."""
    return _left_behind().fullmatch(name.lower()) is not None


@cache
def _left_behind() -> re.Pattern[str]:
    """Names of what systems and browsers leave in folders."""
    return re.compile("|".join(map(fnmatch.translate, words().suffixes.ignored)))


def readable_name(name: str) -> str:
    """A name with what cannot be shown of it written as numbers."""
    shown = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(each if names_a_file(each) else f"\\u{ord(each):04x}" for each in shown)


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].strip().lower()  # noqa: PTH122  # a path of each of them takes longer than all else


def _page_name(name: str) -> str:
    """The name of a page without its suffix; empty for other files."""
    return os.path.splitext(name)[0] if _suffix(name) in words().suffixes.pages else ""  # noqa: PTH122  # as above


def _holder(name: str) -> str:
    """The page to which a folder of its files belongs, by the folder's name; empty where it has no such name."""
    return next((name.removesuffix(ending) for ending in words().suffixes.folders if name.endswith(ending)), "")


def _is_of_fetched(name: str, names: Collection[str]) -> bool:
    """Whether a folder holds the pictures that were fetched for a file beside it."""
    return name.endswith(FETCHED_FOLDER) and name.removesuffix(FETCHED_FOLDER) in names


def _is_transcript(name: str, names: Collection[str]) -> bool:
    """Whether a file is the text of a scan that lies beside it: ``notice.jpg.txt``."""
    scan = name.removesuffix(".txt")
    return scan != name and scan in names and _suffix(scan) in words().suffixes.scans


def _look(file: os.DirEntry[str] | Path) -> tuple[int, ...]:
    try:
        status = file.stat()
    except OSError:
        return ()
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _inside(path: Path, root: Path) -> bool:
    """Whether a link's target is an existing file below the folder; linked folders could run in circles."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_file() and target.is_relative_to(root.resolve())


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem("unreadable", path, values={"reason": error.strerror or type(error).__name__})
