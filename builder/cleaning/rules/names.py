"""Whether a text is a name, and whose: a person's, an organisation's, or a tool of the page."""

from __future__ import annotations

from collections.abc import Iterable

from builder.cleaning.draft import Draft
from builder.folding import fold, letters
from builder.patterns import pattern
from builder.reading.outlets import endings
from builder.reading.words import words


def signed(draft: Draft, texts: Iterable[str]) -> dict[str, None]:
    """The names in what is written as newsrooms sign."""
    likely = [(text, fold(text)) for text in texts if draft.words.byline_word.search(text)]
    found = ((text, pattern.search(folded)) for text, folded in likely for pattern in draft.words.bylines)
    names = (text[match.start(1) : match.end(1)].strip() for text, match in found if match)
    return {name: None for name in names if is_signature(name)}


def is_signature(name: str) -> bool:
    """Whether a name is written as names are: in scripts that know capitals, with them but for small words between."""
    proper = [word for word in name.split() if word.lower() not in words().particles]
    return bool(proper) and not any(map(str.islower, proper))


def could_be_outlet(draft: Draft, name: str, *, linked: bool) -> bool:
    """Whether what stands beside a date may name who wrote a text: the site, an organisation, on Chinese pages any."""
    if any(map(str.isdigit, name)) or not {"(", ")", "/"}.isdisjoint(name) or signed(draft, (name,)):
        return False
    if letters(name) in map(letters, draft.post.outlet_names):
        return True
    is_chinese = _HAN.search(draft.post.title) and not _KANA.search(draft.post.title + draft.printed[:_HEAD])
    if is_chinese and (_HAN_NAMES.fullmatch(name) or is_signature(name)):
        return True
    # Sections of English papers are named like papers, and linked.
    return is_signature(name) and fold(name).endswith(endings()) and not (linked and name.isascii())


_HAN = pattern("[\u3400-\u9fff]")
_KANA = pattern("[\u3041-\u30ff]")
_HEAD = 300  # characters in which Japanese shows
_HAN_NAMES = pattern("[\u3400-\u9fff·、 ]{2,24}")


def is_tool(draft: Draft, name: str) -> bool:
    """Whether a word belongs to the page's tools: share, print, size of type, marks such as "original"."""
    folded = fold(name)
    return bool(draft.words.tool.fullmatch(folded)) or not any(character.isalpha() for character in name)
