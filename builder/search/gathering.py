"""Gathers the postings of every key from the texts of units: the bulk of the work of building an index.

Pairs of neighbours are nearly all of it, millions of them. Put into one table of their hundreds of thousands of lists,
each would wait for memory. So they are first parted by their first character, into some thousand buckets, and then
bucket by bucket by their second: both tables are small enough to stay near the processor. Characters and pairs are
code points here, as UTF-32 has them, and no step that is taken for each of them is one of Python's own.
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, islice, repeat
from operator import eq
from typing import Literal, NamedTuple

from builder.search.characters import GAP, plain, runs
from builder.search.units import UnitContent

_FEW = 3
_OFTEN, _IN_TITLE = 1, 2
_CODES = f"utf-32-{sys.byteorder[0]}e"
_HALF: Literal["I"] = "I"
_PAIR: Literal["L", "Q"] = "L" if array("L").itemsize == 2 * array(_HALF).itemsize else "Q"
"""Of two kinds of the same size, where there are both, arrays take the first faster."""
_GAP = ord(GAP)

Postings = dict[int, int]
"""Weights by slot, in the slots' order: 2 where the title of the record, begun by that unit, has the key, 1 where the
text often has it, else 0."""


class Reading(NamedTuple):
    """What finds a unit, all of it plain.

    Attributes:
        text: Its text.
        lines: The record's source and credits, of its first unit.
        title: Likewise.
    """

    text: str
    lines: tuple[str, ...] = ()
    title: str = ""


def read_unit(unit: UnitContent) -> Reading:
    """A unit as the index sees it."""
    if unit.number:
        return Reading(plain(unit.text))
    return Reading(plain(unit.text), tuple(map(plain, (unit.source, *unit.credits))), plain(unit.title))


def gather(readings: Iterable[tuple[int, Reading]]) -> Iterator[tuple[str, Postings]]:
    """Every key with its postings.

    Args:
        readings: Units with their slots, by slot.
    """
    texts, titles, lines = everything = Keys(), Keys(), Keys()
    for slot, reading in readings:
        texts.add(slot, reading.text)
        titles.add(slot, reading.title)
        for line in reading.lines:
            lines.add(slot, line)
    for first in sorted({*texts.firsts(), *titles.firsts(), *lines.firsts()}):
        yield from _weighed(*(keys.take(first) for keys in everything))
    yield from _weighed(*(keys.triples for keys in everything))


class Keys:
    """Keys of texts with the slots they stand in, each as often as it stands there.

    Attributes:
        triples: Slots by triple.
    """

    def __init__(self) -> None:
        """Nothing yet."""
        self.triples: defaultdict[str, list[int]] = defaultdict(list)
        self._slots: list[int] = []
        self._pairs: defaultdict[int, array[int]] = defaultdict(lambda: array(_PAIR))

    def add(self, slot: int, text: str) -> None:
        """Put in the keys of a plain text; those of lower slots come before."""
        if not text:
            return
        codes = memoryview((text + GAP).encode(_CODES)).cast(_HALF)
        pairs = memoryview(bytearray(2 * codes[1:].nbytes)).cast(_HALF)
        pairs[::2] = memoryview(array(_HALF, [len(self._slots)]) * len(text))
        pairs[1::2] = codes[1:]
        self._slots.append(slot)
        _exhaust(map(array.append, map(self._pairs.__getitem__, codes[:-1]), pairs.cast("B").cast(_PAIR)))
        for run in runs().findall(text):
            triples = map("".join, zip(run, run[1:], run[2:], strict=False))
            _exhaust(map(list.append, map(self.triples.__getitem__, triples), repeat(slot)))

    def firsts(self) -> Iterator[str]:
        """What keys begin with."""
        return (chr(code) for code in self._pairs if code != _GAP)

    def take(self, first: str) -> Mapping[str, Sequence[int]]:
        """Slots by key, of a character and of the pairs that begin with it; they are given up here."""
        pairs = self._pairs.pop(ord(first), None)
        if pairs is None:
            return {}
        halves = memoryview(pairs).cast("B").cast(_HALF)
        slots = list(map(self._slots.__getitem__, halves[::2]))
        of_second: defaultdict[int, list[int]] = defaultdict(list)
        _exhaust(map(list.append, map(of_second.__getitem__, halves[1::2]), slots))
        of_second.pop(_GAP, None)
        return {first: slots, **{first + chr(second): found for second, found in of_second.items()}}


def _exhaust(work: Iterator[None]) -> None:
    """Do all of it, without a step of the interpreter between."""
    deque(work, 0)


def _weighed(
    texts: Mapping[str, Sequence[int]], titles: Mapping[str, Sequence[int]], lines: Mapping[str, Sequence[int]]
) -> Iterator[tuple[str, Postings]]:
    if not titles and not lines:
        yield from ((key, _postings(slots)) for key, slots in texts.items())
        return
    for key in {**texts, **titles, **lines}:
        yield key, _postings(texts.get(key, ()), titles.get(key, ()), lines.get(key, ()))


def _postings(texts: Sequence[int], titles: Sequence[int] = (), lines: Sequence[int] = ()) -> Postings:
    """One key's, from the slots of texts, titles and lines."""
    slots = sorted([*texts, *lines, *titles]) if lines or titles else texts
    postings = dict.fromkeys(slots, 0)
    if len(slots) - len(postings) >= _FEW:  # in order, so that a slot's fourth stands three behind its first
        often = compress(texts, map(eq, texts, islice(texts, _FEW, None)))
        postings.update(dict.fromkeys(often, _OFTEN))
    if titles:
        postings.update(dict.fromkeys(titles, _IN_TITLE))
    return postings
