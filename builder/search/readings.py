"""How characters and words are read, from Pypinyin's tables: they are loaded where first asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations

_TONES = re.compile("[\u0300\u0301\u0302\u0304\u030c]")


def syllables(characters: Iterable[str]) -> Iterator[str]:
    """The syllable of each character, without its tone; empty where it has none."""
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415  # a tenth of a small build, and 40 MB

    return (_syllable(PINYIN_DICT.get(ord(character), "")) for character in characters)


def zhuyin(characters: Iterable[str]) -> Iterator[str]:
    """How Zhuyin writes each character's syllable, without its tone."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  # see above

    written = ("".join(lazy_pinyin(one, style=Style.BOPOMOFO, errors="ignore")) for one in characters)
    return (re.sub("[ˊˇˋ˙ˉ]", "", one) for one in written)


def special(words: Iterable[str], alone: Mapping[str, str]) -> Iterator[str]:
    """How each word is read; empty for those that are read as their characters are alone.

    Pypinyin is asked only for words with a phrase that is not.
    """
    from pypinyin import lazy_pinyin  # noqa: PLC0415  # see above
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415  # see above

    def usual(word: str) -> list[str]:
        return [alone[character] for character in word]

    for word in words:
        phrases = (part for part in (word, *parts(word)) if part in PHRASES_DICT)
        if any([_syllable(",".join(one)) for one in PHRASES_DICT[part]] != usual(part) for part in phrases):
            read = lazy_pinyin(word)
            yield "" if read == usual(word) else " ".join(read)
        else:
            yield ""


def parts(word: str) -> Iterator[str]:
    """Stretches of two characters or more that a word holds beside itself."""
    places = combinations(range(len(word) + 1), 2)
    return (word[start:end] for start, end in places if 1 < end - start < len(word))


@cache
def _syllable(readings: str) -> str:
    """The first of some readings, without its tone."""
    marked = unicodedata.normalize("NFD", readings.partition(",")[0])
    return unicodedata.normalize("NFC", _TONES.sub("", marked)).replace("ü", "v")
