"""Which language a text is written in, and Chinese in which script."""

from __future__ import annotations

import re
from functools import cache

from builder.cleaning.wording import wording
from builder.folding import fold
from builder.patterns import pattern

_READ = 1200  # characters; scripts and function words show within the first few hundred
_LEAST_HAN = 0.2  # share of letters: 0.28 in the least Chinese post of the sample, 0.06 in the most Chinese English one
_LEAST_KANA = 0.1  # share of kana among kana and Han: at most 0.01 in the Chinese posts of the sample
_HAN = pattern(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_KANA = pattern(r"[\u3041-\u30ff]+")
_HANGUL = pattern(r"[\uac00-\ud7a3\u1100-\u11ff]+")
_OTHER_SCRIPTS = {
    "ru": re.compile(r"[\u0400-\u04ff]+"),
    "ar": re.compile(r"[\u0600-\u06ff]+"),
    "th": re.compile(r"[\u0e00-\u0e7f]+"),
    "bo": re.compile(r"[\u0f00-\u0fff]+"),
    "mn": re.compile(r"[\u1800-\u18af]+"),
    "hi": re.compile(r"[\u0900-\u097f]+"),
    "el": re.compile(r"[\u0370-\u03ff]+"),
    "he": re.compile(r"[\u0590-\u05ff]+"),
}
_ALPHABETIC = pattern(r"[A-Za-z\u00aa-\u1fff]+")  # every other script that is written in letters
_LETTERS = pattern(r"[^\W\d_]+")


def language_of(text: str, hint: str = "") -> str:
    """Detect a text's language.

    Args:
        text: Title and body as plain text.
        hint: A language tag that the post itself gives; it decides only where the text does not.

    Returns:
        A BCP 47 tag: ``zh-Hans``, ``zh-Hant``, ``ja``, ``ko``, ``en`` …; ``und`` where there are no letters.
    """
    text = text[:_READ]
    han, kana, hangul = _count(_HAN, text), _count(_KANA, text), _count(_HANGUL, text)
    letters = han + kana + hangul + _count(_ALPHABETIC, text)
    if not letters:
        return _plain_hint(hint) or "und"
    if hangul > letters / 4:
        return "ko"
    if kana and kana >= _LEAST_KANA * (han + kana) and han + kana >= _LEAST_HAN * letters:
        return "ja"
    if han >= _LEAST_HAN * letters:
        return _chinese(text, hint)
    for language, script in _OTHER_SCRIPTS.items():
        if _count(script, text) > letters / 2:
            return language
    return _latin(text, hint)


def _count(script: re.Pattern[str], text: str) -> int:
    return sum(map(len, script.findall(text)))


def _chinese(text: str, hint: str) -> str:
    """The script whose own characters stand in the text more often; a tie goes to the hint, then to Simplified."""
    simplified, traditional = (_count(own, text) for own in _own())
    if simplified == traditional:
        return "zh-Hant" if _plain_hint(hint) == "zh-Hant" else "zh-Hans"
    return "zh-Hant" if traditional > simplified else "zh-Hans"


@cache
def _own() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Characters that only Simplified writes, and those that only Traditional writes.

    The character sets of both worlds know: GB 2312 holds the Simplified ones, Big5 the Traditional; what both hold
    (后, 里, 台 …) says nothing.
    """
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    simplified, traditional = (set(every.encode(name, "ignore").decode(name)) for name in ("gb2312", "big5"))
    changing = (each for each in sorted(traditional - simplified) if fold(each) != each)
    return re.compile(f"[{''.join(sorted(simplified - traditional))}]+"), re.compile(f"[{''.join(changing)}]+")


def _latin(text: str, hint: str) -> str:
    words = [word.lower() for word in _LETTERS.findall(text)]
    counts = {language: sum(word in known for word in words) for language, known in wording().function_words.items()}
    best = max(counts, key=lambda language: (counts[language], language == _plain_hint(hint)[:2], language == "en"))
    return best if counts[best] else _plain_hint(hint) or "en"


def _plain_hint(hint: str) -> str:
    """A hint as the tag this module would give."""
    tag = hint.strip().lower().replace("_", "-")
    if tag.startswith("zh"):
        return "zh-Hant" if any(part in tag for part in ("hant", "tw", "hk", "mo")) else "zh-Hans"
    return tag.split("-")[0] if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", tag) else ""
