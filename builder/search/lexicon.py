"""The archive's own words and other names, for readers who type something else.

``lexicon/`` has the words (``words``) by how they begin, ``lexicon.gz`` how characters are read, so that Pinyin, its
initials, Zhuyin, homophones and characters of like shape lead to them. Other names come from ``curation/``
(``SearchNames``), from the texts themselves (中国人民银行（以下简称央行）), from OpenCC's tables of regional words
and from ``names.yml``; they are in ``names.gz``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise, takewhile
from string import ascii_lowercase

import numpy as np
import opencc
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from builder.data import load_data
from builder.folding import fold
from builder.search.characters import plain, usual
from builder.search.packing import pack_json

LEXICON, NAMES = "lexicon.gz", "names.gz"
_MOST_NAMES, _FREQUENT, _TELLING = 1500, 60, 4
_ALIKE = (("^zh", "z"), ("^ch", "c"), ("^sh", "s"), ("^l", "n"), ("ng$", "n"), ("^h(?=u)", "f"))
"""What speakers of many dialects take for one another in Pinyin; read by the engine too."""
_TONES = re.compile("[\u0300\u0301\u0302\u0304\u030c]")
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


def names_of(words: Iterable[str], given: Iterable[Sequence[str]], texts: Iterable[tuple[str, str]]) -> list[str]:
    """Pairs of names for one thing, a space between: those given, those of the texts, then regional ones."""
    known = set(words)
    told = [group for group in _groups() if any(plain(name) in known or name.isascii() for name in group)]
    groups = [*given, *texts, *told, *_regional(sorted(known, key=lambda word: (len(word), word)))]
    found: dict[tuple[str, str], str] = {}
    for name, other in (pair for group in groups for pair in combinations(group, 2)):
        typed, meant = plain(name), plain(other)
        if min(len(typed), len(meant)) > 1 and typed not in meant and meant not in typed:
            found.setdefault(
                (min(typed, meant), max(typed, meant)), f"{name.replace(' ', '_')} {other.replace(' ', '_')}"
            )
    return list(found.values())[:_MOST_NAMES]


def _regional(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Words with what they are called elsewhere; one that only holds another such word is left out."""
    told: set[str] = set()
    for names in (("s2t", "tw2sp"), ("s2twp",), ("s2hk",)) if words else ():
        spoken = "\n".join(words)
        for name in names:
            spoken = _converters()[name].convert(spoken)
        for word, said in zip(words, fold(spoken).split("\n"), strict=True):
            if said != word and told.isdisjoint(_parts(word)):
                told.add(word)
                yield word, said


@cache
def _converters() -> Mapping[str, opencc.OpenCC]:
    """Made together, because those that live at the same time share their tables."""
    return {name: opencc.OpenCC(name) for name in ("s2t", "tw2sp", "s2twp", "s2hk")}


def _parts(word: str) -> Iterator[str]:
    """Stretches of two characters or more that a word holds beside itself."""
    places = combinations(range(len(word) + 1), 2)
    return (word[start:end] for start, end in places if 1 < end - start < len(word))


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in load_data("search/names.yml", list[str]))


def examples_of(words: Sequence[str]) -> list[str]:
    """Two words to show how to search: of the most frequent the longest that is not too long, and one unlike it."""
    telling = sorted((word for word in words[:_FREQUENT] if len(word) <= _TELLING), key=len, reverse=True)
    return [*telling[:1], *[word for word in telling[1:] if not set(word) & set(telling[0])][:1]]


def write_lexicon(words: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Files of the words and their readings, by path.

    Args:
        words: Plain, the best first.
    """
    own = {character for word in words for character in word}
    every = sorted(own.union(map(chr, np.flatnonzero(usual()))))  # what is mistyped need not be in the archive
    alone = {character: _syllable(PINYIN_DICT.get(ord(character), "")) for character in every}
    heard = {_sound(alone[character]) for character in own}
    known = [character for character, reading in alone.items() if character in own or _sound(reading) in heard]
    characters = sorted(known, key=lambda character: (alone[character], character.encode("gbk", "replace")))
    content = {
        "characters": "".join(characters),
        "readings": " ".join(alone[character] for character in characters),
        "zhuyin": _zhuyin({alone[character]: character for character in sorted(own, reverse=True)}),
        "shapes": load_data("search/shapes.yml", list[str]),
        "alike": _ALIKE,
        "heard": _HEARD,
    }
    yield LEXICON, pack_json(content)
    special = dict(_special(words, alone))
    parts: dict[str, list[str]] = {letter: [] for letter in ascii_lowercase}
    for word in words:
        begins = {(reading or "a")[0] for reading in (alone[word[0]], special.get(word, alone[word[0]]))}
        for letter in sorted({_HEARD.get(letter, letter) for letter in begins}):
            parts[letter].append(word)
    for letter, some in parts.items():
        otherwise = {word: special[word] for word in some if word in special}
        yield f"lexicon/{letter}.gz", pack_json({"words": " ".join(some), "special": otherwise})


def _special(words: Iterable[str], alone: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Words that are not read as their characters are. Pypinyin is asked only for those with a phrase that is not."""

    def usual(word: str) -> list[str]:
        return [alone[character] for character in word]

    for word in words:
        phrases = (part for part in (word, *_parts(word)) if part in PHRASES_DICT)
        if any([_syllable(",".join(one)) for one in PHRASES_DICT[part]] != usual(part) for part in phrases):
            read = lazy_pinyin(word)
            if read != usual(word):
                yield word, " ".join(read)


@cache
def _syllable(readings: str) -> str:
    """The first of some readings, without its tone."""
    marked = unicodedata.normalize("NFD", readings.partition(",")[0])
    return unicodedata.normalize("NFC", _TONES.sub("", marked)).replace("ü", "v")


@cache
def _sound(syllable: str) -> str:
    """A syllable of Pinyin, alike for all that are taken for one another."""
    for written, heard in _ALIKE:
        syllable = re.sub(written, heard, syllable)
    return syllable


def _zhuyin(spoken: Mapping[str, str]) -> dict[str, str]:
    """Syllables by how Zhuyin writes them, without tones; each is given with a character that is read so."""
    written = {"".join(lazy_pinyin(one, style=Style.BOPOMOFO, errors="ignore")): said for said, one in spoken.items()}
    toneless = {re.sub("[ˊˇˋ˙ˉ]", "", one): syllable for one, syllable in written.items()}
    return {zhuyin: syllable for zhuyin, syllable in sorted(toneless.items()) if zhuyin and syllable}
