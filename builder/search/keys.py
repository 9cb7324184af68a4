"""What a unit is found by: its keys, each with a value that says how well the unit answers to it.

A key is a pair of neighbouring characters of which one at least is Chinese (or another that is written without
spaces), a single such character, or a whole word of letters and digits. A value is one byte: how often the key stands
in the text, weighed by the text's length as BM25 does and rounded to seven levels, and flags for where else it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

import numpy as np
import numpy.typing as npt

from builder.search.characters import GAP, JOINED, kinds, plain, runs
from builder.search.units import UnitContent

LEVELS = 7
TITLE, LEAD, LINES = 8, 16, 32
"""Flags: in the record's title, in the first sentences, in its lines (outlet, author, number of a document …)."""
SECOND_BITS, SLOT_BITS, VALUE_BITS = 18, 22, 6
_LEAD_LENGTH = 160
_LONGEST_WORD = 32
_SHORTEST_HANDLE = 8
BASIS, PRIME, WORD, FOLD = 0x811C9DC5, 16777619, 0xFFFFFFFF, 15
"""Of FNV-1a, with 32 bits."""
_SATURATION, _LENGTH_WEIGHT, _USUAL_LENGTH = 1.2, 0.5, 1000
"""k1, b and the mean length of BM25 (Robertson and Zaragoza 2009); the length is fixed, so that a text's values depend
on that text alone."""
_STEP = (_SATURATION + 1) / LEVELS
_CODES = "utf-32-le"

Numbers = npt.NDArray[np.uint64]


class Keys(NamedTuple):
    """The keys of one unit.

    Attributes:
        pairs: Keys of characters, the first one's code point above the second one's, or above 0; rising.
        values: Of each pair.
        words: Value by word.
        alphabet: Every character in them.
    """

    pairs: Numbers
    values: Numbers
    words: dict[str, int]
    alphabet: set[str]


def keys_of(unit: UnitContent) -> Keys:
    """Everything that finds a unit."""
    text = plain(unit.text)
    fields = [] if unit.number else _fields(unit, text)
    found = [_pairs(text) << np.uint64(VALUE_BITS)]
    words = dict(zip(*_word_levels(text), strict=True))
    for flag, line in fields:
        found.append(_pairs(line) << np.uint64(VALUE_BITS) | np.uint64(flag))
        for word in set(_words(line)):
            words[word] = words.get(word, 0) | flag
    words.update({handle_key(handle): TITLE for handle in handles_of(unit.handles)})
    alphabet = set(text).union(*(line for _, line in fields))
    return Keys(*_counted(np.concatenate(found), len(text)), words, alphabet)


def handles_of(names: Iterable[str]) -> set[str]:
    """What of addresses and file names finds a record: the whole, its last part, and that without its ending."""
    found: set[str] = set()
    for name in names:
        whole = plain_handle(name)
        last = whole.rpartition("/")[2].partition("?")[0]
        found |= {whole, *(part for part in (last, last.rpartition(".")[0]) if len(part) >= _SHORTEST_HANDLE)}
    return found


def plain_handle(name: str) -> str:
    """An address or file name without what varies: scheme, ``www.``, percent-encoding, case, fragment, last slash."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", unquote(name).strip().lower()).partition("#")[0].rstrip("/")


def handle_key(handle: str) -> str:
    """The key of a plain handle: no word begins so."""
    return f"@{checksum_of(handle):08x}"


def checksum_of(text: str) -> int:
    """FNV-1a over code points, which both ends compute with ease, its high bits mixed into the low ones."""
    checksum = BASIS
    for character in text:
        checksum = (checksum ^ ord(character)) * PRIME & WORD
    return checksum ^ checksum >> FOLD


def _fields(unit: UnitContent, text: str) -> list[tuple[int, str]]:
    lines = GAP.join(map(_line, (unit.source, *unit.credits)))
    return [(TITLE, plain(unit.title)), (LEAD, text[:_LEAD_LENGTH]), (LINES, lines)]


@lru_cache(1 << 12)  # outlets and authors return
def _line(text: str) -> str:
    return plain(text)


def _pairs(text: str) -> Numbers:
    """Every pair and every single character that is a key, as often as it stands there."""
    codes = np.frombuffer(text.encode(_CODES), np.uint32).astype(np.uint64)
    found = kinds()[codes]
    joined = found == JOINED
    near = (found[1:] > 0) & (found[:-1] > 0) & (joined[1:] | joined[:-1])
    first = codes << np.uint64(SECOND_BITS)
    return np.concatenate([(first[:-1] | codes[1:])[near], first[joined]])


def _words(text: str) -> list[str]:
    return [word[:_LONGEST_WORD] for word in runs().findall(text)]


def _word_levels(text: str) -> tuple[list[str], list[int]]:
    counts = Counter(_words(text))
    return list(counts), [int(level) for level in _levels(np.array(list(counts.values()), np.int64), len(text))]


def _levels(counts: npt.NDArray[np.int64], length: int) -> Numbers:
    usual = 1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * length / _USUAL_LENGTH
    weighed = counts * (_SATURATION + 1) / (counts + _SATURATION * usual)
    return np.minimum(np.maximum(np.rint(weighed / _STEP), 1), LEVELS).astype(np.uint64)


def _counted(found: Numbers, length: int) -> tuple[Numbers, Numbers]:
    """Each key once, with its level and all its flags: what is found outside the text has a flag."""
    found.sort()
    keys, flags = found >> np.uint64(VALUE_BITS), found & np.uint64((1 << VALUE_BITS) - 1)
    first = np.flatnonzero(np.diff(keys, prepend=keys[:1] + np.uint64(1)))
    if not len(first):
        return keys, flags
    counts = np.add.reduceat((flags == 0).astype(np.int64), first)
    levels = np.where(counts > 0, _levels(counts, length), np.uint64(0))
    return keys[first], (levels | np.bitwise_or.reduceat(flags, first)).astype(np.uint64)
