"""The archive's own words and other names, for readers who type something else.

Words are stretches of two to six Chinese characters that stand in the texts often and together more often than chance
has it. ``lexicon.gz`` has them with their readings, so that Pinyin, its initials, Zhuyin, homophones and characters of
like shape lead to them. Other names come from ``curation/`` (``SearchNames``), from the texts themselves
(中国人民银行（以下简称央行）), from OpenCC's tables of regional words and from ``names.yml``; they are in ``names.gz``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise, takewhile

import numpy as np
import opencc
import yaml
from pypinyin import Style, lazy_pinyin

from builder.folding import fold
from builder.search.characters import JOINED, kinds, plain
from builder.search.packing import pack_json

LEXICON, NAMES = "lexicon.gz", "names.gz"
_READ, _BEGINNING = 1_000_000, 100
"""So many characters are read for words in all, and of each record so many at the least."""
_SHORTEST, _LONGEST, _LEAST, _MOST = 2, 6, 3, 10_000
_COHESION, _FIRM, _WHOLE, _CUT = 12.0, 120.0, 0.75, 0.5
_LOOSE = frozenset("的了在是和与及等也都就而被把从对这那一不有为以于到说将会要年月日个上下后前")
_MOST_NAMES, _FREQUENT, _TELLING = 1500, 60, 4
_ALIKE = (("^zh", "z"), ("^ch", "c"), ("^sh", "s"), ("^l", "n"), ("ng$", "n"), ("^h(?=u)", "f"))
"""What speakers of many dialects take for one another in Pinyin; read by the engine too."""
_STOP = "^"
_SHORTEST_FULL = 4
_SHORTENED = re.compile(
    r"[（(](?:(?:以下|下文|下)?(?:[统統简簡下]?[称稱])为?[:：]?[“「\"]?([\u4e00-\u9fff]{2,6})[”」\"]?"
    r"|(?:英文)?(?:[简簡][称稱]|[缩縮][写寫])?[:：]?([A-Z]{2,6}))[）)]"
)
_FULL = re.compile(r"([，。、；：！？“”「」《》\s]?)([\u4e00-\u9fff]{4,18})$")
_LONGEST_FULL, _LONGEST_SPELLED = 18, 12
"""So many characters has a full name whose short one is Chinese, or is letters."""


def words_in(texts: Sequence[str]) -> dict[str, int]:
    """Words with how often they stand there, the best first.

    Args:
        texts: Of records, title first.
    """
    each = max(_BEGINNING, _READ // max(1, len(texts)))
    text = fold("\n".join(text[:each] for text in texts))
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64)
    codes = np.where(kinds()[codes] == JOINED, codes, 0)
    counts: dict[str, int] = {
        chr(code): int(count) for code, count in zip(*np.unique(codes, return_counts=True), strict=True)
    }
    total = max(1, int((codes > 0).sum()))
    at, known = np.flatnonzero(codes), codes[codes > 0]
    for length in range(_SHORTEST, _LONGEST + 1):
        inside = at + length - 1 < len(codes)
        at, known = at[inside], known[inside]
        following = codes[at + length - 1]
        found, first, number, often = np.unique(
            known << 21 | following, return_index=True, return_inverse=True, return_counts=True
        )
        is_word = (often >= _LEAST) & (found & 0x1FFFFF > 0)
        counts |= {
            text[at[place] : at[place] + length]: int(count)
            for place, count in zip(first[is_word], often[is_word], strict=True)
        }
        kept = is_word[number]
        at, known = at[kept], number[kept] + 1
    return dict(_chosen(counts, total))


def _chosen(counts: Mapping[str, int], total: int) -> list[tuple[str, int]]:
    longer: Counter[str] = Counter()
    for word, count in counts.items():
        for part in (word[1:], word[:-1]):
            longer[part] = max(longer[part], count)
    words = {
        word: cohesion
        for word, count in counts.items()
        if len(word) >= _SHORTEST
        and longer[word] < _WHOLE * count
        and (cohesion := _cohesion(word, counts, total)) >= _COHESION
    }
    firm = {word for word in words if words[word] >= _FIRM or not (word[0] in _LOOSE or word[-1] in _LOOSE)}
    kept = firm - _fragments(words.keys(), counts)
    return sorted(((word, counts[word]) for word in kept), key=lambda item: (-item[1] * len(item[0]), item[0]))[:_MOST]


def _fragments(words: AbstractSet[str], counts: Mapping[str, int]) -> set[str]:
    """Words that mostly stand where another word of two characters is cut by them: 国政府 in 美国政府, 英国政府 …."""
    before, behind = Counter[str](), Counter[str]()
    for stretch, count in counts.items():
        if stretch[:2] in words and stretch[2:] in words:
            before[stretch[1:]] += count
        if stretch[-2:] in words and stretch[:-2] in words:
            behind[stretch[:-1]] += count
    return {word for word in words if max(before[word], behind[word]) >= _CUT * counts[word]}


def _cohesion(word: str, counts: Mapping[str, int], total: int) -> float:
    """How much more often the parts stand together than chance has it, at the weakest joint."""
    return min(
        counts[word] * total / (counts.get(word[:at], counts[word]) * counts.get(word[at:], counts[word]))
        for at in range(1, len(word))
    )


def names_in(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of a full name and the short one that a text gives it.

    Where the full name begins is told by punctuation before it, or by two texts that agree on no more than that.
    """
    fulls: dict[str, set[str]] = {}
    for text in texts:
        for given in _SHORTENED.finditer(text):
            longest = _LONGEST_FULL if given[1] else _LONGEST_SPELLED
            if full := _FULL.search(text, max(0, given.start() - longest - 1), given.start()):
                fulls.setdefault(given[1] or given[2], set()).add(f"{full[1] and _STOP}{full[2]}")
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
    if not words:
        return
    for one, other in (("s2t", "tw2sp"), ("s2twp", ""), ("s2hk", "")):
        spoken = str(opencc.OpenCC(one).convert("\n".join(words)))
        spoken = str(opencc.OpenCC(other).convert(spoken)) if other else spoken
        for word, said in zip(words, fold(spoken).split("\n"), strict=True):
            if said != word and not any(part in told for part in _parts(word)):
                told.add(word)
                yield word, said


