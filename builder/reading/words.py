"""The room's data: key names, words and limits of ``words.yml``, loaded once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import msgspec

from builder.data import load_data
from builder.patterns import pattern

_NOT_IN_KEYS = pattern(r"[\s_\-:.]+")


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a file stops being a post, and where a doubt begins."""

    largest_bytes: int
    control_share: float
    common_share: float
    damaged_share: float
    front_matter_characters: int
    marker_apart_seconds: int
    suffix_characters: int
    masthead_lines: int


class Suffixes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """File names: what is never opened by itself, what is a page, and where browsers put the files of one."""

    beside: frozenset[str]
    scans: frozenset[str]
    ignored: tuple[str, ...]
    pages: frozenset[str]
    folders: tuple[str, ...]


class Mirror(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A service that keeps or forwards other people's pages."""

    host: str
    after: tuple[str, ...] = ()


class DateWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How dates are written."""

    months: tuple[str, ...]
    zones: dict[str, int]
    places: dict[str, int]
    eras: dict[str, int]
    earliest_year: int
    latest_year: int
    local_offset: int


class ReadingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of ``words.yml``."""

    limits: Limits
    suffixes: Suffixes
    keys: dict[str, tuple[str, ...]]
    script_variables: frozenset[str]
    reader_views: dict[str, str]
    clip_dates: frozenset[str]
    clip_addresses: frozenset[str]
    tool_tags: frozenset[str]
    nobody: frozenset[str]
    no_source: frozenset[str]
    roles_before: tuple[str, ...]
    roles_after: tuple[str, ...]
    particles: frozenset[str]
    organisation_endings: tuple[str, ...]
    family_names: str
    mirrors: tuple[Mirror, ...]
    original_words: tuple[str, ...]
    back_words: tuple[str, ...]
    generic_labels: frozenset[str]
    dates: DateWords


@cache
def words() -> ReadingWords:
    """The data of this room."""
    return load_data("reading/words.yml", ReadingWords)


def plain_key(key: str) -> str:
    """A front matter's key as it is compared: lower case, without spaces, hyphens, underscores, colons and dots."""
    return _NOT_IN_KEYS.sub("", key).lower()


@cache
def meanings() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Every known plain key with what it may mean, and its rank among the keys of that meaning."""
    found: dict[str, list[tuple[str, int]]] = {}
    for meaning, keys in words().keys.items():
        for rank, key in enumerate(keys):
            found.setdefault(plain_key(key), []).append((meaning, rank))
    return {key: tuple(places) for key, places in found.items()}


def alternatives(texts: tuple[str, ...]) -> str:
    """A regular expression for any of the texts, longest first."""
    return "|".join(re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text)))
