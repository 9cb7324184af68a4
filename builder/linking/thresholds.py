"""Thresholds of near-duplicates and related articles, from ``similarity.yml``, where their origin is said."""

from __future__ import annotations

from functools import cache

import msgspec

from builder.data import load_data


class DuplicateThresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When two articles are one story; each attribute is explained in ``similarity.yml``."""

    bands: int
    rows: int
    bucket: int
    candidates: int
    margin: float
    contained: float
    shared: float
    opening: int
    opening_contained: float
    least: int
    longest: int


class RelatedThresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When an article is worth showing below another; each attribute is explained in ``similarity.yml``."""

    opening: int
    function_characters: str
    terms: int
    classes: tuple[int, ...]
    title_weight: int
    topic_weight: float
    least_words: float
    least: float
    shown: int


class _Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    duplicates: DuplicateThresholds
    related: RelatedThresholds


@cache
def _file() -> _Thresholds:
    return load_data("linking/similarity.yml", _Thresholds)


def duplicate_thresholds() -> DuplicateThresholds:
    """The thresholds of near-duplicates."""
    return _file().duplicates


def related_thresholds() -> RelatedThresholds:
    """The thresholds of related articles."""
    return _file().related
