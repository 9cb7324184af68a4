"""Thresholds of near-duplicates and related articles, from ``similarity.yml``, where their origin is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class DuplicateThresholds:
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


@dataclass(frozen=True, slots=True)
class RelatedThresholds:
    """When an article is worth showing below another; each attribute is explained in ``similarity.yml``."""

    opening: int
    function_characters: frozenset[str]
    terms: int
    classes: tuple[int, ...]
    title_weight: int
    topic_weight: float
    least_words: float
    least: float
    shown: int


@cache
def duplicate_thresholds() -> DuplicateThresholds:
    """The thresholds of near-duplicates."""
    return DuplicateThresholds(**_data()["duplicates"])


@cache
def related_thresholds() -> RelatedThresholds:
    """The thresholds of related articles."""
    data = _data()["related"]
    return RelatedThresholds(
        **{
            **data,
            "function_characters": frozenset(data["function_characters"]),
            "classes": tuple(data["classes"]),
        }
    )


def _data() -> Mapping[str, Mapping[str, Any]]:
    text = files("builder.linking").joinpath("similarity.yml").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, Any]] = yaml.safe_load(text)
    return loaded
