"""Headlines: entities decoded, white space collapsed, the outlet's name behind them taken off."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote, urlsplit

from builder.folding import letters
from builder.patterns import pattern
from builder.reading.addresses import host_of
from builder.reading.words import words

_SPACES = pattern(r"\s+")
# Marks that steer writing direction or hide between letters; the joiners U+200C and U+200D shape letters and emoji.
_INVISIBLE = pattern("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ENTITY = pattern(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
_SEPARATOR = pattern(r"(?:(?<!\s)\s+)?(?:\s[-–—·]+\s|[|｜]+|_{1,2}(?=[^_]*\Z)|[–—](?=[^–—]*\Z))\s*")
_SHORTEST_ABBREVIATION = 2


def clean_title(original: str) -> str:
    """A headline as text: entities decoded, also twice encoded ones, white space collapsed, invisible marks gone."""
    text = html.unescape(original)
    if _ENTITY.search(text):
        text = html.unescape(text)
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def without_outlet(title: str, outlets: tuple[str, ...], certain: tuple[str, ...], address: str | None) -> str:
    """Take the outlet's names off the end of a headline.

    Args:
        title: The headline, cleaned.
        outlets: Names that the front matter may give for the outlet, tags and categories among them.
        certain: Those of them that are the outlet's for certain: their short and long forms count, too.
        address: The post's address: its host and the sections of its path name outlets and columns, too.

    Returns:
        The headline without what stands behind a separator and is, for one of these reasons, no part of it; a label
        before the headline stays.
    """
    evidence = _Evidence(outlets, certain, address)
    while True:
        cut = _last_separator(title)
        if cut is None or not evidence.speaks_for(title[cut[1] :]):
            return title
        title = title[: cut[0]].rstrip()


def title_in_name(stem: str) -> str:
    """The headline that a file's name gives behind number and date; empty where what is left is no headline."""
    rest = _NUMBERS_BEFORE.sub("", stem)
    words_in = rest.split()
    is_headline = len(_HAN.findall(rest)) >= _FEWEST_HAN or len(words_in) >= _FEWEST_WORDS
    return rest.strip() if is_headline else ""


_NUMBERS_BEFORE = pattern(r"^[\W\d_]+")
_HAN = pattern("[\u3400-\u9fff]")
_FEWEST_HAN = 4  # a label has two or three
_FEWEST_WORDS = 3


def is_punctuation(title: str) -> bool:
    """Whether a headline says nothing: no letter, no digit."""
    return bool(title) and not _LETTER.search(title)


_LETTER = pattern(r"[^\W_]")


def _last_separator(title: str) -> tuple[int, int] | None:
    found = None
    for match in _SEPARATOR.finditer(title):
        if match.start() > 0:
            found = match.span()
    if found is None or not 0 < len(title) - found[1] <= words().limits.suffix_characters:
        return None
    return found


class _Evidence:
    """What is known to name the outlet, folded for comparison."""

    def __init__(self, outlets: tuple[str, ...], certain: tuple[str, ...], address: str | None) -> None:
        self.names = frozenset(map(letters, outlets))
        self.certain = frozenset(map(letters, certain))
        self.labels = frozenset(host_of(address).split(".")[:-1])
        path = urlsplit(address).path if address else ""
        self.sections = frozenset(letters(part) for part in unquote(path).split("/")[:-1])

    def speaks_for(self, suffix: str) -> bool:
        """Whether a suffix names the outlet or a section of it."""
        name = letters(suffix)
        if not name:
            return False
        if name in self.names or name in self.labels or name in self.sections:
            return True
        return any(_abbreviates(known, name) or _abbreviates(name, known) for known in self.certain)


def _abbreviates(short: str, long: str) -> bool:
    """Whether one name is the other's beginning, its end, or Han characters of it in order from the first one on."""
    if len(short) < _SHORTEST_ABBREVIATION or len(short) >= len(long):
        return False
    if long.startswith(short) or long.endswith(short):
        return True
    letters = iter(long)
    return short[0] == long[0] and not short.isascii() and all(letter in letters for letter in short)
