"""What cleaning knows of languages and of the web: ``words.yml``, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from builder.data import load_data
from builder.folding import fold
from builder.patterns import LazyPattern, pattern

if TYPE_CHECKING:
    Pattern = re.Pattern[str]
else:
    Pattern = LazyPattern


class LineRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lines that go: whole lines that match, of at most ``longest`` characters, at a place."""

    rule: str  # Name of the rule, as the ledger shows it
    where: str  # ``edge`` (first or last lines), ``tail`` (last lines), ``any``
    longest: int  # Characters a line may have at most
    patterns: Pattern  # Every pattern of the rule as one
    to: str | None = None  # Metadata field that receives the line; None where it is dropped


class CleaningWords(msgspec.Struct, frozen=True):
    """The content of ``words.yml``, whose comments say what each part is for; lists of patterns are one pattern."""

    names: Mapping[str, str]
    elements: Mapping[str, str]
    roles: Mapping[str, str]
    parts: Mapping[str, str]
    fields: Mapping[str, str]
    longest_value: int
    labels: Mapping[str, str]
    weak_labels: frozenset[str]
    label: Pattern
    bare: Pattern
    bare_fields: Mapping[str, str]
    byline_word: Pattern
    bylines: tuple[Pattern, ...]
    calls: frozenset[str]
    statement: Pattern
    lines: tuple[LineRule, ...]
    scan: Pattern
    related: Pattern
    tag_label: Pattern
    tag_path: Pattern
    annex: Pattern
    link_texts: Mapping[str, Pattern]
    advert_address: Pattern
    campaign_address: Pattern
    share_address: Pattern
    network_address: Pattern
    network_call: Pattern
    tracker_address: Pattern
    proxy_parameter: Pattern
    proxy_path: Pattern
    error_title: Pattern
    tool: Pattern
    page_numbers: Pattern
    interface_marks: Pattern
    interface: Pattern
    label_before: Pattern
    marks_after: Pattern
    role_before: Pattern
    role_after: Pattern
    others_after: Pattern
    function_words: Mapping[str, frozenset[str]]


@cache
def wording() -> CleaningWords:
    """Load and compile ``words.yml``."""
    raw = load_data("cleaning/words.yml", dict[str, Any])
    labels = {fold(label): field for field, names in raw["credits"].items() for label in names}
    bare = {fold(label): raw["bare_fields"].get(label) or labels[fold(label)] for label in raw["bare"]}
    raw |= {key: _inverted(raw[key]) for key in ("names", "elements", "parts", "fields")}
    raw |= {
        "labels": labels,
        "weak_labels": [fold(label) for label in raw["weak_labels"]],
        "label": rf"(?<![\w])({_alternatives(labels)})\s*[:/|丨]\s*(?![图文](?![\w]))",
        "bare": rf"({_alternatives(raw['bare'])})\s+({raw['bare_value']})",
        "bare_fields": bare,
        "related": rf"[\W_]{{0,20}}(?:{'|'.join(raw['related'])})[\W_]{{0,20}}",
        "tag_label": rf"[#\W]{{0,20}}(?:{_alternatives(raw['tag_label'])})\s*[:|]\s*",
    }
    return msgspec.convert(raw, CleaningWords, dec_hook=_compiled)


def _inverted(lists: Mapping[str, list[str]]) -> dict[str, str]:
    """For each word the key under which it stands."""
    return {word: key for key, words in lists.items() for word in words}


def _alternatives(words: Any) -> str:  # noqa: ANN401  # whatever YAML gives, as text
    """One pattern for many words, longest first, so that no word hides a longer one."""
    return "|".join(re.escape(str(word)) for word in sorted(words, key=lambda word: (-len(str(word)), str(word))))


def _compiled(_kind: type, value: str | list[str]) -> Pattern:
    """A pattern, or one for any of several."""
    return pattern(value if isinstance(value, str) else "|".join(f"(?:{one})" for one in value))
