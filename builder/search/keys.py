"""What a unit is found by: its keys, each with a value that says how well the unit answers to it.

A key is a pair of neighbouring characters of which one at least is Chinese (or another that is written without
spaces), a single such character, or a whole word of letters and digits. A value is one byte: how often the key stands
in the text, weighed by the text's length as BM25 does and rounded to seven levels, and flags for where else it stands.
A posting is one number: the key (of a word, its number) above the unit's slot above the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

import numpy as np
import numpy.typing as npt

from builder.search.characters import GAP, JOINED, decoded, kinds, reduced, runs, usual
from builder.search.units import UnitContent

LEVELS = 7
TITLE, LEAD, LINES = 8, 16, 32
"""Flags: in the record's title, in the first sentences, in its lines (outlet, author, number of a document …)."""
SECOND_BITS, SLOT_BITS, VALUE_BITS = 18, 22, 6
_LEAD_LENGTH = 160
_LONGEST_WORD = 32
_SHORTEST_HANDLE = 8
AT_ONCE = 64
"""So many units are read at a time."""
BASIS, PRIME, WORD, FOLD = 0x811C9DC5, 16777619, 0xFFFFFFFF, 15
"""Of FNV-1a, with 32 bits."""
_SATURATION, _LENGTH_WEIGHT, _USUAL_LENGTH = 1.2, 0.5, 1000
"""k1, b and the mean length of BM25 (Robertson and Zaragoza 2009); the length is fixed, so that a text's values depend
on that text alone."""
_STEP = (_SATURATION + 1) / LEVELS

Numbers = npt.NDArray[np.uint64]
_NONE: Numbers = np.zeros(0, np.uint64)


class Postings(NamedTuple):
    """Everything that finds some units."""

    # Postings of characters, rising; a key is the first one's code point above the second one's, or above 0
    pairs: Numbers
    words: Numbers  # Postings of words, rising, whose keys are places in ``spelled``
    spelled: Sequence[str]  # Every word


class _Field(NamedTuple):
    """A line of a unit; the flag is 0 for a text, and LEAD for one whose beginning is the record's."""

    slot: int
    flag: int
    text: str


def postings_of(
    units: Sequence[tuple[int, UnitContent]], numbers: dict[str, int], *, is_large: bool = False
) -> Postings:
    """Everything that finds units.

    Args:
        units: Each with its slot.
        numbers: Of words, to which those of these units are added.
        is_large: Whether a usual character alone finds only those that have it in the title, in the lead or in a line:
            in large archives nobody reads the others.
    """
    parts = [_read(units[start : start + AT_ONCE], numbers) for start in range(0, len(units), AT_ONCE)]
    pairs, words = zip(*parts, strict=True) if parts else ([_NONE], [_NONE])
    return Postings(rising([_telling(part) if is_large else part for part in pairs]), rising(words), list(numbers))


def _telling(pairs: Numbers) -> Numbers:
    keys = pairs >> np.uint64(SLOT_BITS + VALUE_BITS)
    is_single = keys & np.uint64((1 << SECOND_BITS) - 1) == 0
    is_usual = usual()[(keys >> np.uint64(SECOND_BITS)).astype(np.int64)]
    telling: Numbers = pairs[~is_single | ~is_usual | (pairs & np.uint64(TITLE | LEAD | LINES) > 0)]
    return telling


def _read(units: Sequence[tuple[int, UnitContent]], numbers: dict[str, int]) -> tuple[Numbers, Numbers]:
    """Postings of pairs and of words, whose numbers are added to those known."""
    fields = [field for slot, unit in units for field in _fields(slot, unit)]
    codes, places = reduced("\n".join(field.text for field in fields))
    number = np.repeat(np.arange(len(fields)), [len(field.text) + 1 for field in fields])[places]
    slots, flags = (np.array([field[column] for field in fields], np.uint64)[number] for column in (0, 1))
    is_lead = np.arange(len(codes)) - np.searchsorted(number, np.arange(len(fields)))[number] < _LEAD_LENGTH
    flags = np.where(is_lead | (flags != LEAD), flags, 0).astype(np.uint64)
    lengths = np.bincount(slots.astype(np.int64), _is_text(flags) & (codes != ord(GAP))).astype(np.float64)
    values = slots << np.uint64(VALUE_BITS) | flags
    text = decoded(codes)
    of_words = np.concatenate([_words(text, values, numbers), _handles(units, numbers)])
    return _counted(_pairs(codes, number, values), lengths), _counted(of_words, lengths)


