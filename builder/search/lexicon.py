"""The archive's own words and other names, for readers who type something else.

``lexicon/`` has the words (``words``) by how they begin, ``lexicon.gz`` how characters are read, so that Pinyin, its
initials, Zhuyin, homophones and characters of like shape lead to them. Other names come from ``curation/``
(``SearchNames``), from the texts themselves (中国人民银行（以下简称央行）), from OpenCC's tables of regional words
and from ``names.yml``; they are in ``names.gz``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise, takewhile
from string import ascii_lowercase
from typing import TypeVar

import msgspec
import numpy as np
import opencc

from builder.data import load_data
from builder.folding import fold
from builder.search import readings
from builder.search.characters import plain, usual
from builder.search.packing import pack_json

LEXICON, NAMES = "lexicon.gz", "names.gz"
LEXICON_FILES = (LEXICON, *(f"lexicon/{letter}.gz" for letter in ascii_lowercase))
_MOST_NAMES, _FREQUENT, _TELLING = 1500, 60, 4
_ALIKE = (("^zh", "z"), ("^ch", "c"), ("^sh", "s"), ("^l", "n"), ("ng$", "n"), ("^h(?=u)", "f"))
"""What speakers of many dialects take for one another in Pinyin; read by the engine too."""
_HEARD = {"l": "n", "h": "f"}
"""Letters with which words may begin that are taken for ones with another; read by the engine too."""
_STOP = "^"
_SHORTEST_FULL = 4
_SHORTENED = re.compile(
    r"[（(](?:(?:以下|下文|下)?(?:[统統简簡下]?[称稱])为?[:：]?[“「\"]?([\u4e00-\u9fff]{2,6})[”」\"]?"
    r"|(?:英文)?(?:[简簡][称稱]|[缩縮][写寫])?[:：]?([A-Z]{2,6}))[）)]"
)
_FULL = re.compile(r"([，。、；：！？“”「」《》\s]?)([\u4e00-\u9fff]{4,18})$")
_LONGEST_FULL, _LONGEST_SPELLED = 18, 12
"""So many characters has a full name whose short one is Chinese, or is letters."""
Found = TypeVar("Found")


class Lookups(msgspec.Struct, frozen=True):
    """What was looked up of characters and words; the tables take longer to load than a change to the index."""

    syllables: dict[str, str] = {}
    zhuyin: dict[str, str] = {}
    special: dict[str, str] = {}
    regional: dict[str, tuple[str, ...]] = {}


def _looked_up(known: dict[str, Found], asked: Iterable[str], find: Callable[[list[str]], Iterable[Found]]) -> None:
    """Find out what is not known of all that is asked for, and forget the rest."""
    wanted = set(asked)
    for each in known.keys() - wanted:
        del known[each]
    missing = sorted(wanted - known.keys())
    known.update(zip(missing, find(missing) if missing else (), strict=True))


def shortened(text: str) -> list[tuple[str, str]]:
    """What stands before a short name in brackets, ``_STOP`` before it where punctuation is, and the short name."""
    found = []
    for given in _SHORTENED.finditer(text):
        longest = _LONGEST_FULL if given[1] else _LONGEST_SPELLED
        if full := _FULL.search(text, max(0, given.start() - longest - 1), given.start()):
            found.append((f"{full[1] and _STOP}{full[2]}", given[1] or given[2]))
    return found


def names_in(texts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs of a full name and the short one that texts give it, from what ``shortened`` found in all.

    Where the full name begins is told by punctuation before it, or by two texts that agree on no more than that.
    """
    fulls: dict[str, set[str]] = {}
    for full, short in texts:
        fulls.setdefault(short, set()).add(full)
    return sorted(
        (name, short) for short, found in fulls.items() for name in _begun(found) if plain(name) != plain(short)
    )


def _begun(fulls: set[str]) -> set[str]:
    whole = {full.removeprefix(_STOP) for full in fulls if full.startswith(_STOP)}
    ordered = sorted(full[::-1] for full in fulls)
    shared = {_common(*pair)[::-1].removeprefix(_STOP) for pair in pairwise(ordered)}
    return {name for name in whole | shared if len(name) >= _SHORTEST_FULL}


