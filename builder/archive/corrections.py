"""Applies what editors wrote into ``curation/corrections.yml``, and says on the page that they did."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from builder.config.curation import Correction, Vocabulary
from builder.model.article import Article
from builder.model.post import Published
from builder.problems import BuilderError, Problem, Wording

FILE = "curation/corrections.yml"
_FIELDS = ("title", "source", "author", "url")
_MARKED = ("topics", "keep", "drop", "canonical")
"""What is carried out elsewhere, and logged all the same."""


def validate(corrections: Mapping[str, Correction], vocabulary: Vocabulary) -> None:
    """Check what the file's type alone cannot.

    Raises:
        BuilderError: A date that is none, or a topic that the vocabulary lacks.
    """
    for seed, correction in corrections.items():
        if correction.date:
            _published(seed, correction.date)
        for topic in correction.topics or ():
            if topic not in vocabulary.topics:
                near = difflib.get_close_matches(topic, vocabulary.topics, n=1)
                hint = Wording("meant", {"near": near[0]}) if near else Wording("topics-there-are")
                raise BuilderError(
                    Wording("correction-unknown-topic", {"file": FILE, "seed": seed, "topic": topic, "hint": hint})
                )


def apply(article: Article, correction: Correction | None) -> tuple[Article, tuple[tuple[str, str], ...]]:
    """The corrected article, and which fields were corrected why."""
    if correction is None:
        return article, ()
    changes: dict[str, Any] = {field: value for field in _FIELDS if (value := getattr(correction, field))}
    if correction.date:
        changes["published"] = _published(article.path, correction.date)
    fields = [*changes, *(field for field in _MARKED if getattr(correction, field) not in (None, (), False))]
    why = f"{correction.why} — {correction.who}" if correction.who else correction.why
    return dataclasses.replace(article, **changes), tuple((field, why) for field in sorted(fields))


def unused(corrections: Iterable[str], seeds: Iterable[str]) -> tuple[Problem, ...]:
    """A problem for each correction whose seed does not exist, with the nearest name."""
    known = sorted(seeds)
    missing = sorted(set(corrections) - set(known))
    return tuple(
        Problem("correction-without-seed", FILE, None, {"seed": seed, "near": _near(seed, known)}) for seed in missing
    )


def _near(seed: str, known: list[str]) -> str:
    return next(iter(difflib.get_close_matches(seed, known, n=1)), "—")


def _published(seed: str, written: str) -> Published:
    try:
        datetime.fromisoformat(written)
    except ValueError as error:
        raise BuilderError(Wording("correction-bad-date", {"file": FILE, "seed": seed, "date": written})) from error
    return Published(written, written)