def _fields(slot: int, unit: UnitContent) -> Iterator[_Field]:
    yield _Field(slot, 0 if unit.number else LEAD, unit.text)
    if not unit.number:
        yield _Field(slot, TITLE, unit.record.title)
        yield from (_Field(slot, LINES, line) for line in (unit.record.source, *unit.record.credits))


def _words(text: str, values: Numbers, numbers: dict[str, int]) -> Numbers:
    """Every word, as often as it stands there."""
    found = list(runs().finditer(text))
    keys = [numbers.setdefault(word[0][:_LONGEST_WORD], len(numbers)) for word in found]
    return _above(keys) | values[np.array([word.start() for word in found], np.int64)]


def _handles(units: Iterable[tuple[int, UnitContent]], numbers: dict[str, int]) -> Numbers:
    first = [(slot, unit.record.handles) for slot, unit in units if not unit.number]
    found = [(slot, handle) for slot, names in first for handle in sorted(handles_of(names))]
    keys = handle_keys([handle for _, handle in found]) if found else []
    places = np.array([slot << VALUE_BITS | TITLE for slot, _ in found], np.uint64)
    return _above([numbers.setdefault(key, len(numbers)) for key in keys]) | places


def _above(keys: Sequence[int]) -> Numbers:
    return np.array(keys, np.uint64) << np.uint64(SLOT_BITS + VALUE_BITS)


def _pairs(codes: npt.NDArray[np.uint32], number: npt.NDArray[np.int64], values: Numbers) -> Numbers:
    """Every pair within a field and every single character that is a key, as often as it stands there."""
    kind = kinds()[codes]
    joined = kind == JOINED
    near = (kind[1:] > 0) & (kind[:-1] > 0) & (joined[1:] | joined[:-1]) & (number[1:] == number[:-1])
    first = codes.astype(np.uint64) << np.uint64(SECOND_BITS)
    keys = np.concatenate([(first[:-1] | codes[1:])[near], first[joined]])
    postings: Numbers = keys << np.uint64(SLOT_BITS + VALUE_BITS) | np.concatenate([values[1:][near], values[joined]])
    return postings


def _counted(found: Numbers, lengths: npt.NDArray[np.float64]) -> Numbers:
    """Each key once for each slot, with its level and all its flags."""
    found.sort()
    places, flags = found >> np.uint64(VALUE_BITS), found & np.uint64((1 << VALUE_BITS) - 1)
    first = np.flatnonzero(np.diff(places, prepend=places[:1] + np.uint64(1)))
    if not len(first):
        return found
    counts = np.add.reduceat(_is_text(flags).astype(np.int64), first)
    slots = (places[first] & np.uint64((1 << SLOT_BITS) - 1)).astype(np.int64)
    levels = np.where(counts > 0, _levels(counts, lengths[slots]), 0).astype(np.uint64)
    counted: Numbers = places[first] << np.uint64(VALUE_BITS) | levels | np.bitwise_or.reduceat(flags, first)
    return counted


def _is_text(flags: Numbers) -> npt.NDArray[np.bool_]:
    is_text: npt.NDArray[np.bool_] = (flags & np.uint64(TITLE | LINES)) == 0
    return is_text


def rising(parts: Sequence[Numbers]) -> Numbers:
    """All numbers of some parts, each of which rises, in order."""
    if len(parts) == 1:
        return parts[0]
    joined = np.concatenate(parts)
    joined.sort()
    return joined


def _levels(counts: npt.NDArray[np.int64], lengths: npt.NDArray[np.float64]) -> Numbers:
    usual = 1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * lengths / _USUAL_LENGTH
    weighed = counts * (_SATURATION + 1) / (counts + _SATURATION * usual)
    return np.minimum(np.maximum(np.rint(weighed / _STEP), 1), LEVELS).astype(np.uint64)


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


def handle_keys(handles: Sequence[str]) -> list[str]:
    """The keys of plain handles: no word begins so."""
    return [f"@{checksum:08x}" for checksum in checksums(code_points(handles)).tolist()]


def code_points(texts: Sequence[str]) -> Numbers:
    """A row for each place in the texts, with each text's code point there; 0 behind its end."""
    codes = np.array(texts, np.str_)
    return codes.view(np.uint32).reshape(len(codes), -1).T.astype(np.uint64)


def checksums(rows: Iterable[Numbers]) -> Numbers:
    """FNV-1a over code points, which both ends compute with ease, its high bits mixed into the low ones."""
    found = np.array(BASIS, np.uint64)
    for codes in rows:
        found = np.where(codes > 0, (found ^ codes) * np.uint64(PRIME) & np.uint64(WORD), found)
    checksum: Numbers = found ^ found >> np.uint64(FOLD)
    return checksum
