"""Assigns topics of the controlled vocabulary to articles, each with the evidence for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from builder.config.curation import Scoring, Term, Vocabulary
from builder.folding import fold
from builder.model.article import Article, Evidence, TopicAssignment

Place = Literal["title", "lead", "body"]
_CONTEXT = 14


@dataclass(frozen=True, slots=True)
class _Text:
    """One place of an article: folded for matching, original for quoting; both have the same offsets."""

    place: Place
    original: str
    folded: str


@dataclass(frozen=True, slots=True)
class _Hit:
    """A term in one place; quoted only where its topic is assigned."""

    term: str
    text: _Text
    count: int
    first: int
    length: int

    def evidence(self) -> Evidence:
        """What a reader sees of it."""
        return Evidence(self.term, self.text.place, self.count, _excerpt(self.text.original, self.first, self.length))


@dataclass(frozen=True, slots=True)
class _Matcher:
    """A topic's terms, ready for matching: folded and as written, longest first.

    Longest first, so that a word inside a longer term of the same topic is not counted twice.
    """

    topic: str
    strong: tuple[tuple[str, str], ...]
    weak: tuple[tuple[str, str], ...]
    not_in: tuple[str, ...]


class Classifier:
    """Finds the topics of articles; made once for a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Fold every term of the vocabulary.

        Args:
            vocabulary: Topics with their terms, and how they are scored.
        """
        self._scoring = vocabulary.scoring
        self._matchers = tuple(_matcher(slug, term) for slug, term in sorted(vocabulary.topics.items()))
        self._strong = {folded for matcher in self._matchers for folded, _ in matcher.strong}

    def classify(self, article: Article) -> tuple[TopicAssignment, ...]:
        """The topics an article speaks of, strongest first; none is a possible answer.

        A term counts once per occurrence up to ``most_per_place`` in each place, weighted by the place; weak terms
        only add to a topic that a strong term has named.
        """
        texts = _texts(article)
        whole = "\n".join(text.folded for text in texts)
        present = frozenset(word for word in self._strong if word in whole)
        found = (self._assign(matcher, present, texts) for matcher in self._matchers)
        return tuple(sorted((hit for hit in found if hit), key=lambda hit: (-hit.score, hit.topic)))

    def _assign(self, matcher: _Matcher, present: frozenset[str], texts: tuple[_Text, ...]) -> TopicAssignment | None:
        # Most topics have no term in an article at all, and that is quickly seen.
        narrowed = [term for term in matcher.strong if term[0] in present]
        strong = _evidence(narrowed, matcher.not_in, texts) if narrowed else ()
        if not strong:
            return None
        weak = _evidence(matcher.weak, matcher.not_in, texts)
        score = _score(strong, self._scoring, 1.0) + _score(weak, self._scoring, self._scoring.weak)
        if score < self._scoring.least:
            return None
        evidence = tuple(hit.evidence() for hit in (*strong, *weak))
        return TopicAssignment(matcher.topic, round(score, 2), evidence)


def corrected(topics: Iterable[str], why: str) -> tuple[TopicAssignment, ...]:
    """The topics an editor has set by hand, in the editor's order.

    Args:
        topics: Slugs of the vocabulary.
        why: The editor's reason, quoted as evidence.
    """
    evidence = (Evidence(term="", place="correction", count=1, excerpt=why),)
    return tuple(TopicAssignment(topic, 0.0, evidence) for topic in topics)


def _matcher(slug: str, term: Term) -> _Matcher:
    labels = [label for label in (term.label, term.label_traditional) if label]
    return _Matcher(
        slug,
        _longest_first({fold(word): word for word in reversed([*labels, *term.terms])}),
        _longest_first({fold(word): word for word in term.weak}),
        tuple(sorted({fold(word) for word in term.not_in}, key=lambda word: (-len(word), word))),
    )


def _longest_first(words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(words.items(), key=lambda item: (-len(item[0]), item[0])))


def _texts(article: Article) -> tuple[_Text, ...]:
    lead, _, body = article.text.partition("\n")
    parts: tuple[tuple[Place, str], ...] = (("title", article.title), ("lead", lead), ("body", body))
    return tuple(_Text(place, text, fold(text)) for place, text in parts if text)


def _evidence(terms: Iterable[tuple[str, str]], not_in: tuple[str, ...], texts: tuple[_Text, ...]) -> tuple[_Hit, ...]:
    """Where terms stand outside phrases in which they do not count, and how often."""
    hits = []
    for text in texts:
        left = text.folded
        for phrase in not_in:
            left = left.replace(phrase, "\0" * len(phrase))
        for folded, word in terms:
            if folded in left:
                count, first, left = _take(left, folded)
                if count:
                    hits.append(_Hit(word, text, count, first, len(folded)))
    return tuple(hits)


def _take(text: str, word: str) -> tuple[int, int, str]:
    """Count a word, say where it first stands, and blank it out; Latin words must stand alone."""
    if word.isascii():
        found = list(re.finditer(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text))
        for hit in found:
            text = f"{text[: hit.start()]}{chr(0) * len(word)}{text[hit.end() :]}"
        return len(found), found[0].start() if found else -1, text
    return text.count(word), text.find(word), text.replace(word, "\0" * len(word))


def _excerpt(text: str, start: int, length: int) -> str:
    left, right = max(0, start - _CONTEXT), min(len(text), start + length + _CONTEXT)
    quoted = text[left:right].replace("\n", " ")
    return f"{'…' if left else ''}{quoted}{'…' if right < len(text) else ''}"


def _score(hits: Iterable[_Hit], scoring: Scoring, factor: float) -> float:
    weights = {"title": scoring.title, "lead": scoring.lead, "body": scoring.body}
    return sum(weights[hit.text.place] * min(hit.count, scoring.most_per_place) * factor for hit in hits)
