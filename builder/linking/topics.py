"""Assigns topics of the controlled vocabulary to articles, each with the evidence for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

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


class _Hit(NamedTuple):
    """A term in one place; quoted only where its topic is assigned."""

    term: str
    text: _Text
    times: int
    first: int
    length: int

    def evidence(self) -> Evidence:
        """What a reader sees of it."""
        return Evidence(self.term, self.text.place, self.times, _excerpt(self.text.original, self.first, self.length))


class _Word(NamedTuple):
    """A term, ready for matching."""

    folded: str  # In the form in which texts are matched
    written: str  # As the vocabulary writes it
    blanked: bool  # Whether it can overlap with a term after it, so that what it takes has to be blanked out


@dataclass(frozen=True, slots=True)
class _Matcher:
    """A topic's terms, longest first, so that a word inside a longer term of the same topic is not counted twice."""

    topic: str
    strong: tuple[_Word, ...]
    weak: tuple[_Word, ...]
    not_in: tuple[str, ...]


class Classifier:
    """Finds the topics of articles; made once for a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Fold every term of the vocabulary."""
        self._scoring = vocabulary.scoring
        self._matchers = tuple(_matcher(slug, term) for slug, term in sorted(vocabulary.topics.items()))
        self._words = {word.folded for matcher in self._matchers for word in (*matcher.strong, *matcher.weak)}
        self._ends = {character for word in self._words for character in (word[0], word[-1])}

    def classify(self, article: Article) -> tuple[TopicAssignment, ...]:
        """The topics an article speaks of, strongest first; none is a possible answer.

        A term counts once per occurrence up to ``most_per_place`` in each place, weighted by the place; weak terms
        only add to a topic that a strong term has named.
        """
        lead, _, body = article.text.partition("\n")
        return self._found((("title", article.title), ("lead", lead), ("body", body)), self._scoring.least)

    def classify_section(self, heading: str, text: str) -> tuple[TopicAssignment, ...]:
        """The topics a section of a document speaks of, strongest first.

        Its heading counts as an article's title. One mention is enough: sections are short.
        """
        return self._found((("title", heading), ("body", text)), 0)

    def _found(self, parts: Iterable[tuple[Place, str]], least: float) -> tuple[TopicAssignment, ...]:
        texts = tuple(_Text(place, text, fold(text)) for place, text in parts if text)
        whole = "\n".join(text.folded for text in texts)
        present = self._present(whole)
        found = (self._assign(matcher, present, texts, least) for matcher in self._matchers)
        return tuple(sorted((hit for hit in found if hit), key=lambda hit: (-hit.score, hit.topic)))

    def _present(self, text: str) -> frozenset[str]:
        """The words that stand in a text; that it lacks a character is quicker seen than that it lacks a word."""
        ends = {character for character in self._ends if character in text}
        return frozenset([word for word in self._words if word[0] in ends and word[-1] in ends and word in text])

    def _assign(
        self, matcher: _Matcher, present: frozenset[str], texts: tuple[_Text, ...], least: float
    ) -> TopicAssignment | None:
        strong = _evidence(matcher.strong, present, matcher.not_in, texts)
        if not strong:
            return None
        weak = _evidence(matcher.weak, present, matcher.not_in, texts)
        score = _score(strong, self._scoring, 1.0) + _score(weak, self._scoring, self._scoring.weak)
        if score < least:
            return None
        evidence = tuple(hit.evidence() for hit in (*strong, *weak))
        return TopicAssignment(matcher.topic, round(score, 2), evidence)


def corrected(topics: Iterable[str], why: str) -> tuple[TopicAssignment, ...]:
    """The topics an editor has set by hand, in the editor's order, with the reason as evidence."""
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


def _longest_first(words: Mapping[str, str]) -> tuple[_Word, ...]:
    ordered = sorted(words.items(), key=lambda item: (-len(item[0]), item[0]))
    return tuple(
        _Word(folded, word, any(_overlap(folded, other) for other, _ in ordered[index + 1 :]))
        for index, (folded, word) in enumerate(ordered)
    )


def _overlap(longer: str, shorter: str) -> bool:
    """Whether two words can share characters of a text: one within the other, or the end of one the other's start."""
    ends = range(1, len(shorter))
    return shorter in longer or any(longer.endswith(shorter[:end]) or longer.startswith(shorter[-end:]) for end in ends)


def _evidence(
    words: Sequence[_Word], present: frozenset[str], not_in: tuple[str, ...], texts: tuple[_Text, ...]
) -> list[_Hit]:
    """Where words stand outside phrases in which they do not count, and how often."""
    words = [word for word in words if word.folded in present]
    hits: list[_Hit] = []
    # Most topics have no term in an article at all, and that is quickly seen.
    for text in texts if words else ():
        left = text.folded
        for phrase in not_in:
            left = left.replace(phrase, "\0" * len(phrase))
        for folded, written, blanked in words:
            if folded not in left:
                continue
            if folded.isascii():
                times, first, left = _take_latin(left, folded)
            else:
                times, first = left.count(folded), left.find(folded)
                left = left.replace(folded, "\0" * len(folded)) if blanked else left
            if times:
                hits.append(_Hit(written, text, times, first, len(folded)))
    return hits


def _take_latin(text: str, word: str) -> tuple[int, int, str]:
    """Count a word where it stands alone, say where it first does, and blank it out there."""
    found = list(re.finditer(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text))
    for hit in found:
        text = f"{text[: hit.start()]}{chr(0) * len(word)}{text[hit.end() :]}"
    return len(found), found[0].start() if found else -1, text


def _excerpt(text: str, start: int, length: int) -> str:
    left, right = max(0, start - _CONTEXT), min(len(text), start + length + _CONTEXT)
    quoted = text[left:right].replace("\n", " ")
    return f"{'…' if left else ''}{quoted}{'…' if right < len(text) else ''}"


def _score(hits: Iterable[_Hit], scoring: Scoring, factor: float) -> float:
    weights = {"title": scoring.title, "lead": scoring.lead, "body": scoring.body}
    return sum(weights[hit.text.place] * min(hit.times, scoring.most_per_place) * factor for hit in hits)
