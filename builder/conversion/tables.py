"""OpenCC's phrases and what each becomes, read with the library's own tool."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import opencc

from builder.cache import Store, packed, unpacked
from builder.parallel.worker import beside

_TABLE = "conversion"
_ALL = b"phrases"
LONGEST = 16
"""Characters of the longest phrase that counts."""
_IDEOGRAPHS = ((0x2E80, 0x2FE0), (0x3005, 0x3008), (0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32000))


@dataclass(frozen=True, slots=True)
class Direction:
    """From one script to the other.

    Script only, by phrase, after Taiwan's standard. The tables that also swap vocabulary (信息 for 資訊) would put
    words into the author's mouth, and a quotation taken from the switched page would not be found in the original.
    """

    configuration: str  # OpenCC's name for it
    dictionaries: tuple[str, ...]  # Whose phrases it knows
    again: str  # OpenCC's name for the conversion that gives the form in which its second step meets the phrases
    lang: str  # Language of the result
    other: str  # Language of the texts that are converted


DIRECTIONS = (
    Direction("s2tw", ("STPhrases", "STPhrases_GeneratedFromRegionalPhrases"), "", "zh-Hant-TW", "zh-Hans"),
    Direction("tw2s", ("TSPhrases", "TWVariantsRevPhrases"), "t2tw", "zh-Hans", "zh-Hant"),
)


class PhraseTable(msgspec.Struct, frozen=True, array_like=True):
    """The phrases of a direction."""

    direction: Direction
    phrases: frozenset[str]  # All of them; the longest at a place is taken
    lengths: dict[str, tuple[int, ...]]  # Of these, by their first two characters
    special: frozenset[str]  # Those that do not come out the same character by character
    beginnings: dict[str, tuple[int, ...]]  # Lengths of these, likewise
    changing: frozenset[str]  # Ideographs that alone become another

    def longest(self, text: str, start: int) -> int:
        """Length of the longest phrase that begins at a place of a text; 1 where none does."""
        lengths = self.lengths.get(text[start : start + 2], ())
        for n in reversed(lengths):
            if start + n <= len(text) and text[start : start + n] in self.phrases:
                return n
        return 1


def _lengths(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Lengths of the phrases that begin with the same two characters."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        found.setdefault(phrase[:2], set()).add(len(phrase))
    return {start: tuple(sorted(lengths)) for start, lengths in found.items()}


def convert(texts: Iterable[str], configuration: str) -> dict[str, str]:
    """Many texts of one line each, by OpenCC, in one go."""
    each = sorted(set(texts))
    return dict(zip(each, _converter(configuration).convert("\n".join(each)).split("\n"), strict=True))


@cache
def _converter(configuration: str) -> opencc.OpenCC:
    return opencc.OpenCC(configuration)


def load(store: Store) -> tuple[PhraseTable, ...]:
    """The tables, from what is remembered where it is."""
    known = store.one(_TABLE, _ALL)
    if known is None:
        with beside(_packed) as result:  # whose memory, four times what is kept, goes with it
            known = result()
        store.put(_TABLE, [(_ALL, known)])
    return unpacked(known, tuple[PhraseTable, ...])


def _packed() -> bytes:
    return packed([_read(direction) for direction in DIRECTIONS], ordered=False)


def _read(direction: Direction) -> PhraseTable:
    phrases = {phrase for name in direction.dictionaries for phrase in _entries(name)}
    if direction.again:
        phrases |= set(convert(phrases, direction.again).values())
    whole = convert(phrases, direction.configuration)
    single = convert({character for phrase in phrases for character in phrase}, direction.configuration)
    special = frozenset(text for text, new in whole.items() if new != "".join(single[character] for character in text))
    ideographs = convert(map(chr, chain(*(range(*block) for block in _IDEOGRAPHS))), direction.configuration)
    changing = frozenset(text for text, new in ideographs.items() if text != new)
    usual = frozenset(phrase for phrase in phrases if 1 < len(phrase) <= LONGEST)
    return PhraseTable(direction, usual, _lengths(usual), special, _lengths(special), changing)


def _entries(name: str) -> list[str]:
    """The keys of one of OpenCC's dictionaries, by the tool that comes with the library."""
    home = Path(opencc.__file__).parent / "clib"
    tool = shutil.which("opencc_dict", path=os.pathsep.join((str(home / "bin"), os.environ.get("PATH", ""))))
    with TemporaryDirectory(prefix="opencc-") as folder:
        text = Path(folder, "entries.txt")
        source = home / "share" / "opencc" / f"{name}.ocd2"
        subprocess.run(  # noqa: S603  # the library's own tool, on its own file
            [tool or "opencc_dict", "-i", str(source), "-f", "ocd2", "-o", str(text), "-t", "text"],
            check=True,
            capture_output=True,
        )
        lines = text.read_text(encoding="utf-8").splitlines()
    return [line.partition("\t")[0] for line in lines if "\t" in line]