def _common(one: str, other: str) -> str:
    """The longest beginning of both."""
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def names_of(words: Iterable[str], given: Iterable[Sequence[str]], lookups: Lookups) -> list[str]:
    """Pairs of names for one thing, a space between: those given, then regional ones."""
    known = set(words)
    told = [group for group in _groups() if any(plain(name) in known or name.isascii() for name in group)]
    groups = [*given, *told, *_regional(sorted(known, key=lambda word: (len(word), word)), lookups)]
    found: dict[tuple[str, str], str] = {}
    for name, other in (pair for group in groups for pair in combinations(group, 2)):
        typed, meant = plain(name), plain(other)
        if min(len(typed), len(meant)) > 1 and typed not in meant and meant not in typed:
            found.setdefault(
                (min(typed, meant), max(typed, meant)), f"{name.replace(' ', '_')} {other.replace(' ', '_')}"
            )
    return list(found.values())[:_MOST_NAMES]


def _regional(words: Sequence[str], lookups: Lookups) -> Iterator[tuple[str, str]]:
    """Words with what they are called elsewhere; one that only holds another such word is left out."""
    told: set[str] = set()
    _looked_up(lookups.regional, words, _spoken)
    for number in range(len(_REGIONS)):
        for word in words:
            said = lookups.regional[word]
            if said and said[number] != word and told.isdisjoint(readings.parts(word)):
                told.add(word)
                yield word, said[number]


def _spoken(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """What words are called in every region; nothing where it is all the same."""
    columns = [words]
    converters = {name: opencc.OpenCC(name) for names in _REGIONS for name in names}  # together they share tables
    for names in _REGIONS:
        spoken = "\n".join(words)
        for name in names:
            spoken = converters[name].convert(spoken)
        columns.append(fold(spoken).split("\n"))
    return (tuple(said) if {word} != {*said} else () for word, *said in zip(*columns, strict=True))


_REGIONS = (("s2t", "tw2sp"), ("s2twp",), ("s2hk",))
"""OpenCC's tables that turn a word into what it is called elsewhere."""


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in load_data("search/names.yml", list[str]))


def examples_of(words: Sequence[str]) -> list[str]:
    """Two words to show how to search: of the most frequent the longest that is not too long, and one unlike it."""
    telling = sorted((word for word in words[:_FREQUENT] if len(word) <= _TELLING), key=len, reverse=True)
    return [*telling[:1], *[word for word in telling[1:] if not set(word) & set(telling[0])][:1]]


def write_lexicon(words: Sequence[str], lookups: Lookups) -> Iterator[tuple[str, bytes]]:
    """Files of the words and their readings, by path.

    Args:
        words: Plain, the best first.
        lookups: What is known; the rest is looked up and added, and what nobody asks for any more is forgotten.
    """
    own = {character for word in words for character in word}
    every = sorted(own.union(map(chr, np.flatnonzero(usual()))))  # what is mistyped need not be in the archive
    _looked_up(lookups.syllables, every, readings.syllables)
    alone = lookups.syllables
    heard = {_sound(alone[character]) for character in own}
    known = [character for character in every if character in own or _sound(alone[character]) in heard]
    characters = sorted(known, key=lambda character: (alone[character], character.encode("gbk", "replace")))
    spoken = {alone[character]: character for character in sorted(own, reverse=True)}
    _looked_up(lookups.zhuyin, spoken.values(), readings.zhuyin)
    content = {
        "characters": "".join(characters),
        "readings": " ".join(alone[character] for character in characters),
        "zhuyin": _zhuyin((lookups.zhuyin[one], syllable) for syllable, one in spoken.items()),
        "shapes": load_data("search/shapes.yml", list[str]),
        "alike": _ALIKE,
        "heard": _HEARD,
    }
    yield LEXICON, pack_json(content)
    _looked_up(lookups.special, words, lambda missing: readings.special(missing, alone))
    special = {word: said for word in words if (said := lookups.special[word])}
    parts: dict[str, list[str]] = {letter: [] for letter in ascii_lowercase}
    for word in words:
        begins = {(reading or "a")[0] for reading in (alone[word[0]], special.get(word, alone[word[0]]))}
        for letter in sorted({_HEARD.get(letter, letter) for letter in begins}):
            parts[letter].append(word)
    for letter, some in parts.items():
        otherwise = {word: special[word] for word in some if word in special}
        yield f"lexicon/{letter}.gz", pack_json({"words": " ".join(some), "special": otherwise})


@cache
def _sound(syllable: str) -> str:
    """A syllable of Pinyin, alike for all that are taken for one another."""
    for written, heard in _ALIKE:
        syllable = re.sub(written, heard, syllable)
    return syllable


def _zhuyin(written: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Syllables by how Zhuyin writes them."""
    return {zhuyin: syllable for zhuyin, syllable in sorted(dict(written).items()) if zhuyin and syllable}