def _parts(word: str) -> Iterator[str]:
    return (
        word[start:end]
        for start in range(len(word))
        for end in range(start + 2, len(word) + 1)
        if end - start < len(word)
    )


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in _data("names.yml"))


def _data(name: str) -> list[str]:
    loaded: list[str] = yaml.safe_load(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return loaded


def examples_of(words: Sequence[str]) -> list[str]:
    """Two words to show how to search: of the most frequent the longest that is not too long, and one unlike it."""
    telling = sorted((word for word in words[:_FREQUENT] if len(word) <= _TELLING), key=len, reverse=True)
    return [*telling[:1], *[word for word in telling[1:] if not set(word) & set(telling[0])][:1]]


def write_names(pairs: Sequence[str]) -> bytes:
    """Pack pairs of names."""
    return pack_json(list(pairs))


def write_lexicon(words: Sequence[str]) -> bytes:
    """Pack the words with their readings.

    Args:
        words: Plain, the best first.
    """
    own = {character for word in words for character in word}
    alone = {character: "".join(lazy_pinyin(character, errors="ignore")[:1]) for character in sorted(own | _usual())}
    heard = {_sound(alone[character]) for character in own}
    known = [character for character, reading in alone.items() if character in own or _sound(reading) in heard]
    characters = sorted(known, key=lambda character: (alone[character], character.encode("gbk", "replace")))
    special = {word: read for word in words if (read := lazy_pinyin(word)) != [alone[character] for character in word]}
    spoken = [alone[character] for character in characters]
    content = {
        "words": " ".join(words),
        "characters": "".join(characters),
        "readings": " ".join(spoken),
        "special": {word: " ".join(read) for word, read in special.items()},
        "zhuyin": _zhuyin({character: alone[character] for character in sorted(own)}),
        "shapes": _data("shapes.yml"),
        "alike": _ALIKE,
    }
    return pack_json(content)


def _sound(syllable: str) -> str:
    """A syllable of Pinyin, alike for all that are taken for one another."""
    for written, heard in _ALIKE:
        syllable = re.sub(written, heard, syllable)
    return syllable


@cache
def _usual() -> set[str]:
    """The 3,755 characters of the first level of GB/T 2312: what is mistyped need not be in the archive."""
    rows, cells = range(0xB0, 0xD8), range(0xA1, 0xFF)
    return set(bytes(code for row in rows for cell in cells for code in (row, cell)).decode("gb2312", "ignore"))


def _zhuyin(readings: Mapping[str, str]) -> dict[str, str]:
    """Syllables by how Zhuyin writes them, without tones."""
    written = {"".join(lazy_pinyin(one, style=Style.BOPOMOFO, errors="ignore")): said for one, said in readings.items()}
    toneless = {re.sub("[ˊˇˋ˙ˉ]", "", one): syllable for one, syllable in written.items()}
    return {zhuyin: syllable for zhuyin, syllable in sorted(toneless.items()) if zhuyin and syllable}
