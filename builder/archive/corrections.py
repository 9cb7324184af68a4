"""Applies the corrections of ``curation/corrections/``, and records which fields they changed."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Any

from builder.config.corrections import SINGLE_FILE, correction_file
from builder.config.curation import Correction
from builder.config.project import Curation
from builder.model.article import Article
from builder.model.post import Published
from builder.problems import BuilderError, Problem, Wording
from builder.reading.dates import read_date
from builder.reading.days import is_ambiguous

_FIELDS = ("title", "source", "author", "url")
_MARKED = ("topics", "keep", "drop", "canonical")
"""What is carried out elsewhere, and logged all the same."""
_UNMARKED = Correction(why="-")


def validate(curation: Curation) -> None:
    """Check what the files' type alone cannot.

    Raises:
        BuilderError: A date that is none, or a topic that the vocabulary lacks; a line for each.
    """
    placed = [(f"{SINGLE_FILE}: {seed}", fix) for seed, fix in curation.corrections.seeds.items()]
    placed += [(correction_file(identifier), fix) for identifier, fix in curation.articles.items()]
    wrong = [said for place, fix in placed for said in _mistakes(place, fix, curation)]
    if wrong:
        raise BuilderError(*wrong)


def _mistakes(place: str, correction: Correction, curation: Curation) -> Iterable[Wording]:
    if correction.date and not _date(correction.date):
        yield Wording("correction-bad-date", {"place": place, "date": correction.date})
    topics = curation.vocabulary.topics
    for topic in correction.topics or ():
        if topic not in topics:
            named = [slug for slug, term in topics.items() if topic in {term.label, term.label_traditional}]
            near = named or difflib.get_close_matches(topic, topics, n=1)
            hint = Wording("meant", {"near": near[0]}) if near else Wording("topics-there-are")
            yield Wording("correction-unknown-topic", {"place": place, "topic": topic, "hint": hint})


def apply(article: Article, correction: Correction | None) -> tuple[Article, tuple[tuple[str, str], ...]]:
    """The corrected article, and which fields were corrected why."""
    if correction is None:
        return article, ()
    changes: dict[str, Any] = {field: value for field in _FIELDS if (value := getattr(correction, field))}
    if correction.date:
        changes["published"] = _date(correction.date)
    fields = [*changes, *(field for field in _MARKED if getattr(correction, field) != getattr(_UNMARKED, field))]
    why = f"{correction.why} — {correction.who}" if correction.who else correction.why
    return dataclasses.replace(article, **changes), tuple((field, why) for field in sorted(fields))


def unused(curation: Curation, seeds: Iterable[str], identifiers: AbstractSet[str]) -> Iterable[Problem]:
    """A problem for each correction that corrects nothing, given every seed that was read and every identifier."""
    known = sorted(seeds)
    for seed in sorted(set(curation.corrections.seeds) - set(known)):
        near = next(iter(difflib.get_close_matches(seed, known, n=1)), "—")
        yield Problem("correction-without-seed", SINGLE_FILE, None, {"seed": seed, "near": near})
    for identifier in sorted(curation.articles.keys() - identifiers):
        if not curation.articles[identifier].withdraws:
            yield Problem("correction-without-article", correction_file(identifier), None, {"id": identifier})


def _date(written: str) -> Published | None:
    """A date in any form that a post may have; None where it is none, or day and month may be either."""
    return None if is_ambiguous(written) else read_date(written)
