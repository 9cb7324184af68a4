"""What cleaning knows of languages and of the web: ``words.yml``, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from builder.folding import fold


@dataclass(frozen=True, slots=True)
class LineRule:
    """Lines that go: whole lines that match, of at most ``longest`` characters, at a place.

    Attributes:
        rule: Name of the rule, as the ledger shows it.
        where: ``edge`` (first or last lines), ``tail`` (last lines), ``any``.
        longest: Characters a line may have at most.
        field: Metadata field that receives the line; None where it is dropped.
        pattern: Every pattern of the rule as one.
    """

    rule: str
    where: str
    longest: int
    field: str | None
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """The compiled content of ``words.yml``; its comments say what each part is for."""

    names: Mapping[str, str]
    elements: Mapping[str, str]
    roles: Mapping[str, str]
    regions: frozenset[str]
    leads: frozenset[str]
    annexes: frozenset[str]
    foldings: frozenset[str]
    longest_value: int
    labels: Mapping[str, str]
    weak_labels: frozenset[str]
    label: re.Pattern[str]
    bare: re.Pattern[str]
    bare_fields: Mapping[str, str]
    byline_word: re.Pattern[str]
    bylines: tuple[re.Pattern[str], ...]
    lines: tuple[LineRule, ...]
    scan: re.Pattern[str]
    related: re.Pattern[str]
    title_label: re.Pattern[str]
    tag_label: re.Pattern[str]
    tag_path: re.Pattern[str]
    link_texts: Mapping[str, re.Pattern[str]]
    advert_address: re.Pattern[str]
    campaign_address: re.Pattern[str]
    tracker_address: re.Pattern[str]
    proxy_parameter: re.Pattern[str]
    proxy_path: re.Pattern[str]
    error_title: re.Pattern[str]
    tool: re.Pattern[str]
    page_numbers: re.Pattern[str]
    interface_marks: re.Pattern[str]
    interface: re.Pattern[str]
    fields: Mapping[str, str]
    label_before: re.Pattern[str]
    marks_after: re.Pattern[str]
    role_before: re.Pattern[str]
    role_after: re.Pattern[str]
    others_after: re.Pattern[str]
    function_words: Mapping[str, frozenset[str]]


_PATTERNS = {
    "scan": "scan",
    "title_label": "title_labels",
    "tag_path": "tag_paths",
    "advert_address": "advert_addresses",
    "campaign_address": "campaign_addresses",
    "tracker_address": "tracker_addresses",
    "error_title": "error_titles",
    "tool": "tools",
    "page_numbers": "page_numbers",
    "marks_after": "marks_after",
    "role_before": "role_before",
    "byline_word": "byline_words",
    "role_after": "role_after",
    "others_after": "others_after",
}
"""Fields that are a pattern as the file has it, by its key."""


@cache
def wording() -> Wording:
    """Load and compile ``words.yml``."""
    text = files("builder.cleaning").joinpath("words.yml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)  # safe, and ten times as fast
    labels = {fold(label): field for field, names in raw["credits"].items() for label in names}
    patterns: dict[str, Any] = {field: re.compile(raw[key]) for field, key in _PATTERNS.items()}
    return Wording(
        **patterns,
        names={name: rule for rule, names in raw["names"].items() for name in names},
        elements={name: rule for rule, names in raw["elements"].items() for name in names},
        roles=raw["roles"],
        regions=frozenset(raw["regions"]),
        leads=frozenset(raw["leads"]),
        annexes=frozenset(raw["annexes"]),
        foldings=frozenset(raw["foldings"]),
        longest_value=raw["longest_value"],
        labels=labels,
        weak_labels=frozenset(map(fold, raw["weak"])),
        label=re.compile(rf"(?<![\w])({_alternatives(labels)})\s*[:/|丨]\s*(?![图文](?![\w]))"),
        bare=re.compile(rf"({_alternatives(raw['bare'])})\s+({raw['bare_value']})"),
        bare_fields={fold(label): raw["bare_fields"].get(label) or labels[fold(label)] for label in raw["bare"]},
        bylines=tuple(re.compile(pattern) for pattern in raw["bylines"]),
        lines=tuple(_line_rule(entry) for entry in raw["lines"]),
        related=re.compile(rf"[\W_]*(?:{'|'.join(raw['related'])})[\W_]*"),
        tag_label=re.compile(rf"[#\W]*(?:{_alternatives(raw['tag_labels'])})\s*[:|]\s*"),
        link_texts={rule: re.compile(pattern) for rule, pattern in raw["link_texts"].items()},
        proxy_parameter=re.compile(raw["image_proxies"]["parameters"], re.IGNORECASE),
        proxy_path=re.compile(raw["image_proxies"]["paths"], re.IGNORECASE),
        label_before=re.compile(raw["label_before"], re.IGNORECASE),
        interface_marks=re.compile(raw["interface"]["marks"]),
        interface=re.compile(raw["interface"]["others"]),
        fields={name: field for field, names in raw["fields"].items() for name in names},
        function_words={language: frozenset(words) for language, words in raw["function_words"].items()},
    )


def _alternatives(words: Any) -> str:  # noqa: ANN401  # whatever YAML gives, as text
    """One pattern for many words, longest first, so that no word hides a longer one."""
    return "|".join(re.escape(str(word)) for word in sorted(words, key=lambda word: (-len(str(word)), str(word))))


def _line_rule(entry: Mapping[str, Any]) -> LineRule:
    return LineRule(
        rule=entry["rule"],
        where=entry["where"],
        longest=entry["longest"],
        field=entry.get("to"),
        pattern=re.compile("|".join(f"(?:{pattern})" for pattern in entry["patterns"])),
    )
